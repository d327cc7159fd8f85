/// What discovery does when the system fails it, one call at a time.

import Glibc
import Synchronization
import Testing

@testable import Archive

@Suite struct FaultTests {
  @Test(arguments: [
    (EACCES, "permissionDenied d"), (EPERM, "permissionDenied d"), (ENOENT, "vanished d"), (ENOTDIR, "vanished d"),
    (EIO, "unreadable d"), (EMFILE, "unreadable d"), (ELOOP, "loop d"),
  ])
  func aDirectoryThatCannotBeOpenedIsReportedAndTheRestIsRead(errno: Int32, issue: String) throws {
    var calls = FileCalls.live
    calls.open = { (base, path, flags) throws(FileFault) in
      if strcmp(path, "d") == 0 { throw FileFault(errno: errno) }
      return try FileCalls.live.open(base, path, flags)
    }
    let outcome = try TemporaryTree(["a", "d/x", "e/y"]).discover([""], calls: calls)
    #expect(outcome.files == ["a", "e/y"])
    #expect(outcome.issues == [issue])
    #expect(outcome.discovery.issues[0].errno == errno)
  }

  @Test func aDirectoryThatBreaksHalfWayKeepsWhatWasRead() throws {
    let left = Atomic<Int>(4)
    var calls = FileCalls.live
    calls.nextEntry = { (stream) throws(FileFault) in
      if left.subtract(1, ordering: .relaxed).newValue < 0 { throw FileFault(errno: EIO) }
      return try FileCalls.live.nextEntry(stream)
    }
    let outcome = try TemporaryTree(["a", "b", "c", "d", "e", "f"]).discover([""], calls: calls)
    #expect((2...4).contains(outcome.files.count))
    #expect(outcome.issues == ["unreadable "])
  }

  @Test func anArgumentThatCannotBeLookedAtIsReported() throws {
    var calls = FileCalls.live
    calls.status = { (_, _, _) throws(FileFault) in throw FileFault(errno: EACCES) }
    #expect(try TemporaryTree(["a"]).discover(["a", "*"], calls: calls).issues.first == "permissionDenied a")
  }

  @Test func aFolderThatAGlobCannotReadIsReported() throws {
    var calls = FileCalls.live
    calls.open = { (base, path, flags) throws(FileFault) in
      if String(cString: path).hasSuffix("/d/") { throw FileFault(errno: EACCES) }
      return try FileCalls.live.open(base, path, flags)
    }
    let outcome = try TemporaryTree(["d/x", "e/x"]).discover(["*/*"], calls: calls)
    #expect(outcome.files == ["e/x"])
    #expect(outcome.issues == ["permissionDenied d/"])
  }

  @Test func theOrderOfTheFilesystemChangesNothing() throws {
    let tree = try TemporaryTree(["a/1", "a/2", "a.x", "b/c/d", "b/c.d", "z", "0", "m/n"])
    try tree.hardLink("y", to: "a/2")
    let expected = tree.discover([""])
    for seed in 0..<8 {
      let outcome = tree.discover([""], calls: ShuffledDirectories(seed: UInt64(seed)).calls)
      #expect(outcome.files == expected.files)
      #expect(outcome.issues == expected.issues)
    }
  }

  @Test func aFilesystemThatKeepsKindsToItselfIsAsked() throws {
    let tree = try TemporaryTree(["a/1", "a.x", "b/c/d"])
    try tree.link("b/l", to: "../a.x")
    try tree.fifo("p")
    var calls = FileCalls.live
    calls.nextEntry = { (stream) throws(FileFault) in
      try FileCalls.live.nextEntry(stream).map { RawEntry(name: $0.name, inode: $0.inode, kind: .unknown) }
    }
    let outcome = tree.discover(["", "b/*"], calls: calls)
    let expected = tree.discover(["", "b/*"])
    #expect(outcome.files == expected.files && outcome.files.count == 3)
    #expect(outcome.issues == expected.issues)
  }

  @Test func anEntryThatCannotBeAskedIsReported() throws {
    var calls = FileCalls.live
    calls.nextEntry = { (stream) throws(FileFault) in
      try FileCalls.live.nextEntry(stream).map { RawEntry(name: $0.name, inode: $0.inode, kind: .unknown) }
    }
    calls.status = { (base, path, follow) throws(FileFault) in
      if strcmp(path, "bad") == 0 { throw FileFault(errno: EIO) }
      return try FileCalls.live.status(base, path, follow)
    }
    let outcome = try TemporaryTree(["bad", "good"]).discover([""], calls: calls)
    #expect(outcome.files == ["good"] && outcome.issues == ["unreadable bad"])
  }

  @Test func filesThatOnlySeemToShareAnInodeAreAllRead() throws {
    var calls = FileCalls.live
    calls.nextEntry = { (stream) throws(FileFault) in
      try FileCalls.live.nextEntry(stream).map { RawEntry(name: $0.name, inode: 7, kind: $0.kind) }
    }
    let outcome = try TemporaryTree(["a", "b", "c"]).discover([""], calls: calls)
    #expect(outcome.files == ["a", "b", "c"] && outcome.issues == [])
  }

