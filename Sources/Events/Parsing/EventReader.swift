import Archive
import CSimdJSON
import Glibc

/// Reads events from the blocks of a file: cuts records, recognises their provider, fills the planned columns.
///
/// The caller owns the block. It feeds a block, takes batches until there are none, moves what is not `consumed` to
/// the front and feeds again. Cutting at record boundaries is part of the parse: it costs no pass of its own.
public struct EventReader: ~Copyable {
  public static let padding = Int(HJ_PADDING)

  private let plan: CompiledPlan
  private let annotator: (any Annotator)?
  private let parser: OpaquePointer
  private let scratch: UnsafeMutablePointer<Scratch>
  private let onlyProvider: Provider?
  private let identifier: Identifier?
  private var secondLook: SecondLook
  private var block: UnsafeMutablePointer<UInt8>
  private var position = 0
  private var blockOffset: UInt64 = 0
  private var number: UInt64 = 0
  private var closedContainers: UInt64 = 0

  /// - Parameters:
  ///   - nestingMax: records nested deeper are skipped for that reason.
  ///   - recordBytesMax: so are longer ones. At most `Limits.recordBytesCeiling`.
  ///   - identity: also give each event's key and the hash of its content, which tell copies of an event. The plan
  ///     must then hold `EventIdentity.columns`.
  public init(
    plan: FieldPlan, nestingMax: Int, recordBytesMax: Int = Limits().recordBytesMax, only provider: Provider? = nil,
    identity: EventIdentity? = nil
  ) throws(PlanError) {
    var identifier: Identifier?
    if let identity { identifier = try Identifier(identity, plan) }
    let recordBytes = min(max(recordBytesMax, 1), Int(Limits.recordBytesCeiling))
    guard let parser = hj_parser_new(plan.compiled.plan, UInt32(clamping: nestingMax), recordBytes) else {
      throw .outOfMemory
    }
    guard
      let secondLook = SecondLook(plan.compiled.recognition, nestingMax: nestingMax, recordBytesMax: recordBytes)
    else {
      hj_parser_free(parser)
      throw .outOfMemory
    }
    self.secondLook = secondLook
    self.plan = plan.compiled
    annotator = plan.annotator
    self.parser = parser
    onlyProvider = provider
    self.identifier = identifier
    scratch = .allocate(capacity: 1)
    scratch.initialize(to: Scratch())
    block = UnsafeMutablePointer(bitPattern: 8).unsafelyUnwrapped
  }

  deinit {
    hj_parser_free(parser)
    scratch.deinitialize(count: 1)
    scratch.deallocate()
  }

  public static func makeBatch(_ plan: FieldPlan) -> EventBatch {
    EventBatch(columns: plan.columns, pathCount: plan.paths.count)
  }

  /// Forgets the last file.
  public mutating func begin() {
    hj_begin(parser)
    hj_shrink(parser)
    identifier?.shrink()
    blockOffset = 0
    position = 0
    number = 0
    closedContainers = 0
  }

  /// Call behind `begin` for content that begins with something else than JSON: its first event is sought, in its first
  /// `frontBytes`.
  public mutating func beginInText() { hj_begin_in_text(parser) }

  public static let frontBytes = UInt64(HJ_FRONT_BYTES)

  /// That event was not found so far.
  public var isInFront: Bool { hj_is_in_front(parser) != 0 }

  /// How much of the content is done with.
  public var passed: UInt64 { blockOffset + UInt64(consumed) }

  /// Hands over `length` bytes followed by `padding` writable ones. Of a block longer than the limit on records some
  /// is always consumed; of the last one, all.
  public mutating func feed(_ bytes: UnsafeMutablePointer<UInt8>, _ length: Int, last: Bool) {
    blockOffset += UInt64(position)
    position = 0
    block = bytes
    hj_feed(parser, bytes, length, last ? 1 : 0)
  }

  /// Whether the content may end here.
  public var isAtRest: Bool { hj_at_rest(parser) != 0 }

  /// What of the block is done with, once `next` gave false.
  public var consumed: Int { hj_consumed(parser) }

