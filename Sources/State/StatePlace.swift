import CSQLite
import Glibc

/// Whether a state may lie where it is asked for: a regular file of its owner, on a disk of this machine.
enum StatePlace {
  // Numbers of file systems whose locks or renames other machines may not see, from the kernel's magic.h.
  private static let networks: [Int64: String] = [
    0x6969: "NFS", 0x517B: "SMB", 0xFE53_4D42: "SMB", 0xFF53_4D42: "CIFS", 0x0102_1997: "9P", 0x5346_414F: "AFS",
    0x00C3_6400: "Ceph", 0x564C: "NCP", 0x7375_7245: "Coda", 0x0BD0_0BD0: "Lustre", 0x4750_4653: "GPFS",
    0x6573_5546: "FUSE",
  ]

  static let remedy = "name a file in a directory that is there and that you may write to"

  /// Where no file can be made, no next run will do better.
  private static func checkDirectory(of path: String) throws(StateError) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let place = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    var status = stat()
    var number = stat(place, &status) == 0 ? 0 : errno
    if number == 0, status.st_mode & S_IFMT != S_IFDIR { number = ENOTDIR }
    if number == 0, access(place, W_OK | X_OK) != 0 { number = errno }
    guard number != 0 else { return }
    throw StateError(
      system: number, "cannot keep the state \(path) in \(place)", code: .place,
      remedy: remedy)
  }

  /// Nothing, or a regular file. Whoever replaces a link has the state, and what lies beside it is not what lies beside the
  /// file.
  private static func checkKind(_ path: String) throws(StateError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFLNK:
      throw StateError(.place, "\(path) is a symbolic link", remedy: "name the file itself: its locks lie beside it")
    default: throw StateError(.place, "\(path) is no regular file", remedy: "name a file for the state")
    }
  }

  static func check(_ path: String, allowsNetwork: Bool) throws(StateError) {
    try checkKind(path)
    try checkDirectory(of: path)
    guard !allowsNetwork else { return }
    let slash = path.lastIndex(of: "/")
    let place = slash.map { String(path[...$0]) } ?? "."
    let kind = hs_file_system(place)
    guard kind >= 0 else { throw StateError(system: errno, "cannot use \(place)") }
    if let refusal = refusal(path, kind) { throw refusal }
  }

  /// - Parameter kind: the kernel's number for the file system.
  static func refusal(_ path: String, _ kind: Int64) -> StateError? {
    guard let name = networks[kind] else { return nil }
    return StateError(
      .network, "\(path) lies on \(name), where locks of other machines may not be seen",
      remedy: "put the state on a local disk, or say --state-on-network if only one machine uses it")
  }
}
