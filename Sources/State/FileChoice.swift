import Archive
import Glibc

/// Which of the files that a discovery found have to be read, decided without opening those that are known.
///
/// A file whose path and stamp are known is not touched. Otherwise its hash decides, where a known file has as many bytes:
///
///     same path, same content              touched: the stamp is noted
///     other path, content of one gone      moved: the path is noted, also where the file was compressed on its way, and
///                                          that of the readings that it grew from
///     other path, inode of a known one     moved and grown: the path is noted, read on
///     same path, begins with the content   grown: read on
///     same path, other content             replaced or cut: read again
///     anything else                        new
public struct FileChoice {
  /// What has to be read.
  public struct Reading: Sendable {
    /// Among the files of the discovery.
    public var place: Int
    public var generation: UInt32
    public var stamp: FileStamp?
    /// Whether an earlier reading of the same path is known.
    public var isAgain: Bool
    /// Among the known files: the newest reading that this one begins with.
    public var earlier: Int? { begunWith.first }
    /// The same, and behind it, where what is known is read again, those that it grew from.
    public var begunWith: [Int] = []
    /// How many records that reading had.
    public var readBefore: UInt32 = 0
    /// How much of it could not be read.
    public var lossesBefore: UInt32 = 0

    public init(place: Int, generation: UInt32, stamp: FileStamp?, isAgain: Bool) {
      self.place = place
      self.generation = generation
      self.stamp = stamp
      self.isAgain = isAgain
    }
  }

  public private(set) var readings: [Reading] = []
  /// Known files under a new path or stamp.
  public private(set) var updates: [KnownFile] = []
  /// From where to where known files have moved.
  public private(set) var moves: [(from: [UInt8], to: [UInt8])] = []
  public private(set) var unchangedCount = 0
  public private(set) var movedCount = 0
  public private(set) var grownCount = 0
  public private(set) var replacedCount = 0

  private let known: [KnownFile]
  private let readsAll: Bool
  private var byPath: [FileName: Path] = [:]
  /// Places of known files; made when the first file is looked for that may have moved.
  private var bySize: [Int64: [Int]]?
  private var byInode: [Inode: Int]?
  /// By place of a known file: whether it lies where it lay, as it was.
  private var isUnchanged: [Bool]
  /// Places of known files that lie elsewhere, or nowhere; made when the first file is looked for that may be one.
  private var gone: [Int]?
  /// Places of known files that a found file is.
  private var claimed: Set<Int> = []

  private struct Inode: Hashable {
    var device: UInt64
    var inode: UInt64
  }

  /// Places of readings that newer ones have followed.
  private struct OlderReadings {
    var byPath: [FileName: [Int]] = [:]
    var byInode: [Inode: [Int]] = [:]
  }

  /// Made when the first file is read again.
  private var older: OlderReadings?

  private struct Path {
    /// The newest reading's place among the known files, if it still is that path's.
    var current: Int?
    /// Of the next reading.
    var generation: UInt32
  }

  /// - Parameters:
  ///   - known: all readings.
  ///   - now: nanoseconds.
  ///   - readsAll: also what is known.
  public init(_ files: [FoundFile], known: [KnownFile], now: Int64, readsAll: Bool = false) {
    self.known = known
    self.readsAll = readsAll
    isUnchanged = [Bool](repeating: false, count: known.count)
    byPath.reserveCapacity(known.count)
    for (place, file) in known.enumerated() {
      let last = byPath.updateValue(
        Path(current: file.isCurrent ? place : nil, generation: file.generation + 1), forKey: FileName(file.path))
      guard let last else { continue }
      byPath[FileName(file.path)] = Path(
        current: file.isCurrent ? place : last.current, generation: max(last.generation, file.generation + 1))
    }
    var unclear: [(place: Int, stamp: FileStamp?)] = []
    for (place, file) in files.enumerated() {
      let stamp = file.origin == .stdin ? nil : FileStamp(path: file.name.bytes, now: now)
      if !readsAll, let stamp, let place = byPath[file.name]?.current, stamp.isSame(as: known[place].stamp) {
        unchangedCount += 1
        isUnchanged[place] = true
      } else {
        unclear.append((place, stamp))
      }
    }
    // A log that was turned lies under a new path, and another under its old one: the new path first.
    let isNewPath = unclear.map { byPath[files[$0.place].name]?.current == nil }
    for wanted in [true, false] {
      for (item, isNew) in zip(unclear, isNewPath) where isNew == wanted {
        decide(files[item.place], item.place, item.stamp)
      }
    }
    readings.sort { $0.place < $1.place }
  }

