import Foundation
import Testing

/// Every key of the configuration changes what a sweep of the demonstration finds, as docs/CONFIGURATION.md says. What
/// does not happen there (other accounts, journeys, raised rights) is in a log of its own beside the configuration.
@Suite struct EveryKeyTests {
  private static let archives = ["fixtures/demo/aws", "fixtures/demo/aliyun", "fixtures/config/logs"].map {
    DocumentedTests.root.appendingPathComponent($0).path
  }

  private static let databases = DocumentedTests.root.appendingPathComponent("fixtures/mmdb").path

  /// With the learning of a day, since the demonstration is as long as a week of work.
  private static let rules = """
    title: Silence
    name: silence
    status: test
    level: low
    correlation: {type: gap, rules: [base_session_minted], group-by: [account], timespan: 12h, learning: 1d}
    threshold: {timespan: log_gap_minutes}
    ---
    title: Jewel touched
    name: jewel_touched
    status: test
    level: low
    logsource: {product: cloud}
    detection: {s: {target|expand: '%jewels%'}, condition: s}
    """

  /// What alerts are, one line each: `high Title | actor | environment | runbook`.
  private static func alerts(_ folder: Folder, _ config: String) throws -> [String] {
    try folder.write("networks.txt", "# one\n203.0.113.0/24\n")
    try folder.write("tickets.csv", "who,what,from,to\nlin.mei,*,2026-01-10,2026-01-20\n")
    try folder.write("other.csv", "person,scope,start,end\nlin.mei,*,2026-01-10,2026-01-20\n")
    let rules = try folder.write("rules.yml", rules)
    let lists = config.contains("jewels") ? "" : "lists: {jewels: nothing-is-called-so}\n"
    let text = (config.contains("lists:") ? config.replacing("lists: {", with: "lists: {jewels: x, ") : config + lists)
    let file = try folder.write("c.yaml", config.contains("jewels") ? config : text)
    let run = try Harrier.run(["sweep", "--format", "jsonl", "-q", "--config", file, "--rules", rules] + archives)
    #expect(run.code == 0, "\(run.errors)")
    return run.rows.map { row in
      func text(_ key: String) -> String { row[key] as? String ?? "-" }
      return "\(text("level")) \(text("title")) | \(text("actor")) | \(text("environment")) | \(text("runbook"))"
    }
  }

  struct Case: CustomTestStringConvertible {
    let key: String
    let without: String
    let with: String
    /// The beginning of a line that is only there with the key.
    var gives: String?
    /// The beginning of a line that is only there without it.
    var takes: String?

    init(_ key: String, _ shared: String, _ without: String, _ with: String, gives: String? = nil, takes: String? = nil)
    {
      self.key = key
      self.without = shared + without + "\n"
      self.with = shared + with + "\n"
      self.gives = gives
      self.takes = takes
    }

    var testDescription: String { key }
  }

  private static let estate = """
    accounts: [{id: '210000000011', environment: prod}, {id: '5100000000000033', environment: prod}, {id: '7', environment: dev}]

    """
  private static let left = "high Identity used after its owner left"
  private static let hours = "low Change outside working hours"
  private static let foreign = "medium Program calls from a foreign network"
  private static let always = "working_hours: {from: '00:00', to: '24:00', days: [mon-sun]"

