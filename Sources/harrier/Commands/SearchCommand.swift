import Archive
import Configuration
import Events
import Investigate
import Matching
import Pipeline
import Reports
import Rules

/// `harrier search FILTER PATH...`
struct SearchCommand {
  private let archive: ArchiveRun
  private let console: Console
  private let format: Format
  private let fields: [Field]
  private let countBy: [Field]
  private let top: Int?
  private let limit: UInt64?
  private let isRaw: Bool
  /// Nil: every event.
  private let filter: MatchProgram?

  // What fits a line and answers who did what, from where.
  private static let tableFields = ["time", "provider", "account", "actor", "action", "outcome", "src_ip", "target"]
  // Without its actor or its action a row says nothing; these go first.
  private static let dispensable: [Field] = ["provider", "account", "target", "src_ip", "outcome"].map { Field($0) }

  init(_ invocation: Invocation, _ console: Console) throws(UsageError) {
    guard let filter = invocation.operands.first else {
      throw UsageError("search needs a filter and paths", remedy: "harrier search '*' PATH... shows every event")
    }
    self.console = console
    let configuration = try invocation.configuration()
    self.filter = try SearchCommand.filter(filter, configuration, console)
    var archive = try ArchiveRun(invocation, console, paths: invocation.operands.dropFirst())
    archive.annotator = EstateColumns(configuration, try configuration.locations())
    self.archive = archive
    format = try invocation.choice("format", Format.self) ?? (Console.isTerminal ? .table : .jsonl)
    isRaw = invocation.has("raw")
    limit = try invocation.number("limit", in: 0...Int.max).map { UInt64($0) }
    top = try invocation.number("top", in: 1...Int.max)
    countBy = try SearchCommand.fields(invocation, "count-by") ?? []
    let standard = format == .table ? SearchCommand.tableFields.map { Field($0) } : Column.allCases.map { .column($0) }
    let asked = try SearchCommand.fields(invocation, "columns") ?? standard
    let isTable = format == .table && !isRaw && countBy.isEmpty
    let fields = isTable ? SearchCommand.fitting(asked, timeWidth: SearchCommand.timeWidth(archive.zone)) : asked
    self.fields = fields
    if fields.count < asked.count {
      let left = asked.filter { !fields.contains($0) }.map(\.name).joined(separator: ", ")
      console.note("left out, since the terminal is too narrow: \(left)")
    }
    try SearchCommand.check(invocation)
  }

  /// Cells of a time as tables show it: with an offset where that is not UTC.
  private static func timeWidth(_ zone: Int) -> Int { zone == 0 ? 24 : 29 }

  private static func filter(
    _ bytes: [UInt8], _ configuration: Configuration, _ console: Console
  ) throws(UsageError) -> MatchProgram? {
    guard bytes != [UInt8(ascii: "*")] else { return nil }
    let text = try Invocation.text(bytes, of: "the filter")
    do {
      let predicate = try Filter.parse(text, placeholders: configuration.ruleOptions.placeholders)
      warnOfNetworks(predicate, console)
      return predicate == .everything ? nil : try MatchProgram(filter: predicate)
    } catch let error as FilterError {
      throw UsageError(error.summary, excerpt: error.excerpt)
    } catch {
      throw UsageError("\(error)")
    }
  }

  /// An address is never the text of a network: `=` finds nothing where `in` was meant.
  private static func warnOfNetworks(_ predicate: Predicate, _ console: Console) {
    predicate.forEachTest { field, test in
      guard field == Column.sourceIP.name, case .text(let pattern) = test, case .exact(let bytes) = pattern.shape,
        bytes.contains(UInt8(ascii: "/")), bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
      else { return }
      let text = String(decoding: bytes, as: UTF8.self)
      guard (try? AddressRange(text)) != nil else { return }
      console.warn("no \(Column.sourceIP.name) is the text '\(text)': write '\(Column.sourceIP.name) in \(text)'")
    }
  }

  private static func fields(_ invocation: Invocation, _ flag: String) throws(UsageError) -> [Field]? {
    guard let text = invocation.value(flag) else { return nil }
    let names = text.split(separator: ",").map { String($0.drop { $0 == " " }) }
    guard !names.isEmpty else { throw UsageError("--\(flag) names no field") }
    return names.map { Field($0) }
  }

  private static func check(_ invocation: Invocation) throws(UsageError) {
    for (one, other) in [("raw", "count-by"), ("raw", "columns"), ("raw", "format"), ("count-by", "columns")]
    where invocation.has(one) && invocation.has(other) {
      throw UsageError("--\(one) and --\(other) do not go together")
    }
    if invocation.has("top") && !invocation.has("count-by") { throw UsageError("--top needs --count-by") }
  }

  func run() throws(UsageError) -> ExitCode { try countBy.isEmpty ? list() : count() }

