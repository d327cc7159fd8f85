// Inputs made to hurt. Each must end within a second, in a clear error or a result, in an optimised build.

import TestSupport
import Testing

@testable import Rules

struct HostileInputTests {
  struct Attack: Sendable, CustomTestStringConvertible {
    var name: String
    /// What must be said; nil if the input is big but legal.
    var code: RuleDiagnostic.Code?
    var text: @Sendable () -> [UInt8]

    var testDescription: String { name }
  }

  /// Unoptimised code is several times slower.
  #if DEBUG
    static let timeMax = Duration.seconds(5)
  #else
    static let timeMax = Duration.seconds(1)
  #endif

  static func detection(_ body: String) -> [UInt8] { Array(ruleText(body).utf8) }

  static func lines(_ count: Int, _ line: (Int) -> String) -> String {
    (0..<count).map(line).joined(separator: "\n")
  }

  static let yaml: [Attack] = [
    Attack(name: "alias bomb", code: .yamlLimit) {
      var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
      for level in 1..<30 {
        let list = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
        text += "a\(level): &a\(level) [\(list)]\n"
      }
      return Array(text.utf8)
    },
    Attack(name: "alias bomb in documents", code: .yamlLimit) {
      let one = "a: &a [" + Array(repeating: "1", count: 99).joined(separator: ",") + "]\nb: ["
      let document = one + Array(repeating: "*a", count: 99).joined(separator: ",") + "]\n---\n"
      return Array(String(repeating: document, count: 2_000).utf8)
    },
    Attack(name: "deep flow lists", code: .yamlLimit) { Array(String(repeating: "[", count: 1_000_000).utf8) },
    Attack(name: "deep block lists", code: .yamlLimit) { Array((String(repeating: "- ", count: 200_000) + "x").utf8) },
    Attack(name: "deep mappings", code: .yamlLimit) { Array(String(repeating: "{a: ", count: 200_000).utf8) },
    Attack(name: "many broken documents", code: .yamlLimit) {
      Array(String(repeating: "---\n[\n", count: 100_000).utf8)
    },
    Attack(name: "many tag directives", code: .yamlLimit) {
      Array((lines(60_000) { "%TAG !a\($0)! x" } + "\n---\na: 1\n").utf8)
    },
    Attack(name: "many keys", code: .missingAttribute) {
      Array(("detection:\n" + lines(100_000) { "  k\($0): 1" }).utf8)
    },
    Attack(name: "a file too big", code: .fileLimit) { Array(repeating: UInt8(ascii: "a"), count: 9 << 20) },
    Attack(name: "invalid UTF-8", code: .fileUnreadable) { [0x61, 0x3A, 0x20, 0xFF, 0xFE, 0x0A] },
    Attack(name: "UTF-16", code: .fileUnreadable) { [0xFF, 0xFE, 0x61, 0x00, 0x3A, 0x00, 0x20, 0x00] },
    Attack(name: "NUL bytes", code: .yamlSyntax) { Array("title: a\u{0}b\n".utf8) },
    Attack(name: "a megabyte of blanks", code: nil) { Array(repeating: UInt8(ascii: " "), count: 1 << 20) },
    Attack(name: "empty", code: nil) { [] },
  ]

