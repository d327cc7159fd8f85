import Archive
import Events

/// One worker: a decompressor, a parser, buffers and a dictionary of its own. It shares nothing while it reads.
struct Worker<S: Sink>: ~Copyable {
  private let options: ScanOptions
  private let shared: ScanState
  private let content: UnsafeMutablePointer<ContentReader>
  private var reader: EventReader
  private var batch: EventBatch
  private var blocks: Blocks
  private var rows: [UInt16]
  private let selects: Bool
  private var current = 0
  /// The file in hand begins as a log does.
  private var beginsLikeRecords = false
  var sink: S

  init(plan: FieldPlan, options: ScanOptions, shared: ScanState, sink: S) throws(ScanError) {
    guard
      let content = ContentReader(
        limits: options.limits, hashesFile: options.hashesFiles, hashesContent: options.hashesContent,
        isCancelled: { [shared] in shared.isStopped }, onSilence: options.onSilence)
    else {
      throw .outOfMemory
    }
    do throws(PlanError) {
      reader = try EventReader(
        plan: plan, nestingMax: options.limits.nestingMax, recordBytesMax: options.limits.recordBytesMax,
        only: options.provider, identity: options.identity)
    } catch {
      throw .plan(error)
    }
    self.content = .allocate(capacity: 1)
    self.content.initialize(to: content)
    self.options = options
    self.shared = shared
    self.sink = sink
    batch = EventReader.makeBatch(plan)
    blocks = Blocks(contentBytes: options.blockBytes, recordBytesMax: options.limits.recordBytesMax)
    rows = Array(0..<UInt16(EventBatch.rowsMax))
    selects = !options.range.isAll || options.duplicates != nil
  }

  deinit {
    content.deinitialize(count: 1)
    content.deallocate()
  }

  /// Reads files until there are none left.
  mutating func run() {
    while let file = shared.takeFile() {
      current = file
      sink.begin(file: file)
      let entry = read(shared.files[file])
      shared.entries[file] = entry
      sink.end(file: file, entry)
      shared.progress.finishedFile(bytes: entry.content.bytesIn)
    }
  }

  private mutating func read(_ file: FoundFile) -> FileEntry {
    var entry = FileEntry()
    guard content.pointee.open(file) == 0 else {
      entry.status = .unreadable
      entry.content = content.pointee.report
      return entry
    }
    reader.begin()
    blocks.begin()
    beginsLikeRecords = false
    let readAhead = options.jobs > 1 && content.pointee.size >= options.readAheadBytesMin && shared.claimReadAhead()
    if readAhead {
      let ahead = ReadAhead(content, chunkBytes: options.blockBytes)
      readBlocks(&entry) { room in
        let count = ahead.read(into: room)
        return (count, count < room.count)
      }
      ahead.stop()
      shared.releaseReadAhead()
    } else {
      readBlocks(&entry) { [content] room in
        let count = content.pointee.read(into: room)
        return (count, content.pointee.isAtEnd)
      }
    }
    let gaveUp = content.pointee.report.trouble == .noRecord
    content.pointee.close(readsRest: !shared.isStopped && !gaveUp)
    entry.content = content.pointee.report
    entry.status = status(of: entry, isStopped: shared.isStopped)
    return entry
  }

  private mutating func readBlocks(_ entry: inout FileEntry, _ fill: Blocks.Fill) {
    var isLast = blocks.next(consumed: 0, fill: fill)
    entry.look = .empty
    while true {
      // White space in front is read like anything else, however much there is: what follows it is judged.
      if entry.look == .empty {
        isLast = judge(&entry, isLast, fill)
        if case .other(let kind) = entry.look {
          guard kind.mayHoldRecords else { return pass(&entry, isLast, fill, blanks: blanksInFront) }
          reader.beginInText()
        }
        if entry.look == .json { isLast = judgeBeginning(isLast, fill) }
      }
      reader.feed(blocks.start, blocks.count, last: isLast)
      guard takeBatches(&entry.tally) else { return }
      if reader.isInFront, isLast || reader.passed >= EventReader.frontBytes {
        return passFront(&entry, isLast, fill)
      }
      if !reader.isInFront, case .other = entry.look { entry.look = .json }
      if isLast {
        entry.tally.isUnclosed = !reader.isAtRest
        return
      }
      isLast = blocks.next(consumed: reader.consumed, fill: fill)
      if shared.isStopped || givesUp(entry) { return }
    }
  }

  /// Looks at the block's beginning; reads on for that where the block is small.
  private mutating func judge(_ entry: inout FileEntry, _ isLast: Bool, _ fill: Blocks.Fill) -> Bool {
    var atEnd = isLast
    let isStart = reader.passed == 0
    while true {
      let bytes = UnsafeRawBufferPointer(start: blocks.start, count: blocks.count)
      entry.look = Sniff.look(bytes, isStart: isStart)
      // White space alone is judged by what follows it.
      let seen = entry.look == .empty ? blocks.count : blocks.count - blanksInFront
      if entry.look == .json || atEnd || seen >= Sniff.bytesWanted { return atEnd }
      atEnd = blocks.next(consumed: 0, fill: fill)
    }
  }

