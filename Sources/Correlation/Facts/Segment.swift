import Events
import Glibc
import Matching

/// Where the bytes of a segment are: in memory, or in a file that is read piece by piece.
public enum SegmentStore: Sendable {
  case memory([UInt8])
  /// A descriptor that stays open as long as the store's owner lives, and where in the file the segment begins.
  case file(SegmentFile, offset: Int, count: Int)

  public var count: Int {
    switch self {
    case .memory(let bytes): bytes.count
    case .file(_, _, let count): count
    }
  }
}

/// A descriptor with an owner.
public final class SegmentFile: Sendable {
  public let descriptor: Int32
  public init(descriptor: Int32) { self.descriptor = descriptor }
  deinit { close(descriptor) }

  func write(_ bytes: [UInt8], at offset: Int) throws(SegmentError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { room in
        // SAFETY: what is left of the array, which stays where it is for the call.
        pwrite(
          descriptor, UnsafeRawBufferPointer(rebasing: room[done...]).baseAddress, room.count - done,
          off_t(offset + done))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        let cause = strerror(count < 0 ? errno : ENOSPC).map { ": \(String(cString: $0))" } ?? ""
        throw SegmentError(message: "alerts cannot be written to a temporary file\(cause)")
      }
      done += count
    }
  }
}

public struct SegmentError: Error, Sendable {
  public let message: String
  /// Nothing is wrong: somebody wanted it to end.
  public let isInterruption: Bool

  public init(message: String) {
    self.message = message
    isInterruption = false
  }

  private init() {
    message = "interrupted"
    isInterruption = true
  }

  static let interrupted = SegmentError()
}

/// What one worker found in some files, sealed: sorted, encoded, and only read from then on.
///
/// It begins with a table of its nine sections, each an offset from the segment's beginning and a number of rows:
///
///     texts        starts of the texts (32 bits each), then their bytes
///     tuples       starts (32 bits each), then the words (32 bits each): numbers of texts, or of other tuples
///     counts       tuple of dimensions, how many events had it
///     skeletons    sorted by key, content, file, record
///     groups       detection, tuple, folded text, first fact, number of facts; sorted by detection and folded text
///     folded       the groups' texts without their case
///     facts        group by group, each sorted by time, key, file, record, member
///
/// All numbers are little-endian. `docs/PARTIAL.md` describes the file around it.
public struct Segment: Sendable {
  enum Section: Int, CaseIterable {
    case textStarts, textBytes, tupleStarts, tupleWords, counts, skeletons, groups, folded, facts

    var rowBytes: Int {
      switch self {
      case .textBytes, .folded: 1
      case .textStarts, .tupleStarts, .tupleWords: 4
      case .counts: MemoryLayout<CountRow>.stride
      case .skeletons: MemoryLayout<Skeleton>.stride
      case .groups: MemoryLayout<GroupRow>.stride
      case .facts: MemoryLayout<Fact>.stride
      }
    }
  }

  struct CountRow {
    var tuple: UInt32
    var unused: UInt32 = 0
    var count: Int64
  }

  struct GroupRow {
    var detection: UInt32
    var tuple: UInt32
    var foldedStart: UInt32
    var foldedCount: UInt32
    var firstFact: UInt64
    var factCount: UInt64
  }

  static let tableBytes = Section.allCases.count * 16

  public let store: SegmentStore
  private let offsets: [Int]
  private let counts: [Int]

  public init(_ store: SegmentStore) throws(SegmentError) {
    self.store = store
    guard store.count >= Segment.tableBytes else { throw SegmentError(message: "a segment is too short") }
    let table = try Segment.read(store, UInt64.self, at: 0, count: Section.allCases.count * 2)
    var offsets: [Int] = []
    var counts: [Int] = []
    for section in Section.allCases {
      let offset = table[section.rawValue * 2]
      let count = table[section.rawValue * 2 + 1]
      let (bytes, overflow) = count.multipliedReportingOverflow(by: UInt64(section.rowBytes))
      guard !overflow, offset <= UInt64(store.count), bytes <= UInt64(store.count) - offset else {
        throw SegmentError(message: "a segment's table points beyond its end")
      }
      offsets.append(Int(offset))
      counts.append(Int(count))
    }
    self.offsets = offsets
    self.counts = counts
  }

  func count(_ section: Section) -> Int { counts[section.rawValue] }
  func offset(_ section: Section) -> Int { offsets[section.rawValue] }

  /// Rows of a section; fewer at its end.
  func rows<T: BitwiseCopyable>(
    _ section: Section, _ type: T.Type, at first: Int, count: Int
  ) throws(SegmentError) -> [T] {
    let available = max(0, min(count, self.count(section) - first))
    guard first >= 0, available > 0 else { return [] }
    return try Segment.read(
      store, type, at: offsets[section.rawValue] + first * MemoryLayout<T>.stride, count: available)
  }

  static func read<T: BitwiseCopyable>(
    _ store: SegmentStore, _ type: T.Type, at offset: Int, count: Int
  ) throws(SegmentError) -> [T] {
    let wanted = count * MemoryLayout<T>.stride
    guard offset >= 0, offset + wanted <= store.count else {
      throw SegmentError(message: "a segment points beyond its end")
    }
    var failure: SegmentError?
    let values = [T](unsafeUninitializedCapacity: count) { buffer, initialized in
      do throws(SegmentError) {
        try read(store, into: UnsafeMutableRawBufferPointer(buffer), at: offset)
        initialized = count
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return values
  }

  /// Fills `room`; the store has so much behind the offset.
  static func read(
    _ store: SegmentStore, into room: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(SegmentError) {
    switch store {
    case .memory(let bytes):
      // SAFETY: the range was checked against the store; the rows are plain numbers, valid for any bytes.
      bytes.withUnsafeBytes {
        room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + room.count]))
      }
    case .file(let file, let start, _):
      var done = 0
      while done < room.count, let base = room.baseAddress {
        let more = pread(file.descriptor, base + done, room.count - done, off_t(start + offset + done))
        if more < 0 && errno == EINTR { continue }
        guard more > 0 else { throw SegmentError(message: "a segment cannot be read: it was cut or changed") }
        done += more
      }
    }
  }

  // MARK: Texts

  /// The numbers of a tuple; empty for number 0.
  func tuple(_ id: UInt32) throws(SegmentError) -> [UInt32] {
    let ends = try rows(.tupleStarts, UInt32.self, at: Int(id), count: 2)
    guard ends.count == 2, ends[0] <= ends[1] else { return [] }
    return try rows(.tupleWords, UInt32.self, at: Int(ends[0]), count: Int(ends[1] - ends[0]))
  }

  func text(_ id: UInt32) throws(SegmentError) -> [UInt8] {
    let ends = try rows(.textStarts, UInt32.self, at: Int(id), count: 2)
    guard ends.count == 2, ends[0] <= ends[1] else { return [] }
    return try rows(.textBytes, UInt8.self, at: Int(ends[0]), count: Int(ends[1] - ends[0]))
  }

  func texts(_ tuple: UInt32) throws(SegmentError) -> [[UInt8]] {
    var result: [[UInt8]] = []
    for id in try self.tuple(tuple) { result.append(try text(id)) }
    return result
  }
}
