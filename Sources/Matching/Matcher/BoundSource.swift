import Events

/// A field source with its place in the batches of one plan.
struct BoundSource: Sendable {
  enum Kind: UInt8, Sendable {
    /// The values of a raw path.
    case path
    /// One symbol in each row.
    case column
    /// The one column of several texts.
    case list
    case provider, time, record, file
    /// Nothing fills it.
    case nothing
  }

  var kind: Kind
  var place: Int32 = 0

  init(_ source: FieldSource, paths: [String: Int], plan: FieldPlan) {
    switch source {
    case .path(let path):
      kind = paths[path] == nil ? .nothing : .path
      place = Int32(paths[path] ?? 0)
    case .column(let column):
      place = Int32(plan.index(of: column) ?? 0)
      switch column {
      case .provider: kind = .provider
      case .time: kind = .time
      case .record: kind = .record
      case .file: kind = .file
      case .resources: kind = .list
      default: kind = plan.index(of: column) == nil ? .nothing : .column
      }
    }
  }

  /// The sources of all groups in one array, and the range of each group.
  static func bind(
    _ groups: [FieldGroup], to plan: FieldPlan
  ) -> (sources: [BoundSource], ranges: [(first: Int, end: Int)]) {
    var paths: [String: Int] = [:]
    for (place, path) in plan.paths.enumerated() { paths[path] = place }
    var sources: [BoundSource] = []
    var ranges: [(first: Int, end: Int)] = []
    for group in groups {
      let first = sources.count
      for source in group { sources.append(BoundSource(source, paths: paths, plan: plan)) }
      ranges.append((first, sources.count))
    }
    return (sources, ranges)
  }
}
