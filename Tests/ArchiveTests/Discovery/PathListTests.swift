import Glibc
import Testing

@testable import Archive

@Suite struct PathListTests {
  @Test func linesAreTakenInTheirOrderAndMayBeDirectories() throws {
    let tree = try TemporaryTree(["b", "d/2", "d/1"])
    try tree.write("list", Array("\n\(tree.path("d"))\n\n\(tree.path("b"))".utf8))
    let outcome = tree.discover(["@list"])
    #expect(outcome.files == ["d/1", "d/2", "b"])
    #expect(outcome.origin("b") == .listed && outcome.origin("d/1") == .walked)
    #expect(outcome.issues == [])
  }

  @Test func aListWithNULIsSeparatedByNUL() throws {
    let tree = try TemporaryTree(["new\nline", "b"])
    try tree.write("list", Array("\(tree.path("new\nline"))\0\(tree.path("b"))\0".utf8))
    #expect(tree.discover(["@list"]).files == ["new\\x0aline", "b"])
  }

  @Test func carriageReturnsBelongToTheLineEndUnlessAFileSaysOtherwise() throws {
    let tree = try TemporaryTree(["a", "b\r"])
    try tree.write("list", Array("\(tree.path("a"))\r\n\r\n\(tree.path("b"))\r\n\(tree.path("c"))\r\n".utf8))
    let outcome = tree.discover(["@list"])
    #expect(outcome.files == ["a", "b\\x0d"])
    #expect(outcome.issues == ["notFound c"])
  }

  @Test func linesAreTakenLiterally() throws {
    let tree = try TemporaryTree(["a"])
    try tree.write("list", Array("-\n@\(tree.path("a"))\n\(tree.path("*"))\n".utf8))
    let outcome = tree.discover(["@list"])
    #expect(outcome.files == [])
    #expect(outcome.issues == ["notFound -", "notFound @\(tree.path("a"))", "notFound *"])
  }

  @Test func linesAreRelativeToTheCurrentDirectory() throws {
    let tree = try TemporaryTree(["sub/a"])
    let buffer = try #require(getcwd(nil, 0))
    defer { free(buffer) }
    let depth = String(cString: buffer).split(separator: "/").count
    let relative = String(repeating: "../", count: depth) + tree.path("sub/a").dropFirst()
    try tree.write("sub/list", Array("\(relative)\n".utf8))
    #expect(tree.discover(["@sub/list"]).discovery.files.map(\.name) == [FileName(relative)])
  }

  @Test(arguments: [("@none", ENOENT), ("@", EISDIR), ("@dir", EISDIR)])
  func anUnreadableListIsReported(argument: String, errno: Int32) throws {
    let tree = try TemporaryTree(["dir/"])
    let outcome = tree.discover([argument])
    #expect(outcome.discovery.issues.map(\.kind) == [.listUnreadable])
    #expect(outcome.discovery.issues.map(\.errno) == [errno])
  }

  @Test func aListWithoutEndIsGivenUp() {
    var calls = FileCalls.live
    calls.read = { (_, buffer) throws(FileFault) in buffer.count }
    let issues = discover([Array("@/dev/null".utf8)], options: DiscoveryOptions(), calls: calls).issues
    #expect(issues.map(\.kind) == [.listTooLong])
  }

  @Test func standardInputIsTakenOnce() throws {
    let tree = try TemporaryTree(["a", "b"])
    let calls = try Self.standardInput(status: tree.path("a"), text: tree.path("b") + "\n")
    #expect(tree.discover(["-", "-", "@-"], calls: calls).files == ["-"])
    #expect(tree.discover(["-", "-", "@-"], calls: calls).issues == ["standardInputTaken -", "standardInputTaken @-"])
    let list = tree.discover(["@-", "-"], calls: calls)
    #expect(list.files == ["b"] && list.issues == ["standardInputTaken -"])
  }

  @Test func aFileThatIsAlsoStandardInputIsReadOnce() throws {
    let tree = try TemporaryTree(["a", "b"])
    let calls = try Self.standardInput(status: tree.path("a"), text: "")
    let outcome = tree.discover(["-", "a", "b"], calls: calls)
    #expect(outcome.files == ["-", "b"] && outcome.issues == ["sameFile(-) a"])
    #expect(outcome.origin("-") == .stdin)
  }

  /// Standard input as if it were the file `status`, and as if it held `text`.
  private static func standardInput(status path: String, text: String) throws -> FileCalls {
    let status = try FileCalls.live.statusOfPath(Array(path.utf8), follow: true)
    var calls = FileCalls.live
    calls.statusOfDescriptor = { (descriptor) throws(FileFault) in
      descriptor == STDIN_FILENO ? status : try FileCalls.live.statusOfDescriptor(descriptor)
    }
    let done = Once()
    calls.read = { (descriptor, buffer) throws(FileFault) in
      if descriptor != STDIN_FILENO { return try FileCalls.live.read(descriptor, buffer) }
      if done.wasTaken() { return 0 }
      buffer.copyBytes(from: text.utf8)
      return text.utf8.count
    }
    return calls
  }
}
