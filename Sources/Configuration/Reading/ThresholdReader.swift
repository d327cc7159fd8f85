// `thresholds: {rules: ...}`: a number, or a mapping of what is other than the rule says.

import Events
import Rules

extension ConfigurationReader {
  // No rule counts further than a 32-bit number.
  private static let countMax = Int(Int32.max)

  func threshold(ofRule pair: YAMLPair) -> RuleSettings.Threshold? {
    var threshold = RuleSettings.Threshold(rule: pair.key, origin: context.origin(pair.line))
    guard pair.value.mapping != nil else {
      threshold.value = count(pair.value)
      return threshold.value == nil ? nil : threshold
    }
    let keys = ["count", "timespan", "level"]
    guard let section = Section(pair.value, "a threshold of 'rules'", keys: keys, context) else { return nil }
    if let node = section.node("count") { threshold.value = count(node) }
    if let text = section.text("timespan") {
      threshold.timespan = text.text
      threshold.timespanMilliseconds = Timespan.span(text.text)
      if threshold.timespanMilliseconds == nil {
        let message =
          "'timespan' \(Quoted(text.text)) must be a whole number and one of s, m, h, d, w, M, y, such as 30m"
        context.error(.badValue, message, line: text.line)
      }
    }
    if let text = section.text("level") {
      threshold.level = Level.allCases.first { $0.name == text.text.lowercased() }
      if threshold.level == nil {
        let names = Level.allCases.map(\.name)
        let message = "'level' \(Quoted(text.text)) is none of \(names.joined(separator: ", "))"
        context.error(.badValue, message, line: text.line)
      }
    }
    if !keys.contains(where: section.has) {
      context.error(.emptyValue, "the threshold of '\(pair.key)' changes nothing", line: pair.line)
    }
    return threshold
  }

  private func count(_ node: YAMLNode) -> Int? {
    WholeNumber.read(node, "the threshold of a rule", in: 1...Self.countMax, context)
  }
}
