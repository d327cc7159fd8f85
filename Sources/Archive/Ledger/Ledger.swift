/// What became of one file.
public enum ReadStatus: UInt8, Sendable, CaseIterable {
  /// Read to its end.
  case ok
  /// Read to its end, but a checksum is wrong.
  case unverified
  /// Some of it could not be read.
  case damaged
  case empty
  /// No log: what it looks like is in `look`.
  case skipped
  /// Could not be opened or read.
  case unreadable
  /// The scan ended before it (a limit, an interrupt).
  case unread

  public var name: String { String(describing: self) }
}

/// The ledger's line for one file.
public struct FileEntry: Sendable {
  public var status = ReadStatus.unread
  public var content = ContentReport()
  public var tally = ReadTally()
  public var look = ContentLook.json

  public init() {}

  /// JSON is there, and none of it was read.
  private var holdsJSON: Bool { if case .other(let kind) = look { kind.holdsJSON } else { false } }

  /// Whether something of the file was lost, so that the exit code tells of it.
  public func isLoss(named: Bool) -> Bool {
    switch status {
    case .ok, .empty: tally.lossCount > 0 || content.trailingBytes > 0
    case .unverified, .damaged, .unreadable: true
    case .skipped: named || holdsJSON
    case .unread: false
    }
  }
}

/// Every file of a scan and what became of it, in the order of the scan.
public struct Ledger: Sendable {
  public let files: [FoundFile]
  public let issues: [DiscoveryIssue]
  public let filesSkippedByDate: Int
  /// Whole folders, each with an unknown number of files.
  public let directoriesSkippedByDate: Int
  public var entries: [FileEntry]

  public init(_ discovery: Discovery, entries: [FileEntry]) {
    files = discovery.files
    issues = discovery.issues
    filesSkippedByDate = discovery.filesSkippedByDate
    directoriesSkippedByDate = discovery.directoriesSkippedByDate
    self.entries = entries
  }

  /// Whether everything that was asked for was read.
  public var isComplete: Bool {
    !issues.contains { $0.isLoss } && !zip(files, entries).contains { $1.isLoss(named: $0.origin.isNamed) }
  }
}

extension DiscoveryIssue {
  /// Whether the issue kept something from being read that was asked for.
  public var isLoss: Bool {
    switch kind {
    case .notFound, .vanished, .permissionDenied, .listUnreadable, .listTooLong, .tooDeep, .unreadable,
      .standardInputTaken:
      true
    case .loop, .special, .danglingLink, .linkNotFollowed, .sameFile, .fileSkippedByDate, .directorySkippedByDate,
      .emptyDirectory, .own:
      false
    }
  }
}