  private static let identities: [Case] = [
    Case(
      "accounts.environment", "environments: {prod: {}}\n", "accounts: [{id: '5100000000000033'}]",
      "accounts: [{id: '5100000000000033', environment: prod}]", gives: "low Logging switched off | lin.mei | prod"),
    Case(
      "accounts.regions", "environments: {prod: {}, dev: {}}\n", estate,
      estate.replacing("11', env", with: "11', regions: us-east-1, env"),
      gives: "medium Change in a region that is not allowed | backup/backup"),
    Case(
      "accounts.domain", "offboarded: [{identity: lin.mei@corp.onaliyun.com, since: 2026-01-13}]\n",
      "accounts: [{id: '5100000000000033'}]", "accounts: [{id: '5100000000000033', domain: corp.onaliyun.com}]",
      gives: left),
    Case(
      "environments.production", estate + "automation: [{identity: ci}]\n",
      "environments: {prod: {production: false}, dev: {}}", "environments: {prod: {}, dev: {}}",
      gives: "low Change in production by hand | lin.mei"),
    Case(
      "environments.identities", estate, "environments: {prod: {}, dev: {}}",
      "environments: {prod: {}, dev: {identities: 'lin.*'}}",
      gives: "medium Identity works in an environment where it does not belong | lin.mei"),
    Case(
      "environments.regions", estate, "environments: {prod: {}, dev: {}}",
      "environments: {prod: {regions: us-east-1}, dev: {}}", gives: "medium Change in a region that is not allowed"),
    Case(
      "people.identities", "", "", "people: {lin: {identities: [lin.mei, etl-sync]}}",
      gives: "low Identities listed, then credentials or rights taken | -"),
    Case(
      "people.sessions", "offboarded: [{person: lin, since: 2026-01-13}]\n", "people: {lin: {identities: x}}",
      "people: {lin: {identities: x, sessions: ci-32}}", gives: "\(left) | deploy/ci-32"),
    Case(
      "people.environments", estate + "environments: {prod: {}, dev: {}}\n", "people: {lin: {identities: lin.mei}}",
      "people: {lin: {identities: lin.mei, environments: dev}}",
      gives: "medium Identity works in an environment where it does not belong | lin.mei"),
    Case(
      "people.working_hours", always + "}\n", "people: {lin: {identities: lin.mei}}",
      "people: {lin: {identities: lin.mei, working_hours: {from: '22:00', to: '23:00'}}}", gives: "\(hours) | lin.mei"),
    Case(
      "break_glass", "", "", "break_glass: [{identity: lin.mei}]", gives: "low Break-glass identity in use | lin.mei"),
    Case(
      "break_glass.account", "", "break_glass: [{identity: lin.mei}]",
      "break_glass: [{identity: lin.mei, account: '7'}]", takes: "high Break-glass identity used outside"),
    Case(
      "break_glass.windows", "", "break_glass: [{identity: lin.mei}]",
      "break_glass: [{identity: lin.mei, windows: [{from: 2026-01-01, to: 2026-02-01}]}]",
      takes: "high Break-glass identity used outside"),
    Case(
      "break_glass.person", "people: {l: {identities: lin.mei}}\n", "", "break_glass: [{person: l}]",
      gives: "low Break-glass identity in use | lin.mei"),
    Case(
      "offboarded.since", "", "offboarded: [{identity: lin.mei, since: 2026-01-17}]",
      "offboarded: [{identity: lin.mei, since: 2026-01-16T01:00:00Z}]", gives: "\(left) | lin.mei"),
    Case(
      "offboarded.last_day", "", "offboarded: [{identity: lin.mei, last_day: 2026-01-16}]",
      "offboarded: [{identity: lin.mei, last_day: 2026-01-15}]", gives: "\(left) | lin.mei"),
    Case(
      "offboarded.identities", "", "", "offboarded: [{identities: [x, 'tom.*'], last_day: 2026-01-13}]",
      gives: "\(left) | tom.weiss"),
    Case(
      "offboarded.account", "", "offboarded: [{identity: lin.mei, last_day: 2026-01-15}]",
      "offboarded: [{identity: lin.mei, account: '7', last_day: 2026-01-15}]", takes: left),
    Case(
      "offboarded.person", "people: {l: {identities: lin.mei}}\n", "",
      "offboarded: [{person: l, last_day: 2026-01-13}]",
      gives: "\(left) | lin.mei"),
    Case(
      "service", "", "", "service: [{identity: lin.mei}]",
      gives: "medium Service identity signed in to the console | lin.mei"),
    Case(
      "service.networks", "", "service: [{identity: etl-sync}]",
      "service: [{identity: etl-sync, networks: 10.0.0.0/8}]", gives: "\(foreign) | etl-sync"),
    Case(
      "automation.networks", "", "automation: [{identity: etl-sync, networks: 10.0.0.0/8}]",
      "automation: [{identity: etl-sync, networks: '@networks.txt'}]",
      gives: "informational Policy attached to a user directly | etl-sync", takes: "\(foreign) | etl-sync"),
    Case(
      "approved_roles", "accounts: [{id: '210000000011'}, {id: '7'}]\n", "",
      "approved_roles: [{role: audit, account: '210000000011', from: '7'}]",
      gives: "medium Role taken across accounts that is not approved"),
    Case(
      "approved_roles.from", "", "approved_roles: [{role: audit, account: '210000000011', from: '7'}]",
      "approved_roles: [{role: audit, account: '210000000011', from: '999900000001'}]",
      takes: "medium Role taken across accounts that is not approved"),
  ]

