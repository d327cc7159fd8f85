// Many literal texts looked for in one pass over a text, by Aho and Corasick's automaton. The time is linear in the text
// however many literals there are and however they overlap.
//
// States are numbered level by level, so that the children of a state are neighbours and need no list of their own.
// Example, the literals `he`, `hers`, `she`:
//
//     state        0    1    2    3    4    5    6
//     stands for   ""   h    s    he   sh   her  she   (and hers, 7)
//     byte              h    s    e    h    r    e
//     firstChild   1    3    4    5    6    7    8     the children of 0 are 1..<3, of 1 they are 3..<4
//     fail         0    0    0    0    1    0    3     the longest other state that the text also ends in
//     ending       -    -    -    he   -    -    she
//     hit          0    0    0    3    0    0    6     the nearest state with an ending; `he` follows `she` by its fail

/// Literals that are looked for together.
struct LiteralAutomaton: Sendable {
  /// A state takes 17 bytes. A rule file has at most 8 MiB; what is longer in sum than this has to be looked for
  /// otherwise.
  static let bytesMax = 16 << 20

  // Fewer children than this are compared one by one.
  private static let scannedMax = 8

  private let atRoot: [UInt32]
  private let bytes: [UInt8]
  private let firstChild: [UInt32]
  private let fail: [UInt32]
  /// One more than the literal's number; 0 for none.
  private let ending: [UInt32]
  private let hit: [UInt32]
  let literalCount: Int

  /// - Parameter literals: distinct, none empty; their positions are their numbers.
  /// - Complexity: O(*n*) in the sum of their bytes, and sorting.
  init(_ literals: [[UInt8]]) {
    precondition(literals.allSatisfy { !$0.isEmpty }, "an empty literal is everywhere")
    let trie = Trie(literals)
    literalCount = literals.count
    bytes = trie.bytes
    firstChild = trie.firstChild
    ending = trie.ending
    var root = [UInt32](repeating: 0, count: 256)
    for child in trie.firstChild[0]..<trie.firstChild[1] { root[Int(trie.bytes[Int(child)])] = child }
    atRoot = root
    var fail = [UInt32](repeating: 0, count: trie.bytes.count)
    var hit = [UInt32](repeating: 0, count: trie.bytes.count)
    for state in trie.bytes.indices {
      hit[state] = trie.ending[state] != 0 ? UInt32(state) : hit[Int(fail[state])]
      guard state > 0 else { continue }
      for child in Int(trie.firstChild[state])..<Int(trie.firstChild[state + 1]) {
        fail[child] = LiteralAutomaton.step(fail[state], trie.bytes[child], trie.bytes, trie.firstChild, fail, root)
      }
    }
    self.fail = fail
    self.hit = hit
  }

  // MARK: Steps

  @inline(__always)
  private static func child(_ state: UInt32, _ byte: UInt8, _ bytes: [UInt8], _ firstChild: [UInt32]) -> UInt32 {
    var low = firstChild[Int(state)]
    var high = firstChild[Int(state) + 1]
    while high - low > scannedMax {
      let middle = (low + high) / 2
      if bytes[Int(middle)] <= byte { low = middle } else { high = middle }
    }
    while low < high {
      if bytes[Int(low)] == byte { return low }
      low += 1
    }
    return 0
  }

  @inline(__always)
  private static func step(
    _ from: UInt32, _ byte: UInt8, _ bytes: [UInt8], _ firstChild: [UInt32], _ fail: [UInt32], _ atRoot: [UInt32]
  ) -> UInt32 {
    var state = from
    while state != 0 {
      let next = child(state, byte, bytes, firstChild)
      if next != 0 { return next }
      state = fail[Int(state)]
    }
    return atRoot[Int(byte)]
  }

  // MARK: Searching

  /// Whether any of the literals occurs.
  func anyOccurs(in text: UnsafeRawBufferPointer) -> Bool {
    let (bytes, firstChild, fail, hit, atRoot) = (bytes, firstChild, fail, hit, atRoot)
    var state: UInt32 = 0
    for byte in text {
      state = LiteralAutomaton.step(state, byte, bytes, firstChild, fail, atRoot)
      if hit[Int(state)] != 0 { return true }
    }
    return false
  }

  /// Gives each literal that occurs, once, until the body says that it is enough; whether it did.
  func anyOccurring(in text: UnsafeRawBufferPointer, _ body: (Int) -> Bool) -> Bool {
    // Made when something occurs, which is rare; a literal that was given has had those it ends in given, too.
    var given: [Bool] = []
    var state: UInt32 = 0
    for byte in text {
      state = LiteralAutomaton.step(state, byte, bytes, firstChild, fail, atRoot)
      var found = hit[Int(state)]
      while found != 0 {
        let number = Int(ending[Int(found)]) - 1
        if given.isEmpty { given = [Bool](repeating: false, count: literalCount) }
        if given[number] { break }
        given[number] = true
        if body(number) { return true }
        found = hit[Int(fail[Int(found)])]
      }
    }
    return false
  }

  /// Gives each literal that the bytes begin with, until the body says that it is enough; whether it did.
  @inline(__always)
  func anyBeginning(_ text: some Sequence<UInt8>, _ body: (Int) -> Bool) -> Bool {
    var state: UInt32 = 0
    for byte in text {
      state = state == 0 ? atRoot[Int(byte)] : LiteralAutomaton.child(state, byte, bytes, firstChild)
      if state == 0 { return false }
      let number = ending[Int(state)]
      if number != 0, body(Int(number) - 1) { return true }
    }
    return false
  }
}

/// The literals as a tree of bytes, level by level.
private struct Trie {
  private(set) var bytes: [UInt8] = [0]
  private(set) var firstChild: [UInt32] = []
  private(set) var ending: [UInt32] = []

  /// Sorted literals that begin alike are neighbours: a state is a range of them.
  init(_ literals: [[UInt8]]) {
    let order = literals.indices.sorted { literals[$0].lexicographicallyPrecedes(literals[$1]) }
    var ranges = [0..<order.count]
    var depths = [0]
    var state = 0
    while state < ranges.count {
      firstChild.append(UInt32(ranges.count))
      let (range, depth) = (ranges[state], depths[state])
      var at = range.lowerBound
      let isEnding = at < range.upperBound && literals[order[at]].count == depth
      ending.append(isEnding ? UInt32(order[at]) + 1 : 0)
      if isEnding { at += 1 }
      while at < range.upperBound {
        let byte = literals[order[at]][depth]
        let start = at
        while at < range.upperBound, literals[order[at]][depth] == byte { at += 1 }
        bytes.append(byte)
        ranges.append(start..<at)
        depths.append(depth + 1)
      }
      state += 1
    }
    firstChild.append(UInt32(ranges.count))
  }
}
