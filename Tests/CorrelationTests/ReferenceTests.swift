/// The engine against the naive reference, and against itself under every way to cut the work.

import Archive
import ReadingSupport
import Rules
import Testing

@testable import Correlation

/// An archive, rules, and what the definitions say of them.
struct Trial {
  let seed: UInt64
  let archive: RandomArchive
  let rules: RandomRules
  let set: RuleSet
  let everyMatch: Bool
  var places: KnownPlaces?

  init(_ seed: UInt64, kinds: [CorrelationKind], events: ClosedRange<Int> = 5...90, padding: Int = 0) {
    var dice = Dice(seed)
    self.seed = seed
    archive = RandomArchive(
      &dice, count: dice.within(events), padding: padding, isWeekly: kinds.first == .rate && seed % 2 == 0)
    rules = RandomRules(&dice, archive.grid, kinds: dice.shuffled(kinds))
    set = RuleSet.parse(Array(rules.text.utf8), file: "random.yml")
    everyMatch = dice.once(in: 4)
    places = dice.once(in: 2) ? KnownPlaces() : nil
  }

  func reference(_ archive: RandomArchive) -> Reference {
    Reference(
      ReferenceArchive(archive.events, now: archive.now), set,
      matches: set.rules.map { rules.matches[$0.attributes.name ?? ""] ?? { _ in false } }, everyMatch: everyMatch,
      places: places?.all)
  }

  func run(_ folder: ArchiveFolder, _ plan: DetectionPlan, _ cut: Cut) throws -> EngineRun {
    try EngineRun(folder, plan, cut, now: archive.now, everyMatch: everyMatch, places: places)
  }

  /// What differs between the engine and the reference; empty if nothing does.
  func differences() throws -> [String] {
    let folder = ArchiveFolder(archive)
    let plan = DetectionPlan(set)
    return try compare(try run(folder, plan, Cut(parts: [Array(archive.files.indices)])), archive, folder)
  }

  func compare(_ run: EngineRun, _ archive: RandomArchive, _ folder: ArchiveFolder) throws -> [String] {
    let expected = reference(archive)
    var differences: [String] = []
    let (own, engine) = (expected.alerts.map(\.description).sorted(), run.alerts(in: folder))
    let missing = own.filter { !engine.contains($0) }.map { ($0, "missing") }
    let wrong = engine.filter { !own.contains($0) }.map { ($0, "wrong") }
    differences += (missing + wrong).sorted { $0.0 < $1.0 }.map { "\($0.1): \($0.0)" }
    if own.count != engine.count { differences.append("\(own.count) alerts, not \(engine.count)") }
    for (label, counters) in expected.counters.sorted(by: { $0.key < $1.key }) {
      let found = run.counters(of: label)
      if found != counters { differences.append("\(label) counts \(counters), not \(found?.description ?? "-")") }
    }
    if run.reduction.duplicates != expected.archive.duplicates || run.reduction.conflicts != expected.archive.conflicts
    {
      differences.append(
        "\(expected.archive.duplicates) duplicates, \(expected.archive.conflicts) conflicts, "
          + "not \(run.reduction.duplicates), \(run.reduction.conflicts)")
    }
    return differences
  }
}

@Suite struct ReferenceTests {
  // Each about a trial of a few milliseconds for each type; one more seed where it matters finds what few do not.
  static let seeds: [UInt64] = isTorture ? Array(1...400) : Array(1...12) + remembered
  // Of alerts that count alerts, where several findings were of one moment.
  private static let remembered: [UInt64] = [30, 41, 69, 185]

  @Test func randomRulesAreAccepted() {
    for seed in 1...60 as ClosedRange<UInt64> {
      let trial = Trial(seed, kinds: RandomRules.kinds)
      let errors = trial.set.diagnostics.filter { $0.severity == .error }
      #expect(errors.isEmpty, "seed \(seed): \(errors.map(\.description))\n\(trial.rules.text)")
    }
  }

  @Test(arguments: RandomRules.kinds) func trialsAreAboutSomething(_ kind: CorrelationKind) {
    var (found, chained, silent) = (0, 0, 0)
    for seed in 1...20 as ClosedRange<UInt64> {
      let trial = Trial(seed &* 1000 &+ UInt64(kind.hashOfName), kinds: [kind, .eventCount])
      let own = trial.set.correlations.first { $0.kind == kind }!
      let alerts = trial.reference(trial.archive).alerts.filter { $0.rule == own.label }
      found += alerts.count
      if alerts.isEmpty { silent += 1 }
      if trial.set.correlations.contains(where: { $0.members.contains { $0.target == .correlation(0) } }) {
        chained += 1
      }
    }
    #expect(found >= 5 && chained >= 1, "\(kind.rawValue): \(found) alerts, none in \(silent) of 20, \(chained) chains")
  }

  @Test(arguments: RandomRules.kinds) func engineDecidesWhatTheDefinitionsSay(_ kind: CorrelationKind) throws {
    for seed in ReferenceTests.seeds {
      // A chain needs something that feeds it.
      let trial = Trial(seed &* 1000 &+ UInt64(kind.hashOfName), kinds: [kind, .eventCount])
      let differences = try trial.differences()
      try #require(
        differences.isEmpty,
        "\(kind.rawValue), seed \(seed):\n\(differences.prefix(12).joined(separator: "\n"))\n\(trial.rules.text)")
    }
  }
}

extension CorrelationKind {
  fileprivate var hashOfName: Int { CorrelationKind.allCases.firstIndex(of: self) ?? 0 }
}
