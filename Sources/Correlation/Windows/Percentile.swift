/// `value_percentile` and `value_median`: a place among the numbers in order, by linear interpolation.
struct Percentile: WindowMeasure {
  private static let whole = 100 * Decimal.one

  private let bounds: Bounds
  /// Of 100, in billionths.
  private let percent: Int128
  /// Of the window's facts.
  private var arrived = Queue<Decimal?>()
  private var numbers = SortedNumbers()

  init(_ bounds: Bounds, percent: Double) {
    self.bounds = bounds
    self.percent = Decimal(Array("\(percent)".utf8))?.units ?? 0
  }

  mutating func reset() {
    arrived.removeAll()
    numbers = SortedNumbers()
  }

  mutating func add(_ fact: GroupFact, _ number: Decimal?) {
    arrived.append(number)
    if let number { numbers.insert(number.units) }
  }

  mutating func remove(_ fact: GroupFact) {
    if let number = arrived.removeFirst() { numbers.remove(number.units) }
  }

  /// The two numbers that the place lies between, and how far it lies from the first, of `whole`.
  private var place: (low: Int128, high: Int128, rest: Int128) {
    let position = Int128(numbers.count - 1) * percent
    let index = Int(position / Percentile.whole)
    let low = numbers[index]
    let rest = position % Percentile.whole
    return (low, rest == 0 ? low : numbers[index + 1], rest)
  }

  func holds(at time: Int64) -> Bool {
    guard numbers.count > 0 else { return false }
    let (low, high, rest) = place
    return bounds.hold { (low - $0) * Percentile.whole + (high - low) * rest }
  }

  var note: Note {
    guard numbers.count > 0 else { return .none }
    let (low, high, rest) = place
    return .held(Decimal(units: low + (high - low) * rest / Percentile.whole))
  }
}

/// Numbers in order, in blocks that are cheap to insert into.
struct SortedNumbers {
  private static let blockMax = 1024

  private(set) var count = 0
  private var blocks: [[Int128]] = []

  subscript(index: Int) -> Int128 {
    var rest = index
    for block in blocks {
      if rest < block.count { return block[rest] }
      rest -= block.count
    }
    return 0
  }

  /// The first block whose last number is not smaller.
  private func block(of number: Int128) -> Int {
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      if let last = blocks[middle].last, last < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func place(of number: Int128, in block: [Int128]) -> Int {
    var low = 0
    var high = block.count
    while low < high {
      let middle = (low + high) / 2
      if block[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  mutating func insert(_ number: Int128) {
    count += 1
    if blocks.isEmpty { blocks.append([]) }
    let at = min(block(of: number), blocks.count - 1)
    blocks[at].insert(number, at: SortedNumbers.place(of: number, in: blocks[at]))
    guard blocks[at].count > SortedNumbers.blockMax else { return }
    let half = Array(blocks[at][(SortedNumbers.blockMax / 2)...])
    blocks[at].removeLast(half.count)
    blocks.insert(half, at: at + 1)
  }

  /// - Precondition: the number was inserted.
  mutating func remove(_ number: Int128) {
    let at = block(of: number)
    guard at < blocks.count else { return }
    let place = SortedNumbers.place(of: number, in: blocks[at])
    guard place < blocks[at].count, blocks[at][place] == number else { return }
    count -= 1
    blocks[at].remove(at: place)
    if blocks[at].isEmpty { blocks.remove(at: at) }
  }
}
