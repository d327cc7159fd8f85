import Synchronization

/// Where the records of alerts stand: in memory as long as all of them take no more than their share, then in a file
/// without a name. Alerts may be millions; what is looked at of all of them is in their rows (`Episodes`).
final class EpisodeLog: Sendable {
  private struct Store {
    var blocks: [[UInt8]] = []
    var memoryBytes = 0
    var file: SegmentFile?
    var fileBytes = 0
  }

  // What a place says besides where in its block or in the file the record begins.
  private static let inFile: UInt64 = 1 << 63
  private static let blockBits: UInt64 = 32

  private let store = Mutex(Store())
  private let memory: AlertMemory
  private let lost = Atomic<Bool>(false)

  init(_ memory: AlertMemory) { self.memory = memory }

  /// Whether there is an alert that cannot be read any more.
  var hasLost: Bool { lost.load(ordering: .relaxed) }

  /// - Parameter rowBytes: what stays in memory of the alerts, whatever becomes of the block.
  /// - Returns: the place of the block's first record; those of the others follow it byte by byte.
  func append(_ block: [UInt8], rowBytes: Int) throws(SegmentError) -> UInt64 {
    let result = store.withLock { store -> Result<UInt64, SegmentError> in
      do throws(SegmentError) {
        store.memoryBytes += rowBytes
        guard let temporaryFile = memory.temporaryFile, store.memoryBytes + block.count > memory.bytesMax else {
          store.memoryBytes += block.count
          store.blocks.append(block.trimmed)
          return .success(UInt64(store.blocks.count - 1) << EpisodeLog.blockBits)
        }
        if store.file == nil { store.file = try temporaryFile() }
        guard let file = store.file else { throw SegmentError(message: "a temporary file is gone") }
        try file.write(block, at: store.fileBytes)
        defer { store.fileBytes += block.count }
        return .success(UInt64(store.fileBytes) | EpisodeLog.inFile)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// - Parameter count: how many bytes it takes.
  func record(at place: UInt64, count: Int) -> RecordReader? {
    guard place & EpisodeLog.inFile != 0 else {
      let offset = Int(place & (1 << EpisodeLog.blockBits - 1))
      return RecordReader(store.withLock { $0.blocks[Int(place >> EpisodeLog.blockBits)] }, at: offset)
    }
    guard let file = store.withLock({ $0.file }) else { return nil }
    let stored = SegmentStore.file(file, offset: Int(place & ~EpisodeLog.inFile), count: count)
    do throws(SegmentError) {
      return RecordReader(try Segment.read(stored, UInt8.self, at: 0, count: count), at: 0)
    } catch {
      lost.store(true, ordering: .relaxed)
      return nil
    }
  }
}

/// How much memory alerts may take, and where they are written beyond it.
public struct AlertMemory: Sendable {
  let bytesMax: Int
  /// Opens a file; without it all stay in memory.
  let temporaryFile: (@Sendable () throws(SegmentError) -> SegmentFile)?

  /// For what is small, such as a rule's test.
  public static let unlimited = AlertMemory(bytesMax: .max, temporaryFile: nil)

  private init(bytesMax: Int, temporaryFile: (@Sendable () throws(SegmentError) -> SegmentFile)?) {
    self.bytesMax = bytesMax
    self.temporaryFile = temporaryFile
  }

  public init(bytesMax: Int, temporaryFile: @escaping @Sendable () throws(SegmentError) -> SegmentFile) {
    self.init(bytesMax: bytesMax, temporaryFile: .some(temporaryFile))
  }
}
