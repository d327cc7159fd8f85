import Glibc
import Testing

@testable import Archive

@Suite struct WalkTests {
  @Test func filesAreOrderedByTheBytesOfTheirWholePath() throws {
    let names = [".git/config", ".hidden", "B", "a.json", "a/1", "a/b-c", "a/b/2", "a0", "aa/z", "é"]
    let tree = try TemporaryTree(names.reversed())
    let outcome = tree.discover([""])
    #expect(outcome.files == names)
    #expect(outcome.issues == [])
    #expect(outcome.discovery.files.allSatisfy { $0.origin == .walked && $0.size == -1 })
  }

  @Test func theOrderIsThatOfSortedPathsInARandomTree() throws {
    var random = SplitMix(state: 7)
    let letters = Array("ab-.0~")
    var names = Set<String>()
    for _ in 0..<400 {
      let depth = Int.random(in: 1...4, using: &random)
      let parts = (0..<depth).map { _ in
        String((0..<Int.random(in: 1...3, using: &random)).map { _ in letters.randomElement(using: &random)! })
      }
      if parts.contains(where: { $0 == "." || $0 == ".." }) { continue }
      names.insert(parts.joined(separator: "/") + "!")
    }
    let tree = try TemporaryTree(Array(names))
    let outcome = tree.discover([""])
    #expect(outcome.files.count == names.count)
    #expect(outcome.discovery.files.map(\.name) == outcome.discovery.files.map(\.name).sorted())
  }

  @Test func argumentsKeepTheirOrderAndTheirSpelling() throws {
    let tree = try TemporaryTree(["b/2", "b/1", "a/1"])
    #expect(tree.discover(["b", "a/"]).files == ["b/1", "b/2", "a/1"])
    let spelled = discover([Array((tree.root + "/./b//").utf8)])
    #expect(spelled.files.map(\.name) == [FileName(tree.root + "/./b//1"), FileName(tree.root + "/./b//2")])
  }

  @Test func aNamedFileTellsItsSize() throws {
    let tree = try TemporaryTree()
    try tree.write("a", [1, 2, 3])
    let file = try #require(tree.discover(["a"]).discovery.files.first)
    #expect(file.size == 3 && file.origin == .named)
    var status = stat()
    #expect(stat(tree.path("a"), &status) == 0)
    #expect(file.inode == UInt64(status.st_ino) && file.device == UInt64(status.st_dev))
  }

  @Test(arguments: [("none", "notFound none"), ("f/below", "notFound f/below"), ("f/", "notFound f/")])
  func whatIsNotThereIsReported(name: String, issue: String) throws {
    #expect(try TemporaryTree(["f"]).discover([name]).issues == [issue])
  }

  @Test(arguments: [[], [0x61, 0x00, 0x62]] as [[UInt8]])
  func impossibleNamesAreNotFound(argument: [UInt8]) {
    #expect(discover([argument]).issues == [DiscoveryIssue(name: FileName(argument), kind: .notFound, errno: ENOENT)])
  }

  @Test func anEmptyDirectoryIsReportedOnlyWhereItWasNamed() throws {
    let tree = try TemporaryTree(["empty/", "full/empty/", "full/a"])
    let outcome = tree.discover(["empty", "full"])
    #expect(outcome.issues == ["emptyDirectory empty"])
    #expect(outcome.files == ["full/a"])
  }

  @Test func specialFilesAreReadOnlyWhereNamed() throws {
    let tree = try TemporaryTree(["d/a"])
    try tree.fifo("d/pipe")
    try tree.link("d/toPipe", to: "pipe")
    #expect(tree.discover(["d"]).issues == ["special d/pipe", "special d/toPipe"])
    let named = tree.discover(["d/pipe", "d/*"])
    #expect(named.files == ["d/pipe", "d/a"])
    #expect(named.discovery.files[0].size == -1)
    #expect(named.issues == ["sameFile(d/pipe) d/pipe", "sameFile(d/pipe) d/toPipe"])
  }

