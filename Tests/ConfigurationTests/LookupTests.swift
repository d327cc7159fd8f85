import Foundation
import Rules
import Testing

@testable import Configuration

@Suite struct LookupTests {
  static let estate = """
    accounts:
      - {id: '111122223333', name: shop, environment: prod, regions: [eu-west-1]}
      - {id: '5123', environment: test, domain: corp.onaliyun.com}
      - {id: '100000000001', environment: test}
    environments:
      prod: {identities: ['arn:aws:iam::111122223333:role/ci/Deploy'], regions: [cn-shanghai]}
      test: {identities: [dev-*], regions: [ap-guangzhou]}
    people:
      alice:
        identities:
          - qcs::cam::uin/100000000001:uin/100000000002
          - alice@corp.onaliyun.com
          - arn:aws:iam::111122223333:user/ops/alice
          - arn:aws:sts::111122223333:assumed-role/Admin/al
        sessions: [alice.smith]
      bob: {identities: ['bob*'], environments: [test]}
      carol: {identities: [{identity: Carol, account: '5123'}], environments: [prod]}
    """

  @Test(arguments: [
    ("100000000002", "100000000001", "alice"), ("100000000002", "100000000009", nil),
    ("alice@corp.onaliyun.com", "", "alice"), ("alice", "5123", "alice"), ("ALICE", "111122223333", "alice"),
    ("alice", "9", nil), ("Admin/al", "111122223333", "alice"), ("Admin/al", "5123", nil),
    ("arn:aws:iam::111122223333:user/ops/alice", "", "alice"), ("AnyRole/alice.smith", "7", "alice"),
    ("role:Alice.Smith", "7", "alice"), ("arn:aws:iam::1:role/alice.smith", "1", nil), ("alice.smith", "1", nil),
    ("bob", "1", "bob"), ("Bobby", "1", "bob"), ("carol", "5123", "carol"), ("carol", "5124", nil), ("", "", nil),
  ])
  func identitiesOfAllProvidersLeadToThePerson(name: String, account: String, person: String?) throws {
    let config = try configuration(Self.estate)
    let found = with(name, account) { config.person(of: $0, account: $1) }
    #expect(found.map { config.people[$0].name } == person)
  }

  @Test(arguments: [
    (["ann"], "1", "user", "Ann", true), (["ann"], "1", "user", "ben", false),
    (["ann", "u-1"], "1", "user", "u-1", true),
    (["ann"], "2", "user", "ann", false), (["ann"], "1", "group", "ann", false),
    (["ann"], "1", "role", "ann-role", false),
    (["Dev/run"], "1", "role", "Dev", true), (["Dev:run"], "1", "role", "dev", true),
    (["Developer/run"], "1", "role", "Dev", false), (["Dev/run"], "1", "user", "Dev", false),
    (["u-9", "arn:aws:iam::1:role/ops/Dev"], "1", "role", "Dev", true),
    (["Dev/run"], "1", "role", "arn:aws:iam::1:role/ops/Dev", true),
    (["Admin/alice.smith"], "5123", "user", "alice", true), (["Admin/other"], "5123", "user", "alice", false),
    (["Admin/alice.smith"], "9", "user", "alice", false), (["100000000002"], "100000000001", "user", "alice", false),
    (["ann"], "1", "user", "", false),
  ])
  func whoChangesThemselvesIsKnown(names: [String], account: String, type: String, target: String, expected: Bool)
    throws
  {
    var event = QuestionedEvent(
      names: names.map { Array($0.utf8) }, ownAccount: Array(account.utf8),
      account: Array((account == "2" ? "1" : account).utf8), time: 0)
    event.target = Array(target.utf8)
    event.targetType = Array(type.utf8)
    #expect((try configuration(Self.estate).violation(of: .oneself, event) != nil) == expected)
  }

  @Test func accountsLeadToTheirEnvironment() throws {
    let config = try configuration(Self.estate)
    #expect(with("111122223333") { config.environment(ofAccount: $0) } == 0)
    #expect(with("5123") { config.environment(ofAccount: $0) } == 1)
    #expect(with("1111") { config.environment(ofAccount: $0) } == nil)
    #expect(config.environments.map(\.isProduction) == [true, false])
    #expect(try configuration("environments: {prod: {production: false}}").environments[0].isProduction == false)
  }

