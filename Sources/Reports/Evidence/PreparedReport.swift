import Glibc

/// Delivers a report whose files were made before: all beside their places, then each renamed, the manifest last.
///
/// The manifest was made without its link, since only the directory tells which manifest it follows.
public enum PreparedReport {
  /// Whether this very report has been delivered: its manifest lies there.
  public static func isDelivered(in path: String, head: [UInt8], tail: [UInt8]) -> Bool {
    guard let file = try? WholeFile("\(path)/\(Manifest.fileName)", bytesMax: PreviousManifest.bytesMax) else {
      return false
    }
    return file.bytes.starts(with: head) && file.bytes.suffix(tail.count).elementsEqual(tail)
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
  public static func deliver(
    to path: String, files: [(name: String, bytes: (ReportPieces) -> Void)], head: [UInt8], tail: [UInt8],
    kept: KeptReports.Limit? = nil, now: Int64 = 0
  ) throws(ReportError) {
    let directory = try ReportDirectory(path)
    let staged = StagedFiles()
    for file in files { _ = try directory.staging(staged).write(file.name, file.bytes) }
    let previous = try PreviousManifest.keep(in: directory)
    let oldest = try previous.makeRoom(in: directory, kept, now: now)
    _ = try directory.staging(staged).write(Manifest.fileName) {
      $0.take(head + Manifest.link(to: previous, oldest: oldest) + tail)
    }
    try staged.publish()
    // Only now may the report be forgotten where it was promised.
    try directory.sync()
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