  private mutating func decide(_ file: FoundFile, _ place: Int, _ stamp: FileStamp?) {
    let name = file.name
    let earlier = byPath[name]?.current
    guard let stamp else { return read(name, place, nil, after: nil) }
    if let earlier, isSame(name, stamp, known[earlier]) {
      if readsAll { return read(name, place, stamp, after: earlier) }
      unchangedCount += 1
      return update(earlier, name, stamp)
    }
    if earlier == nil, let moved = movedFile(name, stamp) {
      move(moved, name, stamp, known[moved].sha256)
      if readsAll { read(name, place, stamp, after: moved) }
      return
    }
    if earlier == nil, let (moved, hash) = compressedFile(file) {
      move(moved, name, stamp, hash)
      if readsAll { read(name, place, stamp, after: moved) }
      return
    }
    if earlier == nil, let moved = movedAndGrown(name, stamp) {
      move(moved, name, stamp, known[moved].sha256)
      grownCount += 1
      return read(name, place, stamp, after: moved)
    }
    let hasGrown = earlier.map { isGrown(name, stamp, known[$0]) } ?? false
    if hasGrown { grownCount += 1 } else if earlier != nil { replacedCount += 1 }
    read(name, place, stamp, after: hasGrown ? earlier : nil)
  }

  /// - Parameter earlier: the known reading that this one begins with.
  private mutating func read(_ name: FileName, _ place: Int, _ stamp: FileStamp?, after earlier: Int?) {
    let path = byPath[name]
    var reading = Reading(
      place: place, generation: path?.generation ?? 0, stamp: stamp, isAgain: earlier != nil || path?.current != nil)
    if let earlier {
      reading.begunWith = [earlier]
      if readsAll { reading.begunWith += grownFrom(earlier, name) }
      reading.readBefore = known[earlier].records
      reading.lossesBefore = known[earlier].losses
    }
    readings.append(reading)
  }

  /// Readings of a file before it grew to a known one: under its path, or by its inode under the path that it had then.
  private mutating func grownFrom(_ place: Int, _ name: FileName) -> [Int] {
    let stamp = known[place].stamp
    let all = olderReadings()
    let candidates = Set(
      (all.byPath[FileName(known[place].path)] ?? [])
        + (all.byInode[Inode(device: stamp.device, inode: stamp.inode)] ?? []))
    let own = candidates.filter { $0 != place && known[$0].stamp.size <= stamp.size }
      .sorted { (known[$0].stamp.size, $0) < (known[$1].stamp.size, $1) }
    let hashes = FileHash.of(name.bytes, firsts: own.map { known[$0].stamp.size })
    return zip(own, hashes).filter { known[$0].sha256 == $1 }.map(\.0)
  }

  private mutating func olderReadings() -> OlderReadings {
    if let older { return older }
    var all = OlderReadings()
    for (place, file) in known.enumerated() where !file.isCurrent && file.sha256 != nil {
      all.byPath[FileName(file.path), default: []].append(place)
      all.byInode[Inode(device: file.stamp.device, inode: file.stamp.inode), default: []].append(place)
    }
    older = all
    return all
  }

  private func isSame(_ name: FileName, _ stamp: FileStamp, _ file: KnownFile) -> Bool {
    guard let hash = file.sha256, stamp.size == file.stamp.size else { return false }
    return FileHash.of(name.bytes, first: stamp.size) == hash
  }

  private func isGrown(_ name: FileName, _ stamp: FileStamp, _ file: KnownFile) -> Bool {
    guard let hash = file.sha256, stamp.size > file.stamp.size else { return false }
    return FileHash.of(name.bytes, first: file.stamp.size) == hash
  }

  private mutating func move(
    _ moved: Int, _ name: FileName, _ stamp: FileStamp, _ hash: SHA256Value?
  ) {
    movedCount += 1
    claimed.insert(moved)
    moves.append((known[moved].path, name.bytes))
    for older in grownFrom(moved, name) { updates.append(renamed(known[older], name)) }
    byPath[FileName(known[moved].path)]?.current = nil
    update(moved, name, stamp, hash)
  }

  /// The known file that was compressed: its content is that of this one, and it is no longer where it was.
  private mutating func compressedFile(_ file: FoundFile) -> (place: Int, hash: SHA256Value)? {
    // A first sweep need not look at the ends of all its files.
    guard !known.isEmpty, let size = CompressedFile.contentSize(file.name.bytes) else { return nil }
    let candidates =
      switch size {
      case .exactly(let size): (placesBySize()[size] ?? []).filter { isGone($0) && !isThere(known[$0]) }
      case .atLeast(let size): gonePlaces().filter { isGone($0) && known[$0].stamp.size >= size }
      }
    guard let sizeMax = candidates.map({ known[$0].stamp.size }).max(),
      let hashes = CompressedFile.hashes(file, sizeMax: sizeMax)
    else { return nil }
    return candidates.first { known[$0].stamp.size == hashes.size && known[$0].sha256 == hashes.content }
      .map { ($0, hashes.file) }
  }

