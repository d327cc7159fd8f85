// What is expected of identities and of times: the sections that turn an alert into routine, or routine into an alert.

import Rules

/// Identities for emergencies, and when their use is approved.
public struct BreakGlass: Sendable, Equatable {
  /// What such identities are called almost everywhere; in force until the configuration names its own.
  static let standardNames = ["*breakglass*", "*break-glass*", "*break_glass*", "*firecall*", "*fire-call*"]

  public var identities: [Identity]
  public var person: String
  public var windows: [Window]
  public var reason: String
  public var origin: Origin
}

/// Identities of somebody who has left.
public struct Offboarded: Sendable, Equatable {
  public var identities: [Identity]
  public var person: String
  /// From this moment on any use is wrong.
  public var since: Int64
  public var reason: String
  public var origin: Origin
}

/// Identities that no human uses.
public struct ServiceIdentity: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// A workload, an agent, a scanner.
    case service
    /// A pipeline that changes things.
    case automation
  }

  public var kind: Kind
  public var identities: [Identity]
  /// Where it usually works from; empty: not said.
  public var networks: NetworkList
  public var reason: String
  public var origin: Origin
}

/// A role that other accounts may take.
public struct ApprovedRole: Sendable, Equatable {
  public var role: Identity
  /// Accounts that may; empty: every account of the configuration.
  public var from: [String]
  public var reason: String
  public var origin: Origin
}

/// A time in which nothing should change.
public struct ChangeFreeze: Sendable, Equatable {
  public var window: Window
  /// Both empty: everywhere.
  public var environments: [String]
  public var accounts: [String]
}

/// An alert that somebody decided not to see, until a date.
public struct Suppression: Sendable, Equatable {
  /// The id, name or title of a rule; `*` and `?` are wildcards.
  public var rule: String
  public var actor: Identity?
  public var person: String
  public var networks: NetworkList?
  public var reason: String
  /// In event time: an event at or after this moment is not suppressed.
  public var until: Int64
  public var origin: Origin
}

/// Networks with what was written for them.
public struct NetworkList: Sendable, Equatable {
  public struct Entry: Sendable, Equatable {
    /// A network, or `@` and the path of a file.
    public var text: String
    /// How many networks it stands for.
    public var count: Int
    public var origin: Origin
  }

  public var set = AddressSet()
  public var entries: [Entry] = []
}

/// Where the databases of locations lie.
public struct Databases: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable { case country, city, asn }

  public struct Entry: Sendable, Equatable {
    public var kind: Kind
    public var path: String
    public var origin: Origin
  }

  public var entries: [Entry] = []

  public func path(_ kind: Kind) -> String? { entries.first { $0.kind == kind }?.path }
}

/// What a rule's numbers are here, and what to do when it speaks.
public struct RuleSettings: Sendable, Equatable {
  /// What is other here than the rule says; at least one of them is.
  public struct Threshold: Sendable, Equatable {
    /// The id, name or title of the rule.
    public var rule: String
    /// Of what is counted or compared.
    public var value: Int?
    public var timespanMilliseconds: Int64?
    /// As it was written: `30m`.
    var timespan = ""
    public var level: Level?
    public var origin: Origin
  }

  public struct Runbook: Sendable, Equatable {
    public var rule: String
    public var link: String
    public var origin: Origin
  }

  public var thresholds: [Threshold] = []
  public var runbooks: [Runbook] = []
}
