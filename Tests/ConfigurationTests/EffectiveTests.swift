import Foundation
import Rules
import TestSupport
import Testing

@testable import Configuration

@Suite struct EffectiveTests {
  /// Every section and every key.
  static let everything = """
    version: 1
    timezone: Europe/Berlin
    accounts:
      - {id: '0012', name: "it's", environment: prod, owner: ops, provider: aws, domain: a.example, regions: [r-1]}
      - id: '7'
    environments:
      prod: {production: true, identities: ['a*', {identity: b, account: '7'}], regions: [r-2]}
      no: {}
    people:
      'yes': {identities: [x, {identity: y, account: '7'}], sessions: [s], environments: [prod],
        working_hours: {from: '22:00', to: '24:00'}}
    break_glass:
      - {identity: z, account: '7', reason: "tab\\there", windows: [{from: 2026-01-05, to: 2026-01-06, ticket: T-1}]}
      - {person: 'yes'}
    offboarded: [{identity: w, last_day: 2026-03-28, reason: left}]
    service: [{identity: v, networks: [10.0.0.0/8, '@n.txt'], reason: agent}]
    automation: [{identities: [u, t]}]
    approved_roles: [{role: r, account: '7', from: ['0012'], reason: audit}]
    networks: {trusted: ['@n.txt'], blocked: [2001:db8::/32]}
    working_hours: {timezone: '+05:30', days: [sun, mon], from: '09:00', to: '17:00', holidays: [2026-12-24]}
    change_freeze: [{from: 2026-01-01, to: 2026-01-02, environments: [prod], accounts: ['7'], reason: new year}]
    tickets: {file: t.csv, columns: {who: owner}}
    naming: {user: ['a.*', 'b''.*'], log group: c}
    allowed_countries: [CN, NO]
    allowed_regions: [r-3]
    lists: {vip: [a, '12:30'], on: ['~']}
    thresholds: {dormant_days: 7, rules: {some-rule: 9, '12': 3}}
    runbooks: {some-rule: 'https://x.example/#a'}
    suppressions:
      - {rule: r, actor: a, account: '7', network: 10.0.0.0/8, reason: "line\\nbreak", until: 2026-01-01}
      - {rule: q, person: 'yes', reason: x, until: 2026-01-01T00:00:00Z}
    notify:
      targets:
        hook: {url: 'https://h.example/T/1', shape: feishu, secret_env: S, allow_private: true, ca_file: ca.pem,
          rate: {messages: 5, per: 90s}, timeout: 4s, tries: 3, pause: 2s}
        siem: {syslog: 'tcp://[::1]:6514', format: cef}
        page: {command: [/bin/page, '--now']}
        duty: {mail: [a@b.example], from: c@d.example, sendmail: /usr/lib/sendmail}
      routes:
        - {level: high, classes: [login], environments: [prod], accounts: ['7'], changes: [new], to: [hook, duty]}
        - {to: siem}
      ping: {url: 'http://p.example', allow_http: true, timeout: 3s}
      deadline: 90s
    """