  /// Whether nothing that was found is known to be this file.
  private func isGone(_ place: Int) -> Bool { known[place].sha256 != nil && !claimed.contains(place) }

  /// Known files that are no longer where they were. Those that are as they were need not be looked for again.
  private mutating func gonePlaces() -> [Int] {
    if let gone { return gone }
    let places = known.indices.filter {
      known[$0].isCurrent && !isUnchanged[$0] && known[$0].sha256 != nil && !isThere(known[$0])
    }
    gone = places
    return places
  }

  /// The known file that this inode was, with more at its end: a log that was turned after its last lines were written.
  private mutating func movedAndGrown(_ name: FileName, _ stamp: FileStamp) -> Int? {
    guard let place = placeByInode(stamp), !claimed.contains(place), !isThere(known[place]) else {
      return nil
    }
    return isGrown(name, stamp, known[place]) ? place : nil
  }

  private mutating func placeByInode(_ stamp: FileStamp) -> Int? {
    if byInode == nil {
      var places: [Inode: Int] = [:]
      for (place, file) in known.enumerated() where file.isCurrent {
        places[Inode(device: file.stamp.device, inode: file.stamp.inode)] = place
      }
      byInode = places
    }
    return byInode?[Inode(device: stamp.device, inode: stamp.inode)]
  }

  /// Whether a known file still lies under its path: that very one.
  private func isThere(_ file: KnownFile) -> Bool {
    guard let now = FileStamp(path: file.path, now: .max) else { return false }
    return now.device == file.stamp.device && now.inode == file.stamp.inode
  }

  /// The known file that has this content and is no longer where it was.
  private mutating func movedFile(_ name: FileName, _ stamp: FileStamp) -> Int? {
    let candidates = (placesBySize()[stamp.size] ?? []).filter { known[$0].sha256 != nil && !claimed.contains($0) }
    guard !candidates.isEmpty, let hash = FileHash.of(name.bytes, first: stamp.size) else { return nil }
    return candidates.first { place in
      let file = known[place]
      guard file.sha256 == hash else { return false }
      return file.stamp.device == stamp.device && file.stamp.inode == stamp.inode || isGone(file.path)
    }
  }

  private mutating func placesBySize() -> [Int64: [Int]] {
    if let bySize { return bySize }
    var places: [Int64: [Int]] = [:]
    for (place, file) in known.enumerated() where file.isCurrent { places[file.stamp.size, default: []].append(place) }
    bySize = places
    return places
  }

  private func isGone(_ path: [UInt8]) -> Bool {
    var status = stat()
    return (path + [0]).withUnsafeBufferPointer { bytes in
      // SAFETY: the bytes end with NUL and live through the call.
      bytes.withMemoryRebound(to: CChar.self) { name in
        name.baseAddress.map { lstat($0, &status) != 0 && (errno == ENOENT || errno == ENOTDIR) } ?? false
      }
    }
  }

  /// By place among the readings: how many records were read before.
  public var readBefore: [Int: UInt32] {
    var counts: [Int: UInt32] = [:]
    for (place, reading) in readings.enumerated() where reading.readBefore > 0 { counts[place] = reading.readBefore }
    return counts
  }

  /// Notes what is known of files by now.
  public func apply(to files: inout [KnownFile]) {
    let new = Dictionary(updates.map { ($0.id, $0) }) { _, last in last }
    guard !new.isEmpty else { return }
    for place in files.indices { if let file = new[files[place].id] { files[place] = file } }
  }

  private mutating func renamed(_ file: KnownFile, _ name: FileName) -> KnownFile {
    var file = file
    file.path = name.bytes
    let path = byPath[name]
    file.generation = path?.generation ?? 0
    byPath[name] = Path(current: path?.current, generation: file.generation + 1)
    return file
  }

  /// - Parameter hash: nil where it is as it was.
  private mutating func update(
    _ place: Int, _ name: FileName, _ stamp: FileStamp, _ hash: SHA256Value? = nil
  ) {
    var file = known[place]
    file.sha256 = hash ?? file.sha256
    if file.path != name.bytes { file = renamed(file, name) }
    // Nothing new is known of a file that still may change within the tick.
    if file.path == known[place].path, file.stamp == stamp { return }
    file.stamp = stamp
    updates.append(file)
  }
}
