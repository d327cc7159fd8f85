/// The walk over JSON text: which strings are keys, and which stand below a secret one.
///
/// No tree and no stack is kept. A string before a colon is a key and its meaning holds until the next value; where
/// that value is an object or an array, everything up to its closing bracket is secret:
///
///     {"Password": {"Plain": "x", "Length": 8}, "User": "y"}
///      pending    ^ region begins at depth 2   ^ and ends
///
/// Beside that the walk remembers the last `name` and the last `value` of an object, for lists of
/// `{"name": "DB_PASSWORD", "value": "..."}` in either order.
struct Walk {
  /// A second name's value that was passed before its first name.
  struct Candidate {
    var depth: Int
    var place: Int
    var length: Int
  }

  var at = 0
  var edit = Edit()
  /// Something was met that JSON does not know.
  var isLoose = false

  fileprivate var depth = 0
  fileprivate var pending: NameMeaning = []
  fileprivate var region: NameMeaning = []
  fileprivate var regionDepth = -1
  fileprivate var pairDepth = -1
  fileprivate var candidate: Candidate?
}

extension Redactor {
  /// One token.
  @inline(__always)
  func step(_ walk: inout Walk, _ text: Span<UInt8>, level: Int, into out: inout [UInt8]) {
    switch text[walk.at] {
    case UInt8(ascii: "\""): string(&walk, text, level: level, into: &out)
    case UInt8(ascii: "{"), UInt8(ascii: "["): open(&walk, isArray: text[walk.at] == UInt8(ascii: "["))
    case UInt8(ascii: "}"), UInt8(ascii: "]"): close(&walk)
    case UInt8(ascii: ","):
      walk.pending = []
      walk.at += 1
    case UInt8(ascii: ":"), 32, 10, 13, 9: walk.at += 1
    default: word(&walk, text, into: &out)
    }
  }

  private func open(_ walk: inout Walk, isArray: Bool) {
    if walk.pending.contains(.pairValue), walk.pairDepth == walk.depth { walk.pending = .secret }
    walk.depth += 1
    walk.at += 1
    if walk.regionDepth < 0, walk.pending.hides, isArray || !walk.pending.contains(.shallow) {
      walk.region = walk.pending
      walk.regionDepth = walk.depth
    }
    walk.pending = []
  }

  private func close(_ walk: inout Walk) {
    if walk.regionDepth >= walk.depth {
      walk.region = []
      walk.regionDepth = -1
    }
    if walk.pairDepth >= walk.depth { walk.pairDepth = -1 }
    if let candidate = walk.candidate, candidate.depth >= walk.depth { walk.candidate = nil }
    walk.depth -= 1
    walk.at += 1
    walk.pending = []
  }

  /// A number, `true`, `false`, `null`, or what is none of them.
  private func word(_ walk: inout Walk, _ text: Span<UInt8>, into out: inout [UInt8]) {
    let start = walk.at
    while walk.at < text.count, !endsWord(text[walk.at]) { walk.at += 1 }
    // A stray byte that can neither begin nor continue a word is passed alone.
    walk.at = max(walk.at, start + 1)
    let first = text[start]
    if isDigit(first) || first == UInt8(ascii: "-") {
      if walk.pending.union(walk.region).contains(.code) {
        walk.edit.replace(text, start, walk.at, by: Self.quotedMark, into: &out)
      }
    } else if !SecretMarks.isLiteral(text, start, walk.at) {
      walk.isLoose = true
    }
    walk.pending = []
  }

  private func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ":"), UInt8(ascii: "\""),
      UInt8(ascii: "{"), UInt8(ascii: "["), 32, 10, 13, 9:
      true
    default: false
    }
  }

  @inline(__always)
  private func string(_ walk: inout Walk, _ text: Span<UInt8>, level: Int, into out: inout [UInt8]) {
    let start = walk.at + 1
    var marks = StringMarks()
    let end = skip(text, start, &marks)
    walk.at = min(end + 1, text.count)
    var next = walk.at
    while next < text.count, isBlank(text[next]) { next += 1 }
    if next < text.count, text[next] == UInt8(ascii: ":") {
      walk.at = next + 1
      walk.pending = marks.isEscaped ? meaning(ofEscaped: text, start, end) : index.meaning(of: text, start, end)
      if marks.isSuspect { look(&walk, text, start, end, marks, level: level, into: &out) }
    } else if !walk.pending.union(walk.region).isEmpty || walk.candidate != nil || marks.isSuspect {
      value(&walk, text, start, end, marks, level: level, into: &out)
      walk.pending = []
    }
    if end >= text.count { walk.isLoose = true }
  }

  @inline(never)
  private func meaning(ofEscaped text: Span<UInt8>, _ start: Int, _ end: Int) -> NameMeaning {
    var name: [UInt8] = []
    EscapedText.decode(text, start, end, into: &name)
    return index.meaning(of: name.span, 0, name.count)
  }

  /// A string that stands under a name that means something, or that has something in it.
  @inline(never)
  private func value(
    _ walk: inout Walk, _ text: Span<UInt8>, _ start: Int, _ end: Int, _ marks: StringMarks, level: Int,
    into out: inout [UInt8]
  ) {
    let meaning = walk.pending.union(walk.region)
    let isPaired = meaning.contains(.pairValue) && walk.pairDepth == walk.depth
    if meaning.hides || isPaired {
      guard !stays(text, start, end, marks, under: meaning) else { return }
      walk.edit.replace(text, start, end, by: Self.mark, into: &out)
      return
    }
    let before = walk.edit.count
    let place = walk.edit.place(of: start, in: out)
    if marks.isSuspect { look(&walk, text, start, end, marks, level: level, into: &out) }
    if meaning.contains(.pairValue), walk.edit.count == before, !stays(text, start, end, marks, under: []) {
      walk.candidate = Walk.Candidate(depth: walk.depth, place: place, length: end - start)
    }
    guard meaning.contains(.pairName) else { return }
    let named = marks.isEscaped ? self.meaning(ofEscaped: text, start, end) : index.meaning(of: text, start, end)
    walk.pairDepth = named.hides ? walk.depth : -1
    if named.hides, let candidate = walk.candidate, candidate.depth == walk.depth {
      walk.edit.take(text, upTo: walk.at, into: &out)
      out.replaceSubrange(candidate.place..<candidate.place + candidate.length, with: Self.mark)
      walk.candidate = nil
    }
  }

  private func stays(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, _ marks: StringMarks, under meaning: NameMeaning
  ) -> Bool {
    guard marks.isEscaped else { return SecretMarks.stays(text, start, end, under: meaning) }
    var decoded: [UInt8] = []
    EscapedText.decode(text, start, end, into: &decoded)
    return SecretMarks.stays(decoded.span, 0, decoded.count, under: meaning)
  }

  /// Looks into a string, and takes over what was replaced in it.
  @inline(never)
  private func look(
    _ walk: inout Walk, _ text: Span<UInt8>, _ start: Int, _ end: Int, _ marks: StringMarks, level: Int,
    into out: inout [UInt8]
  ) {
    var changed: [UInt8] = []
    let count =
      marks.isEscaped
      ? escaped(text, start, end, level: level, into: &changed)
      : plain(text.extracting(start..<end), level: level, into: &changed)
    if count > 0 { walk.edit.replace(text, start, end, by: changed, count: count, into: &out) }
  }
}
