import Foundation
import Testing

@testable import Configuration

/// Every mistake is refused, at its line, with a remedy.
@Suite struct ErrorTests {
  struct Mistake: CustomTestStringConvertible, Sendable {
    let text: String
    let line: Int
    let code: ConfigFinding.Code
    let words: String

    init(_ text: String, _ line: Int, _ code: ConfigFinding.Code, _ words: String) {
      (self.text, self.line, self.code, self.words) = (text, line, code, words)
    }

    var testDescription: String { words }
  }

  static let shape: [Mistake] = [
    Mistake("timezon: UTC", 1, .unknownKey, "did you mean 'timezone'?"),
    Mistake("version: 2", 1, .badValue, "a whole number from 1 to 1"),
    Mistake("- a", 1, .wrongKind, "must be a mapping"),
    Mistake("a: [", 2, .yamlSyntax, "does not parse"),
    Mistake("timezone: UTC\ntimezone: UTC", 2, .duplicate, "given twice"),
    Mistake("version: 1\n---\nversion: 1", 3, .yamlSyntax, "one document"),
    Mistake("version: 1\naccounts: {id: '1'}", 2, .wrongKind, "begin each entry with '- '"),
    Mistake("accounts:\n  - name: x", 2, .missingKey, "needs 'id'"),
    Mistake("accounts:\n  - id: '1'\n    nmae: x", 3, .unknownKey, "did you mean 'name'?"),
    Mistake("accounts:\n  - id: '1'\n  - id: '1'", 3, .duplicate, "given twice"),
    Mistake("accounts:\n  - id:\n      a: 1", 3, .wrongKind, "must be a text"),
    Mistake("accounts:\n  - id: ''", 2, .emptyValue, "is empty"),
    Mistake("accounts: [{id: '1', provider: awz}]", 1, .badValue, "did you mean 'aws'?"),
    Mistake("accounts: [{id: '1', domain: a.b}, {id: '2', domain: A.b}]", 1, .duplicate, "two accounts"),
    Mistake(
      "accounts:\n  - {id: '1', environment: prd}\nenvironments: {prod: }", 2, .unknownReference,
      "did you mean 'prod'?"),
    Mistake("environments:\n  prod: {production: perhaps}", 2, .wrongKind, "true or false"),
    Mistake("environments: [prod]", 1, .wrongKind, "a mapping from names"),
    Mistake("people:\n  ann: {}", 2, .missingKey, "needs 'identities' or 'sessions'"),
    Mistake("people:\n  ann: {identities: a, environments: x}", 2, .unknownReference, "unknown environment"),
    Mistake(
      "people:\n  ann: {identities: x}\n  bob:\n    identities: [y, X]", 4, .duplicate,
      "belongs to both 'ann' and 'bob'"),
    Mistake("people:\n  ann: {sessions: s}\n  bob: {sessions: s}", 3, .duplicate, "session 's' belongs to both"),
    Mistake(
      "accounts: [{id: '7', domain: corp.example}]\npeople:\n  a: {identities: ann@corp.example}\n"
        + "  b:\n    identities: [{identity: ann, account: '7'}]", 5, .duplicate, "identity 'ann' belongs to both"),
  ]

