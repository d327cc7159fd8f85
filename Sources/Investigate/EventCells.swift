import Archive
import Events
import Reports

/// Turns a row of a batch into the cells of a report.
struct EventCells: Sendable {
  enum Source: Sendable {
    case column(Column, place: Int?)
    case path(Int)
  }

  let sources: [Source]
  let offsetSeconds: Int
  let format: Format
  let redactor: Redactor?
  private let pathKeys: [String]
  /// By path: whether the rest of its record may make it secret.
  private let isGuarded: [Bool]
  private let clean: CleanReader?

  /// - Parameter fields: columns of the event model, or raw paths, in the order wanted.
  init(fields: [Field], plan: FieldPlan, format: Format, offsetSeconds: Int, redactor: Redactor?) {
    self.redactor = redactor
    let isGuarded = plan.paths.map { redactor?.needsRecord(path: $0) ?? false }
    self.isGuarded = isGuarded
    // Without memory for it, what may be secret is not shown.
    clean = redactor.flatMap { redactor in isGuarded.contains(true) ? try? CleanReader(plan, redactor) : nil }
    // A path names its value by its last key.
    pathKeys = plan.paths.map { path in path.split(separator: ".").last.map(String.init) ?? path }
    sources = fields.map { field in
      switch field {
      case .column(let column): .column(column, place: plan.index(of: column))
      case .path(let path): .path(plan.paths.firstIndex(of: path) ?? 0)
      }
    }
    self.format = format
    self.offsetSeconds = offsetSeconds
  }

  func cells(_ batch: borrowing EventBatch, _ row: Int, fileName: [UInt8]) -> [Cell] {
    var cells: [Cell] = []
    cells.reserveCapacity(sources.count)
    var answer: CleanReader.Answer?
    for source in sources {
      switch source {
      case .column(let column, let place): cells.append(cell(batch, row, column, place, fileName))
      case .path(let path) where isGuarded[path]:
        let known = answer ?? clean?.read(batch.record(row)) ?? .unreadable
        answer = known
        cells.append(guardedCell(batch, row, path, known))
      case .path(let path): cells.append(pathCell(batch, row, path))
      }
    }
    return cells
  }

  private func cell(
    _ batch: borrowing EventBatch, _ row: Int, _ column: Column, _ place: Int?, _ fileName: [UInt8]
  ) -> Cell {
    switch column {
    case .time:
      let time = batch.times[row]
      guard time != Timestamp.missing else { return .missing }
      // Machines read UTC; people read their own time, with its offset.
      let isForPeople = format == .table || format == .markdown
      return .string(Timestamp.string(time, offsetSeconds: isForPeople ? offsetSeconds : 0))
    case .provider: return .string(batch.providers[row].name)
    case .file: return .text(fileName)
    case .record: return .count(batch.numbers[row])
    case .resources, .grants:
      let items = place.map { batch.list($0, row) } ?? []
      return items.isEmpty ? .missing : .list(items.map { shown($0, under: column.name) })
    default: break
    }
    guard let place else { return .missing }
    let text = batch.text(place, row)
    guard !text.isEmpty else { return .missing }
    if column == .crossAccount { return .bool(text.equals("true")) }
    return .text(EventCells.isFreeText(column) ? shown(text, under: column.name) : Array(text.bytes))
  }

  /// Text that others wrote; the other columns hold words, names and ids.
  private static func isFreeText(_ column: Column) -> Bool {
    switch column {
    case .errorMessage, .userAgent, .target, .sourceLabel, .actorIssuer, .errorCode: true
    default: false
    }
  }

  /// Free text of an event may hold a secret that its own place in the record did not give away.
  private func shown(_ text: Text, under key: String) -> [UInt8] {
    guard let redactor, !key.isEmpty else { return Array(text.bytes) }
    var out: [UInt8] = []
    Array(key.utf8).withUnsafeBytes { _ = redactor.redactText(text.bytes, key: $0, into: &out) }
    return out
  }

  /// Whether a column's value is one symbol of the batch.
  static func isSymbol(_ column: Column) -> Bool {
    switch column {
    case .time, .provider, .file, .record, .resources, .grants: false
    default: true
    }
  }

  /// A value that is secret where its record says so.
  private func guardedCell(
    _ batch: borrowing EventBatch, _ row: Int, _ path: Int, _ answer: CleanReader.Answer
  ) -> Cell {
    switch answer {
    case .nothingIsSecret: return pathCell(batch, row, path)
    case .read:
      guard let clean else { return .missing }
      return pathCell(clean.batch, 0, path)
    case .unreadable: return batch.pathValueCount(path, row) > 0 ? .string(Redactor.shownMark) : .missing
    }
  }

  private func pathCell(_ batch: borrowing EventBatch, _ row: Int, _ path: Int) -> Cell {
    let count = batch.pathValueCount(path, row)
    guard count > 0 else { return .missing }
    let values = (0..<count).map { shown(batch.text(batch.pathValue(path, row, $0).symbol), under: pathKeys[path]) }
    if count > 1 { return .list(values) }
    return batch.pathValue(path, row, 0).kind == .null ? .missing : .text(values[0])
  }
}

/// A name that a user gave: a column of the event model, else a path in the raw record.
public enum Field: Equatable, Sendable {
  case column(Column)
  case path(String)

  public init(_ name: String) {
    self = Column(name: name).map { .column($0) } ?? .path(name)
  }

  public var name: String {
    switch self {
    case .column(let column): column.name
    case .path(let path): path
    }
  }
}

extension FieldPlan {
  /// The plan for some fields.
  public init(fields: [Field], also columns: [Column] = []) throws(PlanError) {
    var wanted = columns
    var paths: [String] = []
    for field in fields {
      switch field {
      case .column(let column): wanted.append(column)
      case .path(let path): if !paths.contains(path) { paths.append(path) }
      }
    }
    try self.init(columns: wanted, paths: paths)
  }
}
