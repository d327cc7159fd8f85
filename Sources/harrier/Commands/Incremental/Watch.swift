import Archive
import Glibc
import Reports

/// Notices that something has changed below the paths of a sweep, by inotify. What has changed is not its business: each sweep
/// looks for files itself, so a change that is noticed twice, or together with others, does no harm, and one that was missed
/// is found by the next sweep.
///
/// Directories are watched before a sweep looks for files, so that nothing can come in between.
final class Watch {
  // Whoever writes a file has finished when it is quiet for so long ...
  static let quietMillis: Int64 = 1_000
  // ... but a log that is always written to must not keep a sweep off.
  static let longestMillis: Int64 = 10_000
  // File systems of other machines tell of nothing: sweep now and then all the same.
  static let intervalMillis: Int64 = 300_000
  // Where directories cannot be watched.
  static let pollMillis: Int64 = 30_000
  // How long to sleep before looking whether somebody wants an end.
  private static let napMillis: Int64 = 500
  // Many small events come at a time.
  private static let bufferBytes = 64 << 10

  private static let mask = UInt32(
    IN_CLOSE_WRITE | IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)
  private static let overflow = UInt32(IN_Q_OVERFLOW)

  private let descriptor: Int32
  private let arguments: [[UInt8]]
  private let followsLinks: Bool
  /// What a sweep writes itself: it must not wake itself up.
  private let own: OwnFiles
  private var directories: [Int32: String] = [:]
  /// Why some directories cannot be watched; nil if all are.
  private(set) var trouble: Int32?

  /// - Parameters:
  ///   - paths: as they were given; of a glob the part before the first wildcard counts.
  ///   - followsLinks: whether the sweep walks into directories through links.
  ///   - state, out: what the sweep writes.
  init(_ paths: [[UInt8]], followsLinks: Bool, state: String, out: String?) throws(WatchError) {
    descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    guard descriptor >= 0 else { throw WatchError(errorNumber: errno) }
    arguments = paths
    self.followsLinks = followsLinks
    own = OwnFiles(state: state, out: out)
  }

  deinit { close(descriptor) }

  // MARK: Directories

  /// Watches all directories that are there now; those that are watched already stay so.
  func watchAll() {
    trouble = nil
    var places: Set<Place> = []
    for argument in arguments {
      guard argument.first == UInt8(ascii: "@") else {
        places.insert(Place(of: argument))
        continue
      }
      // Of a list, what it names now, and the list itself.
      let list = Array(argument.dropFirst())
      places.insert(Place(of: list))
      for path in PathList.paths(inFile: list) { places.insert(Place(of: path)) }
    }
    var seen: Set<Int32> = []
    for place in places { add(place, &seen) }
  }

  /// - Parameter seen: what was walked already: links may lead in circles.
  private func add(_ place: Place, _ seen: inout Set<Int32>) {
    var waiting = [place.directory]
    while let path = waiting.popLast() {
      guard !own.hasReports(path) else { continue }
      let number = inotify_add_watch(descriptor, path, Watch.mask)
      guard number >= 0 else {
        // One that has gone in the meantime needs none.
        if errno != ENOENT && errno != ENOTDIR && errno != ELOOP { trouble = errno }
        continue
      }
      directories[number] = path
      if place.isDeep, seen.insert(number).inserted { waiting += subdirectories(path) }
    }
  }

  private func subdirectories(_ path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var found: [String] = []
    while let entry = readdir(stream) {
      // SAFETY: the entry is good until the next call; its name ends with a zero.
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      let place = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
      var status = stat()
      let result = followsLinks ? stat(place, &status) : lstat(place, &status)
      if result == 0, status.st_mode & S_IFMT == S_IFDIR { found.append(place) }
    }
    return found
  }

  // MARK: Waiting

