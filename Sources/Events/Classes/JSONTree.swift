/// A small piece of JSON as a tree, for the few events whose parameters decide what they mean. Keys are in lower case:
/// the same parameter is written in several ways.
indirect enum JSONTree {
  typealias Member = (key: String, value: JSONTree)

  case object([Member])
  case list([JSONTree])
  /// A string, or a number or word as it is written; empty for null.
  case scalar(String)

  // As deep as a path may lead.
  private static let nestingMax = 64

  /// Nil if the text is no object or list. What is broken ends early and gives what was seen.
  init?(_ text: Text) {
    guard let tree = JSONTree.parse(text) else { return nil }
    self = tree
  }

  /// Whether any text in it is not empty.
  var hasText: Bool {
    switch self {
    case .scalar(let text): !text.isEmpty
    case .list(let members): members.contains { $0.hasText }
    case .object(let members): members.contains { $0.value.hasText }
    }
  }

  private static func parse(_ text: Text) -> JSONTree? {
    var reader = Reader(bytes: text.bytes)
    reader.skipBlanks()
    guard reader.next == UInt8(ascii: "{") || reader.next == UInt8(ascii: "[") else { return nil }
    return reader.value(depth: 0)
  }

  /// Reads valid JSON; of anything else it makes something, and it always ends.
  private struct Reader {
    let bytes: UnsafeRawBufferPointer
    var at = 0

    var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    mutating func skipBlanks() {
      while let byte = next, byte <= UInt8(ascii: " ") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") {
        at += 1
      }
    }

    mutating func value(depth: Int) -> JSONTree {
      skipBlanks()
      guard depth < JSONTree.nestingMax else {
        at = bytes.count
        return .scalar("")
      }
      switch next {
      case UInt8(ascii: "{"): return .object(object(depth: depth))
      case UInt8(ascii: "["): return .list(list(depth: depth))
      case UInt8(ascii: "\""): return .scalar(string())
      default: return .scalar(word())
      }
    }

    private mutating func object(depth: Int) -> [Member] {
      var members: [Member] = []
      at += 1
      while true {
        skipBlanks()
        guard next == UInt8(ascii: "\"") else {
          at += 1
          return members
        }
        let key = string().lowercased()
        members.append((key, value(depth: depth + 1)))
      }
    }

    private mutating func list(depth: Int) -> [JSONTree] {
      var members: [JSONTree] = []
      at += 1
      while true {
        skipBlanks()
        guard let byte = next, byte != UInt8(ascii: "]"), byte != UInt8(ascii: "}") else {
          at += 1
          return members
        }
        members.append(value(depth: depth + 1))
      }
    }

    /// An escaped character is the character: networks are written with `\/` in places.
    private mutating func string() -> String {
      var text: [UInt8] = []
      at += 1
      while let byte = next, byte != UInt8(ascii: "\"") {
        if byte == UInt8(ascii: "\\") { at += 1 }
        if let byte = next { text.append(byte) }
        at += 1
      }
      at += 1
      return String(decoding: text, as: UTF8.self)
    }

    private mutating func word() -> String {
      let start = at
      while let byte = next, byte > UInt8(ascii: " "), byte != UInt8(ascii: ","), byte != UInt8(ascii: "}"),
        byte != UInt8(ascii: "]")
      {
        at += 1
      }
      // A byte that fits nowhere must not be met again.
      if at == start { at += 1 }
      let text = String(decoding: bytes[start..<min(at, bytes.count)], as: UTF8.self)
      return text == "null" ? "" : text
    }
  }
}
