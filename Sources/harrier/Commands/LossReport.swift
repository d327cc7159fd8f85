import Archive
import Events
import Reports

/// Says on stderr what a scan could not read: in a few lines, or file by file when asked to be verbose.
struct LossReport {
  // More lines than this push the results off the screen; `sources` and -v show all.
  private static let linesMax = 5

  private let ledger: Ledger
  private let console: Console

  init(_ ledger: Ledger, _ console: Console) {
    self.ledger = ledger
    self.console = console
  }

  func tell() {
    guard !console.isQuiet else { return }
    let lines = issueLines() + fileLines()
    let shown = console.isVerbose ? lines.count : min(lines.count, LossReport.linesMax)
    for line in lines.prefix(shown) { console.warn(line) }
    if lines.count > shown {
      console.warn("and \(lines.count - shown) more; -v shows all, 'harrier sources' tells of every file")
    }
    tellPruned()
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
      guard !text.isEmpty, entry.isLoss(named: file.origin.isNamed) || isMoving || console.isVerbose else { return nil }
      return "\(file.name): \(text)"
    }
  }
}
