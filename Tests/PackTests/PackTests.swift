/// The built-in detections: they load, say what an analyst needs, and pass their own tests.

import Configuration
import Correlation
import Foundation
import Matching
import Pipeline
import Rules
import Testing

@testable import Pack

enum Loaded {
  static func set(_ placeholders: Placeholders) -> RuleSet {
    var loader = RuleLoader(
      options: RuleOptions(
        placeholders: Placeholders(placeholders.values, awaited: Set(Pack.samples.values.keys))))
    Pack.add(to: &loader)
    return loader.finish()
  }

  static let full = set(Pack.samples)
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The attributes of everything that raises alerts.
  static var alerting: [RuleAttributes] {
    full.rules.filter(\.raisesAlerts).map(\.attributes)
      + full.correlations.filter(\.raisesAlerts).map(\.attributes)
  }
}

struct PackTests {
  @Test func everyRuleLoadsWithoutAFinding() {
    let found = Loaded.full.diagnostics.filter { $0.severity > .note }
    #expect(found.isEmpty, "\(found.map(\.description).joined(separator: "\n"))")
  }

  @Test func withoutConfigurationNothingIsWrongAndWhatNeedsListsIsSilent() {
    var set = Loaded.set(Placeholders())
    let idle = set.takeFindings { $0.code == .waitsForList }
    #expect(set.diagnostics.filter { $0.severity > .note }.isEmpty)
    #expect(!idle.isEmpty)
    #expect(set.rules.count < Loaded.full.rules.count)
  }

  @Test func theEmbeddedFilesAreThoseOfTheFolder() throws {
    let folder = Loaded.root.appendingPathComponent("rules")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yml") }
    #expect(names.sorted() == Pack.files.map(\.name))
    for file in Pack.files {
      let text = try String(contentsOf: folder.appendingPathComponent(file.name), encoding: .utf8)
      #expect(text == file.text, "\(file.name)")
    }
  }

  @Test func atLeastSeventyBehavioursAreDetected() { #expect(Loaded.alerting.count >= 70) }

  @Test func everyDetectionSaysWhatAnAnalystNeeds() {
    for rule in Loaded.alerting {
      #expect(rule.id != nil && rule.level != nil && rule.summary != nil, "\(rule.title)")
      #expect(rule.tags.contains { $0.namespace == "attack" }, "\(rule.title)")
      #expect(!rule.falsePositives.isEmpty, "\(rule.title)")
      #expect(rule.custom("next")?.scalar?.text.isEmpty == false, "\(rule.title)")
      #expect(rule.custom("tests") != nil, "\(rule.title)")
    }
  }

  @Test func everyRulePassesItsTestsAndHasBothKinds() {
    // Rules that only feed correlations too.
    for rule in Loaded.full.rules {
      let outcomes = RuleTests.run(rule)
      #expect(outcomes.contains { $0.isPositive } && outcomes.contains { !$0.isPositive }, "\(rule.title)")
      for outcome in outcomes { #expect(outcome.failure == nil, "\(rule.title), line \(outcome.line)") }
    }
  }
}

struct MutationTests {
  @Test func aRuleWhoseTestsProveLittleIsNoticed() throws {
    let text = """
      title: Weak
      logsource: {product: cloud}
      detection:
        s: {action: [a, b], outcome: success}
        not_this: {actor: ann, mfa: 'yes'}
        condition: s and not not_this
      tests:
        positive: [{action: a, outcome: success}]
        negative: [{action: c, outcome: success}, {action: a, outcome: success, actor: ann, mfa: 'yes'}]
      """
    let rule = try #require(RuleSet.parse(Array(text.utf8), file: "weak.yml").rules.first)
    let missed = try Mutations.of(rule.predicate).filter { mutation in
      var condition = try #require(rule.conditions.first)
      condition.predicate = mutation.rest
      var mutant = rule
      mutant.conditions = [condition]
      return RuleTests.run(mutant).allSatisfy { $0.failure == nil }
    }
    #expect(missed.map(\.gone).sorted() == ["action = b", "actor = ann", "mfa = yes", "outcome = success"])
  }

  @Test func leavingOutAnyTestOfARuleIsNoticed() throws {
    var count = 0
    var missed: [String] = []
    for rule in Loaded.full.rules {
      for mutation in Mutations.of(rule.predicate) {
        var mutant = rule
        var condition = try #require(rule.conditions.first)
        condition.predicate = mutation.rest
        mutant.conditions = [condition]
        count += 1
        if RuleTests.run(mutant).allSatisfy({ $0.failure == nil }) { missed.append("\(rule.title): \(mutation.gone)") }
      }
    }
    #expect(count > Loaded.full.rules.count)
    #expect(missed.isEmpty, "\(missed.joined(separator: "\n"))")
  }
}

struct SequenceTests {
  static let correlations = Loaded.full.correlations.filter(\.raisesAlerts)
  static let trial = SequenceTrial(Loaded.full, estate: SampleEstate.estate)

  @Test(arguments: correlations.compactMap(\.attributes.name))
  func aCorrelationFindsItsSequencesAndNotTheNearMisses(_ name: String) throws {
    let correlation = try #require(Self.correlations.first { $0.attributes.name == name })
    let outcomes = RuleTests.run(correlation) { Self.trial.outcome($0, correlation.attributes.place) }
    #expect(outcomes.contains { $0.isPositive } && outcomes.contains { !$0.isPositive })
    for outcome in outcomes { #expect(outcome.failure == nil, "line \(outcome.line)") }
  }
}

struct SharedNumberTests {
  @Test func aSharedNumberIsTheRulesOwnUntilSomebodySetsIt() throws {
    var count = 0
    for correlation in Loaded.full.correlations {
      for (target, name) in correlation.attributes.sharedNumbers {
        let threshold = try #require(Threshold(rawValue: name), "\(correlation.title)")
        count += 1
        switch target {
        case "timespan":
          let each = try #require(threshold.millisecondsEach)
          #expect(correlation.timespanMilliseconds == Int64(threshold.standard) * each, "\(correlation.title)")
        case "speed": #expect(correlation.history?.speed == threshold.standard, "\(correlation.title)")
        default: #expect(target == "learning", "\(correlation.title): \(target)")
        }
      }
    }
    #expect(count >= 10)
  }
}

struct DetectionsPageTests {
  @Test func thePageNamesEveryDetectionWithItsLevel() throws {
    let page = try String(contentsOf: Loaded.root.appendingPathComponent("docs/DETECTIONS.md"), encoding: .utf8)
    let rows = page.split(separator: "\n")
    for rule in Loaded.alerting {
      let name = try #require(rule.name)
      let row = rows.first { $0.contains("(`\(name)`)") }
      #expect(row?.contains("| \(rule.level?.name ?? "") |") == true, "\(name): run 'make detections'")
    }
  }

  @Test func everyMonitoringItemOfTheBenchmarkHasADetection() {
    let mapped = Set(
      Loaded.alerting.flatMap { rule in
        (rule.custom("maps")?["cis_alibaba"]?.sequence ?? []).compactMap { $0.scalar?.text }
      })
    #expect(mapped == Set((10...23).map { "2.\($0)" }))
  }
}
