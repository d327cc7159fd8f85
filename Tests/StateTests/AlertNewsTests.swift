import Archive
import Events
import Testing

@testable import State

/// What is told, given what is known and what was found.
@Suite struct AlertNewsTests {
  private static let rule = SHA256Value(words: (1, 0, 0, 0))
  private static let other = SHA256Value(words: (2, 0, 0, 0))

  private static func alert(
    _ id: String, _ times: ClosedRange<Int64>, essence: UInt64 = 1, group: String = "g", form: SHA256Value = rule
  ) -> KnownAlert {
    KnownAlert(
      id: id, rule: "r", detection: form, groupKey: Array(group.utf8), time: times.lowerBound,
      firstTime: times.lowerBound, lastTime: times.upperBound, level: 2, essence: Hash128(0, essence))
  }

  /// `new a`, `updated b for a`, `withdrawn a`.
  private static func told(
    known: [KnownAlert], found: [KnownAlert], suppressed: Set<Int> = [], before: Int64 = .min, kept: Int64 = .min,
    takesSettled: Bool = false, arrival: AlertNews.Arrival? = nil
  ) -> [String] {
    let news = AlertNews(
      known: known, found: found, suppressed: suppressed, settled: [(rule, Settled(before: before, keptSince: kept))],
      takesSettled: takesSettled, arrival: { _ in arrival })
    return news.changes.map { "\($0.kind.name) \($0.id)" + ($0.replaces.map { " for \($0)" } ?? "") }
  }

  @Test func unknownAlertIsNewAndKnownOneIsNoNews() {
    let a = AlertNewsTests.alert("a", 10...20)
    #expect(AlertNewsTests.told(known: [], found: [a]) == ["new a"])
    #expect(AlertNewsTests.told(known: [a], found: [a]).isEmpty)
  }

  @Test func moreEventsUpdate() {
    let later = AlertNewsTests.alert("a", 10...30, essence: 2)
    #expect(AlertNewsTests.told(known: [AlertNewsTests.alert("a", 10...20)], found: [later]) == ["updated a"])
  }

  /// What was told as open a long time ago, and is closed now.
  @Test func eventThatComesNowUpdatesASettledAlert() {
    let known = [AlertNewsTests.alert("a", 10...20)]
    let closed = AlertNewsTests.alert("a", 10...130, essence: 2)
    #expect(AlertNewsTests.told(known: known, found: [closed], before: 110) == ["updated a"])
    #expect(AlertNewsTests.told(known: known, found: [closed], before: 110, kept: 15).isEmpty)
    let before = AlertNewsTests.alert("a", 10...25, essence: 2)
    #expect(AlertNewsTests.told(known: known, found: [before], before: 110).isEmpty)
  }

  @Test func anotherBeginningReplaces() {
    let known = [AlertNewsTests.alert("a", 10...20)]
    #expect(AlertNewsTests.told(known: known, found: [AlertNewsTests.alert("b", 5...20)]) == ["updated b for a"])
    let apart = AlertNewsTests.told(known: known, found: [AlertNewsTests.alert("b", 30...40)])
    #expect(apart == ["withdrawn a", "new b"])
    let elsewhere = AlertNewsTests.told(known: known, found: [AlertNewsTests.alert("b", 5...20, group: "h")])
    #expect(elsewhere == ["new b", "withdrawn a"])
  }

  /// Behind the horizon nothing is kept: what was read in this run is news unless its very alert is known.
  @Test(
    arguments: [
      (10...20, nil, []), (10...20, .first, ["new b"]), (10...20, .again, ["new b"]), (15...25, .first, ["new b"]),
      (15...25, .again, []), (15...115, .first, []), (95...120, .again, ["new b"]),
    ] as [(ClosedRange<Int64>, AlertNews.Arrival?, [String])])
  func whatComesBehindTheHorizonIsToldOnce(times: ClosedRange<Int64>, arrival: AlertNews.Arrival?, news: [String]) {
    let known = [AlertNewsTests.alert("a", 22...30)]
    let found = [AlertNewsTests.alert("b", times)]
    #expect(AlertNewsTests.told(known: known, found: found, before: 110, kept: 100, arrival: arrival) == news)
    let again = AlertNewsTests.told(known: known + found, found: found, before: 110, kept: 100, arrival: arrival)
    #expect(again.isEmpty)
    #expect(AlertNewsTests.told(known: known + found, found: [], before: 110, kept: 100).isEmpty)
  }

  /// Whoever is told to keep more than before has not got it back: what is gone was not taken back.
  @Test(
    arguments: [(Int64.min, ["withdrawn a"]), (25, []), (21, ["withdrawn a"])]
      as [(Int64, [String])])
  func whatAnEarlierRunForgotIsNoNews(held: Int64, news: [String]) {
    let settled = Settled(before: .min, keptSince: .min, heldSince: held)
    let told = AlertNews(
      known: [AlertNewsTests.alert("a", 22...30)], found: [], suppressed: [],
      settled: [(AlertNewsTests.rule, settled)])
    #expect(told.changes.map { "\($0.kind.name) \($0.id)" } == news)
  }

  @Test func twoThatBecomeOneLeaveOne() {
    let known = [AlertNewsTests.alert("a", 10...20), AlertNewsTests.alert("b", 30...40)]
    let told = AlertNewsTests.told(known: known, found: [AlertNewsTests.alert("c", 5...40)])
    #expect(told == ["updated c for a", "withdrawn b"])
  }

  @Test func oneThatBecomesTwoIsReplacedOnce() {
    let known = [AlertNewsTests.alert("a", 10...40)]
    let found = [AlertNewsTests.alert("b", 5...15), AlertNewsTests.alert("c", 30...40)]
    #expect(AlertNewsTests.told(known: known, found: found) == ["updated b for a", "new c"])
  }

  @Test func settledAlertsStay() {
    let known = [AlertNewsTests.alert("a", 10...20)]
    #expect(AlertNewsTests.told(known: known, found: [], before: 21).isEmpty)
    #expect(AlertNewsTests.told(known: known, found: [], before: 20) == ["withdrawn a"])
    #expect(AlertNewsTests.told(known: known, found: [], kept: 11).isEmpty)
    #expect(AlertNewsTests.told(known: [], found: known, before: 21).isEmpty)
    #expect(AlertNewsTests.told(known: [], found: known, before: 21, takesSettled: true) == ["new a"])
  }

  @Test func whatGoesOnLongerThanHitsAreKeptIsNoNews() {
    let known = [AlertNewsTests.alert("a", 10...90)]
    #expect(AlertNewsTests.told(known: known, found: [AlertNewsTests.alert("b", 50...95)], kept: 50).isEmpty)
  }

  @Test func alertsOfRulesThatAreGoneStay() {
    let known = [AlertNewsTests.alert("a", 10...20, form: AlertNewsTests.other)]
    #expect(AlertNewsTests.told(known: known, found: []).isEmpty)
  }

  @Test func suppressedAlertIsNotToldAndNotWithdrawn() {
    let a = AlertNewsTests.alert("a", 10...20)
    #expect(AlertNewsTests.told(known: [], found: [a], suppressed: [0]).isEmpty)
    #expect(AlertNewsTests.told(known: [a], found: [a], suppressed: [0]).isEmpty)
  }

  @Test func alertThatComesBackIsUpdated() {
    var a = AlertNewsTests.alert("a", 10...20)
    a.status = .withdrawn
    #expect(AlertNewsTests.told(known: [a], found: [AlertNewsTests.alert("a", 10...20)]) == ["updated a"])
  }
}
