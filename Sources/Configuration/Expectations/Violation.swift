/// What an event is not as the configuration says: which sentence tells it, and the texts that the sentence is filled
/// with. The sentence itself is made where alerts are written, in the language of their reader.
public struct Violation: Sendable, Equatable {
  /// Each has its texts in the order of `parts`; a list is one text with a line for each of its items.
  public enum Kind: UInt8, CaseIterable, Sendable {
    case personalHours, commonHours, frozen, noTicket, neverApproved, outsideWindow, offboarded, fromTheFuture
    case region, country, network, blocked, environment, name, role, ownRole, oneself, onePerson
    case silentAccount
  }

  public enum Part: String, CaseIterable, Sendable {
    case person, account, region, country, expected, network, home, environment, reason, delivered, role
    case days, start, end, zone, from, until, who, patterns, named
    case targetType = "target_type"
  }

  public let kind: Kind
  /// As many as the kind has parts.
  public let texts: [String]

  init(_ kind: Kind, _ texts: String...) { self.init(kind, texts) }

  init(_ kind: Kind, _ texts: [String]) {
    self.kind = kind
    self.texts = texts
  }

  /// Of an account that nothing was ever read of.
  public static func silence(of account: Account) -> Violation {
    Violation(.silentAccount, account.id, account.name)
  }

  static func list(_ items: [String]) -> String { items.joined(separator: "\n") }
}

extension Violation.Kind {
  public var parts: [Violation.Part] {
    switch self {
    case .personalHours: [.days, .start, .end, .zone, .person]
    case .commonHours: [.days, .start, .end, .zone]
    case .frozen: [.from, .until, .reason, .who]
    case .outsideWindow: [.from, .until, .reason]
    case .offboarded: [.from, .reason]
    case .fromTheFuture: [.delivered]
    case .region: [.region, .account]
    case .country: [.country, .expected]
    case .network: [.network]
    case .environment: [.home, .environment]
    case .name: [.targetType, .patterns]
    case .role: [.account, .role]
    case .onePerson: [.person]
    case .silentAccount: [.account, .named]
    case .noTicket, .neverApproved, .blocked, .ownRole, .oneself: []
    }
  }
}