  private static let places: [Case] = [
    Case(
      "networks.trusted", "", "", "networks: {trusted: [198.51.100.0/24, 192.0.2.0/24]}",
      gives: "low Sign-in from outside the trusted networks | lin.mei"),
    Case(
      "networks.blocked", "", "", "networks: {blocked: '@networks.txt'}",
      gives: "high Call from a blocked network | lin.mei"),
    Case(
      "networks.vpn", "geoip: {city: '\(databases)/GeoLite2-City-Test.mmdb'}\nthresholds: {travel_kmh: 400}\n",
      "networks: {trusted: 10.0.0.0/8}", "networks: {trusted: 10.0.0.0/8, vpn: 89.160.20.0/24}",
      takes: "medium One identity in two places | nils"),
    Case(
      "geoip.city", "thresholds: {travel_kmh: 400}\n", "", "geoip: {city: '\(databases)/GeoLite2-City-Test.mmdb'}",
      gives: "medium One identity in two places | nils"),
    Case(
      "allowed_countries", "geoip: {city: '\(databases)/GeoLite2-City-Test.mmdb'}\n", "", "allowed_countries: [GB]",
      gives: "medium Call from a country that is not expected | nils"),
    Case(
      "allowed_regions", "", "", "allowed_regions: [us-east-1]",
      gives: "medium Change in a region that is not allowed | backup/backup"),
  ]

  private static let times: [Case] = [
    Case("working_hours", "", "", "working_hours: {from: '08:00', to: '18:00'}", gives: "\(hours) | etl-sync"),
    Case("working_hours.days", "", always + "}", always.replacing("mon-sun", with: "mon") + "}", gives: hours),
    Case("working_hours.holidays", "", always + "}", always + ", holidays: 2026-01-16}", gives: hours),
    Case(
      "working_hours.timezone", "", "working_hours: {from: '08:00', to: '18:00'}",
      "working_hours: {from: '08:00', to: '18:00', timezone: '+08:00'}", takes: "\(hours) | lin.mei"),
    Case(
      "timezone", "working_hours: {from: '08:00', to: '18:00'}\n", "", "timezone: '+08:00'", takes: "\(hours) | lin.mei"
    ),
    Case(
      "change_freeze", "", "", "change_freeze: [{from: 2026-01-12, to: 2026-01-20}]",
      gives: "medium Change during a change freeze | lin.mei"),
    Case(
      "change_freeze.environments", estate + "environments: {prod: {}, dev: {}}\n",
      "change_freeze: [{from: 2026-01-12, to: 2026-01-20, environments: prod}]",
      "change_freeze: [{from: 2026-01-12, to: 2026-01-20, environments: dev}]",
      takes: "medium Change during a change freeze"),
    Case(
      "change_freeze.accounts", estate + "environments: {prod: {}, dev: {}}\n",
      "change_freeze: [{from: 2026-01-12, to: 2026-01-20, accounts: '5100000000000033'}]",
      "change_freeze: [{from: 2026-01-12, to: 2026-01-20, accounts: '7'}]",
      takes: "medium Change during a change freeze | lin.mei"),
    Case("tickets", "", "", "tickets: tickets.csv", gives: "low Change without a ticket | etl-sync"),
    Case(
      "tickets.columns", "", "tickets: {file: other.csv, columns: {who: scope, what: person, from: start, to: end}}",
      "tickets: {file: other.csv, columns: {who: person, what: scope, from: start, to: end}}",
      takes: "low Change without a ticket | lin.mei"),
  ]