  /// Waits until something has changed and it is quiet again, or it is time to look all the same.
  ///
  /// - Returns: false if somebody wants an end.
  func wait(interrupted: () -> Bool) -> Bool {
    let start = Watch.now
    let patience = trouble == nil ? Watch.intervalMillis : Watch.pollMillis
    var first: Int64?
    var last = start
    while !interrupted() {
      let now = Watch.now
      if let first, now - last >= Watch.quietMillis || now - first >= Watch.longestMillis { return true }
      if now - start >= patience { return true }
      let nap = first == nil ? Watch.napMillis : max(1, last + Watch.quietMillis - now)
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, Int32(min(nap, Watch.napMillis))) > 0, drain() else { continue }
      last = Watch.now
      first = first ?? last
    }
    return false
  }

  /// - Returns: whether anything of it is about logs.
  private func drain() -> Bool {
    var isNews = false
    var bytes = [UInt8](repeating: 0, count: Watch.bufferBytes)
    while true {
      let count = read(descriptor, &bytes, bytes.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return isNews }
      if take(bytes[..<count]) { isNews = true }
    }
  }

  private func take(_ bytes: ArraySlice<UInt8>) -> Bool {
    var isNews = false
    var hasDirectories = false
    var place = 0
    let headBytes = MemoryLayout<inotify_event>.size
    bytes.withUnsafeBytes { raw in
      while place + headBytes <= raw.count {
        // SAFETY: the kernel writes whole events; the head lies within the buffer.
        let event = raw.loadUnaligned(fromByteOffset: place, as: inotify_event.self)
        let nameBytes = raw[(place + headBytes)..<min(raw.count, place + headBytes + Int(event.len))]
        let name = String(decoding: nameBytes.prefix { $0 != 0 }, as: UTF8.self)
        place += headBytes + Int(event.len)
        if event.mask & Watch.overflow != 0 || event.mask & UInt32(IN_ISDIR) != 0 { hasDirectories = true }
        if event.mask & UInt32(IN_IGNORED) != 0 { directories[event.wd] = nil }
        if event.mask & UInt32(IN_IGNORED) == 0, !own.has(name, in: directories[event.wd] ?? "") { isNews = true }
      }
    }
    // What was put into a new directory before it is watched is found by the sweep that follows.
    if hasDirectories { watchAll() }
    return isNews
  }

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

struct WatchError: Error { let errorNumber: Int32 }

/// The directory to look at for a path, and whether those below it count.
private struct Place: Hashable {
  let directory: String
  let isDeep: Bool

  /// - Parameter path: of a glob the part before the first wildcard counts; of a file its directory.
  init(of path: [UInt8]) {
    let path = String(decoding: path, as: UTF8.self)
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let fixed = parts.prefix { part in !part.contains { "*?[{".contains($0) } }
    let joined = fixed.count == parts.count ? path : fixed.joined(separator: "/")
    let place = joined.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : joined
    var status = stat()
    isDeep = stat(place, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    directory = isDeep ? place : Place.parent(place)
  }

  private static func parent(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

/// The files of a sweep, where they lie among the logs.
private struct OwnFiles {
  private let stateDirectory: String
  private let stateName: String
  /// As it was given: it may not be there yet.
  private let out: String?

  init(state: String, out: String?) {
    let slash = state.lastIndex(of: "/")
    stateDirectory = OwnFiles.real(slash.map { $0 == state.startIndex ? "/" : String(state[..<$0]) } ?? ".")
    stateName = slash.map { String(state[state.index(after: $0)...]) } ?? state
    self.out = out
  }

  private static func real(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private func isOut(_ path: String) -> Bool {
    guard let out else { return false }
    return OwnFiles.real(path) == OwnFiles.real(out)
  }

  /// A directory that holds nothing but reports and manifests of earlier runs.
  func hasReports(_ path: String) -> Bool {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return false }
    return ReportNames.has(String(path[path.index(after: slash)...])) && isOut(String(path[..<slash]))
  }

  /// The state, its journal and its locks; the directory of reports when it is made, and what is written there.
  func has(_ name: String, in directory: String) -> Bool {
    guard !name.isEmpty else { return false }
    if name.hasPrefix(stateName), OwnFiles.real(directory) == stateDirectory { return true }
    return ReportNames.has(name) && isOut(directory) || isOut("\(directory)/\(name)")
  }
}
