import Events
import Foundation
import Rules
import Testing

@testable import Configuration

@Suite struct SuppressionTests {
  static let text = """
    people: {ann: {identities: ann, sessions: ann.lee}}
    suppressions:
      - {rule: r-1, actor: ci-*, reason: deploys, until: 2026-02-01}
      - {rule: 'r-2*', network: 10.0.0.0/8, reason: scanner, until: 2026-03-01T00:00:00+08:00}
      - {rule: '*', person: ann, networks: [192.0.2.0/24, '2001:db8::/32'], reason: red team, until: 2026-02-01}
      - {rule: r-4, actor: root, account: '7', reason: bill, until: 2026-02-01}
    """

  struct Case: Sendable {
    let rule: String
    let actor: String
    let ip: String
    let time: String
    let reason: String?

    init(_ rule: String, _ actor: String, _ ip: String, _ time: String, _ reason: String?) {
      (self.rule, self.actor, self.ip, self.time, self.reason) = (rule, actor, ip, time, reason)
    }
  }

  @Test(arguments: [
    Case("r-1", "ci-7", "", "2026-01-31T23:59:59Z", "deploys"), Case("r-1", "ci-7", "", "2026-02-01", nil),
    Case("r-1", "dev", "", "2026-01-01", nil), Case("r-3", "ci-7", "", "2026-01-01", nil),
    Case("r-2x", "x", "10.1.1.1", "2026-02-28T15:59:59Z", "scanner"),
    Case("r-2x", "x", "10.1.1.1", "2026-02-28T16:00:00Z", nil), Case("r-2x", "x", "11.1.1.1", "2026-01-01", nil),
    Case("r-2x", "x", "", "2026-01-01", nil), Case("r-9", "Admin/ann.lee", "192.0.2.9", "2026-01-01", "red team"),
    Case("r-9", "ann", "2001:db8::9", "2026-01-01", "red team"), Case("r-9", "ann", "192.0.3.9", "2026-01-01", nil),
    Case("r-4", "root", "", "2026-01-01", nil),
  ])
  func aSuppressionHidesWhatItNamesUntilItsDate(test: Case) throws {
    let config = try configuration(Self.text)
    let found = config.suppression(
      rule: test.rule, actor: test.actor, ip: IPAddress(test.ip.utf8), time: try moment(test.time))
    #expect(found?.reason == test.reason)
  }

  @Test func anAccountNarrowsTheActor() throws {
    let config = try configuration(Self.text)
    let time = try moment("2026-01-01")
    for (account, reason) in [("7", "bill"), ("8", nil)] {
      let facts = Configuration.AlertFacts(
        rules: ["t", "r-4"], actors: ["root"], account: account, address: nil, time: time)
      #expect(config.suppression(of: facts)?.reason == reason)
    }
  }

  @Test(arguments: [
    ("192.0.2.7", "network: 192.0.2.7/32", false), ("2001:db8::1", "network: 2001:db8::1/128", false),
    ("ec2.amazonaws.com", "hides from everywhere", true), (nil, "hides from everywhere", true),
  ])
  func aDraftWithoutANetworkSaysSo(address: String?, words: String, isWide: Bool) throws {
    let draft = SuppressionDraft.yaml(
      rule: "r", title: "T", actor: Array("ann".utf8), account: nil, address: address.map { Array($0.utf8) }, after: 0)
    #expect(draft.contains(words))
    #expect(draft.contains("# no network") == isWide)
    #expect(!isWide || !draft.contains("network: 1"))
    #expect(try configuration(draft).suppressions.count == 1)
  }

  @Test func noDateHidesAnAlertWithoutATime() {
    func draft(_ last: Int64) -> String {
      SuppressionDraft.yaml(rule: "r", title: "T\nx", actor: nil, account: nil, address: nil, after: last)
    }
    #expect(draft(Timestamp.missing) == "# T x: its events have no time, so that no suppression can hide this alert\n")
    #expect(draft(86_400_000).contains("until: 1970-02-01"))
  }