  @Test func linksToFilesAreReadAndLinksToDirectoriesOnlyOnDemand() throws {
    let tree = try TemporaryTree(["real/a", "other/b"])
    try tree.link("real/c", to: "../other/b")
    try tree.link("real/dir", to: "../other")
    try tree.link("real/gone", to: "nowhere")
    let plain = tree.discover(["real"])
    #expect(plain.files == ["real/a", "real/c"])
    #expect(plain.issues == ["linkNotFollowed real/dir", "danglingLink real/gone"])
    let followed = tree.discover(["real"], options: DiscoveryOptions(followLinks: true))
    #expect(followed.files == ["real/a", "real/c"])
    #expect(followed.issues == ["sameFile(real/c) real/dir/b", "danglingLink real/gone"])
  }

  @Test func whatTheReaderWritesIsLeftOutAndSaid() throws {
    let tree = try TemporaryTree(["logs/a", "logs/s.db", "logs/out/report", "logs/out/log", "logs/out/old/1"])
    try tree.link("logs/s", to: "s.db")
    var options = DiscoveryOptions()
    options.own = OwnPlaces(
      files: [Array(tree.path("logs/s.db").utf8), Array(tree.path("logs/gone").utf8)],
      directory: Array(tree.path("logs/out").utf8),
      isReport: { ["report", "old"].contains(String(decoding: $0, as: UTF8.self)) })
    let walked = tree.discover(["logs"], options: options)
    #expect(walked.files == ["logs/a", "logs/out/log"])
    #expect(walked.issues == ["own logs/out", "own logs/s", "own logs/s.db"])
    #expect(walked.discovery.issues.allSatisfy { !$0.isLoss })
    #expect(tree.discover(["logs/s.db", "logs/out"], options: options).files == ["logs/out/log"])
    #expect(tree.discover(["logs"]).files.count == 5)
  }

  @Test func aLinkGivenAsAnArgumentIsFollowed() throws {
    let tree = try TemporaryTree(["real/a"])
    try tree.link("to", to: "real")
    try tree.link("gone", to: "nowhere")
    try tree.link("self", to: "self")
    let outcome = tree.discover(["to", "gone", "self"])
    #expect(outcome.files == ["to/a"])
    #expect(outcome.issues == ["danglingLink gone", "loop self"])
  }

  @Test func loopsOfLinksEnd() throws {
    let tree = try TemporaryTree(["a/b/f"])
    try tree.link("a/b/up", to: "..")
    try tree.link("a/b/self", to: "self")
    try tree.link("twin", to: "a/b")
    let outcome = tree.discover([""], options: DiscoveryOptions(followLinks: true))
    #expect(outcome.files == ["a/b/f"])
    #expect(outcome.issues == ["loop a/b/self", "loop a/b/up", "sameFile(a/b) twin"])
  }

