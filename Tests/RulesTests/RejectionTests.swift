// What makes a rule or a filter unusable is found when it is loaded, and is said at the place where it stands.

import Foundation
import TestSupport
import Testing

@testable import Rules

struct RejectionTests {
  private static let head = "title: T\nname: t\nlogsource: {product: aws}\ndetection:\n"

  @Test func expressionThatRE2RefusesIsAnErrorOfItsRule() {
    let set = load(Self.head + "  s:\n    a|re:\n      - fine\n      - '(x{1000}){1000}'\n  condition: s\n")
    #expect(set.rules.isEmpty)
    #expect(set.diagnostics.map(\.code) == [.badRegex])
    #expect(set.diagnostics[0].line == 8)
    #expect(set.diagnostics[0].rule == "T")
    #expect(set.errors[0].contains("invalid repetition size"))
    #expect(set.errors[0].contains("at byte"))
  }

  @Test func whatRefersToARuleWithARefusedExpressionIsRejected() {
    let correlation =
      "---\ntitle: C\ncorrelation: {type: event_count, rules: t, group-by: [u], timespan: 5m, condition: {gte: 2}}\n"
    let set = load(Self.head + "  s: {a|re: 'x{2000}'}\n  condition: s\n" + correlation)
    #expect(set.correlations.isEmpty)
    #expect(set.codes(.error) == [.badRegex, .rejectedReference])
  }

  @Test func filterOfTheCommandLineShowsTheRefusedExpression() {
    do throws(FilterError) {
      _ = try Filter.parse("a = b and f ~ 'x{2000}'")
      Issue.record("accepted")
    } catch {
      #expect(error.column == 15)
      #expect(error.message.contains("invalid repetition size"))
    }
  }

  @Test func findingStandsAtTheLineOfTheValue() {
    let set = load(
      Self.head + "  s:\n    a|contains:\n      - x\n      - 5\n    b|cidr:\n    - 10.0.0.1/8\n  condition: s\n")
    #expect(set.diagnostics.map(\.line) == [8, 10])
    let wild = load(Self.head + "  s:\n    a:\n      - x\n      - '*'\n  condition: s\n")
    #expect(wild.diagnostics.map(\.line) == [8])
    let place = load(Self.head + "  s:\n    a|i:\n      - x\n  condition: s\n")
    #expect(place.codes(.error) == [.badModifier])
  }

  private static func filtered(_ names: String) -> RuleSet {
    load(
      Self.head + "  s: {a: 1}\n  condition: s\n---\ntitle: Broken\nname: broken\nlogsource: {product: aws}\n"
        + "detection: {s: {a|nope: 1}, condition: s}\n---\n"
        + "title: C\nname: c\ncorrelation: {type: event_count, rules: t, group-by: [u], timespan: 5m, condition: {gte: 2}}\n"
        + "---\ntitle: F\nlogsource: {product: aws}\nfilter:\n  rules:\n\(names)  sel: {u: adm}\n  condition: not sel\n"
    )
  }

  @Test(arguments: [("zz-typo", "no rule has the id or name"), ("c", "is a correlation"), ("T", "it is a title")])
  func filterThatNamesNoRuleIsRejected(_ name: String, _ reason: String) {
    let set = Self.filtered("    - t\n    - \(name)\n")
    #expect(set.filters.isEmpty)
    #expect(set.rules[0].filters.isEmpty)
    let found = set.diagnostics.filter { $0.code == .unknownReference }
    #expect(found.map(\.severity) == [.error])
    #expect(found[0].line == 22)
    #expect(found[0].message.contains(reason))
  }

  @Test func filterThatNamesARejectedRuleKeepsItsOthers() {
    let set = Self.filtered("    - t\n    - broken\n")
    #expect(set.rules[0].filters == ["F"])
    #expect(set.codes(.warning) == [.rejectedReference])
  }

  @Test(arguments: ["title: T", "# a comment\ntitle: T"]) func byteOrderMarkIsReadOver(_ start: String) {
    let rest = "\nlogsource: {product: aws}\ndetection: {s: {a: 1}, condition: s}\n"
    let set = RuleSet.parse([0xEF, 0xBB, 0xBF] + Array((start + rest).utf8), file: "t.yml")
    #expect(set.diagnostics.isEmpty)
    #expect(set.rules.map(\.title) == ["T"])
  }