  /// The white space that the block begins with.
  private var blanksInFront: Int {
    Sniff.blanksInFront(UnsafeRawBufferPointer(start: blocks.start, count: blocks.count), isStart: reader.passed == 0)
  }

  /// Finds out whether the file begins as a log does; reads on for that where the block is small.
  private mutating func judgeBeginning(_ isLast: Bool, _ fill: Blocks.Fill) -> Bool {
    var atEnd = isLast
    while true {
      let judged = Sniff.beginsLikeRecords(UnsafeRawBufferPointer(start: blocks.start, count: blocks.count))
      beginsLikeRecords = judged ?? false
      if judged != nil || atEnd || blocks.count >= 2 * Sniff.bytesWanted { return atEnd }
      atEnd = blocks.next(consumed: 0, fill: fill)
    }
  }

  /// Gives up what may have no end and has given nothing so far.
  private func givesUp(_ entry: FileEntry) -> Bool {
    guard entry.tally.records == 0, content.pointee.size < 0 else { return false }
    guard entry.tally.fruitlessBytes > options.limits.unfruitfulBytesMax else { return false }
    content.pointee.giveUp()
    return true
  }

  /// No event was found behind the text that the content begins with: it is no log.
  private mutating func passFront(_ entry: inout FileEntry, _ isLast: Bool, _ fill: Blocks.Fill) {
    entry.tally = ReadTally()
    entry.tally.skippedBytes = reader.passed
    entry.tally.fruitlessBytes = reader.passed
    if isLast || shared.isStopped { return }
    let atEnd = blocks.next(consumed: reader.consumed, fill: fill)
    pass(&entry, atEnd, fill)
  }

  /// Reads over content that is no log: its bytes are counted all the same.
  private mutating func pass(_ entry: inout FileEntry, _ isLast: Bool, _ fill: Blocks.Fill, blanks: Int = 0) {
    var atEnd = isLast
    var framing = blanks
    while true {
      entry.tally.framingBytes += UInt64(framing)
      entry.tally.skippedBytes += UInt64(blocks.count - framing)
      entry.tally.fruitlessBytes += UInt64(blocks.count)
      if atEnd || shared.isStopped || givesUp(entry) { return }
      framing = 0
      atEnd = blocks.next(consumed: blocks.count, fill: fill)
    }
  }

  /// Hands over the events of the block in hand. False when nothing more is wanted.
  private mutating func takeBatches(_ tally: inout ReadTally) -> Bool {
    var hasMore = true
    while hasMore {
      do throws(PlanError) {
        hasMore = try reader.next(&batch, &tally)
      } catch {
        shared.fail(.outOfMemory)
        return false
      }
      guard batch.count > 0 else { continue }
      shared.progress.read(events: batch.count)
      guard hand() else {
        shared.stop()
        return false
      }
    }
    return !shared.isStopped
  }

  private mutating func hand() -> Bool {
    let file = current
    guard selects else {
      return rows.withUnsafeBufferPointer { all in
        sink.take(batch, rows: UnsafeBufferPointer(rebasing: all[..<batch.count]), file: file)
      }
    }
    return withUnsafeTemporaryAllocation(of: UInt16.self, capacity: EventBatch.rowsMax) { wanted in
      var count = 0
      for row in 0..<batch.count where isWanted(row) {
        wanted[count] = UInt16(row)
        count += 1
      }
      return count == 0 || sink.take(batch, rows: UnsafeBufferPointer(rebasing: wanted[..<count]), file: file)
    }
  }

  private func isWanted(_ row: Int) -> Bool {
    if let duplicates = options.duplicates, duplicates.isDropped(file: current, record: batch.numbers[row]) {
      return false
    }
    return options.range.isAll || options.range.contains(batch.times[row])
  }

  private func status(of entry: FileEntry, isStopped: Bool) -> ReadStatus {
    if entry.content.trouble == .readError { return .unreadable }
    if case .other = entry.look, entry.content.trouble == .noRecord { return .skipped }
    if entry.content.trouble != .none { return .damaged }
    if isStopped { return .unread }
    switch entry.look {
    case .empty: return .empty
    case .other: return .skipped
    case .json: break
    }
    // One record that breaks off is a log cut short; nothing but bad records is a log too if it begins as one, else
    // text that has a bracket in front.
    if entry.tally.skips[Int(SkipReason.cutShort.rawValue)] > 0 { return .damaged }
    if entry.tally.records == 0 && entry.tally.lossCount > 0 { return beginsLikeRecords ? .damaged : .skipped }
    if entry.tally.isUnclosed || entry.tally.lostBytes > entry.content.bytesOut / 2 { return .damaged }
    return entry.content.badChecksums > 0 ? .unverified : .ok
  }
}
