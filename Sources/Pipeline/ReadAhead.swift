import Archive
import Glibc
import Synchronization

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
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var thread: WorkerThread?
  private var offset = 0

  init(_ content: UnsafeMutablePointer<ContentReader>, chunkBytes: Int) {
    self.content = content
    self.chunkBytes = chunkBytes
    storage = .allocate(capacity: chunkBytes * ReadAhead.chunksMax)
    lock = .allocate(capacity: 1)
    changed = .allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
    pthread_cond_init(changed, nil)
    thread = WorkerThread { [unowned self] in self.fillAll() }
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(lock)
    lock.deallocate()
    changed.deallocate()
    storage.deallocate()
  }

  private func fillAll() {
    for chunk in 0... {
      pthread_mutex_lock(lock)
      while ring.filled - ring.emptied == ReadAhead.chunksMax && !ring.isStopped { pthread_cond_wait(changed, lock) }
      let stopped = ring.isStopped
      pthread_mutex_unlock(lock)
      if stopped { return }
      let place = chunk % ReadAhead.chunksMax
      let room = UnsafeMutableRawBufferPointer(start: storage + place * chunkBytes, count: chunkBytes)
      let count = content.pointee.read(into: room)
      pthread_mutex_lock(lock)
      counts[place] = count
      ring.filled += 1
      ring.isEnded = count < chunkBytes
      let ended = ring.isEnded
      pthread_cond_signal(changed)
      pthread_mutex_unlock(lock)
      if ended { return }
    }
  }

  /// Copies the next content. Less than the room means the end.
  func read(into room: UnsafeMutableRawBufferPointer) -> Int {
    var made = 0
    while made < room.count {
      pthread_mutex_lock(lock)
      while ring.filled == ring.emptied && !ring.isEnded { pthread_cond_wait(changed, lock) }
      let isEmpty = ring.filled == ring.emptied
      let place = ring.emptied % ReadAhead.chunksMax
      let count = counts[place]
      pthread_mutex_unlock(lock)
      if isEmpty { return made }
      let part = min(count - offset, room.count - made)
      let from = UnsafeRawBufferPointer(start: storage + place * chunkBytes + offset, count: part)
      UnsafeMutableRawBufferPointer(rebasing: room[made..<made + part]).copyMemory(from: from)
      made += part
      offset += part
      guard offset == count else { continue }
      offset = 0
      pthread_mutex_lock(lock)
      ring.emptied += 1
      pthread_cond_signal(changed)
      pthread_mutex_unlock(lock)
    }
    return made
  }

  /// Ends the thread; afterwards the content belongs to the caller again.
  func stop() {
    pthread_mutex_lock(lock)
    ring.isStopped = true
    pthread_cond_signal(changed)
    pthread_mutex_unlock(lock)
    thread?.join()
    thread = nil
  }
}
