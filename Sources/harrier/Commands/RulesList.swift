import Matching
import Reports
import Rules

/// `harrier rules list`: one row for each rule, correlation and filter.
struct RulesList {
  private static let names = [
    "id", "kind", "level", "status", "title", "product", "service", "category", "runs_on", "alerts", "tags", "file",
    "line", "waits_for",
  ]
  /// What fits a line.
  private static let tableNames = ["id", "kind", "level", "status", "title", "runs_on"]

  private let console: Console
  private let rules: LoadedRules
  private let format: Format

  init(_ invocation: Invocation, _ console: Console, operands: ArraySlice<[UInt8]>) throws(UsageError) {
    self.console = console
    rules = try LoadedRules(invocation, also: Invocation.texts(operands))
    format = try invocation.choice("format", Format.self) ?? (Console.isTerminal ? .table : .jsonl)
  }

  func run() throws(UsageError) -> ExitCode {
    let program = MatchProgram(rules: rules.set.rules)
    let rejected = rules.tellRejections(program, console)
    var rows =
      ruleRows(program) + rules.set.correlations.map { row($0.attributes, "correlation", nil, [], $0.raisesAlerts) }
    rows += rules.set.filters.map { row($0.attributes, "filter", $0.logsource, [], false) }
    let waiting = waitingRows
    rows += waiting
    guard !rows.isEmpty else { throw UsageError("no usable rule in \(rules.paths.joined(separator: ", "))") }
    let tableNames = RulesList.tableNames + (waiting.isEmpty ? [] : ["waits_for"])
    let shown = format == .table ? tableNames : RulesList.names
    let places = shown.compactMap { RulesList.names.firstIndex(of: $0) }
    var out: [UInt8] = []
    RowWriter.writeAll(
      rows.map { row in places.map { row[$0] } }, names: shown, format: format,
      rightAligned: shown.map { $0 == "line" },
      terminalWidth: Console.width, to: &out)
    console.results.write(out)
    return rejected > 0 ? .incomplete : .done
  }

  private func ruleRows(_ program: MatchProgram) -> [[Cell]] {
    var entries: [Int: MatchProgram.Entry] = [:]
    for entry in program.entries { entries[entry.position] = entry }
    return rules.set.rules.enumerated().compactMap { position, rule in
      if rule.isAggregated { return nil }
      guard let entry = entries[position] else { return nil }
      return row(rule.attributes, "rule", rule.logsource, RulesList.runsOn(rule, entry), rule.raisesAlerts)
    }
  }

  /// Names of providers; events of no known provider go by the product that their keys tell.
  private static func runsOn(_ rule: Rule, _ entry: MatchProgram.Entry) -> [String] {
    if entry.providers == [.unknown], let product = rule.logsource.product { return [product.lowercased()] }
    return entry.providers.map(\.name)
  }

  private func row(
    _ attributes: RuleAttributes, _ kind: String, _ source: LogSource?, _ runsOn: [String], _ raisesAlerts: Bool
  ) -> [Cell] {
    func optional(_ text: String?) -> Cell { text.map { .string($0) } ?? .missing }
    return [
      .string(attributes.label), .string(kind), optional(attributes.level?.name), optional(attributes.status?.rawValue),
      .string(attributes.title), optional(source?.product), optional(source?.service), optional(source?.category),
      .list(runsOn.map { Array($0.utf8) }), .bool(raisesAlerts),
      .list(attributes.tags.map { Array($0.description.utf8) }), .string(attributes.place.file),
      .count(UInt64(attributes.place.line)), .missing,
    ]
  }

  /// Rules that nothing is wrong with but that the configuration lacks a list.
  private var waitingRows: [[Cell]] {
    func optional(_ text: String?) -> Cell { text.map { .string($0) } ?? .missing }
    return rules.set.rejected.filter(\.waits).map { document in
      var reasons: [String] = []
      for finding in rules.idle where finding.file == document.place.file && finding.rule == document.label {
        if !reasons.contains(finding.message) { reasons.append(finding.message) }
      }
      return [
        .string(document.label), .string("waiting"), optional(document.level), .missing, optional(document.title),
        .missing, .missing, .missing, .list([]), .bool(false), .list([]), .string(document.place.file),
        .count(UInt64(document.place.line)), .string(reasons.joined(separator: "; ")),
      ]
    }
  }
}
