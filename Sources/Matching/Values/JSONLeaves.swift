import CSimdJSON
import Events

/// The leaves of a piece of valid JSON: every string, number and boolean that is a value, no keys, no nulls.
///
/// Strings come without their escapes. A string that is JSON itself comes as a whole and then leaf by leaf.
struct JSONLeaves: Sendable {
  // JSON inside a string inside JSON ...: real logs nest it twice; the parser stops at the same depth.
  private static let textDepthMax = 4

  // As deep as a path may lead. Real logs nest about ten levels.
  private static let nestingMax = 64

  private var texts = [[UInt8]](repeating: [], count: JSONLeaves.textDepthMax + 1)

  /// Whether the body says yes to any leaf; it is not called again after that.
  mutating func any(_ json: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    any(json, depth: 0, body)
  }

  /// - Parameter looksInside: whether strings that are JSON are opened.
  private mutating func any(
    _ json: UnsafeRawBufferPointer, depth: Int, _ body: (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    var at = 0
    var nesting = 0
    while at < json.count {
      switch json[at] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        nesting += 1
        at += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        nesting -= 1
        at += 1
      case UInt8(ascii: "\""):
        let start = at + 1
        let (end, hasEscapes) = JSONLeaves.stringEnd(json, start)
        at = min(end + 1, json.count)
        if nesting > JSONLeaves.nestingMax || JSONLeaves.isKey(json, at) { continue }
        if string(UnsafeRawBufferPointer(rebasing: json[start..<end]), hasEscapes, depth, body) { return true }
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "t"), UInt8(ascii: "f"):
        let start = at
        while at < json.count, !JSONLeaves.endsScalar(json[at]) { at += 1 }
        if nesting <= JSONLeaves.nestingMax, body(UnsafeRawBufferPointer(rebasing: json[start..<at])) { return true }
      case UInt8(ascii: "n"): at += 4
      default: at += 1
      }
    }
    return false
  }

  private mutating func string(
    _ raw: UnsafeRawBufferPointer, _ hasEscapes: Bool, _ depth: Int, _ body: (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    let mayBeJSON = depth < JSONLeaves.textDepthMax && raw.count > 1 && (raw[0] == 0x7B || raw[0] == 0x5B)
    guard hasEscapes else {
      return body(raw) || (mayBeJSON && any(raw, depth: depth + 1, body))
    }
    // The buffer is taken out while it is read, so that deeper levels cannot move it.
    var text: [UInt8] = []
    swap(&text, &texts[depth])
    defer { swap(&text, &texts[depth]) }
    JSONLeaves.unescape(raw, into: &text)
    return text.withUnsafeBytes { body($0) || (mayBeJSON && any($0, depth: depth + 1, body)) }
  }

  private static func unescape(_ raw: UnsafeRawBufferPointer, into text: inout [UInt8]) {
    text.removeAll(keepingCapacity: true)
    text.append(contentsOf: raw)
    guard let from = raw.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    // SAFETY: unescaping never lengthens a text, and `text` has the length of `raw`.
    let length = text.withUnsafeMutableBufferPointer { hj_unescape(from, raw.count, $0.baseAddress.unsafelyUnwrapped) }
    text.removeLast(text.count - length)
  }

  /// The place of the closing quote.
  private static func stringEnd(_ json: UnsafeRawBufferPointer, _ start: Int) -> (Int, hasEscapes: Bool) {
    var at = start
    var hasEscapes = false
    while at < json.count, json[at] != UInt8(ascii: "\"") {
      if json[at] == UInt8(ascii: "\\") {
        hasEscapes = true
        at += 1
      }
      at += 1
    }
    return (min(at, json.count), hasEscapes)
  }

  private static func isKey(_ json: UnsafeRawBufferPointer, _ from: Int) -> Bool {
    var at = from
    while at < json.count, isBlank(json[at]) { at += 1 }
    return at < json.count && json[at] == UInt8(ascii: ":")
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

  private static func endsScalar(_ byte: UInt8) -> Bool {
    isBlank(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
  }
}
