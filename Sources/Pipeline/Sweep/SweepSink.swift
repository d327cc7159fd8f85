import Archive
import Correlation
import Events
import Matching

/// Map: notes each event, and what each hit gives to the detections that wait for it.
///
/// Notes are sealed whenever they take a worker's share. What is sealed stays in memory as long as there is room, and is
/// then written to a temporary file.
struct SweepSink: Sink {
  private let state: SweepState
  /// By file: its place among the paths in the order of their bytes.
  private let ranks: [UInt32]
  private let files: [FoundFile]
  private let readBefore: [Int: UInt32]
  /// Of the file in hand.
  private var seenRecords: UInt32 = 0

  init(_ state: SweepState, ranks: [UInt32], files: [FoundFile], readBefore: [Int: UInt32]) {
    self.readBefore = readBefore
    self.state = state
    self.ranks = ranks
    self.files = files
  }

  mutating func begin(file: Int) {
    seenRecords = readBefore.isEmpty ? 0 : readBefore[file] ?? 0
    state.begin(file: files[file].name.text)
  }

  mutating func take(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>, file: Int) -> Bool {
    if seenRecords == 0 { return state.take(batch, rows: rows, file: ranks[file]) }
    var new: [UInt16] = []
    for row in rows where batch.numbers[Int(row)] > seenRecords { new.append(row) }
    state.leaveOut(rows.count - new.count)
    return new.withUnsafeBufferPointer { state.take(batch, rows: $0, file: ranks[file]) }
  }

  mutating func end(file: Int, _ entry: FileEntry) {}

  /// What the worker found; the last of its notes is sealed here.
  func finish() throws(SpillError) -> WorkerFindings { try state.finish() }
}

/// What one worker found.
struct WorkerFindings: Sendable {
  var segments: [SegmentStore] = []
  var times = EventTimes()
  var highWater = Timestamp.missing
  var tooLate = 0
  var alreadySeen = 0
  var presence = FieldPresence()
}

/// The parts of a sweep's map that are the same for all workers.
struct SweepLayout: Sendable {
  let detections: DetectionPlan
  /// By the matcher's rules.
  let taps: [[FactTap]]
  /// The places of `Dimension.columns` and of the event's id in the scan's plan.
  let dimensions: InlineArray<5, Int>
  let eventID: Int
  /// The place of the column of keys that events made.
  let mintedKey: Int
  /// The place of the account in the scan's plan.
  let account: Int
  /// Later events are forged, or their clocks wrong: time does not pass by them.
  let latestTime: Int64
  /// Earlier events are too late for anything but rules of single events.
  let earliestTime: Int64
  /// How many bytes of notes a worker seals at a time.
  let notesMax: Int
  /// How many bytes of what it sealed a worker keeps in memory.
  let sealedMax: Int
  let temporaryDirectory: String
}

/// One worker's notes.
final class SweepState: @unchecked Sendable {
  // @unchecked: one worker uses it while it reads; whoever finishes it takes it over afterwards.
  private let layout: SweepLayout
  private var matcher: Matcher
  private var reader: FactReader
  private var builder: SegmentBuilder
  private var findings = WorkerFindings()
  private var sealedBytes = 0
  private var spill: SegmentSpill?
  private var failure: SpillError?

  init(_ layout: SweepLayout, _ matcher: Matcher, _ reader: FactReader) {
    self.layout = layout
    self.matcher = matcher
    self.reader = reader
    builder = SegmentBuilder(detections: layout.detections.factKinds)
    self.matcher.watch(layout.detections.watched, account: layout.account)
  }

  func begin(file name: [UInt8]) {
    matcher.begin(file: name)
    reader.begin(file: name)
  }

  /// Events that were read before.
  func leaveOut(_ count: Int) { findings.alreadySeen += count }

