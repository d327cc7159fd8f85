import Glibc

/// Files that were written beside their places and take them together: while one of them may still fail for want of room,
/// all places are as they were.
public final class StagedFiles {
  private var files: [(temporary: [CChar], place: String)] = []

  init() {}

  // Of those that have not taken their places.
  deinit { for file in files { unlink(file.temporary) } }

  func add(_ temporary: [CChar], _ place: String) { files.append((temporary, place)) }

  /// In the order in which they were added.
  func publish() throws(ReportError) {
    while let file = files.first {
      guard rename(file.temporary, file.place) == 0 else { throw ReportError(path: file.place, errorNumber: errno) }
      files.removeFirst()
    }
  }
}
