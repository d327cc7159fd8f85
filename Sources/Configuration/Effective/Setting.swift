// The effective configuration as a tree: what is in force, and where each value came from. `config show` prints it, and
// the fingerprint is the hash of its values. Printed as YAML it is a configuration again, with the same fingerprint.

/// A value of the tree.
public indirect enum Setting: Sendable {
  case text(String, Origin)
  case number(Int, Origin)
  case flag(Bool, Origin)
  case list([Setting], Origin)
  case mapping([(key: String, value: Setting)], Origin)
  /// Shown as it was written, compared by the networks themselves.
  case networks(NetworkList, Origin)
  /// Shown as the file's name, compared by its tickets.
  case tickets(TicketList)
  /// Shown as the whole path, compared by the last part: a database lies elsewhere on another machine.
  case path(String, Origin)

  public var origin: Origin {
    switch self {
    case .text(_, let origin), .number(_, let origin), .flag(_, let origin), .list(_, let origin),
      .mapping(_, let origin), .networks(_, let origin), .path(_, let origin):
      origin
    case .tickets(let list): list.origin
    }
  }

  static func texts(_ texts: [String], _ origin: Origin) -> Setting { .list(texts.map { .text($0, origin) }, origin) }
}

/// Collects the entries of a mapping, leaving out what is empty.
struct SettingBuilder {
  private(set) var pairs: [(key: String, value: Setting)] = []
  let origin: Origin

  init(_ origin: Origin) { self.origin = origin }

  mutating func add(_ key: String, _ value: Setting) { pairs.append((key, value)) }

  mutating func add(_ key: String, _ text: String) {
    if !text.isEmpty { add(key, .text(text, origin)) }
  }

  mutating func add(_ key: String, _ texts: [String]) {
    if !texts.isEmpty { add(key, .texts(texts, origin)) }
  }

  mutating func add(_ key: String, _ identities: [Identity]) {
    if !identities.isEmpty { add(key, .list(identities.map(\.setting), origin)) }
  }

  mutating func add(_ key: String, _ networks: NetworkList) {
    if !networks.entries.isEmpty { add(key, .networks(networks, origin)) }
  }

  var setting: Setting { .mapping(pairs, origin) }
}

extension Identity {
  var setting: Setting {
    guard let account else { return .text(text, origin) }
    return .mapping([("identity", .text(text, origin)), ("account", .text(account, origin))], origin)
  }
}
