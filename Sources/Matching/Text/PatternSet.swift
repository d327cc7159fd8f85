import Rules

/// Many patterns with wildcards, asked of one text at a time. A few are tried one by one; of more, those that are a
/// literal with stars around it are decided by automata, and of the others the longest literal is looked for first, so
/// that only patterns that may match are tried.
struct PatternSet: Sendable {
  // Up to here the C library's search, pattern by pattern, is the faster one.
  private static let fewMax = 8

  /// A pattern that is tried on the text.
  private struct Tried: Sendable {
    let glob: Glob
    let number: Int
  }

  /// What the occurrence of a literal means.
  private struct Meaning: Sendable {
    /// Patterns that it decides.
    var proven: [Int] = []
    /// Patterns that it makes possible.
    var possible: [Tried] = []
  }

  private var tried: [Tried] = []
  private var starts: Group?
  private var ends: Group?
  private var inside: Group?

  /// Literals of one kind with their meanings.
  private struct Group: Sendable {
    let automaton: LiteralAutomaton
    let meanings: [Meaning]
    /// No literal has to be followed up.
    let isProof: Bool
  }

  /// - Parameter patterns: all cased or none, none of them a plain text or a lone star; their positions are their numbers.
  init(_ patterns: [TextPattern]) {
    guard patterns.count > PatternSet.fewMax else {
      tried = patterns.enumerated().map { Tried(glob: Glob($0.element), number: $0.offset) }
      return
    }
    var starts = Collected()
    var ends = Collected()
    var inside = Collected()
    let signs = Signs(patterns)
    for (number, pattern) in patterns.enumerated() {
      func own(_ literal: [UInt8]) -> [UInt8] { pattern.isCased ? literal : CaseFolding.folded(literal) }
      let isTaken =
        switch pattern.shape {
        case .prefix(let literal): starts.take(own(literal)) { $0.proven.append(number) }
        case .suffix(let literal): ends.take(own(literal).reversed()) { $0.proven.append(number) }
        case .contains(let literal): inside.take(own(literal)) { $0.proven.append(number) }
        case .exact, .anything, .glob:
          inside.take(own(signs.best(of: pattern))) {
            $0.possible.append(Tried(glob: Glob(pattern), number: number))
          }
        }
      if !isTaken { tried.append(Tried(glob: Glob(pattern), number: number)) }
    }
    self.starts = starts.group
    self.ends = ends.group
    self.inside = inside.group
  }

  /// Chooses the literal by which a pattern is recognised. One that many patterns share makes all of them possible at
  /// once, so a shorter one of its own is better, unless it is so short that it is everywhere.
  private struct Signs {
    private static let bytesMin = 3

    private var uses: [[UInt8]: Int] = [:]

    init(_ patterns: [TextPattern]) {
      for pattern in patterns where pattern.shape == .glob {
        for case .literal(let text) in pattern.parts { uses[text, default: 0] += 1 }
      }
    }

    /// Empty if the pattern has no literal.
    func best(of pattern: TextPattern) -> [UInt8] {
      var best = pattern.longestLiteral ?? []
      for case .literal(let text) in pattern.parts where text.count >= Signs.bytesMin {
        if (uses[text] ?? 0, -text.count) < (uses[best] ?? 0, -best.count) { best = text }
      }
      return best
    }
  }

  /// Literals on their way into an automaton.
  private struct Collected {
    private var numbers: [[UInt8]: Int] = [:]
    private var literals: [[UInt8]] = []
    private var meanings: [Meaning] = []
    private var bytesLeft = LiteralAutomaton.bytesMax

    /// False if there is nothing to look for, or no room for it.
    mutating func take(_ literal: [UInt8], _ mean: (inout Meaning) -> Void) -> Bool {
      guard !literal.isEmpty, literal.count <= bytesLeft else { return false }
      let number = numbers[literal] ?? literals.count
      if number == literals.count {
        numbers[literal] = number
        literals.append(literal)
        meanings.append(Meaning())
        bytesLeft -= literal.count
      }
      mean(&meanings[number])
      return true
    }

    var group: Group? {
      guard !literals.isEmpty else { return nil }
      return Group(
        automaton: LiteralAutomaton(literals), meanings: meanings, isProof: meanings.allSatisfy(\.possible.isEmpty))
    }
  }

  var isEmpty: Bool { tried.isEmpty && starts == nil && ends == nil && inside == nil }

  // MARK: Matching

  /// - Parameter text: folded unless the patterns are cased.
  func matches(_ text: UnsafeRawBufferPointer) -> Bool {
    if tried.contains(where: { $0.glob.matches(text) }) { return true }
    if let starts, starts.automaton.anyBeginning(text, { _ in true }) { return true }
    if let ends, ends.automaton.anyBeginning(text.reversed(), { _ in true }) { return true }
    guard let inside else { return false }
    if inside.isProof { return inside.automaton.anyOccurs(in: text) }
    return inside.automaton.anyOccurring(in: text) { literal in
      let meaning = inside.meanings[literal]
      return !meaning.proven.isEmpty || meaning.possible.contains { $0.glob.matches(text) }
    }
  }

  /// The numbers of the patterns that match, each once.
  func forEachMatch(_ text: UnsafeRawBufferPointer, _ body: (Int) -> Void) {
    for one in tried where one.glob.matches(text) { body(one.number) }
    if let starts {
      _ = starts.automaton.anyBeginning(text) { PatternSet.give(starts.meanings[$0], text, body) }
    }
    if let ends {
      _ = ends.automaton.anyBeginning(text.reversed()) { PatternSet.give(ends.meanings[$0], text, body) }
    }
    if let inside {
      _ = inside.automaton.anyOccurring(in: text) { PatternSet.give(inside.meanings[$0], text, body) }
    }
  }

  /// Never enough.
  private static func give(_ meaning: Meaning, _ text: UnsafeRawBufferPointer, _ body: (Int) -> Void) -> Bool {
    for number in meaning.proven { body(number) }
    for one in meaning.possible where one.glob.matches(text) { body(one.number) }
    return false
  }
}
