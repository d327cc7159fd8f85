import Archive
import Threads

/// Decompresses one large file on a thread of its own, so that one file keeps two cores busy.
///
/// The thread fills a fixed ring of chunks and waits when all are full; the reader waits when all are empty.
final class ReadAhead: @unchecked Sendable {
  // @unchecked: a chunk belongs to the thread that the counters assign it to; the counters are read and written
  // under the lock only.

  // Below this the thread costs more than it gains.
  static let fileBytesMin: Int64 = 8 << 20
  // Enough that neither side waits for the other's hiccups.
  private static let chunksMax = 4

  private struct Ring {
    var filled = 0
    var emptied = 0
    var isStopped = false
    var isEnded = false
  }

  private let content: UnsafeMutablePointer<ContentReader>
  private let chunkBytes: Int
  private let storage: UnsafeMutablePointer<UInt8>
  private var counts = [Int](repeating: 0, count: ReadAhead.chunksMax)
  private var ring = Ring()
  private let monitor = Monitor()
  private var thread: WorkerThread?
  private var offset = 0

  init(_ content: UnsafeMutablePointer<ContentReader>, chunkBytes: Int) {
    self.content = content
    self.chunkBytes = chunkBytes
    storage = .allocate(capacity: chunkBytes * ReadAhead.chunksMax)
    thread = WorkerThread(orNone: { [unowned self] in self.fillAll() })
  }

  deinit { storage.deallocate() }

  private func fillAll() {
    for chunk in 0... {
      let stopped = monitor.locked {
        while ring.filled - ring.emptied == ReadAhead.chunksMax && !ring.isStopped { monitor.wait() }
        return ring.isStopped
      }
      if stopped { return }
      let place = chunk % ReadAhead.chunksMax
      let room = UnsafeMutableRawBufferPointer(start: storage + place * chunkBytes, count: chunkBytes)
      let count = content.pointee.read(into: room)
      monitor.locked {
        counts[place] = count
        ring.filled += 1
        ring.isEnded = count < chunkBytes
        monitor.wakeAll()
      }
      if count < chunkBytes { return }
    }
  }

  /// Copies the next content. Less than the room means the end.
  func read(into room: UnsafeMutableRawBufferPointer) -> Int {
    // Without a thread nobody would ever fill the ring.
    guard thread != nil else { return content.pointee.read(into: room) }
    var made = 0
    while made < room.count {
      let (place, count) = monitor.locked {
        while ring.filled == ring.emptied && !ring.isEnded { monitor.wait() }
        let place = ring.emptied % ReadAhead.chunksMax
        return (place, ring.filled == ring.emptied ? -1 : counts[place])
      }
      if count < 0 { return made }
      let part = min(count - offset, room.count - made)
      let from = UnsafeRawBufferPointer(start: storage + place * chunkBytes + offset, count: part)
      UnsafeMutableRawBufferPointer(rebasing: room[made..<made + part]).copyMemory(from: from)
      made += part
      offset += part
      guard offset == count else { continue }
      offset = 0
      monitor.locked {
        ring.emptied += 1
        monitor.wakeAll()
      }
    }
    return made
  }

  /// Ends the thread; afterwards the content belongs to the caller again.
  func stop() {
    monitor.locked {
      ring.isStopped = true
      monitor.wakeAll()
    }
    thread?.join()
    thread = nil
  }
}
