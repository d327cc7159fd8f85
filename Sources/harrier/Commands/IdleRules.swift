import Matching
import Reports
import Rules

/// Rules that no event can reach, because nothing that is read is what they are about.
struct IdleRules {
  // More products than that make no sentence.
  private static let productsShownMax = 6

  let count: Int
  private let products: [String: Int]

  init(_ program: MatchProgram, _ rules: [Rule]) {
    let idle = program.entries.filter { $0.providers.isEmpty }.map { rules[$0.position].logsource }
    count = idle.count
    products = Dictionary(
      idle.map { ($0.product?.lowercased() ?? $0.service ?? $0.category ?? "?", 1) }, uniquingKeysWith: +)
  }

  /// `86 rules cannot run: their logs are not read (azure 60, okta 26)`; nil if all can run.
  var sentence: String? {
    guard count > 0 else { return nil }
    let sorted = products.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    var shown = sorted.prefix(IdleRules.productsShownMax).map { "\($0.key) \($0.value)" }
    if sorted.count > shown.count { shown.append("and \(Amount.of(sorted.count - shown.count, "other"))") }
    let what =
      count == 1 ? "1 rule cannot run: its log is not read" : "\(count) rules cannot run: their logs are not read"
    return "\(what) (\(shown.joined(separator: ", ")))"
  }
}

extension Amount {
  /// `1 rule`, `2 rules`.
  static func of(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
