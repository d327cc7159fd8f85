/// One directory, read and put in order.
///
/// Entries are sorted as they appear in full paths: a directory counts as its name and a slash. Entering each directory
/// at its place then gives the whole walk in the order of path bytes, and no long path is ever compared.
///
/// Worked example: the entries `b`, `a` (a directory), `a.json` lie in `names` as `b\0a\0a.json\0`, and in `entries` as
/// `a.json` (offset 4), `a` (offset 2), `b` (offset 0), because `a.json` < `a/` < `b`.

import Glibc

/// An open directory that closes itself.
struct DirectoryStream: ~Copyable {
  let descriptor: Int32
  private let stream: OpaquePointer
  private let calls: FileCalls

  /// Takes over `descriptor`, also where it fails.
  init(owning descriptor: Int32, calls: FileCalls) throws(FileFault) {
    do throws(FileFault) {
      stream = try calls.openStream(descriptor)
    } catch {
      calls.close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    self.calls = calls
  }

  /// Opens by path, following links.
  init(path: [UInt8], calls: FileCalls) throws(FileFault) {
    let opened = try calls.openPath(path, flags: O_RDONLY | O_DIRECTORY)
    // The stream needs a descriptor of its own to close.
    try self.init(owning: try calls.duplicate(opened.descriptor), calls: calls)
  }

  deinit {
    calls.closeStream(stream)
  }

  func nextEntry() throws(FileFault) -> RawEntry? {
    try calls.nextEntry(stream)
  }
}

struct DirectoryListing {
  struct Entry {
    let offset: Int
    let inode: UInt64
    let length: UInt32
    let kind: EntryKind
    /// Whether it is ordered with a slash behind it: directories, and links to them where those are followed.
    let entered: Bool
  }

  private var names: [UInt8] = []
  private(set) var entries: [Entry] = []
  /// Set when reading stopped early; what was read before is kept.
  private(set) var fault: FileFault?

  /// - Complexity: O(n log n) comparisons of names for n entries.
  init(reading directory: borrowing DirectoryStream, followLinks: Bool, calls: FileCalls) {
    do throws(FileFault) {
      while let entry = try directory.nextEntry() {
        append(entry, base: directory.descriptor, followLinks: followLinks, calls: calls)
      }
    } catch {
      fault = error
    }
    sort()
  }

  private mutating func append(_ entry: RawEntry, base: Int32, followLinks: Bool, calls: FileCalls) {
    // SAFETY: the name ends in NUL and stays valid until the next entry is read; length + 1 bytes include that NUL.
    let length = strlen(entry.name)
    if Self.isSelfOrParent(entry.name, length) { return }
    var kind = entry.kind
    if kind == .unknown { kind = (try? calls.status(base, entry.name, false).kind) ?? .unknown }
    var entered = kind == .directory
    if followLinks, kind == .link { entered = (try? calls.status(base, entry.name, true).kind) == .directory }
    entries.append(
      Entry(offset: names.count, inode: entry.inode, length: UInt32(length), kind: kind, entered: entered))
    names.append(contentsOf: UnsafeRawBufferPointer(start: entry.name, count: length + 1))
  }

  private static func isSelfOrParent(_ name: UnsafePointer<CChar>, _ length: Int) -> Bool {
    let dot = CChar(bitPattern: UInt8(ascii: "."))
    // SAFETY: name[0] and, where length is 2, name[1] lie before the closing NUL.
    guard length <= 2, length > 0, name[0] == dot else { return false }
    return length == 1 || name[1] == dot
  }

  private mutating func sort() {
    names.withUnsafeBytes { names in
      entries.sort { a, b in
        let common = Int(min(a.length, b.length))
        // SAFETY: each entry's name lies within `names`, and `common` is at most either's length.
        guard let base = names.baseAddress else { return false }
        let difference = memcmp(base + a.offset, base + b.offset, common)
        if difference != 0 { return difference < 0 }
        // One name begins with the other; next comes the byte after it, which is a slash for a directory.
        return Self.byte(at: common, of: a, names) < Self.byte(at: common, of: b, names)
      }
    }
  }

  private static func byte(at position: Int, of entry: Entry, _ names: UnsafeRawBufferPointer) -> UInt8 {
    // SAFETY: position is at most the length, and the closing NUL lies there.
    if position < Int(entry.length) { return names[entry.offset + position] }
    return entry.entered ? UInt8(ascii: "/") : 0
  }

  /// The name's bytes, and after them a NUL that makes the start a C string.
  func withName<R>(_ entry: Entry, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    names.withUnsafeBufferPointer { names in
      // SAFETY: offset and length were taken when the name was appended, and names only grew since.
      body(UnsafeBufferPointer(rebasing: names[entry.offset..<(entry.offset + Int(entry.length))]))
    }
  }

  /// The name as a C string, for a call relative to the directory.
  func call<R>(_ entry: Entry, _ body: (FileCalls.Path) throws(FileFault) -> R) throws(FileFault) -> R {
    let outcome = withName(entry) { name -> Result<R, FileFault> in
      // SAFETY: a name is never empty, a NUL follows it, and bytes are read as chars of the same size.
      guard let start = UnsafeRawPointer(name.baseAddress)?.assumingMemoryBound(to: CChar.self) else {
        return .failure(FileFault(errno: EFAULT))
      }
      do throws(FileFault) { return .success(try body(start)) } catch { return .failure(error) }
    }
    return try outcome.get()
  }
}