  private func list() throws(UsageError) -> ExitCode {
    let plan = try archive.plan((isRaw ? [] : fields) + filterFields)
    let output = OrderedOutput(console.results, limit: limit)
    let writer = RowWriter(format: format, names: fields.map(\.name), widths: widths)
    if !isRaw {
      var header: [UInt8] = []
      writer.header(to: &header)
      console.results.write(header)
    }
    let result = try scan(plan) {
      SearchSink(
        rows: isRaw ? .raw(isShown: Console.isTerminal) : .fields(writer), fields: fields, plan: plan, format: format,
        offsetSeconds: archive.zone,
        redactor: archive.redactor, files: archive.discovery.files, output: output)
    }
    guard let result else { return .failed }
    return archive.conclude(result.ledger, found: output.rows > 0)
  }

  private func count() throws(UsageError) -> ExitCode {
    let plan = try archive.plan(countBy + filterFields)
    let result = try scan(plan) {
      CountSink(
        fields: countBy, plan: plan, offsetSeconds: archive.zone, redactor: archive.redactor,
        files: archive.discovery.files)
    }
    guard let result else { return .failed }
    let counts = CountSink.merge(result.sinks)
    let kept = min(top ?? .max, limit.map { Int(clamping: $0) } ?? .max)
    let rows = counts.prefix(kept).map { entry in
      entry.values.map { $0.isEmpty ? Cell.missing : .text($0) } + [.count(entry.count)]
    }
    var out: [UInt8] = []
    RowWriter.writeAll(
      rows, names: countBy.map(\.name) + ["count"], format: format,
      rightAligned: countBy.map { _ in false } + [true], terminalWidth: Console.width, to: &out)
    console.results.write(out)
    return archive.conclude(result.ledger, found: !counts.isEmpty)
  }

  private var filterFields: [Field] { filter?.earlySources.map { Field($0) } ?? [] }

  /// Reads everything, with the filter before the sinks.
  private func scan<S: Sink>(
    _ plan: FieldPlan, _ makeSink: () -> S
  ) throws(UsageError) -> (sinks: [S], ledger: Ledger)? {
    guard let filter else {
      return archive.scan(plan, { _ in FieldWatch(plan, inner: makeSink()) }).map { result in
        hint(FieldWatch.unseen(result.sinks), result.ledger)
        return (sinks: result.sinks.map(\.inner), ledger: result.ledger)
      }
    }
    let matchers = try archive.matchers(filter, plan)
    let result = archive.scan(plan) { worker in
      FieldWatch(plan, inner: MatchFilter(matchers[worker], files: archive.discovery.files, inner: makeSink()))
    }
    return result.map { result in
      hint(FieldWatch.unseen(result.sinks), result.ledger)
      return (sinks: result.sinks.map(\.inner.inner), ledger: result.ledger)
    }
  }

  /// Names that are no column and that no record has: said where all there was has been read, or where they are nearly a
  /// column's.
  private func hint(_ unseen: [String], _ ledger: Ledger) {
    let isWhole = ledger.entries.allSatisfy { $0.status != .unread } && limit == nil
    guard ledger.entries.contains(where: { $0.tally.records > 0 }) else { return }
    for path in unseen {
      let meant = Suggestion.among(Column.allCases.map(\.name), for: path)
      guard isWhole || !meant.isEmpty else { continue }
      console.warn("no record that was read has a field '\(path)'\(meant)")
    }
  }

  /// What a column of a table needs at least to say something. An address that is cut tells no more than a time that is.
  private static func columnMin(_ field: Field, timeWidth: Int) -> Int {
    switch field {
    case .column(.time): timeWidth
    case .column(.sourceIP): 15
    case .column(.action): 12
    default: 8
    }
  }

  /// The fields that fit a line of the terminal; a time that is cut tells nothing.
  private static func fitting(_ fields: [Field], timeWidth: Int) -> [Field] {
    func width(_ fields: [Field]) -> Int {
      fields.reduce(2 * (fields.count - 1)) { $0 + columnMin($1, timeWidth: timeWidth) }
    }
    var kept = fields
    for field in dispensable where width(kept) > Console.width { kept.removeAll { $0 == field } }
    while kept.count > 1, width(kept) > Console.width { kept.removeLast() }
    return kept
  }

  /// A streaming table cannot measure its rows first: known columns get the room they usually need.
  private var widths: [Int] {
    var widths = fields.map { field -> Int in
      switch field {
      case .column(.time): SearchCommand.timeWidth(archive.zone)
      case .column(.provider), .column(.outcome), .column(.mfa), .column(.rw): 8
      case .column(.account), .column(.region), .column(.service): 14
      case .column(.sourceIP): 15
      case .column(.actor), .column(.action): 28
      case .column(.eventID), .column(.requestID): 36
      case .column(.userAgent), .column(.errorMessage), .column(.file): 40
      default: 24
      }
    }
    let whole: [Field] = [.column(.time), .column(.sourceIP)]
    RowWriter.shrink(
      &widths, to: Console.width, keeping: Set(fields.indices.filter { whole.contains(fields[$0]) }))
    return widths
  }
}
