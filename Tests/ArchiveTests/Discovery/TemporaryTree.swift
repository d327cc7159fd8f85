/// A folder of files that a test builds, and that goes away with it.

import Glibc
import Testing

@testable import Archive

final class TemporaryTree: Sendable {
  /// Ends without a slash.
  let root: String

  init() throws {
    var template = Array("/tmp/discovery-XXXXXX".utf8CString)
    _ = try #require(mkdtemp(&template))
    root = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  /// Creates empty files; a name that ends in a slash is a folder. Folders on the way are created.
  convenience init(_ names: [String]) throws {
    try self.init()
    for name in names { try add(name) }
  }

  deinit {
    Self.empty(AT_FDCWD, root)
    rmdir(root)
  }

  func path(_ name: String) -> String { name.isEmpty ? root : root + "/" + name }

  func add(_ name: String) throws {
    for (index, character) in name.enumerated() where character == "/" {
      mkdir(path(String(name.prefix(index))), 0o755)
    }
    if !name.hasSuffix("/") { try write(name, []) }
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try write(Array(name.utf8), bytes)
  }

  func write(_ name: [UInt8], _ bytes: [UInt8]) throws {
    let path = (Array(root.utf8) + [UInt8(ascii: "/")] + name + [0]).map { CChar(bitPattern: $0) }
    let descriptor = open(path, O_CREAT | O_WRONLY, 0o644)
    try #require(descriptor >= 0)
    #expect(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    close(descriptor)
  }

  func link(_ name: String, to target: String) throws {
    try #require(symlink(target, path(name)) == 0)
  }

  func hardLink(_ name: String, to other: String) throws {
    try #require(Glibc.link(path(other), path(name)) == 0)
  }

  func fifo(_ name: String) throws {
    try #require(mkfifo(path(name), 0o644) == 0)
  }

  /// Arguments below the root; `@` stays in front, and `-` and `@-` are themselves.
  func arguments(_ names: [String]) -> [[UInt8]] {
    names.map { name in
      if name == "-" || name == "@-" { return Array(name.utf8) }
      return Array((name.hasPrefix("@") ? "@" + path(String(name.dropFirst())) : path(name)).utf8)
    }
  }

  func discover(
    _ names: [String], options: DiscoveryOptions = DiscoveryOptions(), calls: FileCalls = .live
  ) -> Outcome {
    Outcome(Archive.discover(arguments(names), options: options, calls: calls), root: root)
  }

  /// Removes everything below a folder, relative to open folders, so that no depth is too deep.
  private static func empty(_ base: Int32, _ name: String) {
    let descriptor = openat(base, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
    guard descriptor >= 0, let stream = fdopendir(descriptor) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let start = UnsafeRawPointer(entry) + MemoryLayout<dirent>.offset(of: \.d_name)!
      let leaf = start.assumingMemoryBound(to: CChar.self)
      if strcmp(leaf, ".") == 0 || strcmp(leaf, "..") == 0 { continue }
      if unlinkat(descriptor, leaf, 0) == 0 { continue }
      empty(descriptor, String(cString: leaf))
      unlinkat(descriptor, leaf, AT_REMOVEDIR)
    }
  }
}

/// A discovery in the words of a test: names without the root, issues as `kind name`.
struct Outcome {
  let discovery: Discovery
  let files: [String]
  let issues: [String]

  init(_ discovery: Discovery, root: String) {
    func short(_ name: FileName) -> String {
      let text = name.description
      if text == root { return "" }
      return text.hasPrefix(root + "/") ? String(text.dropFirst(root.count + 1)) : text
    }
    self.discovery = discovery
    files = discovery.files.map { short($0.name) }
    issues = discovery.issues.map { issue in
      if case .sameFile(let first) = issue.kind { return "sameFile(\(short(first))) \(short(issue.name))" }
      return "\(issue.kind) \(short(issue.name))"
    }
  }

  func origin(_ file: String) -> FileOrigin? {
    files.firstIndex(of: file).map { discovery.files[$0].origin }
  }
}
