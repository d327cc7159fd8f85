// What belongs to whom: accounts, environments and people.

/// An account, project or subscription.
public struct Account: Sendable, Equatable {
  public var id: String
  public var name: String
  /// The name of an environment; empty if none was given.
  public var environment: String
  public var owner: String
  public var provider: String
  /// The domain of login names, such as `corp.onaliyun.com`.
  public var domain: String
  /// Where resources of the account may be; empty: as the environment says.
  public var regions: [String]
  public var origin: Origin
}

/// A stage such as prod or test.
public struct Environment: Sendable, Equatable {
  /// Environments of these names are productive unless the configuration says otherwise.
  static let productiveNames: Set<String> = ["prod", "production", "prd", "live"]

  public var name: String
  public var isProduction: Bool
  var productionOrigin: Origin
  /// Who belongs in it.
  public var identities: [Identity]
  public var regions: [String]
  public var origin: Origin
}

/// A human being with all the identities of all providers.
public struct Person: Sendable, Equatable {
  public var name: String
  public var identities: [Identity]
  /// Names of role sessions, the part behind the role: `alice` in `Admin/alice` or `admin:alice`.
  public var sessions: [String]
  /// The environments that the person works in; empty: not said.
  public var environments: [String]
  public var hours: WorkingHours?
  public var origin: Origin
}