  @Test(arguments: [
    ("Deploy/run-1", "111122223333", "111122223333", true), ("Deploy/run-1", "111122223333", "5123", false),
    ("dev-ann", "5123", "111122223333", false), ("dev-ann", "5123", "5123", true), ("bob", "1", "111122223333", false),
    ("carol", "5123", "111122223333", true), ("alice", "5123", "5123", nil), ("dev-ann", "5123", "77", nil),
  ])
  func identitiesBelongInEnvironments(name: String, owner: String, account: String, expected: Bool?) throws {
    let config = try configuration(Self.estate)
    let belongs = with(name, owner) { name, owner in
      with(account) { config.belongs(name, account: owner, in: $0) }
    }
    #expect(belongs == expected)
  }

  @Test(arguments: [
    ("eu-west-1", "111122223333", true), ("cn-shanghai", "111122223333", false), ("ap-guangzhou", "5123", true),
    ("eu-west-1", "5123", false), ("eu-west-1", "77", nil),
  ])
  func theNearestListOfRegionsDecides(region: String, account: String, expected: Bool?) throws {
    let config = try configuration(Self.estate)
    #expect(with(region, account) { config.isAllowed(region: $0, account: $1) } == expected)
    let general = try configuration("allowed_regions: [eu-west-1]")
    #expect(with(region, account) { general.isAllowed(region: $0, account: $1) } == (region == "eu-west-1"))
  }

  @Test func emergenciesHaveWindows() throws {
    let config = try configuration(
      """
      people: {eve: {identities: eve, sessions: eve.x}}
      break_glass:
        - identity: fire-admin
          account: '1'
          windows: [{from: 2026-01-05T08:00:00Z, to: 2026-01-05T12:00:00Z, reason: drill}]
        - person: eve
      """)
    let place = try #require(with("Fire-Admin", "1") { config.breakGlass($0, account: $1) })
    #expect(with("fire-admin", "2") { config.breakGlass($0, account: $1) } == nil)
    #expect(with("Role/eve.x", "2") { config.breakGlass($0, account: $1) } == 1)
    #expect(try config.approvedWindow(ofBreakGlass: place, at: moment("2026-01-05T08:00:00Z"))?.reason == "drill")
    #expect(try config.approvedWindow(ofBreakGlass: place, at: moment("2026-01-05T12:00:00Z")) == nil)
    // Without a section the usual names are watched, with an empty one none.
    #expect(with("acme-breakglass-2", "1") { Configuration.standard.breakGlass($0, account: $1) } == 0)
    let none = try configuration("break_glass: []")
    #expect(with("acme-breakglass-2", "1") { none.breakGlass($0, account: $1) } == nil)
  }

  @Test func leaversAreGoneFromTheirDayOn() throws {
    let config = try configuration(
      """
      timezone: '+08:00'
      offboarded:
        - {identity: bob, last_day: 2026-01-05}
        - {identity: eve, since: 2026-01-05T10:00:00Z}
      """)
    func isGone(_ name: String, _ time: String) throws -> Bool {
      let time = try moment(time)
      return with(name, "1") { config.offboarded($0, account: $1, at: time) } != nil
    }
    #expect(try !isGone("bob", "2026-01-05T15:59:59Z"))
    #expect(try isGone("bob", "2026-01-05T16:00:00Z"))
    #expect(try !isGone("eve", "2026-01-05T09:59:59Z"))
    #expect(try isGone("eve", "2026-01-05T10:00:00Z"))
    #expect(try !isGone("ann", "2027-01-01"))
  }