  static let expectations: [Mistake] = [
    Mistake("break_glass:\n  - reason: x", 2, .missingKey, "who it is about"),
    Mistake("break_glass:\n  - identity: a\n  - identities: [b, a]", 3, .duplicate, "stands in two"),
    Mistake("break_glass:\n  - {account: '1', identities: [b]}", 2, .missingKey, "goes with 'identity'"),
    Mistake("break_glass: [{person: ann}]", 1, .unknownReference, "define it under 'people'"),
    Mistake(
      "break_glass:\n  - identity: a\n    windows:\n      - {from: 2026-01-05}", 4, .missingKey, "needs 'to'"),
    Mistake(
      "break_glass:\n  - identity: a\n    windows:\n      - {from: 2026-01-05, to: 2026-01-05}", 4, .badTime,
      "'to' is not after 'from'"),
    Mistake(
      "break_glass:\n  - identity: a\n    windows:\n      - from: 2026-01-05\n        to: tomorrow", 5, .badTime,
      "is no time"),
    Mistake("offboarded:\n  - identity: bob", 2, .missingKey, "'since' (a time) and 'last_day'"),
    Mistake("offboarded:\n  - {identity: b, last_day: 2026-01-05T10:00:00Z}", 2, .badTime, "is no date"),
    Mistake("automation:\n  - {person: ann}", 2, .unknownKey, "unknown key 'person'"),
    Mistake("service:\n  - {identity: a, networks: 10.0.0.1/8}", 2, .badNetwork, "did you mean '10.0.0.0/8'?"),
    Mistake("approved_roles:\n  - {from: ['1']}", 2, .missingKey, "needs 'role'"),
    Mistake("approved_roles:\n  - {role: r}", 2, .missingKey, "open to the listed accounts"),
    Mistake(
      "change_freeze:\n  - {from: 2026-01-01, to: 2026-01-02, environments: prod}", 2, .unknownReference,
      "unknown environment"),
    Mistake(
      "change_freeze:\n  - {from: 2026-01-01, to: 2026-01-02, accounts: ['1']}", 2, .unknownReference,
      "unknown account"),
    Mistake("suppressions:\n  - {rule: r, reason: x}", 2, .missingKey, "needs 'until'"),
    Mistake("suppressions:\n  - {rule: r, until: 2026-01-01}", 2, .missingKey, "needs 'reason'"),
    Mistake(
      "suppressions:\n  - {rule: '*', reason: x, until: 2026-01-01}", 2, .broad,
      "suppresses any rule; name the rule, or add an 'actor'"),
    Mistake(
      "suppressions:\n  - {rule: r, account: '1', reason: x, until: 2026-01-01}", 2, .missingKey,
      "goes with 'actor'"),
    Mistake(
      "suppressions:\n  - {rule: r, network: '::1', networks: '::2', reason: x, until: 2026-01-01}", 2, .duplicate,
      "both 'network' and 'networks'"),
  ]

  static let settings: [Mistake] = [
    Mistake("timezone: Asia/Shangai", 1, .badZone, "unknown time zone 'Asia/Shangai'"),
    Mistake("networks: {trusted: [office]}", 1, .badNetwork, "is no network"),
    Mistake("networks: {trustd: []}", 1, .unknownKey, "did you mean 'trusted'?"),
    Mistake("working_hours: {from: '9', to: '17:00'}", 1, .badTime, "write it like '09:00'"),
    Mistake("working_hours: {from: '09:00'}", 1, .missingKey, "needs 'to'"),
    Mistake("working_hours: {from: '09:00', to: '25:00'}", 1, .badTime, "is no time of day"),
    Mistake("working_hours: {from: '09:00', to: '09:00'}", 1, .badTime, "at the same time"),
    Mistake("working_hours: {from: '09:00', to: '17:00', days: [mo]}", 1, .badValue, "no day of the week"),
    Mistake("working_hours: {from: '09:00', to: '17:00', holidays: [xmas]}", 1, .badTime, "is no date"),
    Mistake("naming:\n  usr: a", 2, .unknownKey, "unknown type 'usr'"),
    Mistake("naming:\n  user: '('", 2, .badPattern, "no regular expression"),
    Mistake("naming:\n  user: 'a)|(b'", 2, .badPattern, "no regular expression"),
    Mistake("naming:\n  user: []", 2, .emptyValue, "is empty"),
    Mistake("allowed_countries: [CN, China]", 1, .badValue, "two letters"),
    Mistake("lists:\n  prod_accounts: [a]", 2, .duplicate, "choose another name"),
    Mistake("lists:\n  'a b': [a]", 2, .badValue, "made of letters"),
    Mistake("lists:\n  a: []", 2, .emptyValue, "is empty"),
    Mistake("lists: [a]", 1, .wrongKind, "must be a mapping"),
    Mistake("geoip: {city: /no/such.mmdb}", 1, .badDatabase, "cannot be read"),
    Mistake("thresholds: {dormant_day: 5}", 1, .unknownKey, "did you mean 'dormant_days'?"),
    Mistake("thresholds: {dormant_days: 0}", 1, .badValue, "from 1 to 3650"),
    Mistake("thresholds: {dormant_days: many}", 1, .badValue, "a whole number"),
    Mistake("thresholds:\n  rules:\n    r: -1", 3, .badValue, "a whole number"),
    Mistake("runbooks:\n  r: wiki", 2, .badValue, "with https://"),
    Mistake("runbooks:\n  r: 'https://x/ y'", 2, .badValue, "without blanks"),
    Mistake("timezone: UTC\ntickets: /no/such.csv", 2, .fileUnreadable, "/no/such.csv: cannot be read"),
    Mistake("networks:\n  blocked: ['@/no/such.txt']", 2, .fileUnreadable, "/no/such.txt: cannot be read"),
    Mistake("tickets: {columns: {who: a}}", 1, .missingKey, "needs 'file'"),
  ]