  private static func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write("n.txt", "192.0.2.0/25\n192.0.2.128/25\n")
    try folder.write("t.csv", "owner,what,from,to\nx,*,2026-01-01,2026-01-02\n")
    return folder
  }

  private static func load(_ folder: Folder, _ name: String, _ text: String) throws -> Configuration {
    let result = Configuration.load(path: try folder.write(name, text))
    guard let configuration = result.configuration else { throw Refused(findings: result.findings.map(\.description)) }
    return configuration
  }

  @Test func whatIsShownIsAConfigurationThatSaysTheSame() throws {
    let folder = try Self.folder()
    let config = try Self.load(folder, "a.yaml", Self.everything)
    let shown = config.settings.yaml
    let again = try Self.load(folder, "b.yaml", shown)
    #expect(again.fingerprint == config.fingerprint)
    let values: (Configuration) -> [String] = { $0.settings.leaves.map { "\($0.path) \($0.value)" } }
    #expect(values(again) == values(config))
  }

  @Test func everyKnownKeyIsInTheExample() {
    for key in ConfigurationReader.keys where key != "geoip" {
      #expect(Self.everything.contains("\n\(key):") || Self.everything.hasPrefix("\(key):"), "\(key)")
    }
  }

  @Test func eachValueSaysWhereItCameFrom() throws {
    let folder = try Self.folder()
    let config = try Self.load(folder, "a.yaml", Self.everything)
    let file = folder.url.path + "/a.yaml"
    var origins: [String: String] = [:]
    for leaf in config.settings.leaves { origins[leaf.path] = leaf.origin.description }
    #expect(origins["timezone"] == "\(file):2")
    #expect(origins["accounts[0].name"] == "\(file):4")
    #expect(origins["environments.prod.production"] == "\(file):7")
    #expect(origins["environments.no.production"] == "default")
    #expect(origins["thresholds.dormant_days"] == "\(file):\(Self.line("thresholds"))")
    #expect(origins["thresholds.session_hours"] == "default")
    #expect(origins["networks.trusted[0]"] == "\(file):\(Self.line("networks"))")
    #expect(config.settings.yaml.contains("networks:\n  trusted:\n    - '@\(folder.url.path)/n.txt'"))
    #expect(config.settings.yaml.contains(": 2 networks\n"))
  }

  private static func line(_ key: String) -> Int {
    (everything.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.hasPrefix("\(key):") } ?? -1)
      + 1
  }

  @Test(arguments: [
    ("timezone: UTC # zone\nversion: 1", "version: 1\n\ntimezone: UTC"),
    ("networks: {trusted: [10.0.0.0/25, 10.0.0.128/25]}", "networks: {trusted: [10.0.0.0/24, 10.0.0.7]}"),
    ("people: {a: {identities: [x, y]}, b: {identities: z}}", "people: {b: {identities: z}, a: {identities: [y, x]}}"),
    (
      "offboarded: [{identity: a, last_day: 2026-01-05}]",
      "offboarded: [{identities: [a], since: 2026-01-06T08:00:00+08:00}]"
    ),
    ("allowed_countries: [cn]", "allowed_countries: [CN]"),
  ])
  func theFingerprintIsOfTheMeaning(left: String, right: String) throws {
    let (a, b) = (try configuration(left), try configuration(right))
    #expect(a.fingerprint == b.fingerprint)
    #expect(a.fingerprint?.count == 64)
    #expect(a.fingerprint != Configuration.standard.fingerprint || left.contains("timezone"))
  }

  /// Dropping any line that says something changes the fingerprint, or is refused since another line needs it.
  @Test func everyValueCounts() throws {
    let folder = try Self.folder()
    let whole = try Self.load(folder, "a.yaml", Self.everything)
    let leaves = whole.settings.leaves.count
    #expect(leaves > 90)
    for (from, to) in [
      ("name: \"it's\"", "name: its"), ("owner: ops", "owner: dev"), ("ticket: T-1", "ticket: T-2"),
      ("reason: agent", "reason: other"), ("from: '22:00'", "from: '21:00'"),
      ("until: 2026-01-01T", "until: 2026-01-02T"),
      ("sessions: [s]", "sessions: [t2]"), ("holidays: [2026-12-24]", "holidays: [2026-12-25]"),
      ("'https://x.example/#a'", "'https://x.example/#b'"), ("rules: {some-rule: 9", "rules: {some-rule: 8"),
      ("days: [sun, mon]", "days: [sun, tue]"), ("network: 10.0.0.0/8, reason", "network: 10.0.0.0/9, reason"),
      ("account: '7', from:", "account: '8', from:"),
    ] {
      #expect(Self.everything.contains(from), "\(from)")
      let other = try Self.load(folder, "c.yaml", Self.everything.replacingOccurrences(of: from, with: to))
      #expect(other.fingerprint != whole.fingerprint, "\(from)")
    }
  }

  @Test func contentOfFilesCountsAndTheirPlaceDoesNot() throws {
    let (here, there) = (try Self.folder(), try Self.folder())
    let original = try Self.load(here, "a.yaml", Self.everything).fingerprint
    #expect(try Self.load(there, "b.yaml", Self.everything).fingerprint == original)
    try there.write("n.txt", "192.0.2.0/24 # the same\n")
    #expect(try Self.load(there, "b.yaml", Self.everything).fingerprint == original)
    try there.write("n.txt", "192.0.3.0/24\n")
    #expect(try Self.load(there, "b.yaml", Self.everything).fingerprint != original)
    try there.write("n.txt", "192.0.2.0/24\n")
    try there.write("t.csv", "owner,what,from,to\ny,*,2026-01-01,2026-01-02\n")
    #expect(try Self.load(there, "b.yaml", Self.everything).fingerprint != original)
  }

  // MARK: Placeholders

  @Test func theListsFillPlaceholdersOfRules() throws {
    let config = try configuration(LookupTests.estate + "\nbreak_glass: [{identity: 'arn:aws:iam::9:user/fire'}]\n")
    let lists = config.placeholders
    #expect(Set(lists.keys) == Set(Configuration.placeholderNames).union(Configuration.presetLists.keys))
    #expect(lists["break_glass_actors"] == ["arn:aws:iam::9:user/fire", "fire"])
    #expect(lists["prod_accounts"] == ["111122223333"])
    #expect(lists["dev_actors"] == ["dev-*", "bob*"])
    #expect(lists["allowed_regions"] == ["cn-shanghai", "ap-guangzhou", "eu-west-1"])
    let rule = """
      title: T
      logsource: {product: cloud}
      detection: {sel: {actor|expand: '%dev_actors%'}, condition: sel}
      """
    let set = RuleSet.parse(
      Array(rule.utf8), file: "r.yml", options: RuleOptions(placeholders: Placeholders(lists)))
    #expect(!set.hasErrors)
    #expect(set.rules[0].predicate.description.contains("bob*"))
  }

  @Test func aListAddsToThatWhichIsNeverEmpty() throws {
    #expect(try configuration("version: 1").placeholders["admin_policies"] == ["1"])
    #expect(try configuration("lists: {admin_policies: 4711}").placeholders["admin_policies"] == ["4711", "1"])
  }

  @Test func aLongListOfNetworksIsNotWrittenOutForRules() throws {
    let networks = (0..<20_000).map { "10.\($0 >> 8).\($0 & 255).0/25" }
    let folder = try Folder()
    try folder.write("n.txt", networks.joined(separator: "\n"))
    let config = try Self.load(folder, "t.yaml", "networks: {blocked: '@n.txt'}")
    #expect(config.placeholders["blocked_networks"]?.count == 10_001)
    #expect(config.blockedNetworks.set.rangeCount == 20_000)
  }

  /// Standing test data of the format's owner, where it is at hand.
  static let databases = Shared.has("data/mmdb") ? Shared.path("data/mmdb") : nil

  @Test(.enabled(if: databases != nil)) func databasesAreToldByTheirContent() throws {
    let folder = try Folder()
    let path = "\(Self.databases ?? "")/GeoLite2-City-Test.mmdb"
    let config = try Self.load(folder, "t.yaml", "geoip: {city: '\(path)'}")
    #expect(config.databases.path(.city) == path)
    #expect(config.databases.path(.asn) == nil)
    try folder.write("x.mmdb", "not a database")
    let refused = Configuration.load(path: try folder.write("u.yaml", "geoip: {asn: x.mmdb}"))
    #expect(refused.errors.contains { $0.message.contains("is no MaxMind database") })
  }
}
