import CInflate

/// The decompressed content of one file after another.
///
/// Gzip members and zstd frames follow each other as one content. Zero bytes between or behind members are padding;
/// anything else behind the last member is kept apart and counted. What cannot be decoded ends the content at its
/// last good byte: the complete records before the damage are worth having.
public struct ContentReader: ~Copyable {
  // Often enough that a bomb is stopped soon behind the limit, seldom enough that it costs nothing.
  private static let expansionCheckBytes: UInt64 = 256 << 10

  // A whole gzip header: an extra field has up to 64 KiB, a name and a comment some hundred bytes.
  private static let memberStartBytes = 72 << 10

  private var input: InputFile
  private var gzip: Decoder?
  private var zstd: Decoder?
  private var contentDigest: Digest
  private let hashesContent: Bool
  private let limits: Limits
  private let usesZlib: Bool
  private var isInMember = false
  private var isDone = true
  public private(set) var report = ContentReport()

  /// - Parameters:
  ///   - hashesFile: hash the file as it is on disk, at about a tenth of the price of reading it.
  ///   - hashesContent: also hash what comes out, at half the price of reading it.
  ///   - usesZlib: for tests that compare the two decoders.
  ///   - isCancelled: asked while a pipe is silent.
  ///   - onSilence: told of a pipe from which nothing has come for some seconds.
  public init?(
    limits: Limits, hashesFile: Bool = true, hashesContent: Bool = false, usesZlib: Bool = false,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    onSilence: @escaping @Sendable (FileName) -> Void = { _ in }
  ) {
    guard let input = InputFile(hashes: hashesFile, isCancelled: isCancelled, onSilence: onSilence),
      let contentDigest = Digest()
    else {
      return nil
    }
    self.input = input
    self.contentDigest = contentDigest
    self.hashesContent = hashesContent
    self.limits = limits
    self.usesZlib = usesZlib
    gzip = nil
    zstd = nil
  }

  /// Opens a file and tells its compression. Returns an error number, 0 when it worked.
  public mutating func open(_ file: FoundFile) -> Int32 {
    report = ContentReport()
    isInMember = false
    isDone = false
    if hashesContent { contentDigest.begin() }
    let failure = input.open(file)
    guard failure == 0 else {
      isDone = true
      report.errorNumber = failure
      return failure
    }
    input.fill(atLeast: 4)
    report.compression = Sniff.compression(input.pending, isWhole: true)
    prepareDecoder()
    return 0
  }

  /// Bytes on disk, -1 for what is no regular file.
  public var size: Int64 { input.size }

  /// How much of the file has been used, for progress.
  public var position: UInt64 { input.offset }

  private mutating func prepareDecoder() {
    switch report.compression {
    case .plain: break
    case .gzip where gzip == nil:
      gzip = Decoder(usesZlib ? .gzipZlib : .gzipISAL, windowLogMax: limits.zstdWindowLogMax)
    case .zstd where zstd == nil: zstd = Decoder(.zstd, windowLogMax: limits.zstdWindowLogMax)
    default: break
    }
  }

  /// Nothing follows what was read.
  public var isAtEnd: Bool { isDone }

  /// Fills the output as far as possible; less at the end of the content, or while a pipe has nothing more to give.
  public mutating func read(into output: UnsafeMutableRawBufferPointer) -> Int {
    var made = 0
    while made < output.count, !isDone {
      let room = UnsafeMutableRawBufferPointer(rebasing: output[made..<made + step(output.count - made)])
      var count = report.compression == .plain ? copy(into: room) : decode(into: room)
      report.bytesOut += UInt64(count)
      count -= checkExpansion()
      if hashesContent { contentDigest.update(UnsafeRawBufferPointer(rebasing: room[..<count])) }
      made += count
      if made > 0 && input.isDry { break }
    }
    return made
  }

  /// How much of the room to use at once: the limits on expansion are looked at in the same places however content
  /// is asked for.
  private func step(_ room: Int) -> Int {
    let check = ContentReader.expansionCheckBytes
    let untilCheck = report.compression == .plain ? .max : check - report.bytesOut % check
    // One byte more shows that there is more than allowed.
    let allowed = limits.expandedBytesMax - min(report.bytesOut, limits.expandedBytesMax)
    let untilLimit = allowed < .max ? allowed + 1 : allowed
    return Int(clamping: min(UInt64(room), untilCheck, untilLimit))
  }

