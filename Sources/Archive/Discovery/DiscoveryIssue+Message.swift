/// What a person reads about an issue: what happened and, where there is something to do, what.

import Glibc

extension DiscoveryIssue: CustomStringConvertible {
  /// One line, safe for a terminal.
  public var description: String {
    let cause = errno == 0 || kindSaysItAll ? "" : ": " + Self.systemMessage(errno)
    return "\(name): \(message)\(cause)"
  }

  /// Without the name and without the system's words.
  public var message: String {
    switch kind {
    case .notFound: "no such file, and no file matches it as a glob"
    case .vanished: "vanished or was replaced during the walk"
    case .permissionDenied: "permission denied"
    case .loop: "a link that leads back to itself; not entered again"
    case .special: "a FIFO, device or socket; name it to read it"
    case .danglingLink: "a link to nothing"
    case .linkNotFollowed: "a link to a directory; not entered unless links are followed"
    case .sameFile(let first): "the same as \(first); read once"
    case .standardInputTaken: "standard input can be read only once"
    case .listUnreadable: "the list cannot be read"
    case .listTooLong: "longer than a list may be; without the '@' it is read as a log"
    case .fileSkippedByDate: "not read: its path says a day outside the range asked for"
    case .directorySkippedByDate: "not entered: its path says a day outside the range asked for"
    case .tooDeep: "nested more than \(DiscoveryOptions.depthMax) directories deep; not entered"
    case .emptyDirectory: "holds no file"
    case .own: "what sweeps write here is no log: left out"
    case .unreadable: "cannot be read"
    }
  }

  private var kindSaysItAll: Bool {
    switch kind {
    case .notFound, .permissionDenied, .danglingLink, .loop: true
    default: false
    }
  }

  private static func systemMessage(_ errno: Int32) -> String {
    // SAFETY: strerror_r ends what it writes with NUL within the buffer's 128 bytes, or returns another C string.
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { buffer in
      buffer.initialize(repeating: 0)
      guard let start = buffer.baseAddress, strerror_r(errno, start, buffer.count) == 0 else { return "error \(errno)" }
      return String(cString: start)
    }
  }
}
