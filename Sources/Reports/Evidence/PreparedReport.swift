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
    if let kept { try KeptReports.keep(previous, in: directory, kept, now: now) }
    _ = try directory.staging(staged).write(Manifest.fileName) { $0.take(head + Manifest.link(to: previous) + tail) }
    try staged.publish()
    // Only now may the report be forgotten where it was promised.
    try directory.sync()
  }
}
