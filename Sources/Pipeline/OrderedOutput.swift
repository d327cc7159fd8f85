import Reports

/// Brings what many workers write into the order of the files, at once and in bounded memory.
///
/// The output of the first unfinished file goes straight out; that of later files waits its turn. When too much waits,
/// the workers ahead wait too; the worker of the first file never does, so there is always progress.
public final class OrderedOutput: @unchecked Sendable {
  // @unchecked: all state is read and written under the monitor.

  // Enough to keep workers busy over files of unequal size, small beside the rest of the process.
  static let waitingBytesMax = 16 << 20

  public struct Chunk: Sendable {
    public var bytes: [UInt8]
    /// Where each row ends, so that a limit can cut between rows.
    public var rowEnds: [Int]

    public init() {
      bytes = []
      rowEnds = []
    }
  }

  private let output: Output
  private let monitor = Monitor()
  private let limit: UInt64
  private var rowsWritten: UInt64 = 0
  private var head = 0
  private var waiting: [Int: [Chunk]] = [:]
  private var waitingBytes = 0
  private var finished: Set<Int> = []

  public init(_ output: Output, limit: UInt64?) {
    self.output = output
    self.limit = limit ?? .max
  }

  /// How many rows went out.
  public var rows: UInt64 { monitor.locked { rowsWritten } }

  /// Takes rows of a file. False when no more are wanted.
  public func write(_ chunk: Chunk, file: Int) -> Bool {
    monitor.locked {
      while file != head && waitingBytes > OrderedOutput.waitingBytesMax && !isDone { monitor.wait() }
      if isDone { return false }
      if file == head {
        send(chunk)
      } else {
        waiting[file, default: []].append(chunk)
        waitingBytes += chunk.bytes.count
      }
      return !isDone
    }
  }

  /// The file's rows are complete.
  public func finish(file: Int) {
    monitor.locked {
      finished.insert(file)
      while finished.remove(head) != nil {
        head += 1
        for chunk in waiting.removeValue(forKey: head) ?? [] {
          waitingBytes -= chunk.bytes.count
          send(chunk)
        }
      }
      monitor.wakeAll()
    }
  }

  private var isDone: Bool { rowsWritten >= limit || output.isClosed }

  private func send(_ chunk: Chunk) {
    let rows = min(UInt64(chunk.rowEnds.count), limit - rowsWritten)
    guard rows > 0 else { return }
    let end = chunk.rowEnds[Int(rows) - 1]
    chunk.bytes.withUnsafeBytes { output.write(UnsafeRawBufferPointer(rebasing: $0[..<end])) }
    rowsWritten += rows
    if isDone { monitor.wakeAll() }
  }
}
