/// Whether an access policy, as it stands in a request, lets everybody in.
///
/// Policies come as JSON, as JSON inside a string, and with keys in either case. This looks at the bytes without
/// backslashes and blanks, in lower case: it finds a principal that means everybody, takes the braces around it as the
/// statement, and asks whether that one allows, without a condition. A deny for everybody, which makes TLS a must, is
/// the most common policy of all and opens nothing.
struct PolicyText {
  // Providers limit policies to 20 KB; more is not looked at.
  private static let bytesMax = 1 << 18

  private static let everybody: [[UInt8]] = [
    #""principal":"*""#, #""principal":["*""#, #""principal":{"aws":"*""#, #""principal":{"aws":["*""#,
    #""principal":{"qcs":["qcs::cam::anyone:anyone""#, #""principal":{"qcs":"qcs::cam::anyone:anyone""#,
  ].map { Array($0.utf8) }
  private static let allow = Array(#""effect":"allow""#.utf8)
  private static let condition = Array(#""condition":{""#.utf8)

  private let bytes: [UInt8]

  init(_ text: Text) {
    bytes = text.bytes.prefix(PolicyText.bytesMax).filter { $0 != UInt8(ascii: "\\") && $0 > UInt8(ascii: " ") }.map(
      lowered)
  }

  var opensToAll: Bool {
    PolicyText.everybody.contains { principal in
      places(of: principal).contains { place in
        let statement = bytes[statement(around: place)]
        return PolicyText.holds(statement, PolicyText.allow) && !PolicyText.holds(statement, PolicyText.condition)
      }
    }
  }

  private func places(of needle: [UInt8]) -> [Int] {
    guard bytes.count >= needle.count else { return [] }
    return (0...bytes.count - needle.count).filter {
      bytes[$0] == needle[0] && bytes[$0..<$0 + needle.count].elementsEqual(needle)
    }
  }

  /// From the brace that is open at the place to the one that closes it. Braces inside texts are rare in policies, and
  /// at worst the statement is taken too long.
  private func statement(around place: Int) -> Range<Int> {
    var start = place
    var depth = 0
    while start > 0, depth <= 0 {
      start -= 1
      if bytes[start] == UInt8(ascii: "{") { depth += 1 } else if bytes[start] == UInt8(ascii: "}") { depth -= 1 }
    }
    var end = place
    depth = 1
    while end < bytes.count, depth > 0 {
      if bytes[end] == UInt8(ascii: "{") { depth += 1 } else if bytes[end] == UInt8(ascii: "}") { depth -= 1 }
      end += 1
    }
    return start..<end
  }

  private static func holds(_ text: ArraySlice<UInt8>, _ needle: [UInt8]) -> Bool {
    guard text.count >= needle.count else { return false }
    return (text.startIndex...text.endIndex - needle.count).contains {
      text[$0..<$0 + needle.count].elementsEqual(needle)
    }
  }
}
