import Foundation
import Testing

@testable import Archive

@Suite struct GlobTests {
  @Test(arguments: [
    ("*", "abc", true), ("*", "", true), ("*", ".abc", false), (".*", ".abc", true), ("?abc", ".abc", false),
    ("[.]abc", ".abc", false), ("a*c", "abc", true), ("a*c", "ac", true), ("a*c", "acb", false), ("a?c", "abc", true),
    ("a?c", "ac", false), ("a*b*c", "a-b-b-c", true), ("a*b*c", "a-c-b", false), ("[a-c]x", "bx", true),
    ("[a-c]x", "dx", false), ("[!a-c]x", "dx", true), ("[^a-c]x", "ax", false), ("[]a]", "]", true),
    ("[!]]", "a", true),
    ("[!]]", "]", false), ("[a-]", "-", true), ("[z-a]", "m", false), ("[z-a]", "z", false), ("*[", "a[", true),
    ("a[b*", "a[bc", true), ("\\*?", "*a", true), ("\\*?", "aa", false), ("[\\]]", "]", true), ("a**b", "axxb", true),
    ("x?z", "xéz", true), ("x??z", "xéz", false), ("[à-ü]*", "été", true), ("[!a]", "é", true), ("?", "😀", true),
    ("*é", "aéé", true), ("*.gz", "a.gz.gz", true), ("*.gz", "gz", false),
  ])
  func namesMatchAsInAShell(pattern: String, name: String, matches: Bool) throws {
    let parsed = try Self.pattern(Array(pattern.utf8))
    #expect(parsed.matches(Array(name.utf8)) == matches)
  }

  @Test func aByteOutsideUTF8IsOneCharacter() throws {
    let one = try Self.pattern(Array("a?b".utf8))
    #expect(one.matches([0x61, 0xFF, 0x62]))
    #expect(!one.matches([0x61, 0xFF, 0xFE, 0x62]))
    let set = try Self.pattern([0x5B, 0x78, 0xFF, 0x5D])
    #expect(set.matches([0xFF]) && !set.matches([0xFE]))
  }

  @Test func manyStarsCostNoMoreThanTheProduct() throws {
    let pattern = String(repeating: "a*", count: 60) + "b"
    let parsed = try Self.pattern(Array(pattern.utf8))
    #expect(!parsed.matches([UInt8](repeating: UInt8(ascii: "a"), count: 255)))
  }

  private static func pattern(_ text: [UInt8]) throws -> NamePattern {
    guard case .pattern(let pattern) = NamePattern.step(text) else { throw NoPattern() }
    return pattern
  }

  private struct NoPattern: Error {}

  private static let names = [
    ".hid/a.gz", ".top", "a.gz", "b.json", "x/a.gz", "x/.hidden", "x/y/a.gz", "x/y/z/b.gz", "y/a.gz", "[odd]/q", "st*r",
  ]

  @Test(arguments: [
    ("*.gz", ["a.gz"]),
    ("*/a.gz", ["x/a.gz", "y/a.gz"]),
    ("**/a.gz", ["a.gz", "x/a.gz", "x/y/a.gz", "y/a.gz"]),
    ("**/**/b.gz", ["x/y/z/b.gz"]),
    ("x/**", ["x/a.gz", "x/y/a.gz", "x/y/z/b.gz"]),
    ("x/**/*.gz", ["x/a.gz", "x/y/a.gz", "x/y/z/b.gz"]),
    ("**/y/*", ["x/y/a.gz", "x/y/z/b.gz", "y/a.gz"]),
    (".*", [".hid/a.gz", ".top"]),
    ("[xy]", ["x/.hidden", "x/a.gz", "x/y/a.gz", "x/y/z/b.gz", "y/a.gz"]),
    ("?/", ["x/.hidden", "x/a.gz", "x/y/a.gz", "x/y/z/b.gz", "y/a.gz"]),
    ("[odd]/q", ["[odd]/q"]),
    ("\\[odd\\]/*", ["[odd]/q"]),
    ("st*r", ["st*r"]),
    ("x/../?.gz", ["x/../a.gz"]),
  ])
  func globsFindTheirFilesInOrder(glob: String, files: [String]) throws {
    let outcome = try TemporaryTree(Self.names).discover([glob])
    #expect(outcome.files == files)
    #expect(outcome.issues == [])
  }

