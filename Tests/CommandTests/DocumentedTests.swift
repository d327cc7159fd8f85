import Foundation
import Testing

/// The documents and the help say what the binary does: the examples run, and no flag is missing on either side.
@Suite struct DocumentedTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func text(_ name: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
  }

  static let commands = [
    "search", "sources", "fields", "generate", "rules", "config", "sweep", "map", "reduce", "verify", "alerts", "state",
    "outbox",
  ]

  static func flags(_ text: String) -> Set<String> {
    var found: Set<String> = []
    for word in text.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "-") }) where word.hasPrefix("--") {
      if word.count > 3 { found.insert(String(word)) }
    }
    return found
  }

  @Test(arguments: commands) func everyFlagOfTheHelpIsInTheDocuments(command: String) throws {
    let help = try Harrier.run(command, "--help")
    #expect(help.code == 0)
    let names = ["README.md", "docs/GUIDE.md", "docs/GENERATE.md", "docs/RULES.md", "docs/CONFIGURATION.md"]
    let documents = try names.map { try DocumentedTests.text($0) }.joined()
    let missing = DocumentedTests.flags(help.output).subtracting(DocumentedTests.flags(documents))
    #expect(missing.isEmpty, "\(missing.sorted())")
  }

  @Test func everyFlagOfTheGuideIsInTheHelp() throws {
    let help = try DocumentedTests.commands.map { try Harrier.run($0, "--help").output }.joined()
    let guide = try DocumentedTests.text("docs/GUIDE.md") + DocumentedTests.text("docs/GENERATE.md")
    let unknown = DocumentedTests.flags(guide).subtracting(DocumentedTests.flags(help))
    #expect(unknown.isEmpty, "\(unknown.sorted())")
  }

  @Test func everyExampleOfTheGuideRuns() throws {
    let lines = try DocumentedTests.text("docs/GUIDE.md").split(separator: "\n").map(String.init)
    let examples = lines.filter { $0.hasPrefix("harrier ") }
    #expect(examples.count >= 16)
    let folder = try Folder()
    for example in examples {
      let line = example.replacingOccurrences(of: "harrier ", with: "\(Harrier.path) ")
        .replacingOccurrences(of: "logins.csv", with: folder.path + "/logins.csv")
        .replacingOccurrences(of: "--out report", with: "--out \(folder.path)/report")
        .replacingOccurrences(of: "| jq ", with: "| grep ")
      let result = try Shell.run("cd '\(DocumentedTests.root.path)' && \(line)")
      if example.hasPrefix("harrier rules "), !example.contains("fixtures/archive") {
        #expect(result.code == 0, "\(example): \(result.output.suffix(500)) \(result.errors)")
      }
      // 3: the archive holds a damaged file on purpose.
      #expect([0, 1, 3].contains(result.code), "\(example): \(result.errors)")
      // An example that finds nothing explains nothing.
      let isShown =
        !example.contains(" > ") && !example.contains("| jq ") && !example.hasPrefix("harrier rules test rules/")
      #expect(!isShown || !result.output.isEmpty, "\(example)")
    }
  }

  @Test func theHelpFitsATerminal() throws {
    for command in DocumentedTests.commands {
      let help = try Harrier.run("help", command)
      #expect(help.code == 0)
      for line in help.lines { #expect(line.count <= 130, "\(command): \(line)") }
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func completionKnowsEveryCommand(shell: String) throws {
    let script = try Harrier.run("completion", shell)
    #expect(script.code == 0)
    for command in DocumentedTests.commands { #expect(script.output.contains(command)) }
  }

  @Test func theCompletionOfBashIsBash() throws {
    let script = try Harrier.run("completion", "bash")
    let folder = try Folder()
    let file = try folder.write("harrier.bash", script.output)
    #expect(try Shell.run("bash -n \(file)").code == 0)
  }
}
