import Foundation
import Testing

@Suite struct ExitCodeTests {
  @Test func everythingReadAndFoundIsZero() throws {
    let folder = try Folder()
    try folder.write("a.json", Sample.records(3))
    let result = try Harrier.run("search", "*", folder.path)
    #expect(result.code == 0)
    #expect(result.rows.count == 3)
    #expect(result.errors.isEmpty)
  }

  @Test func nothingMatchedIsOne() throws {
    let folder = try Folder()
    try folder.write("a.json", Sample.records(3))
    #expect(try Harrier.run("search", "*", folder.path, "--since", "2027-01-01").code == 1)
  }

  @Test(arguments: [
    (["serch", "*", "."], "did you mean 'search'"),
    (["search"], "needs a filter"),
    (["search", "*"], "no paths given"),
    (["search", "*", ".", "--fromat", "csv"], "did you mean '--format'"),
    (["search", "*", ".", "--format", "xml"], "not one of table, jsonl"),
    (["search", "*", ".", "--limit"], "needs a value"),
    (["search", "*", ".", "--limit", "-1"], "not a whole number"),
    (["search", "*", ".", "--jobs", "0"], "not a whole number"),
    (["search", "*", ".", "--memory", "lots"], "not a size"),
    (["search", "*", ".", "--memory", "1023K"], "at least 1M"),
    (["search", "*", ".", "--provider", "okta"], "those of unknown, aws, alibaba, tencent are"),
    (["generate", "--out", "x", "--start", "24h"], "not a date"),
    (["generate", "--out", "x", "--start", "soon"], "write it like 2026-01-05"),
    (["search", "*", ".", "--since", "yesterday"], "not a time"),
    (["search", "*", ".", "--since", "2026-01-02", "--until", "2026-01-01"], "not before"),
    (["search", "*", ".", "--tz", "Mars"], "not a zone"),
    (["search", "*", ".", "--provider", "awz"], "did you mean 'aws'"),
    (["search", "*", ".", "--raw", "--count-by", "action"], "do not go together"),
    (["search", "*", ".", "--top", "3"], "needs --count-by"),
    (["sources", ".", "--raw"], "is no flag of"),
    (["sources", ".", "--quiet=yes"], "takes no value"),
    (["search", "*", ".", "--max-record", "1T"], "at most"),
  ]) func aMistakeIsTwoAndSaysWhatToDo(arguments: [String], message: String) throws {
    let result = try Harrier.run(arguments)
    #expect(result.code == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test func aMissingPathIsThreeAndTheOthersAreRead() throws {
    let folder = try Folder()
    let good = try folder.write("a.json", Sample.records(2))
    let result = try Harrier.run("search", "*", good, folder.path + "/none.json")
    #expect(result.code == 3)
    #expect(result.rows.count == 2)
    #expect(result.errors.contains("none.json"))
  }

  @Test func aFileThatIsNoLogCountsOnlyWhenNamed() throws {
    let folder = try Folder()
    try folder.write("a.json", Sample.records(2))
    let readme = try folder.write("README", "not a log\n")
    #expect(try Harrier.run("search", "*", folder.path).code == 0)
    let named = try Harrier.run("search", "*", folder.path, readme)
    #expect(named.code == 3)
    #expect(named.errors.contains("not a log"))
  }

  @Test func anEmptyListIsAMistake() throws {
    let folder = try Folder()
    for content in ["", "\n\n"] {
      let list = try folder.write("list", content)
      let result = try Harrier.run("search", "*", "@" + list)
      #expect(result.code == 2)
      #expect(result.errors.contains("the list names no path"), "\(result.errors)")
    }
  }

  @Test func aWalkedLogOfBadRecordsIsThree() throws {
    let folder = try Folder()
    try folder.write("a.json", Sample.records(2))
    try folder.write("settings", "[settings]\nkey=value\n")
    #expect(try Harrier.run("search", "*", folder.path).code == 0)
    try folder.write("b.json", "{\"Records\":[{\"a\":tru},{\"a\":01}]}")
    let result = try Harrier.run("search", "*", folder.path)
    #expect(result.code == 3)
    #expect(result.errors.contains("b.json") && !result.errors.contains("settings"), "\(result.errors)")
  }

  @Test func helpIntoAFullDiskIsFour() throws {
    for arguments in ["--help", "search --help", "help search", "--version", "completion bash"] {
      #expect(try Shell.run("\(Harrier.path) \(arguments) > /dev/full").code == 4, "\(arguments)")
    }
  }

  @Test func damageOutranksNothingMatched() throws {
    let folder = try Folder()
    try folder.write("a.json", "{\"Records\":[" + Sample.event(1))
    #expect(try Harrier.run("search", "*", folder.path, "--since", "2027-01-01").code == 3)
  }

  @Test func aFullDiskIsFour() throws {
    let folder = try Folder()
    try folder.write("a.json", Sample.lines(10))
    let result = try Shell.run("\(Harrier.path) search '*' \(folder.path) > /dev/full")
    #expect(result.code == 4)
    #expect(result.errors.contains("cannot write"))
  }

  @Test func helpNamesEveryExitCode() throws {
    let help = try Harrier.run("--help")
    #expect(help.code == 0)
    for code in ["0 ", "1 ", "2 ", "3 ", "4 ", "75 ", "130 "] { #expect(help.output.contains("\n  \(code)")) }
  }
}

/// A command line for a real shell.
enum Shell {
  static func run(_ line: String) throws -> Harrier.Result { try Tool.run("/bin/bash", ["-c", line]) }
}
