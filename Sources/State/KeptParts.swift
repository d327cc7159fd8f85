import Archive
import Correlation
import Events
import Glibc

/// What earlier sweeps found, as it is kept.
public struct KeptPart: Sendable {
  public var id: Int64
  public var part: Part
  /// By place of the part's files.
  public var fileIDs: [Int64]
  /// The high-water mark when the part was last cut to the horizons.
  public var cutAt: Int64

  public init(id: Int64, part: Part, fileIDs: [Int64], cutAt: Int64) {
    self.id = id
    self.part = part
    self.fileIDs = fileIDs
    self.cutAt = cutAt
  }
}

extension State {
  /// All parts, the oldest first.
  ///
  /// - Parameters:
  ///   - files: as `files()` gives them.
  ///   - memory: beyond this, the bytes are put into a temporary file.
  public func parts(
    _ files: [KnownFile], memory: Int, temporaryDirectory: String
  ) throws(StateError) -> [KeptPart] {
    let places = FilePlaces(files)
    let room = try SegmentRoom(
      total: Int(try database.number("SELECT coalesce(sum(bytes), 0) FROM part") ?? 0), memory: memory,
      temporaryDirectory: temporaryDirectory)
    var kept: [KeptPart] = []
    let rows = try database.prepare(
      "SELECT id, files, sizes, high_water, first_time, last_time, cut_at, sha256 FROM part ORDER BY id")
    while try rows.step() {
      let ids = numbers(rows.bytes(1))
      var part = Part(files: [], issues: [], segments: [], highWater: rows.number(3), times: EventTimes())
      part.times.first = rows.number(4)
      part.times.last = rows.number(5)
      for id in ids {
        guard let place = places.of(id) else { throw damaged("a part names a file that is not there") }
        var file = PartFile(path: files[place].path, entry: FileEntry(), isLoss: false)
        file.generation = files[place].generation
        part.files.append(file)
      }
      let id = rows.number(0)
      part.segments = try segments(
        id, sizes: numbers(rows.bytes(2)), room, sha256: SHA256Value(bytes: rows.bytes(7)))
      kept.append(KeptPart(id: id, part: part, fileIDs: ids, cutAt: rows.number(6)))
    }
    return kept
  }

  /// - Parameter sha256: of all bytes; an older version kept none.
  private func segments(
    _ part: Int64, sizes: [Int64], _ room: SegmentRoom, sha256: SHA256Value?
  ) throws(StateError) -> [Segment] {
    guard var digest = Digest() else { throw StateError(.failed, "out of memory") }
    var segments: [Segment] = []
    var rest = sizes[...]
    var bytes: [UInt8] = []
    let pieces = try database.prepare("SELECT bytes FROM piece WHERE part = ? ORDER BY number")
    try pieces.bind([.number(part)])
    defer { pieces.reset() }
    while try pieces.step() {
      let piece = pieces.bytes(0)
      piece.withUnsafeBytes { digest.update($0) }
      bytes += piece
      while let size = rest.first, bytes.count >= Int(size) {
        rest = rest.dropFirst()
        let own = Array(bytes.prefix(Int(size)))
        bytes.removeFirst(Int(size))
        do throws(SegmentError) {
          segments.append(try Segment(try room.store(own)))
        } catch {
          throw damaged(error.message)
        }
      }
    }
    guard rest.isEmpty, bytes.isEmpty else { throw damaged("a part is longer or shorter than it should be") }
    guard sha256 == nil || digest.end() == sha256 else { throw damaged("a part is not what was written") }
    return segments
  }

