import CSimdJSON

/// The scalars inside a small piece of JSON: members of lists of ids, and values of objects.
///
/// The parser takes lists as one value, because most are never looked at. The few that a column needs are scanned
/// here. The text may also come out of a string and be no valid JSON: the scan then ends early and gives what it saw.
extension Fields {
  /// Every string and number in the text, keys of objects left out.
  func forEachScalar(inJSON json: Text, _ body: (Text) -> Void) {
    var i = 0
    while i < json.count {
      switch json[i] {
      case UInt8(ascii: "\""):
        guard let end = stringEnd(json, i) else { return }
        let written = json.slice(i + 1, end - i - 1)
        i = end + 1
        if !isKey(json, i) { body(unescaped(written)) }
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
        let start = i
        while i < json.count, isNumeric(json[i]) { i += 1 }
        body(json.slice(start, i - start))
      default: i += 1
      }
    }
  }

  /// The path's text; of a list or an object its first scalar.
  func anyText(_ path: Int) -> Text {
    let text = self[path]
    if !text.isEmpty || !isNested(path) { return text }
    var found = Text.none
    forEachScalar(inJSON: json(path)) { if found.isEmpty { found = $0 } }
    return found
  }

  /// Every value of the path, and every scalar in those that are lists.
  func forEachText(_ path: Int, _ body: (Text) -> Void) {
    if isNested(path) { return forEachScalar(inJSON: json(path), body) }
    forEach(path) { if !$0.isEmpty { body($0) } }
  }

  /// The parts of a text that lists several things, empty ones left out.
  func forEachPart(_ text: Text, separatedBy first: Unicode.Scalar, or second: Unicode.Scalar, _ body: (Text) -> Void) {
    var start = 0
    for i in 0...text.count {
      let isEnd = i == text.count || text[i] == UInt8(ascii: first) || text[i] == UInt8(ascii: second)
      guard isEnd else { continue }
      if i > start { body(text.slice(start, i - start)) }
      start = i + 1
    }
  }

  private func stringEnd(_ json: Text, _ start: Int) -> Int? {
    var i = start + 1
    while i < json.count {
      if json[i] == UInt8(ascii: "\"") { return i }
      i += json[i] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  private func isKey(_ json: Text, _ from: Int) -> Bool {
    var i = from
    while i < json.count, json[i] <= UInt8(ascii: " ") { i += 1 }
    return i < json.count && json[i] == UInt8(ascii: ":")
  }

  private func isNumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private func unescaped(_ written: Text) -> Text {
    guard let base = written.base, written.firstIndex(of: UInt8(ascii: "\\")) != nil else { return written }
    let out = view.scratch.pointee.reserve(written.count)
    // SAFETY: unescaping never lengthens a text, and that much room was reserved.
    return Text(base: UnsafePointer(out), count: hj_unescape(base, written.count, out))
  }
}