  @Test func servicesHaveUsualNetworks() throws {
    let config = try configuration(
      """
      automation: [{identities: [ci, {identity: deploy, account: '1'}], networks: [192.0.2.0/24]}]
      service: [{identity: agent}]
      """)
    // Services stand before automation, whatever the order in the file.
    let ci = try #require(with("ci", "9") { config.serviceIdentity($0, account: $1) })
    let agent = try #require(with("agent", "9") { config.serviceIdentity($0, account: $1) })
    #expect(config.serviceIdentities[ci].kind == .automation)
    #expect(config.isUsualNetwork(IPAddress(v4: 0xC000_0205), ofService: ci) == true)
    #expect(config.isUsualNetwork(IPAddress(v4: 0xC000_0305), ofService: ci) == false)
    #expect(config.isUsualNetwork(IPAddress(v4: 0xC000_0305), ofService: agent) == nil)
    #expect(with("deploy", "2") { config.serviceIdentity($0, account: $1) } == nil)
  }

  @Test(arguments: [
    ("Audit/x", "111", "222", true), ("Audit/x", "111", "333", false), ("Audit/x", "112", "222", false),
    ("arn:aws:iam::111:role/Audit", "", "222", true), ("Other", "111", "222", false), ("Open", "111", "111", true),
    ("Open", "111", "222", false),
  ])
  func rolesAreApprovedForAccounts(role: String, owner: String, caller: String, expected: Bool) throws {
    let config = try configuration(
      """
      accounts: [{id: '111'}]
      approved_roles: [{role: 'arn:aws:iam::111:role/Audit', from: ['222']}, {role: Open}]
      """)
    let isApproved = with(role, owner) { role, owner in
      with(caller) { config.isApproved(role: role, ofAccount: owner, for: $0) }
    }
    #expect(isApproved == expected)
  }

  @Test func freezesCoverAccountsAndEnvironments() throws {
    let config = try configuration(
      Self.estate + """

        change_freeze:
          - {from: 2026-01-01, to: 2026-01-03, environments: [prod], reason: new year}
          - {from: 2026-02-01, to: 2026-02-02}
        """)
    func freeze(_ time: String, _ account: String) throws -> Int? {
      let time = try moment(time)
      return with(account) { config.changeFreeze(at: time, account: $0) }
    }
    #expect(try freeze("2026-01-02", "111122223333") == 0)
    #expect(try freeze("2026-01-02", "5123") == nil)
    #expect(try freeze("2026-01-03", "111122223333") == nil)
    #expect(try freeze("2026-02-01", "5123") == 1)
  }

  @Test func wordsOfTheOtherSections() throws {
    let config = try configuration(
      """
      naming: {user: ['[a-z]+\\.[a-z]+', 'svc-.*'], log group: '/app/.*'}
      allowed_countries: [cn, NO]
      thresholds: {dormant_days: 30, rules: {r-1: 7}}
      runbooks: {r-1: 'https://wiki.example/r-1'}
      lists: {vip: [a, b]}
      """)
    #expect(with("ann.lee", "user") { config.isWellNamed($0, type: $1) } == true)
    #expect(with("ann.lee2", "user") { config.isWellNamed($0, type: $1) } == false)
    #expect(with("x", "role") { config.isWellNamed($0, type: $1) } == nil)
    #expect(with("NO") { config.isAllowed(country: $0) } == true)
    #expect(with("US") { config.isAllowed(country: $0) } == false)
    #expect(with("US") { Configuration.standard.isAllowed(country: $0) } == nil)
    #expect(config.threshold(.dormantDays) == 30)
    #expect(config.threshold(.sessionHours) == Threshold.sessionHours.standard)
    #expect(config.threshold(ofRule: ["Title", "r-1"])?.value == 7)
    #expect(config.runbook(ofRule: ["r-1"]) == "https://wiki.example/r-1")
    #expect(config.placeholders["vip"] == ["a", "b"])
  }

  @Test(arguments: [
    ("*", "anything", true), ("a?c", "abc", true), ("a?c", "aéc", true), ("a?c", "ac", false), ("A*z", "abcZ", true),
    ("a*b*c", "axxbyyc", true), ("a*b*c", "axxbyy", false), ("\\*x", "*x", true), ("\\*x", "yx", false),
    ("a\\b", "a\\b", true), ("", "", true), ("*a", "", false), ("*ab", "aab", true),
  ])
  func patternsMatchAsInRules(pattern: String, text: String, expected: Bool) {
    #expect(Glob(pattern).matches(text) == expected)
    #expect(Glob(Glob.escaped(text)).matches(text))
  }
}