  @Test(arguments: shape + expectations + settings)
  func aMistakeIsRefusedAtItsLine(mistake: Mistake) {
    let result = reading(mistake.text)
    #expect(result.configuration == nil)
    let found = result.errors.contains {
      $0.origin.line == mistake.line && $0.code == mistake.code && $0.message.contains(mistake.words)
    }
    #expect(found, "\(result.findings.map(\.description))")
  }

  @Test func allMistakesAreToldAtOnceInTheOrderOfLines() {
    let result = reading("naming: {user: '('}\naccounts:\n  - name: a\n  - nme: b\ntimezone: Mars\n")
    #expect(result.errors.map(\.origin.line) == [1, 3, 4, 4, 5])
  }

  @Test func aMessageIsOneLineWithoutControlCharacters() {
    let result = reading("accounts:\n  - \"a\\e[31m\\nb\": 1\n")
    for finding in result.findings {
      #expect(finding.description.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
    }
  }

  @Test func anEndlessListOfMistakesIsCut() {
    let text = "accounts:\n" + String(repeating: "  - {}\n", count: 5000)
    #expect(reading(text).findings.count <= 200)
  }

  @Test func anEmptyFileIsTheDefault() throws {
    for text in ["", "# nothing\n", "version: 1\n"] {
      #expect(try configuration(text).fingerprint == Configuration.standard.fingerprint)
    }
  }

  /// Every section may be empty or left out, and null says nothing that could be ignored.
  @Test(arguments: ["people", "naming", "environments", "lists", "runbooks", "thresholds", "networks", "geoip"])
  func aSectionWithoutContentIsAMistakeUnlessItIsEmptyBraces(section: String) {
    #expect(reading("\(section): {}").configuration != nil)
    #expect(reading("\(section):").configuration == nil)
  }

  // MARK: Lint

  @Test(arguments: [
    ("networks: {trusted: [10.0.0.0/8], blocked: [10.1.2.3]}", "10.1.2.3 is both trusted and blocked"),
    ("networks: {trusted: [0.0.0.0/0]}", "trusts a large part of the internet"),
    ("automation: [{identity: 'ci-*'}]", "whoever takes a name like this"),
    ("service: [{identity: '*', networks: '::1'}]", "makes everybody service"),
    ("offboarded: [{identity: '*', since: 2026-01-01}]", "'*' makes everybody a leaver"),
    ("offboarded: [{identity: '?*', since: 2026-01-01}]", "makes everybody a leaver"),
    ("break_glass: [{identity: '**'}]", "makes everybody a break-glass identity"),
    ("environments: {prod: {identities: ['*']}}", "makes everybody belong in 'prod'"),
    ("people: {ann: {identities: ['*']}}", "makes everybody 'ann'"),
    ("people: {ann: {sessions: '*'}}", "makes everybody 'ann'"),
    ("accounts: [{id: '12'}]\napproved_roles: [{role: '*', account: '12'}]", "approves every role"),
    ("lists: {admin_policies: ['*']}", "'*' in list 'admin_policies' fits everything"),
    ("offboarded: [{identity: bob, since: 2026-01-01}]\nservice: [{identity: bob}]", "is offboarded and a service"),
    ("environments: {prod: {}}", "no account and nobody belongs"),
    ("allowed_countries: [DE]", "no address has a country without a database under 'geoip'"),
    ("accounts: [{id: '12'}]\napproved_roles: [{role: r, from: ['13']}]", "is not under 'accounts'"),
    (
      "suppressions: [{rule: '*', actor: a, reason: x, until: 2026-01-01}]", "hides every rule"
    ),
  ])
  func whatIsProbablyNotMeantIsTold(text: String, words: String) {
    let result = reading(text)
    #expect(result.configuration != nil)
    #expect(result.findings.contains { $0.message.contains(words) }, "\(result.findings)")
  }

