// The configuration of a run: what the sections say, immutable, and indexed so that a loop over events can ask. All
// sections are optional; a question about one that is missing has the answer nil, never a guess.

import Events
import Rules

/// Everything that `--config` says, or that is in force without it.
public struct Configuration: Sendable {
  /// The zone of times and hours that are written without one.
  public internal(set) var zone = Zone.utc
  var zoneOrigin = Origin.standard
  public internal(set) var accounts: [Account] = []
  public internal(set) var environments: [Environment] = []
  public internal(set) var people: [Person] = []
  public internal(set) var breakGlass = Configuration.standardBreakGlass
  public internal(set) var offboarded: [Offboarded] = []
  public internal(set) var serviceIdentities: [ServiceIdentity] = []
  public internal(set) var approvedRoles: [ApprovedRole] = []
  public internal(set) var trustedNetworks = NetworkList()
  public internal(set) var blockedNetworks = NetworkList()
  /// Exits that say nothing of where a person is.
  public internal(set) var vpnNetworks = NetworkList()
  public internal(set) var workingHours: WorkingHours?
  public internal(set) var changeFreezes: [ChangeFreeze] = []
  public internal(set) var tickets: TicketList?
  public internal(set) var naming: [NamingRule] = []
  public internal(set) var allowedCountries: [Listed] = []
  public internal(set) var allowedRegions: [Listed] = []
  /// Lists that only rules use.
  public internal(set) var lists: [(name: String, values: [Listed])] = []
  public internal(set) var databases = Databases()
  var thresholds: [Threshold: (value: Int, origin: Origin)] = [:]
  public internal(set) var rules = RuleSettings()
  public internal(set) var suppressions: [Suppression] = []
  /// Who is told of alerts; nil for nobody.
  public internal(set) var notify: Notify?
  var index = ConfigurationIndex()

  /// A word of a list, with where it stands.
  public struct Listed: Sendable, Equatable {
    public var text: String
    public var origin: Origin
  }

  /// What is in force when nobody says anything.
  public static let standard: Configuration = {
    var configuration = Configuration()
    var findings: [ConfigFinding] = []
    configuration.index = ConfigurationIndex(configuration, &findings)
    return configuration
  }()

  private static let standardBreakGlass = [
    BreakGlass(
      identities: BreakGlass.standardNames.map { Identity(text: $0, account: nil, origin: .standard) }, person: "",
      windows: [], reason: "what such identities are usually called", origin: .standard)
  ]

  public var withoutSuppressions: Configuration {
    var copy = self
    copy.suppressions = []
    return copy
  }

  public func threshold(_ threshold: Threshold) -> Int { thresholds[threshold]?.value ?? threshold.standard }

  /// The number that somebody wrote, other than what is in force without it.
  public func ownThreshold(_ threshold: Threshold) -> Int? { thresholds[threshold]?.value }

  /// What is other here than a rule says.
  public func threshold(ofRule names: [String]) -> RuleSettings.Threshold? {
    rules.thresholds.first { names.contains($0.rule) }
  }

  /// The link for a rule that goes by some names: id, name, title.
  public func runbook(ofRule names: [String]) -> String? {
    rules.runbooks.first { names.contains($0.rule) }?.link
  }

  /// Rules that the configuration refers to, to be compared with those that exist.
  public var ruleReferences: [Listed] {
    let isPlain = { (name: String) in Glob(name).literal != nil }
    return rules.thresholds.map { Listed(text: $0.rule, origin: $0.origin) }
      + rules.runbooks.map { Listed(text: $0.rule, origin: $0.origin) }
      + suppressions.filter { isPlain($0.rule) }.map { Listed(text: $0.rule, origin: $0.origin) }
  }
}