  private static let numbers: [Case] = [
    Case(
      "naming", "", "", "naming: {user: 'svc-.*'}",
      gives: "low Something made under a name that is not allowed | etl-sync"),
    Case("lists", "", "", "lists: {jewels: support-ops}", gives: "low Jewel touched | etl-sync"),
    Case(
      "lists.admin_policies", "", "", "lists: {admin_policies: 'arn:aws:iam::210000000011:policy/Everything'}",
      gives: "medium Administrator rights given | etl-sync | - | -, twice"),
    Case(
      "lists.sso_only_actors", "", "", "lists: {sso_only_actors: lin.mei}",
      gives: "medium Password sign-in by somebody who should come through SSO | lin.mei"),
    Case(
      "lists.elevated_roles", "", "", "lists: {elevated_roles: ['*role/admin', 'admin/*']}",
      gives: "medium Raised rights used longer than an hour"),
    Case(
      "runbooks", "", "", "runbooks: {Logging switched off: 'https://x.example/'}",
      gives: "low Logging switched off | lin.mei | - | https://x.example/"),
    Case(
      "suppressions", "", "",
      "suppressions: [{rule: Logging switched off, actor: lin.mei, reason: x, until: 2027-01-01}]",
      takes: "low Logging switched off | lin.mei"),
    Case(
      "thresholds.dormant_days", "", "", "thresholds: {dormant_days: 1}",
      gives: "low User returns after a month of silence"),
    Case(
      "thresholds.access_key_age_days", "", "", "thresholds: {access_key_age_days: 1}",
      gives: "low Old access key still makes changes"),
    Case(
      "thresholds.session_hours", "", "", "thresholds: {session_hours: 2}",
      gives: "low Session used for longer than it should last | admin/ops"),
    Case(
      "thresholds.elevation_minutes", "lists: {elevated_roles: ['*role/admin', 'admin/*']}\n", "",
      "thresholds: {elevation_minutes: 300}", takes: "medium Raised rights used longer than an hour"),
    Case(
      "thresholds.break_glass_revert_hours", "break_glass: [{identity: lin.mei}]\n", "",
      "thresholds: {break_glass_revert_hours: 1}",
      gives: "medium Rights given by a break-glass identity were not taken back | lin.mei"),
    Case(
      "thresholds.travel_kmh", "geoip: {city: '\(databases)/GeoLite2-City-Test.mmdb'}\n", "",
      "thresholds: {travel_kmh: 400}", gives: "medium One identity in two places | nils"),
    Case(
      "thresholds.baseline_days", "", "", "thresholds: {baseline_days: 1}",
      gives: "low Changes with a key from a network it never used | lin.mei"),
    Case(
      "thresholds.new_account_hours", "", "", "thresholds: {new_account_hours: 2}",
      gives: "low New account without a trail"),
    Case("thresholds.log_gap_minutes", "", "", "thresholds: {log_gap_minutes: 14400}", takes: "low Silence"),
    Case(
      "thresholds.clock_skew_minutes", "", "", "thresholds: {clock_skew_minutes: 2}",
      gives: "low Event dated after the delivery of its file"),
    Case(
      "thresholds.rules", "", "", "thresholds: {rules: {Logging switched off: {level: high}}}",
      gives: "high Logging switched off", takes: "low Logging switched off"),
  ]

  @Test(arguments: identities + places + times + numbers) func keyChangesWhatASweepFinds(key: Case) throws {
    let before = try Self.alerts(try Folder(), key.without)
    let after = try Self.alerts(try Folder(), key.with)
    for (line, one, other) in [(key.gives, after, before), (key.takes, before, after)] {
      guard var line else { continue }
      let least = line.hasSuffix(", twice") ? 2 : 1
      line = line.replacing(", twice", with: "")
      let isNew = one.count { $0.hasPrefix(line) } >= least && other.count { $0.hasPrefix(line) } < least
      #expect(
        isNew,
        "\(line)\nwithout:\n\(before.sorted().joined(separator: "\n"))\nwith:\n\(after.sorted().joined(separator: "\n"))"
      )
    }
  }

  /// Names are for people: they stand where an account is told of.
  @Test func namesOfAccountsAreTold() throws {
    let folder = try Folder()
    let config = try folder.write("c.yaml", "accounts: [{id: '7', name: shop, provider: aws}]\n")
    let run = try Harrier.run(["sweep", "--config", config, "-q"] + Self.archives)
    #expect(run.output.contains("shop"), "\(run.output)")
  }
}
