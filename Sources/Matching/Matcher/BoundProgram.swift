import Events

/// A program over the batches of one plan; made once, shared by all workers.
///
/// The plan need not give all fields. What calls up rules is in it (`MatchProgram.earlySources`); the others are read
/// from the few records that a rule was called up for, with a plan of their own: a thousand rules on five hundred
/// fields cost an event that none of them is about no more than the keys.
public final class BoundProgram: Sendable {
  let program: MatchProgram
  let groups: [BoundGroup]
  let sources: [BoundSource]
  /// What calls up rules, provider by provider.
  let keys: [BoundKey]
  let keyRanges: [Range<Int>]
  /// The plan for fields that are not in the scan's; nil if there are none.
  let latePlan: FieldPlan?

  /// - Parameter plan: the plan of the scan; holds at least the program's early sources.
  public init(_ program: MatchProgram, plan: FieldPlan) throws(PlanError) {
    self.program = program
    let paths = BoundProgram.places(plan)
    var late: [FieldSource] = []
    var seen: Set<FieldSource> = []
    for group in program.groups where !BoundProgram.gives(plan, paths, group) {
      late += group.filter { seen.insert($0).inserted }
    }
    var latePlan: FieldPlan? = late.isEmpty ? nil : try FieldPlan(sources: late)
    latePlan?.annotator = plan.annotator
    let latePaths = latePlan.map { BoundProgram.places($0) } ?? [:]
    var sources: [BoundSource] = []
    groups = program.groups.map { group in
      let first = sources.count
      let isEarly = BoundProgram.gives(plan, paths, group)
      if isEarly {
        sources += group.compactMap { BoundSource($0, paths: paths, plan: plan) }
      } else if let latePlan {
        sources += group.compactMap { BoundSource($0, paths: latePaths, plan: latePlan) }
      }
      return BoundGroup(first: first, end: sources.count, isLate: !isEarly)
    }
    self.sources = sources
    self.latePlan = latePlan
    var keys: [BoundKey] = []
    keyRanges = program.indexesOf.map { [groups] indexes in
      let first = keys.count
      for index in indexes {
        let group = groups[Int(program.indexes[index].group)]
        for source in group.first..<group.end { keys.append(BoundKey(source: sources[source], index: Int32(index))) }
      }
      return first..<keys.count
    }
    self.keys = keys
  }

  private static func places(_ plan: FieldPlan) -> [String: Int] {
    var places: [String: Int] = [:]
    for (place, path) in plan.paths.enumerated() { places[path] = place }
    return places
  }

  private static func gives(_ plan: FieldPlan, _ paths: [String: Int], _ group: FieldGroup) -> Bool {
    group.allSatisfy { BoundSource($0, paths: paths, plan: plan) != nil }
  }
}

extension FieldPlan {
  public init(sources: [FieldSource], also columns: [Column] = []) throws(PlanError) {
    var columns = columns
    var paths: [String] = []
    for source in sources {
      switch source {
      case .column(let column): columns.append(column)
      case .path(let path): paths.append(path)
      }
    }
    try self.init(columns: columns, paths: paths)
  }
}
