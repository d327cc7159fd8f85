/// The access policies inside a request, wherever they stand in it: as an object, as JSON in a text, written for a URL,
/// and one inside another.
struct PolicyDocuments {
  // Providers limit policies to 20 KB; more is not looked at.
  private static let bytesMax = 1 << 18
  // A request that is a text, with a policy that is a text, written for a URL twice.
  private static let textDepthMax = 4
  // Far more than a policy of 20 KB holds.
  private static let statementsMax = 1 << 10

  /// By document.
  private(set) var statements: [[PolicyStatement]] = []

  /// A look at the bytes before anything is taken apart. The letters of the word may hide behind escapes, of JSON and of
  /// URLs.
  static func mayHold(_ request: Text) -> Bool {
    request.contains("tatement") || request.contains("u00") || request.contains("%")
      || request.contains("TATEMENT")
  }

  init(_ request: Text) {
    guard PolicyDocuments.mayHold(request) else { return }
    read(UnsafeRawBufferPointer(rebasing: request.bytes.prefix(PolicyDocuments.bytesMax)), depth: 0)
  }

  private mutating func read(_ bytes: UnsafeRawBufferPointer, depth: Int) {
    guard depth < PolicyDocuments.textDepthMax, let first = bytes.first(where: { $0 > UInt8(ascii: " ") }) else {
      return
    }
    switch first {
    case UInt8(ascii: "{"), UInt8(ascii: "["): LooseJSONParser.parse(bytes).map { visit($0, depth: depth) }
    case UInt8(ascii: "%"): PolicyDocuments.decoded(bytes).withUnsafeBytes { read($0, depth: depth + 1) }
    default: break
    }
  }

  private mutating func visit(_ value: LooseJSON, depth: Int) {
    switch value {
    case .text(let text): text.withUnsafeBytes { read($0, depth: depth + 1) }
    case .list(let members): for member in members { visit(member, depth: depth) }
    case .object(let members):
      guard let found = value["statement"] else {
        for member in members { visit(member.value, depth: depth) }
        return
      }
      let list = if case .list(let all) = found { all } else { [found] }
      statements.append(list.prefix(PolicyDocuments.statementsMax).compactMap(PolicyStatement.init))
    }
  }

  /// `%7B%22Statement%22` as `{"Statement"`. Bytes that are no escape stay.
  private static func decoded(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.count, let high = digit(bytes[at + 1]),
        let low = digit(bytes[at + 2])
      {
        out.append(high << 4 | low)
        at += 3
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return out
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch lowered(byte) {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): lowered(byte) - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
