import Foundation
import Testing

/// `--pseudonymise` over a whole archive: no name of a person, an account, an address or a key in anything that is written.
@Suite struct PseudonymReportTests {
  static let demo = DocumentedTests.root.appendingPathComponent("fixtures/demo").path
  private static let fields = [
    "actor", "actor_id", "actor_account", "actor_key", "actor_issuer", "account", "src_ip", "minted_key", "session_key",
  ]
  // Names of roles that every account has, and of services: they tell of nobody.
  private static let common: Set<String> = ["root"]

  private static func originals() throws -> Set<String> {
    var names: Set<String> = []
    for row in try Harrier.run("search", "*", demo, "--format", "jsonl").rows {
      for field in fields { if let name = row[field] as? String, !name.isEmpty { names.insert(name) } }
    }
    return names.filter { !common.contains($0) && !$0.hasSuffix(".amazonaws.com") }
  }

  /// Whether a name stands in a text, and not only as a part of a word.
  private static func stands(_ name: String, in text: NSString) -> Bool {
    func isWord(_ place: Int) -> Bool {
      guard place >= 0, place < text.length, let scalar = UnicodeScalar(text.character(at: place)) else { return false }
      return CharacterSet.alphanumerics.contains(scalar)
    }
    var rest = NSRange(location: 0, length: text.length)
    while true {
      let found = text.range(of: name, options: .literal, range: rest)
      if found.location == NSNotFound { return false }
      if !isWord(found.location - 1), !isWord(found.location + found.length) { return true }
      rest = NSRange(location: found.location + 1, length: text.length - found.location - 1)
    }
  }

  @Test func theSearchForNamesFindsThem() {
    #expect(PseudonymReportTests.stands("lin.mei", in: "user/lin.mei\""))
    #expect(!PseudonymReportTests.stands("test", in: "latest tests"))
  }

  @Test(arguments: [["--lang", "en"], ["--lang", "zh"], ["--alert-format", "ocsf"], ["--format", "jsonl"]])
  func noNameIsLeft(flags: [String]) throws {
    let folder = try Folder()
    let key = try folder.write("key", String(repeating: "k", count: 32))
    let out = "\(folder.path)/out"
    let kinds = ["navigator", "timesketch", "markdown"].flatMap { ["--report", $0] }
    let sweep = ["sweep", PseudonymReportTests.demo, "--out", out, "--now", "2026-01-17", "--pseudonymise", key]
    let result = try Harrier.run(sweep + kinds + flags)
    #expect(result.code == 3)
    var texts = ["standard output": result.output, "standard error": result.errors]
    for name in try FileManager.default.contentsOfDirectory(atPath: out) {
      texts[name] = try String(contentsOfFile: "\(out)/\(name)", encoding: .utf8)
    }
    #expect(texts.count == 10)
    // The page's own program and words are nobody's names.
    texts["report.html"]?.replace(/<(script|style)>[\s\S]*?<\/(script|style)>/, with: "")
    let originals = try PseudonymReportTests.originals()
    #expect(originals.count > 100 && originals.isSuperset(of: ["lin.mei", "210000000011", "203.0.113.66"]))
    for (file, text) in texts {
      let text = text as NSString
      let left = originals.filter { PseudonymReportTests.stands($0, in: text) }
      #expect(left.isEmpty, "\(file): \(left.sorted().prefix(5))")
    }
    #expect(texts["alerts.csv"]?.contains("actor-") == true)
  }
}
