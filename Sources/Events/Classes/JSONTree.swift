/// A small piece of JSON as a tree, for the few events whose parameters decide what they mean. Keys are in lower case:
/// the same parameter is written in several ways.
indirect enum JSONTree {
  typealias Member = (key: String, value: JSONTree)

  case object([Member])
  case list([JSONTree])
  /// A string, or a number or word as it is written; empty for null.
  case scalar(String)

  /// Nil if the text is no object or list. What is broken ends early and gives what was seen.
  init?(_ text: Text) {
    switch LooseJSONParser.parse(text.bytes) {
    case .object(let members): self = JSONTree(.object(members))
    case .list(let members): self = JSONTree(.list(members))
    case .text, nil: return nil
    }
  }

  private init(_ json: LooseJSON) {
    switch json {
    case .object(let members):
      self = .object(members.map { (String(decoding: $0.key, as: UTF8.self).lowercased(), JSONTree($0.value)) })
    case .list(let members): self = .list(members.map(JSONTree.init))
    case .text(let text): self = .scalar(text == Array("null".utf8) ? "" : String(decoding: text, as: UTF8.self))
    }
  }

  /// Whether any text in it is not empty.
  var hasText: Bool {
    switch self {
    case .scalar(let text): !text.isEmpty
    case .list(let members): members.contains { $0.hasText }
    case .object(let members): members.contains { $0.value.hasText }
    }
  }
}
