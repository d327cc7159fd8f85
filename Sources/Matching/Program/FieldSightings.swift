import Events
import Rules

/// Asks of a sample of events which fields of rules occur at all, with the lookup that the rules themselves use: a field
/// that no event has is misspelt more often than rare.
public struct FieldSightings: Sendable {
  /// One field as the rules of one log source mean it.
  private struct Asked: Hashable {
    var source: LogSource
    /// Nil: any event of the log.
    var field: String?
  }

  /// One entry for each question; a hit answers it with yes.
  public let program: MatchProgram
  private let asked: [Asked]
  private let fieldsOf: [(rule: Int, source: LogSource, fields: [String])]

  public init(rules: [Rule]) {
    var builder = ProgramBuilder()
    var asked: [Asked] = []
    var seen: Set<Asked> = []
    var fieldsOf: [(rule: Int, source: LogSource, fields: [String])] = []
    for (position, rule) in rules.enumerated() {
      let source = LogSource(
        category: rule.logsource.category, product: rule.logsource.product, service: rule.logsource.service)
      let route = Route(source)
      guard !route.isNowhere else { continue }
      fieldsOf.append((position, source, rule.fields))
      let marks = route.guardian.map { [$0] } ?? []
      for field in [nil] + rule.fields.map({ Optional($0) }) {
        let question = Asked(source: source, field: field)
        guard seen.insert(question).inserted else { continue }
        let wanted = field.map { [Predicate.field($0, .exists)] } ?? []
        builder.add(
          Predicate.all(wanted + marks), label: "", position: asked.count, route: route, file: "", line: 0)
        asked.append(question)
      }
    }
    program = MatchProgram(builder)
    self.asked = asked
    self.fieldsOf = fieldsOf
  }

  /// A field of a rule that none of the rule's events has.
  public struct Missing: Sendable {
    /// The rule's place among those given.
    public let rule: Int
    public let field: String
    /// How many events of its log there were.
    public let events: UInt64
  }

  /// - Parameter hits: how often each entry of the program was hit.
  public func missing(_ hits: [UInt64]) -> [Missing] {
    var counts: [Asked: UInt64] = [:]
    for (number, entry) in program.entries.enumerated() { counts[asked[entry.position]] = hits[number] }
    return fieldsOf.flatMap { rule, source, fields -> [Missing] in
      let events = counts[Asked(source: source, field: nil)] ?? 0
      guard events > 0 else { return [] }
      return fields.filter { counts[Asked(source: source, field: $0)] == 0 }
        .map { Missing(rule: rule, field: $0, events: events) }
    }
  }
}
