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

  /// What stands between two marks of a console, such as those of a document that shows a command and its output.
  private static func consoles(_ text: String) -> [(command: String, output: [String])] {
    text.components(separatedBy: "```console\n").dropFirst().compactMap { part in
      var lines = part.components(separatedBy: "\n```")[0].components(separatedBy: "\n")
      guard let command = lines.first, command.hasPrefix("$ ") else { return nil }
      lines.removeFirst()
      return (String(command.dropFirst(2)), lines)
    }
  }

  /// Line by line, so that no number in it is older than the program; `…` stands for lines that are left out.
  @Test func theOutputInTheReadmeIsWhatTheProgramPrints() throws {
    let consoles = DocumentedTests.consoles(try DocumentedTests.text("README.md"))
    #expect(!consoles.isEmpty)
    for console in consoles {
      let folder = try Folder()
      let line = console.command.replacingOccurrences(of: "harrier ", with: "'\(Harrier.path)' ")
        .replacingOccurrences(of: "--out report", with: "--out '\(folder.path)/report'")
      let result = try Shell.run("cd '\(DocumentedTests.root.path)' && COLUMNS=80 \(line)")
      #expect([0, 3].contains(result.code), "\(result.errors)")
      var rest = result.output.components(separatedBy: "\n")[...]
      for piece in console.output.split(separator: "…") {
        let shown = Array(piece)
        let place = rest.indices.first { rest[$0...].starts(with: shown) }
        #expect(place != nil, "no longer printed:\n\(shown.joined(separator: "\n"))\n\nbut:\n\(result.output)")
        rest = rest[((place ?? rest.startIndex) + (place == nil ? 0 : shown.count))...]
      }
    }
  }

  /// Those that name what comes with the sources; what they show of an alert is named by its id.
  @Test func everyConsoleOfTheGuideRuns() throws {
    let lines = try DocumentedTests.text("docs/GUIDE.md").split(separator: "\n").map(String.init)
    let examples = lines.filter { $0.hasPrefix("$ harrier ") && $0.contains("fixtures/") }
    #expect(!examples.isEmpty)
    for example in examples {
      let line = example.dropFirst(2).replacingOccurrences(of: "harrier ", with: "'\(Harrier.path)' ")
      let result = try Shell.run("cd '\(DocumentedTests.root.path)' && \(line)")
      // 3: the archive holds a damaged file on purpose.
      #expect([0, 3].contains(result.code) && !result.output.isEmpty, "\(example): \(result.errors)")
    }
  }

  private static let helps =
    commands.map { ["help", $0] } + [["--help"]] + ["match", "check", "test", "explain"].map { ["help", "rules", $0] }

  /// A terminal of any width, and a file.
  @Test(arguments: [nil, 40, 60, 80, 200]) func theHelpFitsATerminal(width: Int?) throws {
    for words in DocumentedTests.helps {
      let help = try Harrier.run(words, environment: width.map { ["COLUMNS": "\($0)"] } ?? ["COLUMNS": ""])
      #expect(help.code == 0)
      for line in help.lines where line.count > min(width ?? 80, 100) {
        // Only what cannot be cut: a word, or what stands between quotes in a command that is to be copied.
        let isOne = line.split(separator: " ").count == 1 || line.contains("'")
        #expect(isOne, "\(words): \(line)")
      }
    }
  }

  @Test(arguments: [60, 80]) func helpOfTheOtherProgramFitsATerminal(width: Int) throws {
    let help = try Tool.run(Watchpost.notify, ["--help"], environment: ["COLUMNS": "\(width)"])
    for line in help.lines { #expect(line.count <= width, "\(line)") }
    #expect(help.lines.contains("  -q, --quiet         no messages"))
  }

  @Test func explanationsOfTheHelpStandInOneColumn() throws {
    for (width, column) in [(60, 28), (80, 28), (50, 8)] {
      let help = try Harrier.run(["help", "sweep"], environment: ["COLUMNS": "\(width)"]).lines
      let start = try #require(help.firstIndex(of: "Flags:"))
      let end = try #require(help.firstIndex(of: "Exit codes:"))
      for line in help[(start + 1)..<end] where !line.contains("--") || line.hasPrefix("         ") {
        #expect(line.prefix { $0 == " " }.count == column, "\(width): \(line)")
      }
    }
  }

  @Test func examplesOfANarrowHelpAreStillCommands() throws {
    func commands(_ width: Int) throws -> [String] {
      let help = try Harrier.run(["help", "search"], environment: ["COLUMNS": "\(width)"]).output
      return help.replacing(#/ \\\n +/#, with: " ").split(separator: "\n").map(String.init)
        .filter { $0.hasPrefix("  harrier search") }
    }
    let (narrow, wide) = (try commands(60), try commands(200))
    #expect(narrow.count == 6 && narrow == wide)
    #expect(narrow.allSatisfy { !$0.contains("\\") })
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

  /// What bash offers for the last of the words: it makes three of `--flag=value`.
  private static func offers(_ words: String, _ folder: Folder) throws -> [String] {
    let script = try folder.write("harrier.bash", try Harrier.run("completion", "bash").output)
    let typed = words.split(separator: " ", omittingEmptySubsequences: false).map { "'\($0)'" }.joined(separator: " ")
    let function = words.hasPrefix("harrier-notify") ? "_harrier_notify" : "_harrier"
    let result = try Shell.run(
      """
      cd '\(folder.path)' && bash -c '. ./harrier.bash; COMP_WORDS=(\(typed.replacing("'", with: "\"")))
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); \(function); printf "%s\\n" "${COMPREPLY[@]}"'
      """)
    #expect(result.code == 0 && script.hasSuffix(".bash"), "\(result.errors)")
    return result.lines.filter { !$0.isEmpty }
  }

  @Test(arguments: [
    ("harrier al", ["alerts"]), ("harrier sweep --fail-on ", ["informational", "low", "medium", "high", "critical"]),
    ("harrier sweep --lang = ", ["en", "zh"]), ("harrier sweep --lang = z", ["zh"]),
    ("harrier sweep --format ", ["text", "jsonl"]), ("harrier config show --format ", ["yaml", "json"]),
    ("harrier search x --format ", ["table", "jsonl", "csv", "tsv", "markdown"]),
    ("harrier alerts --status ", ["open", "acknowledged", "closed"]), ("harrier outbox --status d", ["dead"]),
    ("harrier alerts close ID --as ", ["expected", "true", "false"]), ("harrier alerts s", ["show"]),
    ("harrier outbox ", ["list", "retry", "drop"]), ("harrier state ", ["check", "reset", "export"]),
    ("harrier config ", ["show", "check", "init"]), ("harrier rules exp", ["explain", "export"]),
    ("harrier completion ", ["bash", "zsh", "fish"]), ("harrier sweep --jobs ", []),
    ("harrier sweep two", ["two words"]),
    ("harrier sweep --out ", ["dir"]), ("harrier sweep --config har", ["harrier.bash"]), ("harrier outbox retry ", []),
    ("harrier sweep --keep-r", ["--keep-reports"]), ("harrier alerts har", ["harrier.bash"]),
    ("harrier-notify --o", ["--once"]), ("harrier-notify --state har", ["harrier.bash"]), ("harrier-notify --try ", []),
  ])
  func completionOffersWhatMayStandThere(words: String, offered: [String]) throws {
    let folder = try Folder()
    _ = try folder.write("two words", "")
    try FileManager.default.createDirectory(atPath: "\(folder.path)/dir", withIntermediateDirectories: true)
    #expect(try DocumentedTests.offers(words, folder) == offered)
  }

  /// Whoever takes the values that a flag offers is told of no mistake, and mistakes name the same values.
  @Test(arguments: [
    ("sweep", "fail-on"), ("sweep", "format"), ("sweep", "report"), ("sweep", "lang"), ("sweep", "alert-format"),
    ("sweep", "color"), ("search", "format"), ("search", "provider"), ("alerts", "level"), ("alerts", "status"),
    ("config check", "fail-level"),
  ])
  func valuesOfTheCompletionAreThoseOfTheProgram(command: String, flag: String) throws {
    let folder = try Folder()
    let offered = try DocumentedTests.offers("harrier \(command) --\(flag) ", folder)
    let alerts = try folder.write("alerts.jsonl", "")
    let operands = ["search": ["*", alerts], "alerts": ["--state", "\(folder.path)/state"]][command] ?? [alerts]
    if command == "alerts" { _ = try Harrier.run("sweep", alerts, "--state", "\(folder.path)/state", "-q") }
    let out = command == "sweep" ? ["--out", "\(folder.path)/out"] : []
    let run = command.split(separator: " ").map(String.init) + operands + out
    let mistake = try Harrier.run(run + ["--\(flag)", "no-such-value"]).errors
    #expect(mistake.contains("not one of \(offered.joined(separator: ", "))"), "\(mistake)")
  }

  @Test func completionKnowsTheFlagsOfTheOtherProgram() throws {
    let help = try Shell.run("'\(Harrier.path)-notify' --help").output
    let flags = Set(help.matches(of: /--[a-z]+/).map { String($0.output) })
      .subtracting(["--no"])
    #expect(try Set(DocumentedTests.offers("harrier-notify --", Folder())) == flags)
  }
}
