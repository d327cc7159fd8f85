import Archive
import Glibc
import Pipeline
import Reports
import Synchronization
import Threads

/// The line of progress on stderr: from one second on, several times a second, gone at the end.
final class ProgressLine: @unchecked Sendable {
  // @unchecked: the thread only reads; the flag is atomic.
  private static let delayMicroseconds: UInt32 = 200_000
  private static let firstAfterMillis: Int64 = 1000

  private let progress: Progress
  private let files: [FoundFile]
  private let bytesTotal: Int64
  private let console: Console
  private let ended = Atomic<Bool>(false)
  private var thread: WorkerThread?
  private let start = ProgressLine.now()

  init(_ progress: Progress, files: [FoundFile], console: Console) {
    self.progress = progress
    self.files = files
    self.console = console
    bytesTotal = files.contains { $0.size < 0 } ? -1 : files.reduce(0) { $0 + $1.size }
    if console.showsProgress { thread = WorkerThread { [unowned self] in self.run() } }
  }

  func end() {
    ended.store(true, ordering: .relaxed)
    thread?.join()
    thread = nil
  }

  private func run() {
    var isShown = false
    while !ended.load(ordering: .relaxed) {
      usleep(ProgressLine.delayMicroseconds)
      let millis = ProgressLine.now() - start
      guard millis >= ProgressLine.firstAfterMillis, !ended.load(ordering: .relaxed) else { continue }
      isShown = true
      console.draw("\r\u{1B}[K" + Width.fit(line(millis), max(20, Console.messageWidth - 1), padded: false))
    }
    if isShown { console.draw("\r\u{1B}[K") }
  }

  private func line(_ millis: Int64) -> String {
    let events = Int64(progress.events.load(ordering: .relaxed))
    let bytes = Int64(progress.bytesDone.load(ordering: .relaxed))
    let done = progress.filesDone.load(ordering: .relaxed)
    let current = progress.current.load(ordering: .relaxed)
    var parts = [
      "\(done)/\(files.count) files", Amount.bytes(UInt64(bytes)), "\(Amount.count(UInt64(events))) events",
      "\(Amount.count(UInt64(events * 1000 / max(millis, 1))))/s",
    ]
    if bytesTotal > 0, bytes > 0, bytes < bytesTotal {
      parts.append("\(Amount.duration((bytesTotal - bytes) * millis / bytes / 1000)) left")
    }
    if current < files.count { parts.append(files[current].name.description) }
    return parts.joined(separator: "  ")
  }

  private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