  func take(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>, file: UInt32) -> Bool {
    matcher.match(batch, rows: rows)
    var hit = 0
    for row in rows {
      let dimensions = builder.note(batch, Int(row), columns: layout.dimensions, file: file)
      note(batch.times[Int(row)])
      let first = hit
      while hit < matcher.hits.count, matcher.hits[hit].row == row { hit += 1 }
      if hit > first { add(first..<hit, batch, Int(row), file: file, dimensions: dimensions) }
      if !batch.symbol(layout.mintedKey, Int(row)).isMissing {
        addHandover(batch, Int(row), file: file, dimensions: dimensions)
      }
    }
    return builder.byteCount < layout.notesMax || seal()
  }

  @inline(__always)
  private func note(_ time: Int64) {
    findings.times.note(time)
    if time <= layout.latestTime { findings.highWater = max(findings.highWater, time) }
    if time < layout.earliestTime, time != Timestamp.missing { findings.tooLate += 1 }
  }

  private func add(
    _ hits: Range<Int>, _ batch: borrowing EventBatch, _ row: Int, file: UInt32, dimensions: UInt32
  ) {
    guard hits.contains(where: { !layout.taps[Int(matcher.hits[$0].rule)].isEmpty }) else { return }
    reader.beginRow()
    let late = reader.late
    if let late {
      guard late.read(batch.record(row)) else { return }
      let fact = base(late.batch, 0, of: batch, row, file: file, dimensions: dimensions)
      for hit in hits { add(fact, hit, late.batch, 0) }
    } else {
      let fact = base(batch, row, of: batch, row, file: file, dimensions: dimensions)
      for hit in hits { add(fact, hit, batch, row) }
    }
  }

  /// Whoever uses the key that was made belongs to whoever made it, whether or not any rule knows the event.
  private func addHandover(_ batch: borrowing EventBatch, _ row: Int, file: UInt32, dimensions: UInt32) {
    guard batch.times[row] >= layout.earliestTime, batch.times[row] != Timestamp.missing else { return }
    reader.beginRow()
    let fact = Fact(
      time: batch.times[row], key: batch.eventKeys[row], file: file, record: batch.numbers[row],
      dimensions: dimensions, scene: 0, id: 0)
    if let late = reader.late {
      if late.read(batch.record(row)) { reader.addHandover(fact, late.batch, 0, to: &builder) }
    } else {
      reader.addHandover(fact, batch, row, to: &builder)
    }
  }

  private func base(
    _ fields: borrowing EventBatch, _ fieldRow: Int, of batch: borrowing EventBatch, _ row: Int, file: UInt32,
    dimensions: UInt32
  ) -> Fact {
    Fact(
      time: batch.times[row], key: batch.eventKeys[row], file: file, record: batch.numbers[row],
      dimensions: dimensions, scene: reader.scene(fields, fieldRow, &builder),
      id: builder.textOfItsOwn(batch.text(layout.eventID, row)))
  }

  private func add(_ fact: Fact, _ hit: Int, _ fields: borrowing EventBatch, _ row: Int) {
    let isTooLate = fact.time < layout.earliestTime && fact.time != Timestamp.missing
    for tap in layout.taps[Int(matcher.hits[hit].rule)] where !isTooLate || tap.isOfSingleRule {
      reader.add(fact, tap, fields, row, to: &builder)
    }
  }

  private func seal() -> Bool {
    do throws(SpillError) {
      findings.segments.append(try kept(builder.seal()))
      return true
    } catch {
      failure = error
      return false
    }
  }

  private func kept(_ bytes: [UInt8]) throws(SpillError) -> SegmentStore {
    if sealedBytes + bytes.count <= layout.sealedMax {
      sealedBytes += bytes.count
      return .memory(bytes)
    }
    if let spill { return try spill.write(bytes) }
    let spill = try SegmentSpill(directory: layout.temporaryDirectory)
    self.spill = spill
    return try spill.write(bytes)
  }

  func finish() throws(SpillError) -> WorkerFindings {
    if let failure { throw failure }
    if !builder.isEmpty { findings.segments.append(try kept(builder.seal())) }
    findings.presence = matcher.presence
    return findings
  }
}
