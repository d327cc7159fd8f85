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
  /// Fills the columns that no record holds; without one they are empty.
  public var annotator: (any Annotator)?
  let compiled: CompiledPlan

  public init(columns: [Column], paths: [String] = []) throws(PlanError) {
    try self.init(columns: columns, paths: paths, tables: ProviderTables.all)
  }

  init(columns: [Column], paths: [String] = [], tables: [ProviderTable]) throws(PlanError) {
    var distinct: [Column] = []
    // Some columns are made of others; whoever asked for them does not see that these are there, too.
    let sources =
      (columns.contains(.class) ? [.service, .action] : []) + (columns.contains(.grants) ? [.account] : [])
      + columns.compactMap(\.annotated)
    for column in columns + sources where !distinct.contains(column) { distinct.append(column) }
    self.columns = distinct
    self.paths = paths
    compiled = try CompiledPlan(columns: distinct, paths: paths, tables: tables)
  }

  public func index(of column: Column) -> Int? { columns.firstIndex(of: column) }
}

public enum PlanError: Error, Equatable {
  case tooManyPaths(limit: Int)
  case badPath(String)
  /// The identity of events was asked for, and this column, which it is made of, was not.
  case lacksColumn(Column)
  case outOfMemory
}

extension PlanError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tooManyPaths(let limit): "more than \(limit) fields are asked for at once"
    case .badPath(let path): "the field '\(path.prefix(80))' is too long, or asked for in too many letter cases"
    case .lacksColumn(let column): "the column '\(column.name)' is not read"
    case .outOfMemory: "out of memory"
    }
  }
}

/// A plan as the parser and the batch builder use it.
final class CompiledPlan: @unchecked Sendable {
  // @unchecked: everything is written before `init` returns and only read afterwards; the C plan is sealed.

  struct Step {
    let column: Int
    let firstSlot: Int
    let fill: ProviderTable.Recipe.Fill
  }

  // Slots are numbered in 16 bits.
  static let slotsMax = 60_000

  let plan: OpaquePointer
  /// The markers at the top of a record; those below it are for a second look.
  let markers: MarkerTable
  let recognition: RecognitionPlan
  /// By table, as are the two that follow.
  let providers: [Provider]
  let notEvents: [[Int]]
  let stepRanges: [Range<Int>]
  let steps: [Step]
  let stepSlots: [UInt16]
  let pathSlots: [Int]
  let columnCount: Int
  /// Set where column `class` was asked for.
  let classColumns: ClassColumns?
  let annotatedColumns: [AnnotatedColumn]
  private let classSlots: [UInt16]
  /// Set where column `grants` was asked for.
  let grantColumns: GrantColumns?
  private let grantSlots: [UInt16]

  init(columns: [Column], paths: [String], tables: [ProviderTable]) throws(PlanError) {
    recognition = try RecognitionPlan(tables)
    guard let plan = hj_plan_new() else { throw .outOfMemory }
    var layout = Layout(plan: plan)
    do throws(PlanError) {
      // All markers come first: their slots are the lowest.
      for table in tables { try layout.placeMarkers(table) { !$0.path.contains(".") } }
      for table in tables { try layout.placeNotEvents(table.notEvents) }
      try layout.placeNotEvents(Containers.notEvents)
      for table in tables { try layout.place(table, columns: columns) }
      var pathSlots: [Int] = []
      for path in paths { pathSlots.append(Int(try layout.slot(path, anchor: false))) }
      classSlots = try layout.slots(columns.contains(.class) ? ClassCatalogue.standard.paths : [])
      grantSlots = try layout.slots(columns.contains(.grants) ? GrantColumns.paths : [])
      try layout.placeContainers()
      self.pathSlots = pathSlots
    } catch {
      hj_plan_free(plan)
      throw error
    }
    hj_plan_seal(plan)
    self.plan = plan
    markers = layout.markers
    providers = tables.map(\.provider)
    notEvents = layout.notEvents
    stepRanges = layout.stepRanges
    steps = layout.steps
    stepSlots = layout.stepSlots
    columnCount = columns.count
    classColumns = ClassColumns(columns)
    grantColumns = GrantColumns(columns)
    annotatedColumns = AnnotatedColumn.all(columns)
  }

