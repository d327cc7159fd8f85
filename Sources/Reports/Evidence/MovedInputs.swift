import Glibc

/// Where a log may lie that is not in its place any more: under another name in a directory that was read from. Files of
/// its size are all that have to be looked at; those that are inputs themselves were there before.
struct MovedInputs {
  // Of a directory with more files than that, the rest is not looked for.
  private static let filesMax = 1_000_000

  private let bySize: [Int: [[UInt8]]]

  /// - Parameter paths: of all inputs.
  init(beside paths: Set<[UInt8]>) {
    var bySize: [Int: [[UInt8]]] = [:]
    var count = 0
    for directory in Set(paths.map(MovedInputs.directory)) {
      guard let stream = opendir(MovedInputs.characters(directory)) else { continue }
      defer { closedir(stream) }
      while let entry = readdir(stream), count < MovedInputs.filesMax {
        let path = directory + [UInt8(ascii: "/")] + MovedInputs.name(of: entry)
        var status = stat()
        guard lstat(MovedInputs.characters(path), &status) == 0, status.st_mode & S_IFMT == S_IFREG,
          !paths.contains(path)
        else { continue }
        count += 1
        bySize[Int(status.st_size), default: []].append(path)
      }
    }
    self.bySize = bySize.mapValues { $0.sorted { $0.lexicographicallyPrecedes($1) } }
  }

  /// Files of so many bytes, in the order of their paths.
  func candidates(bytes: Int) -> [[UInt8]] { bySize[bytes] ?? [] }

  private static func characters(_ path: [UInt8]) -> [CChar] { (path + [0]).map { CChar(bitPattern: $0) } }

  private static func directory(of path: [UInt8]) -> [UInt8] {
    path.lastIndex(of: UInt8(ascii: "/")).map { Array(path[..<$0]) } ?? [UInt8(ascii: ".")]
  }

  /// Names are bytes, of whatever encoding.
  private static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
    withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
  }
}
