import Glibc
import Reports
import State

/// Brings reports to where they were promised. A promise is made in the transaction that found the news, and forgotten
/// only when it was kept.
struct Delivery {
  // How the two halves of a manifest are named among the kept files; no report has such names.
  private static let manifestHead = "manifest.head"
  private static let manifestTail = "manifest.tail"
  private static let standardOutput = "-"

  private let state: State
  private let report: SweepReport
  private let console: Console

  init(_ state: State, _ report: SweepReport, _ console: Console) {
    self.state = state
    self.report = report
    self.console = console
  }

  // MARK: Promising

  /// Keeps the files of a report with the state. The caller holds a transaction.
  ///
  /// - Parameters:
  ///   - run: nil if nothing was read.
  ///   - held: reports that this one takes the place of.
  func promise(_ told: RunReport, run: Int64?, held: [Publication]) throws(StateError) -> Int64 {
    for publication in held { try state.forget(publication.id) }
    guard let directory = report.directory else {
      let publication = try state.promise(runs: run.map { $0...$0 }, target: [])
      var failure: StateError?
      report.lines(report.told(told.content)) { piece in
        guard failure == nil else { return }
        do throws(StateError) {
          try state.append(piece, to: publication, file: 0, name: Delivery.standardOutput)
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      return publication
    }
    let publication = try state.promise(
      runs: Delivery.runs(held, and: run), target: Array(SystemDirectory.absolute(directory).utf8))
    let files = PromisedFiles(state, publication)
    let writer = ReportWriter(report.told(told.content), report.reports)
    do throws(ReportError) {
      let written = try writer.writeFiles(into: files)
      let manifest = writer.manifest(of: written, run: report.run)
      _ = try files.write(Delivery.manifestHead) { $0.take(manifest.head) }
      _ = try files.write(Delivery.manifestTail) { $0.take(manifest.tail) }
    } catch {
      throw files.failure ?? StateError(.failed, "the report cannot be made: \(SystemMessage.of(error.errorNumber))")
    }
    return publication
  }

  /// Whether the report that lies in its place says all of this already: a run that read nothing leaves it there.
  func isInPlace(_ told: RunReport) throws(ReportError) -> Bool {
    guard let directory = report.directory else { return false }
    let writer = ReportWriter(report.told(told.content), report.reports)
    let written = try writer.writeFiles(into: MeasuredFiles())
    let tail = writer.manifest(of: written, run: report.run).tail
    guard PreparedReport.isRepeated(in: directory, files: written, tail: tail) else { return false }
    if let kept = report.reports.kept { try PreparedReport.prune(directory, kept, now: Invocation.clock) }
    return true
  }

  /// The runs of some reports, which are one after another.
  static func runs(_ held: [Publication], and run: Int64? = nil) -> ClosedRange<Int64>? {
    let all = held.compactMap(\.runs) + (run.map { [$0...$0] } ?? [])
    guard let first = all.map(\.lowerBound).min(), let last = all.map(\.upperBound).max() else { return nil }
    return first...last
  }

  // MARK: Delivering

  /// Delivers what earlier runs could not.
  ///
  /// - Returns: those that this run's report takes the place of: they lie where it will lie, and whoever waits for a run
  ///   that ends well has not seen them; or their place is gone, and a place that is gone must not keep sweeps off for ever.
  ///   They are forgotten in the transaction that promises this run's report.
  func deliverPromised() throws -> [Publication] {
    if let own = report.directory { ReportDirectory.removeLeftovers(in: own) }
    var held: [Publication] = []
    for publication in try state.promised() {
      let target = String(decoding: publication.target, as: UTF8.self)
      let isOwn = report.directory.map { target == SystemDirectory.absolute($0) } ?? false
      do {
        let mark = try put(publication)
        if isOwn { held.append(publication) } else { try state.acknowledge(publication, mark, tellsLosses: false) }
      } catch let error as ReportError {
        console.warn(
          "a report of an earlier run cannot be written: \(Escape.terminal(error.path)): "
            + "\(SystemMessage.of(error.errorNumber)); \(isOwn ? "it is tried again" : "this run tells its news")")
        held.append(publication)
      }
    }
    return held
  }

  func deliver(_ id: Int64) throws {
    for publication in try state.promised() where publication.id == id {
      try state.acknowledge(publication, try put(publication), tellsLosses: true)
    }
  }

  /// - Returns: the manifest that lies there now; nil for standard output.
  private func put(_ publication: Publication) throws -> ManifestMark? {
    let pages = try state.pages(of: publication.id)
    if publication.target.isEmpty {
      for page in pages { try state.read(publication.id, file: page.file) { console.results.write($0) } }
      // What nobody reads any more was told; what could not be written was not.
      guard console.results.errorNumber == 0 else { throw DeliveryError.output }
      return nil
    }
    return try put(publication, pages)
  }

  private func put(_ publication: Publication, _ pages: [(file: Int, name: String)]) throws -> ManifestMark {
    let path = String(decoding: publication.target, as: UTF8.self)
    let head = try bytes(publication, pages, Delivery.manifestHead)
    let tail = try bytes(publication, pages, Delivery.manifestTail)
    if let seal = PreparedReport.delivered(in: path, head: head, tail: tail) { return ManifestMark(seal) }
    var failure: StateError?
    let files = pages.filter { $0.name != Delivery.manifestHead && $0.name != Delivery.manifestTail }.map { page in
      let give = { (pieces: ReportPieces) in
        do throws(StateError) {
          try state.read(publication.id, file: page.file) { pieces.take($0) }
        } catch {
          failure = error
        }
      }
      return (name: page.name, bytes: give)
    }
    let seal = try PreparedReport.deliver(
      to: path, files: files, head: head, tail: tail, kept: report.reports.kept, now: Invocation.clock)
    if let failure { throw failure }
    return ManifestMark(seal)
  }

  private func bytes(
    _ publication: Publication, _ pages: [(file: Int, name: String)], _ name: String
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    for page in pages where page.name == name { try state.read(publication.id, file: page.file) { bytes += $0 } }
    return bytes
  }
}

extension ManifestMark {
  init(_ seal: ManifestSeal) { self.init(sequence: seal.sequence, sha256: seal.sha256) }
}

/// The results could not be written: told by whoever ends the process.
enum DeliveryError: Error { case output }

/// Takes the sizes and hashes of a report's files, and keeps nothing.
private struct MeasuredFiles: ReportPlace {
  func write(_ name: String, _ body: (ReportPieces) -> Void) throws(ReportError) -> WrittenFile {
    let pieces = ReportPieces(hashing: true) { _ in 0 }
    body(pieces)
    _ = pieces.finish()
    return WrittenFile(name: name, bytes: pieces.count, sha256: pieces.sha256)
  }
}

/// Takes the files of a report into a state.
private final class PromisedFiles: ReportPlace {
  private(set) var failure: StateError?
  private let state: State
  private let publication: Int64
  private var next = 0

  init(_ state: State, _ publication: Int64) {
    self.state = state
    self.publication = publication
  }

  func write(_ name: String, _ body: (ReportPieces) -> Void) throws(ReportError) -> WrittenFile {
    let file = next
    next += 1
    let pieces = ReportPieces(hashing: true) { [self] bytes in
      do throws(StateError) {
        try state.append(bytes, to: publication, file: file, name: name)
        return 0
      } catch {
        failure = error
        return EIO
      }
    }
    body(pieces)
    let errorNumber = pieces.finish()
    if errorNumber != 0 { throw ReportError(path: name, errorNumber: errorNumber) }
    return WrittenFile(name: name, bytes: pieces.count, sha256: pieces.sha256)
  }
}