  /// Fills the batch with the next events of the block. False when the block is used up (the batch may still hold
  /// events).
  public mutating func next(_ batch: inout EventBatch, _ tally: inout ReadTally) throws(PlanError) -> Bool {
    batch.clear(block: block)
    scratch.pointee.reset()
    var record = hj_record()
    while !batch.isFull {
      switch Int(hj_next(parser, &record)) {
      case HJ_RECORD:
        pass(to: record, &tally)
        take(record, &batch, &tally)
      case HJ_SKIPPED:
        pass(to: record, &tally)
        skip(record, SkipReason(rawValue: record.reason) ?? .badRecord, &tally)
      case HJ_END:
        tally.framingBytes += UInt64(hj_consumed(parser) - position)
        tally.fruitlessBytes += UInt64(hj_consumed(parser) - position)
        position = hj_consumed(parser)
        // A container that came to its end is JSON, even an empty one.
        if hj_closed(parser) != closedContainers { tally.fruitlessBytes = 0 }
        closedContainers = hj_closed(parser)
        return false
      default: throw .outOfMemory
      }
    }
    return true
  }

  private mutating func pass(to record: hj_record, _ tally: inout ReadTally) {
    tally.framingBytes += UInt64(Int(record.start) - position)
    tally.fruitlessBytes += UInt64(Int(record.start) - position)
    position = Int(record.end)
    tally.duplicateKeys += UInt64(record.duplicates)
  }

  private mutating func skip(_ record: hj_record, _ reason: SkipReason, _ tally: inout ReadTally) {
    let bytes = UInt64(record.end - record.start)
    tally.skippedBytes += bytes
    if reason.isLoss { tally.lostBytes += bytes }
    if !reason.isLimit { tally.fruitlessBytes += bytes }
    if record.continued == 0 {
      number += 1
      // A content of commas has more skips than 32 bits count.
      let count = tally.skips[Int(reason.rawValue)]
      if count < .max { tally.skips[Int(reason.rawValue)] = count + 1 }
    }
    if tally.firstLoss == nil, reason.isLoss { tally.firstLoss = (blockOffset + UInt64(record.start), reason) }
  }

  private mutating func take(_ record: hj_record, _ batch: inout EventBatch, _ tally: inout ReadTally) {
    let view = RecordView(
      values: hj_values(parser), more: hj_more(parser), block: UnsafePointer(block), side: hj_side(parser),
      scratch: scratch)
    if tally.container == .none { tally.container = container(of: record) }
    guard let index = recognise(record, view) else {
      if let reason = notEvent(view) { return skip(record, reason, &tally) }
      return count(record, nil, view, &batch, &tally)
    }
    count(record, index, view, &batch, &tally)
  }

  private mutating func count(
    _ record: hj_record, _ table: Int?, _ view: RecordView, _ batch: inout EventBatch,
    _ tally: inout ReadTally
  ) {
    let provider = table.map { plan.providers[$0] } ?? .unknown
    number += 1
    tally.records += 1
    tally.recordBytes += UInt64(record.end - record.start)
    tally.providers[Int(provider.rawValue)] &+= 1
    if let onlyProvider, onlyProvider != provider { return }
    let row = batch.appendRow(provider: provider, number: number, start: record.start, end: record.end)
    if let table { fill(table, view, row, &batch) }
    for path in 0..<plan.pathSlots.count { fill(path: path, plan.pathSlots[path], view, row, &batch) }
    if let identifier { identify(record, view, identifier, row, &batch) }
    let time = batch.times[row]
    if time == Timestamp.missing {
      tally.untimed += 1
    } else {
      tally.firstTime = min(tally.firstTime, time)
      tally.lastTime = max(tally.lastTime, time)
    }
  }

  private func identify(
    _ record: hj_record, _ view: RecordView, _ identifier: Identifier, _ row: Int, _ batch: inout EventBatch
  ) {
    var record = record
    let base = record.event_flags & UInt8(HJ_SIDE) != 0 ? view.side : view.block
    // SAFETY: the parser gives a range within the block or the side buffer, both alive until the next record.
    let event = Text(base: base + Int(record.event_start), count: Int(record.event_end - record.event_start))
    identifier.identify(row, of: &batch, event, isCompact: hj_is_compact(parser, &record) != 0)
  }

