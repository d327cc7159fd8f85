import Events
import Rules

/// A rule that matched an event.
public struct Hit: Sendable {
  /// The event's row in its batch.
  public let row: UInt16
  /// The rule's place in `MatchProgram.entries`.
  public let rule: UInt32
}

/// Runs a program over batches. Each worker has its own: what it has found out about texts goes by the numbers of the
/// worker's dictionary.
///
/// For a row the values of the key fields call up rules (`CalledRules`); only those are tried, and the few that have
/// no key. A rule is tried by walking its nodes; a leaf is evaluated at most once a row (`memo`), a test of a text at
/// most once as long as `OutcomeCache` remembers it.
public struct Matcher: Sendable {
  let program: MatchProgram
  // The program's tables once more: reaching through the object would count references at each step.
  let nodes: [Node]
  let leaves: [Leaf]
  private let roots: [UInt32]
  private let providerBits: [UInt32]
  private let always: [UInt32]
  private let alwaysRanges: [Range<Int>]
  let sources: [BoundSource]
  let groups: [BoundGroup]
  private let keys: [BoundKey]
  private let keyRanges: [Range<Int>]
  let words: [WordSearch]
  /// By leaf: the search that decides it; `noSearch` for none.
  let wordSearchOf: [UInt8]
  var wordsFound: [WordSearch.Found]
  let lateReader: LateReader?
  /// The number of the row that the second look holds.
  var lookedAt: UInt32 = 0
  var called: CalledRules
  var cache = OutcomeCache()
  /// By leaf: the row it was last evaluated in, and the outcome in the lowest bit.
  var memo: [UInt32]
  /// By rule: the row that last called it up.
  private var seen: [UInt32]
  /// The number of the row in hand; starts again before it reaches the outcome's bit.
  var stamp: UInt32 = 0
  var fileName: [UInt8] = []
  var scratch: [UInt8] = []
  var otherScratch: [UInt8] = []
  var compact: [UInt8] = []
  var leavesOfJSON = JSONLeaves()
  var callList: [UInt32] = []
  /// Which fields occur, where somebody wants to know.
  var watch = FieldWatch()
  var looksAtEveryEvent = false
  /// By rule: whether fields are looked for when it is called up.
  var watchesRule: [Bool]
  /// What the last call of `match` found: in the order of rows, then of rules.
  public private(set) var hits: [Hit] = []

  public init(_ bound: BoundProgram) throws(PlanError) {
    program = bound.program
    nodes = program.nodes
    leaves = program.leaves
    roots = program.roots
    providerBits = program.providerBits
    always = program.alwaysOf.flatMap { $0 }
    var end = 0
    alwaysRanges = program.alwaysOf.map { rules in
      defer { end += rules.count }
      return end..<end + rules.count
    }
    sources = bound.sources
    groups = bound.groups
    keys = bound.keys
    keyRanges = bound.keyRanges
    if let plan = bound.latePlan { lateReader = try LateReader(plan) } else { lateReader = nil }
    words = program.words
    wordSearchOf = program.wordSearchOf
    wordsFound = program.words.map { WordSearch.Found($0) }
    called = CalledRules(indexCount: program.indexes.count)
    memo = [UInt32](repeating: 0, count: program.leaves.count)
    seen = [UInt32](repeating: 0, count: program.entries.count)
    watchesRule = [Bool](repeating: false, count: program.entries.count)
  }

  public mutating func begin(file name: [UInt8]) { fileName = name }

  /// Tries the program on some rows of a batch; see `hits`.
  public mutating func match(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>) {
    hits.removeAll(keepingCapacity: true)
    for row in rows { match(batch, Int(row)) }
  }

  private mutating func match(_ batch: borrowing EventBatch, _ row: Int) {
    nextStamp()
    let provider = Int(batch.providers[row].rawValue)
    let first = hits.count
    if looksAtEveryEvent { lookForEarlyFields(batch, row) }
    for key in keyRanges[provider] { callUp(keys[key], batch, row) }
    if !words.isEmpty { callUpByWords(batch, row) }
    for place in alwaysRanges[provider] {
      let rule = always[place]
      if holds(Int(roots[Int(rule)]), batch, row) { hits.append(Hit(row: UInt16(row), rule: rule)) }
    }
    if hits.count - first > 1 { sortHits(from: first) }
  }

