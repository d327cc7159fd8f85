/// What whoever asks for files writes itself: where it lies among them it is left out, and the discovery says so.
///
/// Files are known by device and inode, so that no other name of theirs hides them. In the directory of reports only what
/// has the name of a report is left out: whatever else lies there is read.
public struct OwnPlaces: Sendable {
  let directory: FileIdentity?
  private let files: Set<FileIdentity>
  private let isReport: @Sendable ([UInt8]) -> Bool

  public init() {
    directory = nil
    files = []
    isReport = { _ in false }
  }

  /// - Parameters:
  ///   - files: paths; those that are not there need not be left out.
  ///   - directory: the path of a directory of reports.
  ///   - isReport: whether a name in that directory is a report's.
  public init(files: [[UInt8]], directory: [UInt8]?, isReport: @escaping @Sendable ([UInt8]) -> Bool) {
    self.files = Set(files.compactMap { (try? FileCalls.live.statusOfPath($0, follow: true))?.identity })
    self.directory = directory.flatMap { (try? FileCalls.live.statusOfPath($0, follow: true))?.identity }
    self.isReport = isReport
  }

  func isReport(_ name: UnsafeBufferPointer<UInt8>) -> Bool { isReport(Array(name)) }

  func has(_ identity: FileIdentity) -> Bool { !files.isEmpty && files.contains(identity) }
}
