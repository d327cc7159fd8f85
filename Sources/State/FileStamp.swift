import Archive
import Glibc

/// What the system says of a file without opening it. Where all of it is the same as before, so is the content.
public struct FileStamp: Sendable, Equatable {
  public var device: UInt64
  public var inode: UInt64
  public var size: Int64
  /// Nanoseconds since 1970.
  public var modified: Int64
  public var changed: Int64

  // Clocks of file systems tick slowly: what changed so shortly before it was looked at may change again within the same
  // tick.
  static let tickNanoseconds: Int64 = 2_000_000_000

  public init(device: UInt64, inode: UInt64, size: Int64, modified: Int64, changed: Int64) {
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.changed = changed
  }

  /// Of a regular file, links followed; nil for anything else.
  ///
  /// - Parameter now: nanoseconds; a file that changed just before has no stamp that could be relied on later.
  public init?(path: [UInt8], now: Int64) {
    var status = stat()
    let failed = (path + [0]).withUnsafeBufferPointer { bytes in
      // SAFETY: the bytes end with NUL and live through the call.
      bytes.withMemoryRebound(to: CChar.self) { name in name.baseAddress.map { stat($0, &status) } ?? -1 }
    }
    guard failed == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
    changed = Int64(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_ctim.tv_nsec)
    if changed > now - FileStamp.tickNanoseconds { changed = -1 }
  }

  /// Whether a file that has this stamp now is as it was when it had the other.
  func isSame(as earlier: FileStamp) -> Bool { self == earlier && changed >= 0 }
}

/// The SHA-256 of what lies in a file, up to a place.
enum FileHash {
  private static let pieceBytes = 1 << 18

  /// Nil where that much cannot be read.
  static func of(_ path: [UInt8], first count: Int64) -> SHA256Value? { of(path, firsts: [count]).first }

  /// Of several beginnings, the shortest first, in one reading; those that cannot be read are missing.
  static func of(_ path: [UInt8], firsts counts: [Int64]) -> [SHA256Value] {
    guard !counts.isEmpty else { return [] }
    let descriptor = (path + [0]).withUnsafeBufferPointer { bytes in
      // SAFETY: the bytes end with NUL and live through the call.
      bytes.withMemoryRebound(to: CChar.self) { name in
        name.baseAddress.map { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) } ?? -1
      }
    }
    guard descriptor >= 0, var digest = Digest() else { return [] }
    defer { close(descriptor) }
    return withUnsafeTemporaryAllocation(byteCount: pieceBytes, alignment: 64) { room in
      var hashes: [SHA256Value] = []
      var done: Int64 = 0
      for count in counts {
        while done < count {
          let more = read(descriptor, room.baseAddress, min(room.count, Int(clamping: count - done)))
          if more < 0, errno == EINTR { continue }
          guard more > 0 else { return hashes }
          digest.update(UnsafeRawBufferPointer(rebasing: room[..<more]))
          done += Int64(more)
        }
        hashes.append(digest.soFar())
      }
      return hashes
    }
  }
}
