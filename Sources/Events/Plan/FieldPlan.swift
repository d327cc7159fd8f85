import CSimdJSON

/// Which columns and raw paths someone asked for, and where the parser puts what they are made of.
///
/// Rules, filter and report together give the plan; each record is walked once and only these paths are taken. A
/// plan is made once and shared by all workers.
public struct FieldPlan: Sendable {
  /// The columns of a batch, in its order.
  public let columns: [Column]
  /// Raw paths, in the order of a batch's path columns.
  public let paths: [String]
  let compiled: CompiledPlan

  public init(columns: [Column], paths: [String] = []) throws(PlanError) {
    try self.init(columns: columns, paths: paths, tables: ProviderTables.all)
  }

  init(columns: [Column], paths: [String] = [], tables: [ProviderTable]) throws(PlanError) {
    var distinct: [Column] = []
    for column in columns where !distinct.contains(column) { distinct.append(column) }
    self.columns = distinct
    self.paths = paths
    compiled = try CompiledPlan(columns: distinct, paths: paths, tables: tables)
  }

  public func index(of column: Column) -> Int? { columns.firstIndex(of: column) }
}

public enum PlanError: Error, Equatable {
  case tooManyPaths(limit: Int)
  case badPath(String)
  case outOfMemory
}

/// A plan as the parser and the batch builder use it.
final class CompiledPlan: @unchecked Sendable {
  // @unchecked: everything is written before `init` returns and only read afterwards; the C plan is sealed.

  struct Step {
    let column: Int
    let firstSlot: Int
    let fill: ProviderTable.Recipe.Fill
  }

  struct Marker {
    let slot: Int
    let weight: Int
    /// Which of the table's endings the value may have; none: any value will do.
    let endings: Range<Int>
  }

  struct Table {
    let provider: Provider
    let markers: [Marker]
    let endings: [StaticString]
    let notEvents: [Int]
    let steps: [Step]
  }

  // Slots are numbered in 16 bits.
  static let slotsMax = 60_000

  let plan: OpaquePointer
  let tables: [Table]
  let stepSlots: [UInt16]
  let pathSlots: [Int]
  let columnCount: Int

  init(columns: [Column], paths: [String], tables: [ProviderTable]) throws(PlanError) {
    guard let plan = hj_plan_new() else { throw .outOfMemory }
    var layout = Layout(plan: plan)
    do throws(PlanError) {
      var compiled: [Table] = []
      for table in tables { compiled.append(try layout.place(table, columns: columns)) }
      var pathSlots: [Int] = []
      for path in paths { pathSlots.append(Int(try layout.slot(path, anchor: false))) }
      try layout.placeContainers()
      self.tables = compiled
      self.pathSlots = pathSlots
    } catch {
      hj_plan_free(plan)
      throw error
    }
    hj_plan_seal(plan)
    self.plan = plan
    stepSlots = layout.stepSlots
    columnCount = columns.count
  }

  deinit { hj_plan_free(plan) }
}

/// Gives each distinct path a slot.
private struct Layout {
  let plan: OpaquePointer
  var slots: [String: UInt16] = [:]
  var stepSlots: [UInt16] = []

  mutating func slot(_ path: String, anchor: Bool) throws(PlanError) -> UInt16 {
    if let known = slots[path], !anchor { return known }
    guard slots.count < CompiledPlan.slotsMax else { throw .tooManyPaths(limit: CompiledPlan.slotsMax) }
    let slot = slots[path] ?? UInt16(slots.count)
    let isNew = slots[path] == nil
    var text = path
    let added = text.withUTF8 { bytes -> Int32 in
      guard isNew, let base = bytes.baseAddress else { return isNew ? -1 : 0 }
      return hj_plan_add(plan, base, bytes.count, slot, anchor ? 1 : 0)
    }
    guard added == 0 else { throw .badPath(path) }
    slots[path] = slot
    return slot
  }

  mutating func place(_ table: ProviderTable, columns: [Column]) throws(PlanError) -> CompiledPlan.Table {
    // Markers come first: the first to name a path decides whether it is an anchor.
    var markers: [CompiledPlan.Marker] = []
    var endings: [StaticString] = []
    for marker in table.markers {
      let slot = Int(try slot(marker.path, anchor: slots[marker.path] == nil))
      let own = endings.count..<endings.count + marker.endings.count
      endings += marker.endings
      markers.append(.init(slot: slot, weight: marker.weight, endings: own))
    }
    var notEvents: [Int] = []
    for path in table.notEvents { notEvents.append(Int(try slot(path, anchor: false))) }
    var steps: [CompiledPlan.Step] = []
    for recipe in table.recipes {
      guard let column = columns.firstIndex(of: recipe.column) else { continue }
      let first = stepSlots.count
      for path in recipe.paths { stepSlots.append(try slot(path, anchor: false)) }
      steps.append(.init(column: column, firstSlot: first, fill: recipe.fill))
    }
    return .init(provider: table.provider, markers: markers, endings: endings, notEvents: notEvents, steps: steps)
  }

  func placeContainers() throws(PlanError) {
    for envelope in Containers.envelopes {
      let key = Text(envelope.key)
      guard let base = key.base, hj_plan_envelope(plan, base, key.count, envelope.wraps ? 1 : 0) == 0 else {
        throw .outOfMemory
      }
    }
    for wrapper in Containers.wrappers {
      let key = Text(wrapper.key)
      guard let base = key.base, hj_plan_wrapper(plan, base, key.count, wrapper.flattens ? 1 : 0) == 0 else {
        throw .outOfMemory
      }
    }
  }
}
