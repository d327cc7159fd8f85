import Glibc

/// Delivers a report whose files were made before: all beside their places, then each renamed, the manifest last.
///
/// The manifest was made without its link, since only the directory tells which manifest it follows.
public enum PreparedReport {
  /// The manifest of this very report, if it lies there: it has been delivered.
  public static func delivered(in path: String, head: [UInt8], tail: [UInt8]) -> ManifestSeal? {
    guard let file = try? WholeFile("\(path)/\(Manifest.fileName)", bytesMax: PreviousManifest.bytesMax),
      file.bytes.starts(with: head), file.bytes.suffix(tail.count).elementsEqual(tail)
    else { return nil }
    return ManifestSeal(sequence: JSONValue(file.bytes)?["sequence"]?.integer ?? 1, sha256: file.sha256)
  }

  /// Whether the report that lies there says the same, all of it: to replace it would make the chain longer by nothing.
  public static func isRepeated(in path: String, files: [WrittenFile], tail: [UInt8]) -> Bool {
    guard let file = try? WholeFile("\(path)/\(Manifest.fileName)", bytesMax: PreviousManifest.bytesMax),
      file.bytes.suffix(tail.count).elementsEqual(tail)
    else { return false }
    return files.allSatisfy { written in
      var status = stat()
      return stat("\(path)/\(written.name)", &status) == 0 && Int(status.st_size) == written.bytes
    }
  }

  /// Earlier reports grow old also while there is nothing new.
  public static func prune(_ path: String, _ kept: KeptReports.Limit, now: Int64) throws(ReportError) {
    try KeptReports.prune(in: path, kept, now: now)
  }

  /// - Parameters:
  ///   - files: names, and what gives the bytes.
  ///   - kept: how many earlier reports stay; nil keeps none and removes none.
  ///   - now: milliseconds.
  /// - Returns: its manifest.
  public static func deliver(
    to path: String, files: [(name: String, bytes: (ReportPieces) -> Void)], head: [UInt8], tail: [UInt8],
    kept: KeptReports.Limit? = nil, now: Int64 = 0
  ) throws(ReportError) -> ManifestSeal {
    let directory = try ReportDirectory(path)
    let staged = StagedFiles()
    for file in files { _ = try directory.staging(staged).write(file.name, file.bytes) }
    let previous = try PreviousManifest.keep(in: directory)
    let oldest = try previous.makeRoom(in: directory, kept, now: now)
    let written = try directory.staging(staged).write(Manifest.fileName) {
      $0.take(head + Manifest.link(to: previous, oldest: oldest) + tail)
    }
    try staged.publish()
    // Only now may the report be forgotten where it was promised.
    try directory.sync()
    return ManifestSeal(sequence: (previous?.sequence ?? 0) + 1, sha256: written.sha256 ?? "")
  }
}

/// What a manifest is known by elsewhere: its place in the chain, and its SHA-256.
public struct ManifestSeal: Sendable {
  public let sequence: Int
  /// In hexadecimal digits.
  public let sha256: String

  public init(sequence: Int, sha256: String) {
    self.sequence = sequence
    self.sha256 = sha256
  }
}

extension PreviousManifest? {
  /// Keeps the report before and removes what is too old.
  ///
  /// - Returns: the first manifest that is kept from now on.
  func makeRoom(in directory: ReportDirectory, _ kept: KeptReports.Limit?, now: Int64) throws(ReportError) -> Int {
    KeptManifests.prune(directory.path, before: self)
    if let kept { try KeptReports.keep(self, in: directory, kept, now: now) }
    return KeptManifests.oldest(
      in: directory.path, after: self, reports: KeptReports.sequences(in: directory.path), kept, now: now)
  }
}