  static let rules: [Attack] = [
    Attack(name: "a condition of 1 MB", code: .badCondition) {
      detection("s: x\ncondition: " + Array(repeating: "s", count: 250_000).joined(separator: " or "))
    },
    Attack(name: "a condition of 60 KB", code: nil) {
      detection("s: x\ncondition: " + Array(repeating: "s", count: 12_000).joined(separator: " or "))
    },
    Attack(name: "a condition of brackets", code: .badCondition) {
      detection("s: x\ncondition: " + String(repeating: "(", count: 60_000))
    },
    Attack(name: "a condition of not", code: .badCondition) {
      detection("s: x\ncondition: " + String(repeating: "not ", count: 15_000) + "s")
    },
    Attack(name: "selectors that multiply", code: .tooManyTests) {
      let list = lines(5_000) { "  - v\($0)" }
      let condition = Array(repeating: "1 of s*", count: 5_000).joined(separator: " or ")
      return detection("sel:\n\(list)\ncondition: \(condition)")
    },
    Attack(name: "selectors over many selections", code: .undefinedSelection) {
      let condition = Array(repeating: "1 of *s7", count: 4_500).joined(separator: " or ") + " or t"
      return detection(lines(490) { "s\($0): x" } + "\ncondition: \(condition)")
    },
    Attack(name: "50,000 alternatives", code: nil) {
      detection("s:\n  f:\n" + lines(50_000) { "    - value\($0)" } + "\ncondition: s")
    },
    Attack(name: "200,000 alternatives", code: .tooManyTests) {
      detection("s:\n  f:\n" + lines(200_000) { "    - v\($0)" } + "\ncondition: s")
    },
    Attack(name: "70,000 fields", code: .tooManyFields) {
      detection("s:\n" + lines(70_000) { "  f\($0): v" } + "\ncondition: s")
    },
    Attack(name: "a name of 600 bytes", code: .badSelection) {
      detection("s:\n  \(String(repeating: "n", count: 600)): 1\ncondition: s")
    },
    Attack(name: "dashes that multiply", code: .tooManyTests) {
      detection("s:\n  f|windash:\n" + lines(2_000) { "    - ' -a -b -c \($0)'" } + "\ncondition: s")
    },
    Attack(name: "collections that multiply", code: .yamlLimit) {
      let template = "action: global\nx: [" + Array(repeating: "1", count: 10_000).joined(separator: ",") + "]\n"
      return Array((template + String(repeating: "---\ntitle: a\n", count: 5_000)).utf8)
    },
    Attack(name: "brackets of a regular expression", code: .badRegex) {
      detection("s:\n  f|re: '" + String(repeating: "(", count: 30_000) + "'\ncondition: s")
    },
    Attack(name: "a regular expression of 1 MB", code: .badRegex) {
      detection("s:\n  f|re: '" + String(repeating: "a|", count: 500_000) + "'\ncondition: s")
    },
    Attack(name: "correlations in a circle", code: .cyclicReference) {
      Array(
        lines(3_000) { correlation(named: "c\($0)", of: "c\(($0 + 1) % 3_000)") }.utf8)
    },
    Attack(name: "a long chain of correlations", code: .cyclicReference) {
      let base = ruleText("s: x\ncondition: s", head: "name: c3000\n") + "---\n"
      return Array((base + lines(3_000) { correlation(named: "c\($0)", of: "c\($0 + 1)") }).utf8)
    },
  ]

  static func correlation(named name: String, of other: String) -> String {
    """
    title: \(name)
    name: \(name)
    correlation: {type: event_count, rules: [\(other)], group-by: [u], timespan: 1m, condition: {gte: 2}}
    ---
    """
  }

  static func check(_ attack: Attack) {
    let bytes = attack.text()
    var set = RuleSet.parse([], file: "t.yml")
    let time = processorTime { set = RuleSet.parse(bytes, file: "t.yml") }
    #expect(time < Self.timeMax, "\(attack.name) took \(time)")
    let codes = set.codes(.error)
    if let code = attack.code {
      #expect(codes.contains(code), "\(attack.name): \(set.errors.prefix(3))")
    } else {
      #expect(codes.isEmpty, "\(attack.name): \(set.errors.prefix(3))")
    }
    for diagnostic in set.diagnostics.prefix(100) { #expect(diagnostic.message.utf8.count < 400) }
  }

  @Test(arguments: yaml) func hostileYAMLEndsWithinASecond(attack: Attack) { Self.check(attack) }
  @Test(arguments: rules) func hostileRuleEndsWithinASecond(attack: Attack) { Self.check(attack) }

  @Test(arguments: [
    String(repeating: "(", count: 1_000_000), String(repeating: "not ", count: 250_000) + "a",
    String(repeating: "a or ", count: 200_000) + "a", "a in (" + String(repeating: "b, ", count: 300_000) + "b)",
    String(repeating: "'", count: 999_999), String(repeating: "a|", count: 300_000) + " = 1",
    String(repeating: "x", count: 5_000_000),
  ]) func hostileFilterEndsWithinASecond(text: String) {
    let time = processorTime {
      do throws(FilterError) {
        _ = try Filter.parse(text)
      } catch {
        #expect(error.description.utf8.count < 1_000)
      }
    }
    #expect(time < Self.timeMax)
  }

  @Test func messagesCarryNoControlCharacters() {
    let text = ruleText("s:\n  \"f|\\e[31mred\\u202e\": 1\ncondition: s")
    let messages = load(text).errors
    #expect(messages.count == 1)
    #expect(messages[0].unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
  }
}
