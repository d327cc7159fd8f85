import Archive
import Glibc

/// Writes the files of a report into a directory: all beside their places, then each renamed, the manifest last.
public struct ReportWriter {
  private let content: ReportContent
  private let options: ReportOptions

  public init(_ content: ReportContent, _ options: ReportOptions) {
    self.content = content
    self.options = options
  }

  /// - Parameter run: when, by what and where the report was made.
  /// - Returns: its manifest.
  @discardableResult
  public func write(to path: String, run: ManifestRun) throws(ReportError) -> ManifestSeal {
    let directory = try ReportDirectory(path)
    let staged = StagedFiles()
    let manifest = manifest(of: try writeFiles(into: directory.staging(staged)), run: run)
    let previous = try PreviousManifest.keep(in: directory)
    let oldest = try previous.makeRoom(in: directory, options.kept, now: run.finished)
    let written = try directory.staging(staged).write(Manifest.fileName) {
      $0.take(manifest.text(after: previous, oldest: oldest))
    }
    try staged.publish()
    return ManifestSeal(sequence: (previous?.sequence ?? 0) + 1, sha256: written.sha256 ?? "")
  }

  private func stopIfInterrupted(_ file: String) throws(ReportError) {
    if options.interrupted() { throw ReportError(path: file, errorNumber: EINTR) }
  }

  /// Writes all files but the manifest.
  public func writeFiles(into directory: some ReportPlace) throws(ReportError) -> [WrittenFile] {
    var tally = AlertTally(content.summary)
    let (written, kept) = try alerts(directory, counting: &tally)
    var files = written
    files.append(try directory.write("summary.json") { $0.take(SummaryJSON.text(content.summary, tally.addresses)) })
    let kinds = options.kinds.union(ReportKind.standard)
    for kind in ReportKind.allCases where kinds.contains(kind) && kind != .csv {
      try stopIfInterrupted(kind.fileName)
      files.append(try report(kind, directory, kept, tally))
    }
    try stopIfInterrupted(Manifest.fileName)
    return files
  }

  public func manifest(of files: [WrittenFile], run: ManifestRun) -> Manifest {
    Manifest(run: run, content: content, files: files, isPseudonymised: options.isPseudonymised)
  }

  /// Both at once: to make an alert's sentences is more work than to write them.
  private func alerts(
    _ directory: some ReportPlace, counting tally: inout AlertTally
  ) throws(ReportError) -> (files: [WrittenFile], kept: [Int: Alert]) {
    let chosen = Set(content.alerts.gravest(PageData.alertsMax))
    var kept: [Int: Alert] = [:]
    let lines = AlertLines(
      content.alerts, options.alertFormat, .csv, jobs: options.jobs, interrupted: options.interrupted)
    var table: Result<WrittenFile, ReportError>?
    var counted = tally
    let list = try directory.write("alerts.jsonl") { pieces in
      do throws(ReportError) {
        table = .success(
          try directory.write(ReportKind.csv.fileName) { cells in
            kept = lines.write([pieces.take, cells.take], keeping: chosen, as: PageData.trimmed, counting: &counted)
          })
      } catch {
        table = .failure(error)
      }
    }
    tally = counted
    guard let table else { return ([list], kept) }
    return ([list, try table.get()], kept)
  }

  private func lines(
    _ name: String, _ format: AlertFormat, _ directory: some ReportPlace
  ) throws(ReportError) -> WrittenFile {
    let lines = AlertLines(content.alerts, format, jobs: options.jobs, interrupted: options.interrupted)
    return try directory.write(name) { pieces in lines.write { pieces.take($0) } }
  }

  private func report(
    _ kind: ReportKind, _ directory: some ReportPlace, _ kept: [Int: Alert], _ tally: AlertTally
  ) throws(ReportError) -> WrittenFile {
    switch kind {
    case .csv: try lines(kind.fileName, .csv, directory)
    case .timesketch: try lines(kind.fileName, .timesketch, directory)
    case .navigator: try directory.write(kind.fileName) { $0.take(NavigatorLayer.text(content.alerts)) }
    case .markdown:
      try directory.write(kind.fileName) { $0.take(MarkdownReport(content, zone: options.zone).bytes) }
    case .html:
      try directory.write(kind.fileName) { pieces in
        var page = content
        page.alerts = content.alerts.holding(kept)
        HTMLReport(page, options, tally: tally).write(pieces.take)
      }
    }
  }
}

/// A file that was written, as a manifest names it.
public struct WrittenFile: Sendable {
  public let name: String
  public let bytes: Int
  public let sha256: String?

  public init(name: String, bytes: Int, sha256: String?) {
    self.name = name
    self.bytes = bytes
    self.sha256 = sha256
  }
}