  deinit { hj_plan_free(plan) }

  /// The values that grants are read from, as fields.
  func withGrantFields(_ view: RecordView, _ body: (Fields) -> Void) {
    grantSlots.withUnsafeBufferPointer { slots in
      // SAFETY: the slots were made from the list of paths that grants are read by.
      if let base = slots.baseAddress { body(Fields(view: view, slots: base)) }
    }
  }

  /// The values that classes depend on, as fields.
  func withClassFields(_ view: RecordView, _ body: (Fields) -> Void) {
    classSlots.withUnsafeBufferPointer { slots in
      // SAFETY: the catalogue's conditions ask for paths within the list that the slots were made from.
      if let base = slots.baseAddress { body(Fields(view: view, slots: base)) }
    }
  }
}

/// A plan of markers alone, at any depth.
final class RecognitionPlan: @unchecked Sendable {
  // @unchecked: written before `init` returns and only read afterwards; the C plan is sealed.
  let plan: OpaquePointer
  let markers: MarkerTable

  init(_ tables: [ProviderTable]) throws(PlanError) {
    guard let plan = hj_plan_new() else { throw .outOfMemory }
    var layout = Layout(plan: plan)
    do throws(PlanError) {
      for table in tables { try layout.placeMarkers(table) { _ in true } }
      try layout.placeContainers()
    } catch {
      hj_plan_free(plan)
      throw error
    }
    hj_plan_seal(plan)
    self.plan = plan
    markers = layout.markers
  }

  deinit { hj_plan_free(plan) }
}

/// Gives each distinct path a slot.
private struct Layout {
  let plan: OpaquePointer
  var slots: [String: UInt16] = [:]
  var stepSlots: [UInt16] = []
  var markers = MarkerTable()
  var notEvents: [[Int]] = []
  var steps: [CompiledPlan.Step] = []
  var stepRanges: [Range<Int>] = []

  mutating func slot(_ path: String, anchor: Bool) throws(PlanError) -> UInt16 {
    if let known = slots[path] { return known }
    guard slots.count < CompiledPlan.slotsMax else { throw .tooManyPaths(limit: CompiledPlan.slotsMax) }
    let slot = UInt16(slots.count)
    var text = path
    let added = text.withUTF8 { bytes -> Int32 in
      guard let base = bytes.baseAddress else { return -1 }
      return hj_plan_add(plan, base, bytes.count, slot, anchor ? 1 : 0)
    }
    guard added == 0 else { throw .badPath(path) }
    slots[path] = slot
    return slot
  }

  mutating func slots(_ paths: [String]) throws(PlanError) -> [UInt16] {
    var slots: [UInt16] = []
    for path in paths { slots.append(try slot(path, anchor: false)) }
    return slots
  }

  mutating func placeMarkers(
    _ table: ProviderTable, _ isWanted: (ProviderTable.Marker) -> Bool
  ) throws(PlanError) {
    var own = [MarkerTable.Marker](repeating: .init(), count: MarkerTable.slotsMax)
    for marker in table.markers where isWanted(marker) {
      let slot = Int(try slot(marker.path, anchor: true))
      guard slot < own.count else { throw .tooManyPaths(limit: own.count) }
      own[slot] = .init(weight: marker.weight, endings: marker.endings)
    }
    markers.append(own)
  }

  mutating func placeNotEvents(_ paths: [String]) throws(PlanError) {
    var slots: [Int] = []
    for path in paths { slots.append(Int(try slot(path, anchor: false))) }
    notEvents.append(slots)
  }

  mutating func place(_ table: ProviderTable, columns: [Column]) throws(PlanError) {
    let firstStep = steps.count
    for recipe in table.recipes {
      guard let column = columns.firstIndex(of: recipe.column) else { continue }
      let first = stepSlots.count
      for path in recipe.paths { stepSlots.append(try slot(path, anchor: false)) }
      steps.append(.init(column: column, firstSlot: first, fill: recipe.fill))
    }
    stepRanges.append(firstStep..<steps.count)
  }

  func placeContainers() throws(PlanError) {
    for envelope in Containers.envelopes {
      let key = Text(envelope.key)
      guard let base = key.base, hj_plan_envelope(plan, base, key.count, envelope.kind.rawValue) == 0 else {
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