  /// Keeps a part.
  ///
  /// - Parameter fileIDs: by place of the part's files.
  public func keep(_ part: Part, fileIDs: [Int64], cutAt: Int64) throws(StateError) {
    var sizes: [UInt8] = []
    for size in part.segmentSizes { withUnsafeBytes(of: Int64(size).littleEndian) { sizes.append(contentsOf: $0) } }
    var ids: [UInt8] = []
    for id in fileIDs { withUnsafeBytes(of: id.littleEndian) { ids.append(contentsOf: $0) } }
    try database.run(
      """
      INSERT INTO part (files, sizes, bytes, high_water, first_time, last_time, cut_at) VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      .bytes(ids), .bytes(sizes), .number(Int64(part.byteCount)), .number(part.highWater), .number(part.times.first),
      .number(part.times.last), .number(cutAt))
    let id = database.lastRow
    var number: Int64 = 0
    guard var digest = Digest() else { throw StateError(.failed, "out of memory") }
    do throws(PartWriteError<StateError>) {
      try part.writeSegments { (piece) throws(StateError) in
        piece.withUnsafeBytes { digest.update($0) }
        try database.run("INSERT INTO piece VALUES (?, ?, ?)", .number(id), .number(number), .bytes(piece))
        number += 1
      }
    } catch {
      switch error {
      case .segment(let error): throw StateError(.failed, "temporary results: \(error.message)")
      case .taker(let error): throw error
      }
    }
    try database.run("UPDATE part SET sha256 = ? WHERE id = ?", .bytes(digest.end().bytes), .number(id))
  }

  public func drop(part id: Int64) throws(StateError) {
    try database.run("DELETE FROM piece WHERE part = ?", .number(id))
    try database.run("DELETE FROM part WHERE id = ?", .number(id))
  }

  private func numbers(_ bytes: [UInt8]) -> [Int64] {
    stride(from: 0, to: bytes.count - 7, by: 8).map { start in
      var number: UInt64 = 0
      for place in 0..<8 { number |= UInt64(bytes[start + place]) << UInt64(place * 8) }
      return Int64(bitPattern: number)
    }
  }

  /// The latest time that events of earlier runs made pass; `Timestamp.missing` without any.
  public func highWater() throws(StateError) -> Int64 {
    let statement = try database.prepare("SELECT max(high_water) FROM part")
    defer { statement.reset() }
    guard try statement.step(), !statement.isNull(0) else { return Timestamp.missing }
    return statement.number(0)
  }

  /// Before when hits have been thinned: events before this are too late, whatever a run is told.
  public func settled() throws(StateError) -> Int64 {
    let statement = try database.prepare("SELECT value FROM setting WHERE name = 'settled'")
    defer { statement.reset() }
    return try statement.step() ? statement.number(0) : .min
  }

  public func set(settled: Int64) throws(StateError) {
    try database.run(
      "INSERT OR REPLACE INTO setting VALUES ('settled', ?)", .number(max(settled, try self.settled())))
  }

  // MARK: Detections

  /// What the hits of the parts are numbered by.
  public func detections() throws(StateError) -> [SHA256Value] {
    var identities: [SHA256Value] = []
    let rows = try database.prepare("SELECT identity FROM detection ORDER BY place")
    defer { rows.reset() }
    while try rows.step() {
      guard let identity = SHA256Value(bytes: rows.bytes(0)) else { throw damaged("a detection has no identity") }
      identities.append(identity)
    }
    return identities
  }

  /// - Parameter heldSince: by detection: hits before this are no longer kept.
  public func set(detections: [SHA256Value], labels: [String], heldSince: [Int64]) throws(StateError) {
    try database.run("DELETE FROM detection")
    for (place, identity) in detections.enumerated() {
      try database.run(
        "INSERT INTO detection VALUES (?, ?, ?, ?)", .number(Int64(place)), .bytes(identity.bytes),
        .text(labels[place]), .number(heldSince[place]))
    }
  }

  /// By detection: before when its hits are gone, whatever this run is told to keep: earlier runs were told otherwise, or
  /// did not know its rule.
  public func heldSince(
    _ detections: [SHA256Value], known: [KnownAlert], highWater: Int64
  ) throws(StateError) -> [Int64] {
    var held: [SHA256Value.Key: Int64] = [:]
    let rows = try database.prepare("SELECT identity, held_since FROM detection")
    defer { rows.reset() }
    while try rows.step() {
      guard let identity = SHA256Value(bytes: rows.bytes(0)) else {
        throw damaged("a detection has no identity")
      }
      held[identity.key] = rows.isNull(1) ? .min : rows.number(1)
    }
    // Of a rule that was away its alerts are known, and none of its hits.
    let withAlerts = Set(known.map(\.detection.key))
    return detections.map { held[$0.key] ?? (withAlerts.contains($0.key) ? highWater : .min) }
  }
}

/// The places of files by their ids, which ascend: mostly without a gap.
private struct FilePlaces {
  private let files: [KnownFile]

  init(_ files: [KnownFile]) { self.files = files }

  func of(_ id: Int64) -> Int? {
    guard id > 0 else { return nil }
    // Ids begin with 1: without gaps this is the place, else it lies before.
    var (low, high) = (0, min(Int(clamping: id), files.count))
    if high > 0, files[high - 1].id == id { return high - 1 }
    while low < high {
      let middle = (low + high) / 2
      if files[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < files.count && files[low].id == id ? low : nil
  }
}

/// Where the bytes of kept segments are while a run works with them.
private final class SegmentRoom {
  private let file: SegmentFile?
  private var size = 0

  init(total: Int, memory: Int, temporaryDirectory: String) throws(StateError) {
    guard total > memory else {
      file = nil
      return
    }
    // The pattern is what mkstemp asks for; it makes the file with mode 0600.
    var name = Array("\(temporaryDirectory)/harrier-\(String(repeating: "X", count: 6))".utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw StateError(system: errno, "temporary files in \(temporaryDirectory)") }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(name)
    file = SegmentFile(descriptor: descriptor)
  }

  func store(_ bytes: [UInt8]) throws(SegmentError) -> SegmentStore {
    guard let file else { return .memory(bytes) }
    var done = 0
    while done < bytes.count {
      let more = bytes.withUnsafeBytes { room in
        // SAFETY: the range lies within the bytes.
        room.baseAddress.map { pwrite(file.descriptor, $0 + done, bytes.count - done, off_t(size + done)) } ?? 0
      }
      if more < 0, errno == EINTR { continue }
      guard more > 0 else { throw SegmentError(message: "the temporary file cannot be written") }
      done += more
    }
    defer { size += bytes.count }
    return .file(file, offset: size, count: bytes.count)
  }
}
