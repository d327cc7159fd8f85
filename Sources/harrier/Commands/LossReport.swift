import Archive
import Events
import Pipeline
import Reports

/// Says on stderr what a scan could not read: in a few lines, or file by file when asked to be verbose.
struct LossReport {
  // More lines than this push the results off the screen; `sources` and -v show all.
  private static let linesMax = 5

  private let ledger: Ledger
  private let console: Console
  private let range: TimeRange
  private let insists: Bool

  /// - Parameters:
  ///   - range: the events that were asked for.
  ///   - insists: whether losses are told also where warnings are switched off: nobody may look at the results.
  init(_ ledger: Ledger, _ console: Console, range: TimeRange = .all, insists: Bool = false) {
    self.range = range
    self.insists = insists
    self.ledger = ledger
    self.console = console
  }

  func tell() {
    guard !console.isQuiet || insists else { return }
    let lines = issueLines() + fileLines()
    let shown = console.isVerbose ? lines.count : min(lines.count, LossReport.linesMax)
    for line in lines.prefix(shown) { console.insist(line) }
    if lines.count > shown {
      console.insist("and \(lines.count - shown) more; -v shows all, 'harrier sources' tells of every file")
    }
    tellPruned()
    tellUntimed()
  }

  /// An event whose time is not there or cannot be read is in no range, and may be what somebody looks for.
  private func tellUntimed() {
    let untimed = ledger.entries.reduce(0) { $0 + $1.tally.untimed }
    guard !range.isAll, untimed > 0 else { return }
    let events = Amount.of(Int(clamping: untimed), "event")
    console.warn("\(events) without a readable time, in no range of --since and --until: left out")
  }

  /// Always told: whoever copied the archive may have put events under days that are not theirs.
  private func tellPruned() {
    let skipped = [(ledger.directoriesSkippedByDate, "folder"), (ledger.filesSkippedByDate, "file")]
      .filter { $0.0 > 0 }.map { Amount.of($0.0, $0.1) }
    guard !skipped.isEmpty else { return }
    console.note(
      "not read for their days: \(skipped.joined(separator: " and ")) whose paths tell days outside the range; "
        + "--ignore-path-dates reads them too")
  }

  private func issueLines() -> [String] {
    ledger.issues.filter { $0.isLoss || console.isVerbose }.map(\.description)
  }

  private func fileLines() -> [String] {
    zip(ledger.files, ledger.entries).compactMap { file, entry in
      let text = FileVerdict(entry).text
      // A log that somebody still writes to is no loss, but whoever reads the result should know.
      let isMoving = entry.content.changedWhileRead || entry.content.deletedWhileRead
      let isTold = entry.isLoss(named: file.origin.isNamed) || isMoving && !console.isQuiet || console.isVerbose
      guard !text.isEmpty, isTold else { return nil }
      return "\(file.name): \(text)"
    }
  }
}
