import Events
import Matching
import Rules

/// A rule in words, as a tree and as a filter.
struct RuleExplanation {
  let text: String

  init(_ rule: Rule, _ entry: MatchProgram.Entry?) {
    let predicate = rule.predicate
    var text = RuleHead(rule.attributes).text
    text += "\nRuns on\n  \(RuleExplanation.runsOn(rule, entry)) (log source \(rule.logsource.words))\n"
    if !rule.filters.isEmpty { text += "  filtered by \(rule.filters.joined(separator: ", "))\n" }
    text += "\nAn event matches if\n" + RuleWords.lines(of: predicate).map { "  \($0)\n" }.joined()
    text += "\nAs a tree\n" + RuleWords.tree(of: predicate).map { "  \($0)\n" }.joined()
    text += "\nFields\n" + rule.fields.map { "  \($0)\n" }.joined()
    if predicate.hasKeyword { text += "  (every value of the record)\n" }
    text += "\nCost\n  \(entry.map { RuleCost($0).text } ?? "that of the correlation that counts its events")\n"
    if let filter = rule.asFilter {
      text += "\nAs a filter\n  \(Filter.text(of: filter))\n"
    } else {
      text += "\nAs a filter (of its log, which is not read: nothing would be found)\n"
      text += "  \(Filter.text(of: rule.conditionAsFilter))\n"
    }
    self.text = text
  }

  private static func runsOn(_ rule: Rule, _ entry: MatchProgram.Entry?) -> String {
    let source = rule.logsource
    if source.isCloud, source.service == nil, source.category == nil { return "events of every provider" }
    let logs = source.logs
    let read = logs.filter(\.isRead).map(\.title)
    let unread = logs.filter { !$0.isRead }.map(\.title)
    if read.isEmpty {
      return unread.isEmpty ? "no log that is known here" : "nothing: \(list(unread)) cannot be read yet"
    }
    return "events of \(list(read))" + (unread.isEmpty ? "" : "; \(list(unread)) cannot be read yet")
  }

  private static func list(_ names: [String]) -> String {
    names.count < 2 ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
  }
}
