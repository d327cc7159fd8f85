// Finds and reads rule files through POSIX calls, in a fixed order. All libc access of this module besides libyaml is
// here.

import Glibc

struct RuleWalk {
  /// Deeper trees than this are a loop or an accident.
  private static let depthMax = 32
  /// SigmaHQ has about 4,000 files.
  private static let filesMax = 200_000

  private struct FileIdentity: Hashable {
    var device: UInt64
    var inode: UInt64
  }

  /// Files and directories that were visited, so that overlapping arguments and links count once.
  private var visited: Set<FileIdentity> = []
  private var fileCount = 0

  /// The rule files at a path, sorted by path bytes; a failure for what cannot be looked at.
  mutating func files(at path: String) -> [Result<String, RuleDiagnostic>] {
    var found: [Result<String, RuleDiagnostic>] = []
    visit(path, depth: 0, isNamed: true, &found)
    return found
  }

  private mutating func visit(
    _ path: String, depth: Int, isNamed: Bool, _ found: inout [Result<String, RuleDiagnostic>]
  ) {
    var status = stat()
    // SAFETY: `path` is passed as a C string for the call only; `status` is a local that stat fills.
    guard stat(path, &status) == 0 else {
      found.append(.failure(Self.unreadable(path, "\(Self.systemError())")))
      return
    }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFDIR || (kind == S_IFREG && (isNamed || Self.isRuleName(path))) else {
      if isNamed { found.append(.failure(Self.unreadable(path, "neither a file nor a directory"))) }
      return
    }
    guard visited.insert(FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))).inserted else {
      return
    }
    if kind == S_IFDIR {
      visitDirectory(path, depth: depth, &found)
    } else if fileCount < Self.filesMax {
      fileCount += 1
      found.append(.success(path))
    } else if fileCount == Self.filesMax {
      fileCount += 1
      found.append(.failure(Self.unreadable(path, "more than \(Self.filesMax) rule files; the rest was not read")))
    }
  }

  private mutating func visitDirectory(
    _ path: String, depth: Int, _ found: inout [Result<String, RuleDiagnostic>]
  ) {
    guard depth < Self.depthMax else {
      found.append(.failure(Self.unreadable(path, "directories nested deeper than \(Self.depthMax) levels")))
      return
    }
    guard let entries = Self.entries(of: path) else {
      found.append(.failure(Self.unreadable(path, Self.systemError())))
      return
    }
    let prefix = path.hasSuffix("/") ? path : path + "/"
    for entry in entries {
      if let name = String(validating: entry.name, as: UTF8.self) {
        visit(prefix + name, depth: depth + 1, isNamed: false, &found)
      } else if entry.mayBeDirectory || Self.isRuleName(String(decoding: entry.name, as: UTF8.self)) {
        let why = "its name is not UTF-8; give it another one"
        found.append(.failure(Self.unreadable(prefix + Self.shown(entry.name), why)))
      }
    }
  }

  /// Whether a path is a rule file by its name, or a directory with such files and no others at any depth.
  static func holdsOnlyRules(_ path: String) -> Bool {
    var found = false
    return isOfRules(path, depth: 0, &found) && found
  }

  /// False at the first file that is no rule.
  private static func isOfRules(_ path: String, depth: Int, _ found: inout Bool) -> Bool {
    var status = stat()
    // SAFETY: `path` is passed as a C string for the call only; `status` is a local that stat fills.
    guard stat(path, &status) == 0 else { return false }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      found = found || isRuleName(path)
      return isRuleName(path)
    }
    guard depth < depthMax, let entries = entries(of: path) else { return false }
    for entry in entries {
      guard let name = String(validating: entry.name, as: UTF8.self) else { return false }
      guard isOfRules("\(path)/\(name)", depth: depth + 1, &found) else { return false }
    }
    return true
  }

  private static func isRuleName(_ name: String) -> Bool {
    let lower = name.lowercased()
    return lower.hasSuffix(".yml") || lower.hasSuffix(".yaml")
  }

  /// A name that is not UTF-8, for a message.
  private static func shown(_ name: [UInt8]) -> String {
    name.map { $0 < 0x80 ? String(UnicodeScalar($0)) : "\\x" + String($0, radix: 16) }.joined()
  }

  /// Sorted by bytes, without hidden entries such as `.git` and `.github`.
  private static func entries(of path: String) -> [(name: [UInt8], mayBeDirectory: Bool)]? {
    guard let directory = opendir(path) else { return nil }
    defer { closedir(directory) }
    var entries: [(name: [UInt8], mayBeDirectory: Bool)] = []
    // SAFETY: readdir gives a pointer that is valid until the next call; the name is copied before that. `d_name` is
    // NUL-terminated within the entry.
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      let isFile = Int32(entry.pointee.d_type) == Int32(DT_REG)
      if name.first != UInt8(ascii: ".") { entries.append((name, !isFile)) }
    }
    return entries.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  /// The bytes of a file, up to one more than the limit for YAML.
  static func read(_ path: String) -> Result<[UInt8], RuleDiagnostic> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return .failure(unreadable(path, systemError())) }
    defer { close(descriptor) }
    var status = stat()
    // SAFETY: `status` is a local that fstat fills; the descriptor is open.
    guard fstat(descriptor, &status) == 0 else { return .failure(unreadable(path, systemError())) }
    // One byte more than the limit is enough to tell that a file is too big.
    let capacity = min(max(Int(status.st_size), 0), YAMLLimits.streamBytesMax) + 1
    var isFailed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      while count < capacity {
        // SAFETY: read writes at most the `capacity - count` bytes that are left behind `count`.
        let step = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), capacity - count)
        if step < 0, errno == EINTR { continue }
        isFailed = step < 0
        if step <= 0 { return }
        count += step
      }
    }
    return isFailed ? .failure(unreadable(path, systemError())) : .success(bytes)
  }

  private static func systemError() -> String {
    // SAFETY: strerror gives a NUL-terminated string that is copied at once.
    String(cString: strerror(errno))
  }

  private static func unreadable(_ path: String, _ why: String) -> RuleDiagnostic {
    RuleDiagnostic(
      severity: .error, code: .fileUnreadable, file: path, line: 0, rule: "", message: "cannot be read: \(why)")
  }
}