  @Test func longTitleIsOneFault() {
    let text =
      "title: \(String(repeating: "t", count: 257))\nlogsource: {product: aws}\ndetection: {s: x, condition: s}\n"
    #expect(load(text).codes(.error) == [.badAttribute])
    #expect(
      load("title: ''\nlogsource: {product: aws}\ndetection: {s: x, condition: s}\n").codes(.error) == [
        .missingAttribute
      ])
  }

  @Test func operatorOfAnotherLanguageHasItsCounterpartNamed() {
    let rest = "type: event_count\nrules: a\ngroup-by: u\ntimespan: 1m\ncondition: {ge: 5}"
    #expect(load(CorrelationTests.document(rest)).errors == ["unknown key 'ge' in the condition (did you mean 'gte'?)"])
  }

  @Test func pathsEndAtTheDepthThatIsLookedAt() {
    func path(_ levels: Int) -> String { Array(repeating: "a", count: levels).joined(separator: ".") }
    #expect(load(ruleText("s: {\(path(64)): 1}\ncondition: s")).diagnostics.isEmpty)
    #expect(load(ruleText("s: {\(path(65)): 1}\ncondition: s")).codes(.error) == [.badSelection])
  }

  @Test func rejectedDocumentsAreKnownByName() {
    let set = Self.filtered("    - zz-typo\n")
    #expect(set.rejected.map(\.title) == ["Broken", "F"])
    #expect(set.rejected.map(\.place.line) == [8, 17])
  }

  @Test func ruleFilesAreFoundInAnyLetterCase() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rules-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["a.YML", "b.Yaml", "c.txt"] {
      try Data(ruleText("s: x\ncondition: s").utf8).write(to: folder.appendingPathComponent(name))
    }
    #expect(RuleSet.load(paths: [folder.path]).rules.count == 2)
  }

  @Test func rulesBeyondTheFieldsOfAllAreRefusedOneByOne() {
    func rule(_ number: Int, _ count: Int, _ more: String = "") -> String {
      let fields = (0..<count).map { "    r\(number).f\($0): 1\n" }.joined()
      return "title: R\(number)\nname: r\(number)\nlogsource: {product: aws}\ndetection:\n  s:\n\(fields)"
        + "  condition: s\(more)\n---\n"
    }
    let count = SigmaLimits.fieldsOfAllMax / SigmaLimits.fieldsMax
    let text =
      (0..<count).map { rule($0, SigmaLimits.fieldsMax) }.joined() + rule(count, 1, " | count() > 5\n  timeframe: 5m")
      + rule(0, 10).replacing("R0", with: "Again").replacing("name: r0", with: "name: again") + rule(count + 1, 2)
      + "title: C\ncorrelation: {type: event_count, rules: [r\(count + 1)], group-by: [u], timespan: 1m, condition: {gte: 2}}\n"
    var set = RuleSet()
    let time = processorTime { set = load(text) }
    #expect(time < .seconds(3))
    #expect(set.rules.map(\.title) == (0..<count).map { "R\($0)" } + ["Again"])
    #expect(set.codes(.error) == [.tooManyFields, .tooManyFields, .rejectedReference])
    #expect(set.rejected.compactMap(\.title) == ["R\(count)", "R\(count + 1)", "C"])
    #expect(set.correlations.isEmpty)
  }

  @Test func correlationsBeyondTheFieldsOfAllAreRefusedOneByOne() {
    func correlation(_ number: Int, _ fields: [String]) -> String {
      "---\ntitle: C\(number)\nname: c\(number)\ncorrelation: {type: event_count, rules: [r], group-by: [\(fields.joined(separator: ", "))], timespan: 1m, condition: {gte: 2}}\n"
    }
    let each = SigmaLimits.correlationNamesMax
    let count = (SigmaLimits.fieldsOfAllMax - 1) / each
    var text = "title: R\nname: r\nlogsource: {product: aws}\ndetection: {s: {f: 1}, condition: s}\n"
    for number in 0...count { text += correlation(number, (0..<each).map { "c\(number).f\($0)" }) }
    text +=
      correlation(count + 1, ["c0.f0", "f"]) + correlation(count + 2, ["g"]).replacing("[r]", with: "[c\(count)]")
    let set = load(text)
    #expect(set.codes(.error) == [.tooManyFields, .rejectedReference])
    #expect(set.rejected.compactMap(\.title) == ["C\(count)", "C\(count + 2)"])
    #expect(set.correlations.map(\.attributes.title) == (0..<count).map { "C\($0)" } + ["C\(count + 1)"])
    #expect(set.diagnostics.first { $0.code == .tooManyFields }?.rule == "C\(count)")
  }

  @Test func aNameInTooManyLetterCasesIsRefusedAndTheOthersStay() {
    let names =
      "eventname Eventname eVentname evEntname eveNtname evenTname eventName eventnAme".split(separator: " ").map(
        String.init)
    func rule(_ name: String) -> String {
      ruleText("s: {\(name): 1}\ncondition: s").replacing("title: T", with: "title: \(name)")
    }
    let text = (names + ["eventnaMe", "eventName", "eventnamE.x", "other"]).map(rule).joined(separator: "---\n")
    let set = load(text)
    #expect(set.codes(.error) == [.tooManyFields, .tooManyFields])
    #expect(set.rules.map(\.title) == names + ["eventName", "other"])
  }
}