  @Test func aFileReachedTwiceIsReadOnce() throws {
    let tree = try TemporaryTree(["d/a", "d/z"])
    try tree.hardLink("d/b", to: "d/a")
    let outcome = tree.discover(["d", "d/z", "d", "d/a"])
    #expect(outcome.files == ["d/a", "d/z"])
    #expect(
      outcome.issues == ["sameFile(d/a) d/b", "sameFile(d/z) d/z", "sameFile(d) d", "sameFile(d/a) d/a"])
    #expect(outcome.origin("d/a") == .named)
    #expect(tree.discover(["d"]).origin("d/a") == .walked)
  }

  @Test func anyBytesMakeAName() throws {
    let tree = try TemporaryTree()
    let names: [[UInt8]] = [
      Array("new\nline".utf8), [0x62, 0xFF, 0xFE], [0x1B, 0x5B, 0x41], Array(repeating: UInt8(ascii: "x"), count: 255),
      Array("-".utf8), Array("@x".utf8), Array("*".utf8), Array(" ".utf8),
    ]
    for name in names { try tree.write(name, []) }
    let found = tree.discover([""]).discovery.files.map { Array($0.name.bytes.dropFirst(tree.root.utf8.count + 1)) }
    #expect(Set(found) == Set(names))
    for name in names {
      let named = discover([Array((tree.root + "/").utf8) + name])
      #expect(named.files.count == 1 && named.files[0].origin == .named)
    }
  }

  @Test func pathsLongerThanTheKernelTakesAreFoundAndOpened() throws {
    let tree = try TemporaryTree()
    let levels = 30
    let folder = String(repeating: "d", count: 200)
    var base = open(tree.root, O_RDONLY | O_DIRECTORY)
    for _ in 0..<levels {
      #expect(mkdirat(base, folder, 0o755) == 0)
      let next = openat(base, folder, O_RDONLY | O_DIRECTORY)
      close(base)
      base = next
    }
    let file = openat(base, "deep.json", O_CREAT | O_WRONLY, 0o644)
    #expect(write(file, "x", 1) == 1)
    close(file)
    close(base)
    let found = tree.discover([""]).discovery.files
    try #require(found.count == 1 && found[0].name.bytes.count > 6_000)
    let opened = try OpenFile(reading: found[0])
    var byte: UInt8 = 0
    #expect(read(opened.descriptor, &byte, 1) == 1 && byte == UInt8(ascii: "x"))
    let named = discover([found[0].name.bytes])
    #expect(named.files.map(\.name) == [found[0].name] && named.files[0].size == 1)
    let glob = discover([found[0].name.bytes.dropLast(4) + Array("*".utf8)])
    #expect(glob.files.map(\.name) == [found[0].name])
  }

  @Test(arguments: [3_000, 4_090, 4_091, 4_092, 5_000, 9_000])
  func runsOfSlashesDoNotLeadBackToTheRoot(count: Int) throws {
    let tree = try TemporaryTree(["d/tmp"])
    let slashes = String(repeating: "/", count: count)
    for name in [tree.root + slashes + "d/tmp", tree.root + "/d" + slashes + "tmp", slashes + tree.path("d/tmp")] {
      #expect(discover([Array(name.utf8)]).files.map(\.name) == [FileName(name)])
    }
    #expect(discover([Array((tree.path("d") + slashes).utf8)]).files.count == 1)
    #expect(discover([Array((tree.root + "/" + String(repeating: "x", count: count)).utf8)]).files.isEmpty)
  }

  @Test func directoriesDeeperThanTheLimitAreReported() throws {
    let tree = try TemporaryTree(["a"])
    var base = open(tree.root, O_RDONLY | O_DIRECTORY)
    for _ in 0...DiscoveryOptions.depthMax {
      mkdirat(base, "d", 0o755)
      let next = openat(base, "d", O_RDONLY | O_DIRECTORY)
      close(base)
      base = next
    }
    close(base)
    let outcome = tree.discover([""])
    #expect(outcome.files == ["a"])
    #expect(outcome.discovery.issues.map(\.kind) == [.tooDeep])
  }

  @Test func anOrdinaryFileReplacedByAFIFODoesNotHangItsReader() throws {
    let tree = try TemporaryTree(["d/a"])
    let found = try #require(tree.discover(["d"]).discovery.files.first)
    unlink(tree.path("d/a"))
    try tree.fifo("d/a")
    #expect(throws: FileFault(errno: EINVAL)) { _ = try OpenFile(reading: found) }
  }

  @Test func messagesNameTheFileAndTheCause() throws {
    let issue = DiscoveryIssue(name: FileName("a\nb"), kind: .unreadable, errno: EIO)
    #expect(issue.description == "a\\x0ab: cannot be read: Input/output error")
    let same = DiscoveryIssue(name: FileName("b"), kind: .sameFile(FileName("a")), errno: 0)
    #expect(same.description == "b: the same as a; read once")
  }
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
