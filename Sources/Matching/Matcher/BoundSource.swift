import Events

/// A field source with its place in the batches of a plan.
struct BoundSource: Sendable {
  enum Kind: UInt8, Sendable {
    /// The values of a raw path.
    case path
    /// One symbol in each row.
    case column
    /// A column of several texts.
    case list
    case provider, time, record, file
  }

  let kind: Kind
  let place: Int32

  /// Nil if the plan does not give it.
  init?(_ source: FieldSource, paths: [String: Int], plan: FieldPlan) {
    switch source {
    case .path(let path):
      guard let found = paths[path] else { return nil }
      kind = .path
      place = Int32(found)
    case .column(let column):
      switch column {
      case .provider: kind = .provider
      case .record: kind = .record
      case .file: kind = .file
      case .time: kind = .time
      case _ where column.isList: kind = .list
      default: kind = .column
      }
      let needsPlan = kind == .column || kind == .list || kind == .time
      guard let found = plan.index(of: column) ?? (needsPlan ? nil : 0) else { return nil }
      place = Int32(found)
    }
  }
}

/// Where a group's sources stand among all bound ones.
struct BoundGroup: Sendable {
  var first: Int
  var end: Int
  /// The fields are not in the plan of the scan: a row that is asked for them is read again.
  var isLate: Bool
}

/// A source whose values are looked up in an index.
struct BoundKey: Sendable {
  let source: BoundSource
  let index: Int32
}
