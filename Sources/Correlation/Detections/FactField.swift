import Events
import Matching
import Rules

/// What a fact carries of an event: a field as rules name it, or something made of a column.
public struct FactField: Hashable, Sendable {
  /// A value made of another, so that history is kept of what is stable about it.
  public enum Derivation: String, Sendable, CaseIterable {
    /// The network of an address: 24 bits of IPv4, 48 of IPv6.
    case network = "src_network"
    /// The same, of an address that anybody on the internet may have; nothing for the others.
    case publicNetwork = "public_network"
    /// `4` or `6`: who has both is not in two places.
    case addressFamily = "address_family"
    /// The product that a user agent begins with, without its version.
    case agentFamily = "user_agent_family"
    /// The rules of a security group that let in everybody at a port for administration: what is opened, taken back or
    /// changed, as port and network.
    case connection
    /// How many things the request names.
    case targetCount = "target_count"
    /// Each of the things that the request names: who repeats a call names the same ones again.
    case namedThing = "named_thing"
    /// The person behind the caller, as the configuration joins identities; the caller where it names nobody.
    case person
    /// The account, or `*` for a person: what people do counts together wherever they do it.
    case personAccount = "person_account"

    /// Whether it is made of several columns, or of what stands in them, and not of one value alone.
    var isMade: Bool {
      switch self {
      case .network, .publicNetwork, .addressFamily, .agentFamily: false
      case .connection, .targetCount, .namedThing, .person, .personAccount: true
      }
    }

    var sources: [FieldSource] {
      switch self {
      case .network, .publicNetwork, .addressFamily: [.column(.sourceIP)]
      case .agentFamily: [.column(.userAgent)]
      case .connection: ConnectionReader.sources
      case .targetCount: ThingReader.paths.map { .path($0) }
      case .namedThing: ThingReader.paths.map { .path($0) } + ThingReader.columns.map { .column($0) }
      case .person, .personAccount: PersonReader.columns.map { .column($0) }
      }
    }
  }

  /// The values are those of the first source that has any.
  public let sources: [FieldSource]
  public let derivation: Derivation?

  init(_ source: FieldSource) {
    sources = [source]
    derivation = nil
  }

  /// The field of a group in which the identities of a person are one.
  func joined() -> FactField {
    guard derivation == nil else { return self }
    switch sources {
    case [.column(.actor)]: return FactField(.person)
    case [.column(.account)]: return FactField(.personAccount)
    default: return self
    }
  }

  private init(_ derivation: Derivation) {
    sources = derivation.sources
    self.derivation = derivation
  }

  /// What every log says elsewhere, under one name. The values are those of the first source that has any.
  private static let joint: [String: [FieldSource]] = [
    // Who was created: some are known by a number from then on, which only the reply tells.
    "created_user": [.path("responseElements.Uin"), .column(.target)],
    // The bucket or log store that a trail writes to.
    "log_place": [
      .path("requestParameters.s3BucketName"), .path("requestParameters.OssBucketName"),
      .path("requestParameters.SlsProjectArn"), .path("requestParameters.CosBucketName"),
      .path("requestParameters.Storage.StorageName"), .path("requestParameters.Storage.StorageId"),
    ],
    // A policy as those who attach it call it.
    "policy": [
      .path("responseElements.policy.arn"), .path("responseElements.PolicyId"), .path("requestParameters.policyArn"),
      .path("requestParameters.PolicyId"), .path("requestParameters.PolicyName"),
    ],
  ]

  /// - Parameter logsource: of the rule whose hits are grouped: its names may be those of the raw records.
  init(_ name: String, logsource: LogSource) {
    if let joint = FactField.joint[name] {
      sources = joint
      derivation = nil
      return
    }
    if let derivation = Derivation(rawValue: name) {
      sources = derivation.sources
      self.derivation = derivation
      return
    }
    derivation = nil
    let column = Column(name: name).map { FieldSource.column($0) }
    let raw = logsource.sources(of: name)
    sources = raw.contains { $0 == column } ? raw : raw + (column.map { [$0] } ?? [])
  }
}
