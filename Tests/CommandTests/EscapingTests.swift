import Foundation
import Testing

/// Text of events, paths, rules and configurations that would steer a terminal or turn the direction of what it shows: no
/// command sends it.
@Suite struct EscapingTests {
  /// An escape sequence, a mark that reverses text, one of Arabic, a zero-width space, a separator, a C1 control, DEL.
  static let evil = "x\u{1B}[31m\u{202E}y\u{200F}\u{200B}z\u{2028}\u{9B}\u{7F}\u{E0041}"
  /// The same as a JSON or YAML string in double quotes.
  static let written = #"x\u001b[31m\u202ey\u200f\u200bz\u2028\u009b\u007f\udb40\udc41"#

  static func isSafe(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      if scalar == "\n" || scalar == "\t" { return true }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: return false
      default: return true
      }
    }
  }

  private let folder: Folder
  private let rules: [String]
  private let archive: String
  private let config: String

  init() throws {
    folder = try Folder()
    let yaml = EscapingTests.written.replacingOccurrences(of: #"\udb40\udc41"#, with: #"\U000e0041"#)
    let rule = """
      title: "Title \(yaml)"
      name: evil
      status: test
      level: high
      description: "\(yaml)"
      logsource: {product: aws, service: cloudtrail}
      detection:
        one: {eventName|startswith: "\(yaml)"}
        condition: one
      tags: ["attack.t1078"]
      custom: "\(yaml)"
      ---
      title: "Many \(yaml)"
      name: many
      level: high
      correlation: {type: value_count, rules: [evil], group-by: [userIdentity.userName], timespan: 1h,
        condition: {field: sourceIPAddress, gte: 2}}
      ---
      title: "Broken \(yaml)"
      logsource: {product: aws}
      detection: {one: {"eventName|\(yaml)": x}, condition: one}

      """
    rules = ["--no-builtin", "--rules", try folder.write("r\(EscapingTests.evil).yml", rule)]
    let events = (1...4).map { number in
      Sample.event(number, action: EscapingTests.written)
        .replacingOccurrences(of: #""u\#(number % 3)""#, with: #""\#(EscapingTests.written)""#)
        .replacingOccurrences(of: "e-\(number)", with: "\(number) \(EscapingTests.written)")
        .replacingOccurrences(of: "us-east-1", with: EscapingTests.written)
    }
    archive = try folder.write("a\(EscapingTests.evil).json", events.joined(separator: "\n") + "\n{\"open")
    config = try folder.write(
      "c\(EscapingTests.evil).yaml", "people:\n  \"\(yaml)\":\n    identities: [{identity: \"\(yaml)\"}]\n")
  }

  @Test(arguments: [
    ["sweep"], ["sweep", "--format", "jsonl"], ["rules", "match"], ["rules", "list"],
    ["rules", "list", "--format", "table"], ["rules", "list", "--format", "tsv"], ["rules", "check"],
    ["rules", "test"], ["rules", "explain", "evil"], ["rules", "explain", "many"], ["config", "show"],
    ["config", "show", "--format", "json"], ["config", "check"], ["config", "init"], ["search", "*"],
    ["search", "*", "--format", "table"], ["search", "*", "--count-by", "actor", "--format", "table"], ["fields"],
    ["fields", "--format", "table"], ["sources"], ["sources", "--format", "table"], ["sources", "-v"],
  ])
  func nothingReachesTheTerminalAsItCame(command: [String]) throws {
    var arguments = command + ["--color", "never"]
    switch command[0] {
    case "rules": arguments += rules + (command[1] == "match" ? [archive] : [])
    case "config":
      arguments += command[1] == "init" ? [archive] : command[1] == "show" ? ["--config", config] : [config]
    case "sweep": arguments += rules + [archive]
    default: arguments.append(archive)
    }
    let result = try Harrier.run(arguments)
    #expect(EscapingTests.isSafe(result.output), "\(result.output.debugDescription)")
    #expect(EscapingTests.isSafe(result.errors), "\(result.errors.debugDescription)")
    let isSilent = [["rules", "test"], ["config", "check"], ["config", "init"]].contains(command)
    #expect(result.output.contains("202e") || isSilent, "\(result.output) \(result.errors)")
  }

  @Test func onATerminalTheSame() throws {
    for format in [[], ["--format", "jsonl"]] {
      let words = ["sweep"] + format + rules + [archive]
      let command = ([Harrier.path] + words).map { "'\($0)'" }.joined(separator: " ")
      // A terminal of its own for the command; it sends carriage returns.
      let result = try Shell.run("script -qec \(quoted(command)) /dev/null < /dev/null")
      let text = result.output.replacingOccurrences(of: "\r\n", with: "\n")
      #expect(text.contains("202e"))
      let colors = text.replacingOccurrences(of: "\u{1B}[33m", with: "").replacingOccurrences(of: "\u{1B}[0m", with: "")
      #expect(EscapingTests.isSafe(colors), "\(text.debugDescription)")
    }
  }

  private func quoted(_ text: String) -> String { "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'" }

  @Test func messagesAboutWhatWasTypedAreEscaped() throws {
    for arguments in [
      ["search", "*", "/nowhere/\(EscapingTests.evil)"], [EscapingTests.evil], ["sweep", "--\(EscapingTests.evil)"],
      ["search", "*", "--limit", EscapingTests.evil, "x"],
      ["sweep", "--no-builtin", "--rules", EscapingTests.evil, "x"],
      ["reduce", EscapingTests.evil], ["map", archive, "-o", "/nowhere/\(EscapingTests.evil)"],
      ["config", "check", EscapingTests.evil], ["rules", "explain", EscapingTests.evil],
      ["search", "action = \(EscapingTests.evil) and", archive],
    ] {
      let result = try Harrier.run(arguments)
      #expect(result.code != 0)
      #expect(EscapingTests.isSafe(result.errors), "\(result.errors.debugDescription)")
    }
  }
}
