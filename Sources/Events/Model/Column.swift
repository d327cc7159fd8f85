/// The columns of the common event model: what an event of any provider is described by.
///
/// The names are the contract of `search`, `query`, filters and rules with `product: cloud`. A column is filled by
/// the provider tables; `file` and `record` come from where the event stood, `environment` from the configuration.
public enum Column: UInt8, CaseIterable, Sendable {
  case time, provider, category, account, region, service, action, `class`, rw
  case actorType, actor, actorID, actorAccount, actorKey, actorIssuer
  case mfa, sourceIP, sourceLabel, userAgent, outcome, errorCode, errorMessage
  case resources, target, targetType, mintedKey, sessionKey, loginMethod
  case eventID, requestID, crossAccount, grants, environment, sourceASN, sourceCountry
  case file, record

  public var name: String {
    switch self {
    case .actorType: "actor_type"
    case .actorID: "actor_id"
    case .actorAccount: "actor_account"
    case .actorKey: "actor_key"
    case .actorIssuer: "actor_issuer"
    case .sourceIP: "src_ip"
    case .sourceLabel: "src_label"
    case .userAgent: "user_agent"
    case .errorCode: "error_code"
    case .errorMessage: "error_message"
    case .targetType: "target_type"
    case .mintedKey: "minted_key"
    case .sessionKey: "session_key"
    case .loginMethod: "login_method"
    case .eventID: "event_id"
    case .requestID: "request_id"
    case .crossAccount: "cross_account"
    case .sourceASN: "src_asn"
    case .sourceCountry: "src_country"
    case .time: "time"
    case .provider: "provider"
    case .category: "category"
    case .account: "account"
    case .region: "region"
    case .service: "service"
    case .action: "action"
    case .class: "class"
    case .rw: "rw"
    case .actor: "actor"
    case .grants: "grants"
    case .mfa: "mfa"
    case .outcome: "outcome"
    case .resources: "resources"
    case .target: "target"
    case .environment: "environment"
    case .file: "file"
    case .record: "record"
    }
  }

  public init?(name: String) {
    guard let column = Column.allCases.first(where: { $0.name == name }) else { return nil }
    self = column
  }

  /// Values that hardly repeat: they are kept as text of the batch, not in the dictionary.
  public var isUnique: Bool { self == .eventID || self == .requestID }

  /// Of several texts.
  public var isList: Bool { self == .resources || self == .grants }

  /// Whether a provider table fills the column; the others come from elsewhere.
  public var isFromRecord: Bool {
    switch self {
    case .provider, .file, .record, .class, .grants, .environment, .sourceASN, .sourceCountry: false
    default: true
    }
  }
}
