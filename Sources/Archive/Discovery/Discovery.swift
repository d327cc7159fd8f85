/// What discovery takes and gives: the files of a scan in a stable order, and everything that kept it from more.
///
/// The order is part of the result's meaning, because alerts and duplicates are settled by it. Arguments come in the
/// order they were given. Within one directory argument, files are ordered by the bytes of their whole path below it,
/// so `a.json` comes before `a/1.json` (`.` is 0x2E, `/` is 0x2F). The matches of one glob are ordered by their bytes.
/// The lines of a list keep the list's order. Nothing depends on the order in which the filesystem returns entries.

/// How a file came to be part of the scan.
public enum FileOrigin: UInt8, Sendable {
  /// An argument or a match of a glob names this very file.
  case named
  /// Found by walking a directory.
  case walked
  /// A line of an `@list` names this very file.
  case listed
  /// Standard input.
  case stdin

  /// Whether the user meant this very file, so that a file that turns out to be no log is an error.
  public var isNamed: Bool { self != .walked }
}

public struct FoundFile: Sendable {
  public let name: FileName
  /// Bytes, or -1 where it is not known: a walk takes what the directory says and asks nothing more of each file.
  public let size: Int64
  public let device: UInt64
  /// As the directory says, for a walked file; a filesystem of several layers may say otherwise in `stat`.
  public let inode: UInt64
  public internal(set) var origin: FileOrigin

  var identity: FileIdentity { FileIdentity(device: device, inode: inode) }
}

/// Something that was not read, or not read twice.
public struct DiscoveryIssue: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// Nothing has this name, and as a glob it matches nothing.
    case notFound
    /// It was there when its directory was read, and gone or replaced when it was opened.
    case vanished
    case permissionDenied
    /// A chain of links, or of followed directories, that comes back to itself.
    case loop
    /// A FIFO, device or socket that a walk met: never opened, since reading it could wait for ever or have effects.
    case special
    /// A link to nothing.
    case danglingLink
    /// A link to a directory that a walk met, with `followLinks` off.
    case linkNotFollowed
    /// The same file or directory as the one given here, which came first.
    case sameFile(FileName)
    /// Standard input was asked for a second time.
    case standardInputTaken
    case listUnreadable
    /// Longer than `PathList.bytesMax`: a log given with `@` by mistake. None of its lines is used.
    case listTooLong
    /// The file's path tells a day outside the range asked for.
    case fileSkippedByDate
    /// As before, for a whole directory: how many files it holds is not known.
    case directorySkippedByDate
    /// Deeper than `DiscoveryOptions.depthMax`.
    case tooDeep
    /// The user named this directory, and no file is below it.
    case emptyDirectory
    /// What a sweep writes itself: its state, or the reports in this directory.
    case own
    /// Any other failure; a directory may have been read in part.
    case unreadable
  }

  public let name: FileName
  public let kind: Kind
  /// What the system said, 0 where no call failed.
  public let errno: Int32
}

public struct DiscoveryOptions: Sendable {
  /// Directories nested deeper than this below an argument are reported, not entered. Each level of a walk holds one
  /// descriptor, and 1,024 is the usual limit of a process; no provider's layout has more than 20 levels.
  public static let depthMax = 512

  /// Whether a walk enters directories through symbolic links. Links to files are read in any case.
  public var followLinks: Bool
  /// First and last day wanted, in days since 1970-01-01; `Int32.min` or `.max` leaves an end open.
  public var dateRange: ClosedRange<Int32>?
  /// Asked while a list comes through a pipe that is silent.
  public var isCancelled: @Sendable () -> Bool
  /// What is not to be read because the reader writes it.
  public var own = OwnPlaces()

  public init(
    followLinks: Bool = false, dateRange: ClosedRange<Int32>? = nil,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.followLinks = followLinks
    self.dateRange = dateRange
    self.isCancelled = isCancelled
  }
}

public struct Discovery: Sendable {
  public internal(set) var files: [FoundFile] = []
  /// In the order of the walk, as stable as that of the files.
  public internal(set) var issues: [DiscoveryIssue] = []
  public internal(set) var filesSkippedByDate = 0
  /// Whole directories, each with an unknown number of files.
  public internal(set) var directoriesSkippedByDate = 0

  /// The same with some of the files only, by their places, in their order.
  public func with(only places: [Int]) -> Discovery {
    var some = self
    some.files = places.map { files[$0] }
    return some
  }
}

/// The files that `arguments` mean.
///
/// An argument is a file, a directory (walked recursively, hidden entries included), a glob, `-` for standard input,
/// `@FILE` for a list of paths or `@-` for a list on standard input. `./-` and `./@x` name files of such names.
public func discover(_ arguments: [[UInt8]], options: DiscoveryOptions = DiscoveryOptions()) -> Discovery {
  discover(arguments, options: options, calls: .live)
}

func discover(_ arguments: [[UInt8]], options: DiscoveryOptions, calls: FileCalls) -> Discovery {
  var discoverer = Discoverer(options: options, calls: calls)
  for argument in arguments { discoverer.take(argument: argument) }
  return discoverer.result
}