  private mutating func nextStamp() {
    stamp += 1
    guard stamp == 1 << 31 else { return }
    stamp = 1
    for i in memo.indices { memo[i] = 0 }
    for i in seen.indices { seen[i] = 0 }
    for i in wordsFound.indices { wordsFound[i].forgetStamps() }
    lookedAt = 0
  }

  private mutating func sortHits(from first: Int) {
    for i in first + 1..<hits.count {
      var at = i
      while at > first, hits[at - 1].rule > hits[at].rule {
        hits.swapAt(at - 1, at)
        at -= 1
      }
    }
  }

  // MARK: Calling up

  @inline(__always)
  private mutating func callUp(_ key: BoundKey, _ batch: borrowing EventBatch, _ row: Int) {
    let place = Int(key.source.place)
    let index = Int(key.index)
    switch key.source.kind {
    case .path:
      for value in 0..<batch.pathValueCount(place, row) {
        let found = batch.pathValue(place, row, value)
        switch found.kind {
        case .null: break
        case .object, .array: callUp(index, nested: batch.text(found.symbol), batch, row)
        default: callUp(index, found.symbol, batch, row)
        }
      }
    case .column:
      let symbol = batch.symbol(place, row)
      if !symbol.isMissing { callUp(index, symbol, batch, row) }
    default: callUp(index, special: key.source, batch, row)
    }
  }

  @inline(__always)
  private mutating func callUp(_ index: Int, _ symbol: Symbol, _ batch: borrowing EventBatch, _ row: Int) {
    guard !symbol.isLocal, let list = called.list(index, symbol.raw) else {
      return callUp(index, unknown: symbol, batch, row)
    }
    var place = list.first
    while place < list.end {
      let needed = called.rules[place]
      let next = place + 2 + Int(called.rules[place + 1])
      if needed == ProgramBuilder.noGuard || outcome(Int(needed), batch, row) {
        for member in place + 2..<next { tryRule(called.rules[member], batch, row) }
      }
      place = next
    }
  }

  private mutating func callUp(_ index: Int, unknown symbol: Symbol, _ batch: borrowing EventBatch, _ row: Int) {
    callList.removeAll(keepingCapacity: true)
    program.indexes[index].collect(batch.text(symbol).bytes, &scratch, into: &callList)
    if !symbol.isLocal {
      called.note(callList, index, symbol.raw, symbolCount: batch.symbols.count, guards: program.guards)
    }
    tryCallList(batch, row)
  }

  /// Values that are no symbol by themselves: their texts are looked up each time.
  private mutating func callUp(_ index: Int, special source: BoundSource, _ batch: borrowing EventBatch, _ row: Int) {
    callList.removeAll(keepingCapacity: true)
    var texts: [UInt8] = []
    swap(&texts, &compact)
    var list: [UInt32] = []
    swap(&list, &callList)
    _ = SpecialText.any(source, batch, row, fileName, &texts) {
      program.indexes[index].collect($0, &scratch, into: &list)
      return false
    }
    swap(&list, &callList)
    swap(&texts, &compact)
    tryCallList(batch, row)
  }

  private mutating func callUp(_ index: Int, nested json: Text, _ batch: borrowing EventBatch, _ row: Int) {
    let field = program.indexes[index]
    var list: [UInt32] = []
    swap(&list, &callList)
    list.removeAll(keepingCapacity: true)
    _ = anyText(ofNested: json) { text, scratch in
      field.collect(text, &scratch, into: &list)
      return false
    }
    swap(&list, &callList)
    tryCallList(batch, row)
  }

  private mutating func tryCallList(_ batch: borrowing EventBatch, _ row: Int) {
    for place in callList.indices { tryRule(callList[place], batch, row) }
  }

  /// Tries a rule unless this row has called it up before.
  mutating func tryRule(_ rule: UInt32, _ batch: borrowing EventBatch, _ row: Int) {
    guard seen[Int(rule)] != stamp else { return }
    seen[Int(rule)] = stamp
    guard providerBits[Int(rule)] >> UInt32(batch.providers[row].rawValue) & 1 != 0 else { return }
    if watchesRule[Int(rule)] { lookForLateFields(of: Int(rule), batch, row) }
    if holds(Int(roots[Int(rule)]), batch, row) { hits.append(Hit(row: UInt16(row), rule: rule)) }
  }
}