  private func container(of record: hj_record) -> Container {
    switch Int(record.shape) {
    case HJ_SHAPE_ENVELOPE: .envelope(record.envelope)
    case HJ_SHAPE_ARRAY: .array
    default: .lines
    }
  }

  /// The place of the table that the record belongs to.
  private mutating func recognise(_ record: hj_record, _ view: RecordView) -> Int? {
    let found = plan.markers.heaviest(hj_present(parser), view)
    if found.weight >= SecondLook.decisive && found.weight > found.second { return found.table }
    // SAFETY: a record's range lies within the block.
    let text = Text(base: view.block + Int(record.start), count: Int(record.end - record.start))
    return secondLook.recognise(text, scratch)
  }

  /// Why the record is no event of anybody, if it is known for something else.
  private func notEvent(_ view: RecordView) -> SkipReason? {
    let known = plan.notEvents.firstIndex { slots in !slots.isEmpty && slots.allSatisfy { view.isPresent($0) } }
    // What is behind those of the providers are Harrier's own.
    return known.map { $0 < plan.providers.count ? .digest : .truth }
  }

  private func fill(_ table: Int, _ view: RecordView, _ row: Int, _ batch: inout EventBatch) {
    plan.stepSlots.withUnsafeBufferPointer { slots in
      guard let base = slots.baseAddress else { return }
      for step in plan.steps[plan.stepRanges[table]] {
        // SAFETY: each step's slots were appended to `stepSlots` when the plan was made.
        let fields = Fields(view: view, slots: base + step.firstSlot)
        switch step.fill {
        case .text(let fill): batch.set(step.column, row, fill(fields))
        case .time(let fill): batch.times[row] = fill(fields)
        case .list(let fill): fill(fields) { batch.appendToList(step.column, row, $0) }
        }
      }
    }
    if let columns = plan.classColumns {
      plan.withClassFields(view) { batch.classify(row, columns, $0) }
    }
    if let columns = plan.grantColumns {
      plan.withGrantFields(view) { batch.readGrants(row, columns, $0) }
    }
    if let annotator {
      for (number, column) in plan.annotatedColumns.enumerated() {
        batch.annotate(row, column, number, by: annotator)
      }
    }
  }

  private func fill(path: Int, _ slot: Int, _ view: RecordView, _ row: Int, _ batch: inout EventBatch) {
    let first = batch.pathValuesEnd
    var value = view.values[slot]
    while let kind = PathValue.Kind(rawValue: value.kind) {
      let isNested = kind == .object || kind == .array
      // An object hardly repeats; it is kept as its bytes, for those who compare it as text.
      let symbol = isNested ? batch.keep(view.raw(value)) : batch.symbol(of: view.text(value), path: path)
      batch.append(PathValue(kind: kind, symbol: symbol))
      guard value.next != 0, let more = view.more else { break }
      value = more[Int(value.next) - 1]
    }
    batch.setPath(path, row, from: first)
  }

  // MARK: Reading again

  /// Reads one record of a batch by itself, with this reader's own plan: what only a few records are asked for need not
  /// be taken from all of them. The other batch must still be good, and this reader must not be reading a file.
  /// False when the bytes are no single valid object.
  public mutating func read(again record: Text, into batch: inout EventBatch) -> Bool {
    guard let base = record.base else { return false }
    batch.clear(block: base)
    scratch.pointee.reset()
    var found = hj_record()
    // SAFETY: the parser only reads; the bytes are those of a record that lies in a block.
    guard hj_reread(parser, UnsafeMutablePointer(mutating: base), record.count, &found) == 1 else { return false }
    let view = RecordView(
      values: hj_values(parser), more: hj_more(parser), block: base, side: hj_side(parser), scratch: scratch)
    let table = recognise(found, view)
    let provider = table.map { plan.providers[$0] } ?? .unknown
    let row = batch.appendRow(provider: provider, number: 0, start: found.start, end: found.end)
    if let table { fill(table, view, row, &batch) }
    for path in 0..<plan.pathSlots.count { fill(path: path, plan.pathSlots[path], view, row, &batch) }
    return true
  }
}