  private mutating func copy(into output: UnsafeMutableRawBufferPointer) -> Int {
    guard input.refill() || input.pending.count > 0 else {
      if input.errorNumber != 0 { stop(.readError) }
      isDone = true
      return 0
    }
    let count = min(output.count, input.pending.count)
    output.copyMemory(from: UnsafeRawBufferPointer(rebasing: input.pending[..<count]))
    input.use(count)
    return count
  }

  private mutating func decode(into output: UnsafeMutableRawBufferPointer) -> Int {
    if !isInMember && !beginMember() { return 0 }
    // ISA-L may hold output back although all input is used: it is asked once more before the end is believed.
    let hasInput = input.refill() || input.pending.count > 0
    let (step, used, made) = stepDecoder(output)
    input.use(used)
    switch step {
    case .going:
      if !hasInput && made == 0 { stop(input.errorNumber != 0 ? .readError : .truncated) }
      if hasInput && used == 0 && made == 0 && output.count > 0 { stop(.corrupt) }
    case .memberEnd: isInMember = false
    case .badChecksum:
      isInMember = false
      report.badChecksums += 1
    case .damaged: stop(.corrupt)
    case .windowTooLarge: stop(.windowTooLarge)
    }
    return made
  }

  private mutating func stepDecoder(_ output: UnsafeMutableRawBufferPointer) -> (Decoder.Step, Int, Int) {
    if report.compression == .gzip {
      return gzip?.step(input.pending, output) ?? (.damaged, 0, 0)
    }
    return zstd?.step(input.pending, output) ?? (.damaged, 0, 0)
  }

  /// Looks at what follows: another member, padding, or something that does not belong here.
  private mutating func beginMember() -> Bool {
    while input.refill() || input.pending.count > 0 {
      // Which member follows, and whether one does, must not depend on how the file came in pieces. ISA-L misreads
      // some headers that it gets in pieces.
      input.fill(atLeast: ContentReader.memberStartBytes)
      let pending = input.pending
      if report.members > 0, let first = pending.first, first == 0 {
        input.use(pending.firstIndex { $0 != 0 } ?? pending.count)
        continue
      }
      guard report.members == 0 || Sniff.compression(pending) == report.compression else {
        report.trailingBytes += UInt64(pending.count)
        input.use(pending.count)
        while input.refill() {
          report.trailingBytes += UInt64(input.pending.count)
          input.use(input.pending.count)
        }
        break
      }
      if report.compression == .gzip { gzip?.reset() } else { zstd?.reset() }
      report.members += 1
      isInMember = true
      return true
    }
    if input.errorNumber != 0 { stop(.readError) }
    isDone = true
    return false
  }

  private mutating func stop(_ trouble: ContentTrouble) {
    report.trouble = trouble
    report.troubleOffset = input.offset
    isDone = true
  }

  /// Stops at the limits on expansion. Returns how many of the bytes just made are one too many.
  private mutating func checkExpansion() -> Int {
    if report.bytesOut > limits.expandedBytesMax {
      let surplus = report.bytesOut - limits.expandedBytesMax
      report.bytesOut = limits.expandedBytesMax
      stop(.expansionTotal)
      return Int(surplus)
    }
    guard !isDone, report.compression != .plain, report.bytesOut % ContentReader.expansionCheckBytes == 0 else {
      return 0
    }
    if report.bytesOut > limits.expansionFreeBytes, report.bytesOut / max(input.offset, 1) > limits.expansionRatioMax {
      stop(.expansionRatio)
    }
    return 0
  }

  /// Gives up a stream in which nothing was found, since it may have no end.
  public mutating func giveUp() { stop(.noRecord) }

  /// Ends the work on the file and completes the report. Everything is read for the hash, also behind damage.
  public mutating func close(readsRest: Bool = true) {
    input.use(input.pending.count)
    while readsRest && input.refill() { input.use(input.pending.count) }
    if input.errorNumber != 0 {
      report.trouble = .readError
      report.errorNumber = input.errorNumber
    }
    report.bytesIn = input.bytesRead
    let changes = input.changes()
    report.deletedWhileRead = changes.deleted
    report.changedWhileRead = changes.changed
    if changes.shrank && report.trouble == .none {
      report.trouble = .shrank
      report.troubleOffset = report.bytesIn
    }
    // A hash of a part is no hash of the file.
    let digest = input.finish()
    if readsRest && input.errorNumber == 0 { report.sha256 = digest }
    if hashesContent { report.contentSHA256 = contentDigest.end() }
    input.close()
    isDone = true
  }
}