  @Test func aRoleOfMachinesIsNoBroadPattern() {
    #expect(reading("automation: [{identity: 'ci-deploy/*'}]").findings.isEmpty)
  }

  @Test func whatIsOverIsTold() throws {
    let config = try configuration(
      """
      suppressions: [{rule: r, reason: x, until: 2026-01-01}]
      change_freeze: [{from: 2026-01-01, to: 2026-02-01}]
      """)
    #expect(config.expired(at: try moment("2025-12-31")).isEmpty)
    #expect(config.expired(at: try moment("2026-01-01")).map(\.severity) == [.warning])
    #expect(config.expired(at: try moment("2026-02-01")).count == 2)
  }

  @Test func aKeyThatIsGivenTwiceHidesNoOtherMistake() {
    let result = reading(
      "timezone: UTC\ntimezone: UTC\nnetworks: {trusted: [10.0.0.0/8], trusted: [x]}\nworking_hours: {from: '9'}\nnamng: {}\n"
        + "break_glass:\n  - identity: a\n    identity: b\n")
    #expect(result.configuration == nil)
    #expect(result.errors.filter { $0.code == .duplicate }.map(\.origin.line) == [2, 3, 8], "\(result.findings)")
    #expect(result.errors.contains { $0.origin.line == 4 && $0.code != .duplicate }, "\(result.findings)")
    #expect(result.errors.contains { $0.origin.line == 5 && $0.code == .unknownKey }, "\(result.findings)")
  }

  /// Whatever its wildcards: a suppression that tells no rule from others is one of everything.
  @Test(arguments: [
    ("'*?*'", false), ("'**'", false), ("'*o*'", false), ("'*_*'", false), ("'?*'", false), ("'*in*'", false),
    ("'*', actor: '*'", false), ("'*', actor: '?*'", false), ("'*', network: 0.0.0.0/0", false),
    ("'*', networks: ['::/0']", false), ("'*key*'", true), ("xy", true), ("'*o*', actor: bob", true),
    ("'*_*', network: 192.0.2.0/24", true), ("'*', actor: '*', account: '12'", true),
  ])
  func aSuppressionOfAlmostEverythingSaysOfWhom(about: String, isFine: Bool) {
    let result = reading("\nsuppressions:\n  - {rule: \(about), reason: x, until: 2026-01-01}")
    #expect((result.configuration != nil) == isFine, "\(result.findings)")
    #expect(result.errors.map(\.origin.line) == (isFine ? [] : [3]), "\(result.findings)")
    #expect(result.errors.allSatisfy { $0.code == .broad && $0.message.contains("name the rule, or add an 'actor'") })
  }

  @Test func aSuppressionOfManyRulesIsOneOfNoneInParticular() throws {
    let rules = (0..<10).map { ["id-\($0)", $0 < 3 ? "change_\($0)" : $0 < 5 ? "login_\($0)" : "other_\($0)"] }
    func findings(_ about: String) throws -> [ConfigFinding] {
      try configuration("suppressions: [{rule: \(about), reason: x, until: 2026-01-01}]").broadSuppressions(of: rules)
    }
    let broad = try findings("'change*'")
    #expect(broad.map(\.severity) == [.error] && broad.map(\.origin.line) == [1])
    #expect(broad.first?.message.hasPrefix("'change*' suppresses 3 of 10 built-in rules; name the rule, or") == true)
    #expect(try findings("'login*'").isEmpty && findings("'change*', actor: bob").isEmpty)
    #expect(try findings("change_1").isEmpty)
  }

  @Test func rulesThatDoNotExistAreTold() throws {
    let config = try configuration(
      """
      suppressions: [{rule: my-rule, reason: x, until: 2026-01-01}, {rule: 'any-*', reason: x, until: 2026-01-01},
        {rule: 'my-*', reason: x, until: 2026-01-01}]
      runbooks: {known: 'https://x/'}
      thresholds: {rules: {my-rulf: 3}}
      """)
    let findings = config.unknownRules(known: ["my-rule", "known"])
    #expect(
      findings.map(\.message) == [
        "no rule has the id, name or title 'my-rulf' (did you mean 'my-rule'?)",
        "no rule has the id, name or title 'any-*'",
      ])
  }
}