  @Test func whatHasEndedIsListed() throws {
    let config = try configuration(Self.text)
    #expect(config.expiredSuppressions(at: try moment("2026-01-31")).isEmpty)
    #expect(config.expiredSuppressions(at: try moment("2026-02-01")).map(\.origin.line) == [3, 5, 6])
    let facts = Configuration.AlertFacts(
      rules: ["r-1"], actors: ["ci-1"], account: "", address: nil, time: try moment("2026-02-01"))
    #expect(config.suppression(of: facts) == nil)
    #expect(config.expiredSuppressions(of: facts).map(\.reason) == ["deploys"])
  }
}

@Suite struct TicketTests {
  private static func load(_ csv: String, _ settings: String = "tickets: t.csv") throws -> ConfigurationReading {
    let folder = try Folder()
    try folder.write("t.csv", csv)
    return Configuration.load(path: try folder.write("t.yaml", settings))
  }

  @Test func aTicketCoversWhoWhatAndWhen() throws {
    let csv = """
      id,Who,what,from,to\r
      1,ann,"CreateUser",2026-01-05,2026-01-06\r
      2,"ann","Delete*, ""all""
      of it",2026-01-05T10:00:00+08:00,2026-01-06\r
      3,ops-*,*,2026-01-05,2026-01-06

      4,eve,RunInstances,2026-01-05,2026-01-06
      """
    let config = try #require(
      try Self.load(csv, "people: {eve: {sessions: eve.x}}\ntickets: t.csv").configuration)
    #expect(config.tickets?.tickets.count == 4)
    func covers(_ who: String, _ what: String, _ time: String) throws -> Bool? {
      let time = try moment(time)
      return with(who, what) { who, what in with("1") { config.hasTicket(who: who, account: $0, what: what, at: time) }
      }
    }
    #expect(try covers("Ann", "createuser", "2026-01-05T23:59:59Z") == true)
    #expect(try covers("ann", "CreateUser", "2026-01-06") == false)
    #expect(try covers("ann", "CreateRole", "2026-01-05T12:00:00Z") == false)
    #expect(try covers("ann", "DeleteX, \"all\"\nof it", "2026-01-05T12:00:00Z") == true)
    #expect(try covers("ops-7", "Anything", "2026-01-05T12:00:00Z") == true)
    #expect(try covers("Role/eve.x", "RunInstances", "2026-01-05T12:00:00Z") == true)
    #expect(try covers("bob", "RunInstances", "2026-01-05T12:00:00Z") == false)
    #expect(with("a", "b") { Configuration.standard.hasTicket(who: $0, account: $0, what: $1, at: 0) } == nil)
  }

  @Test func columnsMayHaveOtherNames() throws {
    let settings = "tickets: {file: t.csv, columns: {who: Assignee, what: Scope, from: Start}}"
    let config = try #require(
      try Self.load("\u{FEFF}to,start,scope,assignee\n2026-01-06,2026-01-05,*,ann\n", settings).configuration)
    #expect(config.tickets?.tickets.map(\.who) == ["ann"])
  }

  @Test(arguments: [
    ("", 1, "is empty"), ("who,what,from,till\n", 1, "no column 'to'"),
    ("who,what,from,to\na,b,2026-01-05\n", 2, "no 'to'"),
    ("who,what,from,to\na,,2026-01-05,2026-01-06\n", 2, "write * for anything"),
    ("who,what,from,to\n\na,b,2026-01-06,2026-01-05\n", 3, "ends before it begins"),
    ("who,what,from,to\na,b,5 January,2026-01-06\n", 2, "'5 January' is no time"),
    ("who,what,from,to\n\"a\nb\",x,y,z\n", 2, "is no time"),
    ("who,what,from,to\na,\"b\" c,2026-01-05,2026-01-06\n", 2, "text behind a quoted field"),
    ("who,what,from,to\na,\"b,2026-01-05,2026-01-06\n", 2, "is not closed"),
  ])
  func aBadLineIsNamed(csv: String, line: Int, words: String) throws {
    let result = try Self.load(csv)
    #expect(result.configuration == nil)
    let found = result.errors.contains {
      $0.origin.line == line && $0.origin.file.hasSuffix("/t.csv") && $0.message.contains(words)
    }
    #expect(found, "\(result.findings)")
  }
}
