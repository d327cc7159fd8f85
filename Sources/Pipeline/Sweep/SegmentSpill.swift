import Correlation
import Glibc

/// Segments of one worker in one temporary file without a name.
final class SegmentSpill {
  private let file: SegmentFile
  private let directory: String
  private var size = 0

  init(directory: String) throws(SpillError) {
    self.directory = directory
    file = SegmentFile(descriptor: try SpillFile.openNameless(in: directory))
  }

  func write(_ bytes: [UInt8]) throws(SpillError) -> SegmentStore {
    let failure = bytes.withUnsafeBytes { SpillFile.write($0, to: file.descriptor, at: size) }
    if failure != 0 { throw SpillError(directory: directory, errorNumber: failure) }
    defer { size += bytes.count }
    return .file(file, offset: size, count: bytes.count)
  }
}