  @Test(arguments: [false, true])
  func whicheverCallFailsNothingIsLostSilentlyAndNothingStaysOpen(followLinks: Bool) throws {
    let tree = try TemporaryTree(["a", "d/b", "d/e/c", "g/1.gz", "g/h/2.gz"])
    try tree.link("l", to: "g/h")
    try tree.write("list", Array(tree.path("a").utf8))
    let arguments = ["d", "g/**/*.gz", "l", "@list"]
    let options = DiscoveryOptions(followLinks: followLinks)
    let complete = Set(tree.discover(arguments, options: options).files)
    #expect(complete == ["a", "d/b", "d/e/c", "g/1.gz", "g/h/2.gz"])
    for failing in 0... {
      let faulty = FaultyCalls(failing: failing)
      let outcome = tree.discover(arguments, options: options, calls: faulty.calls)
      #expect(faulty.open.load(ordering: .relaxed) == 0, "call \(failing)")
      let files = Set(outcome.files.map { $0 == "l/2.gz" ? "g/h/2.gz" : $0 })
      #expect(files == complete || !outcome.issues.isEmpty, "call \(failing)")
      if failing >= faulty.count.load(ordering: .relaxed) { break }
    }
  }
}

/// True from the second time on.
final class Once: Sendable {
  private let taken = Atomic<Bool>(false)

  func wasTaken() -> Bool { taken.exchange(true, ordering: .relaxed) }
}

/// Fails the call of one number with EIO, and counts what is open.
private final class FaultyCalls: Sendable {
  let count = Atomic<Int>(0)
  let open = Atomic<Int>(0)
  private let failing: Int

  init(failing: Int) {
    self.failing = failing
  }

  private func step() throws(FileFault) {
    if count.add(1, ordering: .relaxed).oldValue == failing { throw FileFault(errno: EIO) }
  }

  private func opened(_ descriptor: Int32) -> Int32 {
    open.add(1, ordering: .relaxed)
    return descriptor
  }

  var calls: FileCalls {
    let live = FileCalls.live
    return FileCalls(
      open: { (base, path, flags) throws(FileFault) in
        try self.step()
        return self.opened(try live.open(base, path, flags))
      },
      close: {
        self.open.subtract(1, ordering: .relaxed)
        live.close($0)
      },
      duplicate: { (descriptor) throws(FileFault) in
        try self.step()
        return self.opened(try live.duplicate(descriptor))
      },
      status: { (base, path, follow) throws(FileFault) in
        try self.step()
        return try live.status(base, path, follow)
      },
      statusOfDescriptor: { (descriptor) throws(FileFault) in
        try self.step()
        return try live.statusOfDescriptor(descriptor)
      },
      openStream: { (descriptor) throws(FileFault) in
        try self.step()
        return try live.openStream(descriptor)
      },
      nextEntry: { (stream) throws(FileFault) in
        try self.step()
        return try live.nextEntry(stream)
      },
      closeStream: {
        self.open.subtract(1, ordering: .relaxed)
        live.closeStream($0)
      },
      read: { (descriptor, buffer) throws(FileFault) in
        try self.step()
        return try live.read(descriptor, buffer)
      },
      wait: live.wait
    )
  }
}

/// Returns the entries of every directory in an order of its own.
private final class ShuffledDirectories: Sendable {
  private struct Copy: Sendable {
    let name: [CChar]
    let inode: UInt64
    let kind: EntryKind
  }

  private let waiting = Mutex<[UInt: [Copy]]>([:])
  private let seed: UInt64
  /// What the last entry handed out points to.
  private let names = Mutex<[UInt: UInt]>([:])

  init(seed: UInt64) {
    self.seed = seed
  }

  var calls: FileCalls {
    var calls = FileCalls.live
    calls.nextEntry = { (stream) throws(FileFault) in
      let key = UInt(bitPattern: stream)
      if self.waiting.withLock({ $0[key] }) == nil {
        let entries = try self.readAll(stream)
        self.waiting.withLock { $0[key] = entries }
      }
      guard let next = self.waiting.withLock({ $0[key]?.popLast() }) else { return nil }
      return RawEntry(name: self.keep(next.name, for: key), inode: next.inode, kind: next.kind)
    }
    calls.closeStream = { stream in
      let key = UInt(bitPattern: stream)
      _ = self.waiting.withLock { $0.removeValue(forKey: key) }
      self.release(key)
      FileCalls.live.closeStream(stream)
    }
    return calls
  }

  private func readAll(_ stream: OpaquePointer) throws(FileFault) -> [Copy] {
    var entries: [Copy] = []
    while let entry = try FileCalls.live.nextEntry(stream) {
      let name = Array(UnsafeBufferPointer(start: entry.name, count: strlen(entry.name) + 1))
      entries.append(Copy(name: name, inode: entry.inode, kind: entry.kind))
    }
    var random = SplitMix(state: seed)
    return entries.shuffled(using: &random)
  }

  private func keep(_ name: [CChar], for key: UInt) -> UnsafePointer<CChar> {
    release(key)
    let copy = strdup(name)!
    names.withLock { $0[key] = UInt(bitPattern: copy) }
    return UnsafePointer(copy)
  }

  private func release(_ key: UInt) {
    free(names.withLock { $0.removeValue(forKey: key) }.flatMap { UnsafeMutableRawPointer(bitPattern: $0) })
  }
}