  @Test func matchesCountAsNamedAndWhatLiesInMatchedFoldersAsWalked() throws {
    let outcome = try TemporaryTree(Self.names).discover(["[ay]*"])
    #expect(outcome.origin("a.gz") == .named)
    #expect(outcome.origin("y/a.gz") == .walked)
  }

  @Test(arguments: ["*.none", "none/*", "a.gz/*", "**/none", "a.gz/**", "[z]/"])
  func aGlobWithoutMatchIsNotFound(glob: String) throws {
    #expect(try TemporaryTree(Self.names).discover([glob]).issues == ["notFound \(glob)"])
  }

  @Test func theLiteralNameGoesBeforeTheGlob() throws {
    let tree = try TemporaryTree(["a[1].gz", "a1.gz"])
    #expect(tree.discover(["a[1].gz"]).files == ["a[1].gz"])
  }

  @Test func anyFoldersNeverFollowsLinks() throws {
    let tree = try TemporaryTree(["d/a.gz"])
    try tree.link("d/up", to: "..")
    try tree.link("d/file", to: "a.gz")
    let outcome = tree.discover(["**"], options: DiscoveryOptions(followLinks: true))
    #expect(outcome.files == ["d/a.gz"])
    #expect(outcome.issues == ["sameFile(d/a.gz) d/file"])
    #expect(tree.discover(["d/up/d/a*"]).files == ["d/up/d/a.gz"])
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
  func globsFindWhatPythonFinds() throws {
    var random = SplitMix(state: 20_240_302)
    let tree = try TemporaryTree(Self.randomNames(&random))
    let globs = Self.randomGlobs(&random).map { tree.path($0) }
    let expected = try Self.python(globs)
    var found = 0
    for (glob, paths) in zip(globs, expected) {
      guard let pattern = GlobPattern(Array(glob.utf8)) else { continue }
      var expansion = GlobExpansion(pattern: pattern, calls: .live)
      expansion.expand(Array("/".utf8), from: 0, depth: 0)
      let ours = Set(expansion.matches.map { String(decoding: $0.name.bytes, as: UTF8.self) })
      let theirs = pattern.filesOnly ? paths.filter { !Self.isDirectory($0) } : paths
      #expect(ours == Set(theirs), "\(glob)")
      found += ours.count
    }
    #expect(found > 1_000)
  }

  /// Folders end in `a` and files in `b`, so that no name is both.
  private static func randomNames(_ random: inout SplitMix) -> [String] {
    (0..<150).map { _ in
      let parts = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        name(from: ["a", "b", "c", ".", "é", "["], &random)
      }
      return parts.joined(separator: "a/") + "b"
    }
  }

  private static func randomGlobs(_ random: inout SplitMix) -> [String] {
    let pieces = ["a", "b", "c", ".", "*", "*", "?", "[ab]", "[!a]", "[a-c]", "[", "**", "é", "[é]"]
    return (0..<400).map { _ in
      let parts = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        Int.random(in: 0..<4, using: &random) == 0 ? "**" : name(from: pieces, &random)
      }
      return parts.joined(separator: "/") + (Int.random(in: 0..<8, using: &random) == 0 ? "/" : "")
    }
  }

  /// No `.` or `..`, whose meaning in the middle of a glob is a matter of taste.
  private static func name(from pieces: [String], _ random: inout SplitMix) -> String {
    while true {
      let name = (0..<Int.random(in: 1...3, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
      if name.contains(where: { $0 != "." }) { return name }
    }
  }

  private static func python(_ globs: [String]) throws -> [[String]] {
    let program = """
      import glob, json, sys
      print(json.dumps([glob.glob(g, recursive=True) for g in json.load(sys.stdin)]))
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-c", program]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(globs))
    try input.fileHandleForWriting.close()
    let answer = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return try JSONDecoder().decode([[String]].self, from: answer)
  }

  private static func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }
}
