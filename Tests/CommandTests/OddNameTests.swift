import Foundation
import Testing

/// Files whose names are no text: every output tells them apart, and none lets them through as they are.
@Suite struct OddNameTests {
  private static let names = [#"./a\xfe.json"#, #"./a\xff.json"#, #"./a\x5cxff.json"#]

  /// Three names that differ in one byte, or look as if they did.
  private static func folder() throws -> Folder {
    let folder = try Folder()
    var line = "cd \"\(folder.path)\" && mkdir in && cd in"
    for (place, name) in [#"a\xfe"#, #"a\xff"#, #"a\\xff"#].enumerated() {
      line += " && printf '%s\\n' '\(Sample.event(place, action: "StopLogging"))' > $'\(name).json'"
    }
    #expect(try Shell.run(line).code == 0)
    return folder
  }

  private static func run(_ folder: Folder, _ arguments: String) throws -> Harrier.Result {
    try Shell.run("cd \"\(folder.path)/in\" && \(Harrier.path) \(arguments)")
  }

  private static let rule = """
    title: Trail stopped
    id: 7c7b1c3e-64c5-4e0f-8a0e-5f3f3e0f5a11
    logsource: {product: cloud}
    detection:
      selection: {action: StopLogging}
      condition: selection
    level: high
    """

  @Test func searchAndSources() throws {
    let folder = try OddNameTests.folder()
    for command in ["search '*' . --columns file", "search '*' . --count-by file", "sources ."] {
      let rows = try OddNameTests.run(folder, command + " --format jsonl").rows
      #expect(Set(rows.compactMap { $0["file"] as? String }) == Set(OddNameTests.names), "\(command)")
      for format in ["table", "csv", "tsv", "markdown"] {
        let output = try OddNameTests.run(folder, command + " --format " + format).output
        #expect(Set(output.split(separator: "\n").filter { $0.contains(".json") }).count == 3, "\(output)")
        #expect(!output.contains("\u{FFFD}"), "\(format) \(output)")
      }
    }
  }

  @Test func theNameThatIsShownIsTheNameThatIsAskedFor() throws {
    let folder = try OddNameTests.folder()
    for (place, name) in OddNameTests.names.enumerated() {
      let rows = try OddNameTests.run(folder, "search 'file = \"\(name)\"' . --format jsonl").rows
      #expect(rows.compactMap { $0["event_id"] as? String } == ["e-\(place)"], "\(name)")
    }
  }

  @Test func alertsManifestAndState() throws {
    let folder = try OddNameTests.folder()
    try folder.write("rules/r.yml", OddNameTests.rule)
    let options = "--no-builtin --rules ../rules"
    let matched = try OddNameTests.run(folder, "rules match \(options) .").lines
    #expect(matched.map { $0.split(separator: "\t")[0] }.sorted() == OddNameTests.names.map { Substring($0) }.sorted())
    let swept = try OddNameTests.run(folder, "sweep \(options) --out ../out --state ../state.db --report html .")
    #expect(swept.code == 0, "\(swept.errors)")
    let alerts = try Shell.run("cat \"\(folder.path)/out/alerts.jsonl\"").rows
    let cited = alerts.flatMap { $0["events"] as? [[String: Any]] ?? [] }.compactMap { $0["file"] as? String }
    #expect(Set(cited) == Set(OddNameTests.names))
    let manifest = try Data(contentsOf: folder.url.appendingPathComponent("out/manifest.json"))
    let json = try #require(try JSONSerialization.jsonObject(with: manifest) as? [String: Any])
    let inputs = (json["inputs"] as? [[String: Any]] ?? []).compactMap { $0["file"] as? String }
    #expect(Set(inputs) == Set(OddNameTests.names))
    let checked = try OddNameTests.run(folder, "verify ../out --format jsonl")
    #expect(checked.code == 0 && checked.rows.count { $0["what"] as? String == "input" } == 3, "\(checked.output)")
    let paths = try OddNameTests.run(folder, "state export --state ../state.db").rows.compactMap {
      $0["path"] as? String
    }
    #expect(Set(paths) == Set(OddNameTests.names))
  }

  /// A folder that is no text: the command that shows more is one that a shell understands.
  @Test func theNextCommandNamesTheFile() throws {
    let folder = try Folder()
    try folder.write("rules/r.yml", OddNameTests.rule)
    let made = """
      cd "\(folder.path)" && mkdir $'d\\xff' && printf '%s\\n' '\(Sample.event(1, action: "StopLogging"))' > $'d\\xff/a.json'
      \(Harrier.path) sweep --no-builtin --rules rules --out out $'d\\xff'
      """
    #expect(try Shell.run(made).code == 0)
    let alert = try #require(try Shell.run("cat \"\(folder.path)/out/alerts.jsonl\"").rows.first)
    let next = try #require(alert["next"] as? String)
    let command = next.replacing("harrier ", with: Harrier.path + " ", maxReplacements: 1)
    let result = try Shell.run("cd \"\(folder.path)\" && \(command) --format jsonl")
    #expect(result.code == 0 && result.rows.count == 1, "\(next): \(result.output) \(result.errors)")
  }

  /// Names of rules, reports and the like are text: others are refused, never changed.
  @Test func otherNamesMustBeText() throws {
    let folder = try OddNameTests.folder()
    for arguments in [
      #"sweep . --out $'r\xff'"#, #"verify $'r\xff'"#, #"rules check $'r\xff'"#, #"reduce $'r\xff'"#,
      #"search $'\xff' ."#,
      #"alerts $'r\xff'"#, #"config check $'r\xff'"#, #"search '*' . $'--columns=\xff'"#,
    ] {
      let result = try OddNameTests.run(folder, arguments)
      #expect(result.code == 2 && result.errors.contains(#"\xff is not UTF-8"#), "\(arguments): \(result.errors)")
    }
    #expect(try Shell.run("ls \"\(folder.path)/in\" | wc -l").output.hasPrefix("3"))
    try folder.write("rules/r.yml", OddNameTests.rule)
    let place = "cd \"\(folder.path)/rules\" && cp r.yml $'a\\xff.yml' && cp r.yml $'b\\xff.txt' && mkdir $'c\\xff'"
    #expect(try Shell.run(place).code == 0)
    let checked = try OddNameTests.run(folder, "rules check ../rules")
    #expect(checked.lines.map { $0.split(separator: ":")[0] } == [#"../rules/a\xff.yml"#, #"../rules/c\xff"#])
    #expect(checked.code == 1 && checked.output.contains("its name is not UTF-8"), "\(checked.output)")
  }
}
