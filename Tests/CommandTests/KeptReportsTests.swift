import Foundation
import Testing

/// `--keep-reports`: earlier reports stay beside the newest one, as many as asked for, and still verify.
@Suite struct KeptReportsTests {
  typealias Desk = StateRunsTests.Desk

  private static func sweep(_ desk: Desk, _ day: Int?, _ flags: String...) throws {
    if let day {
      try desk.write("\(day).json", Sample.event(day, action: "StopLogging", time: "2026-01-0\(day)T10:00:00Z") + "\n")
    }
    let run =
      ["sweep", desk.logs, "--state", desk.state, "--out", "\(desk.folder.path)/out", "-q"] + desk.rules + flags
    let result = try Harrier.run(run)
    #expect(result.code == 0, "\(result.errors)")
  }

  private static func kept(_ desk: Desk) throws -> [String] {
    let path = "\(desk.folder.path)/out/reports"
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  @Test func asManyAsAskedForStay() throws {
    let desk = try Desk()
    for day in 1...5 { try KeptReportsTests.sweep(desk, day, "--keep-reports", "2") }
    #expect(try KeptReportsTests.kept(desk) == ["000003", "000004"])
    for name in ["000003", "000004"] {
      let place = "\(desk.folder.path)/out/reports/\(name)"
      let alerts = try String(contentsOfFile: "\(place)/alerts.jsonl", encoding: .utf8)
      #expect(alerts.contains("2026-01-0\(name.suffix(1))T10:00:00.000Z"))
      #expect(FileManager.default.fileExists(atPath: "\(place)/report.html"))
      #expect(try Harrier.run("verify", place).code == 0)
    }
    #expect(try Harrier.run("verify", "\(desk.folder.path)/out").code == 0)
    try KeptReportsTests.sweep(desk, nil, "--keep-reports", "1")
    #expect(try KeptReportsTests.kept(desk) == ["000005"])
  }

  private static func manifests(_ desk: Desk) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(desk.folder.path)/out/manifests").sorted()
  }

  /// A run every five minutes for a year must not make a hundred thousand files that say the same.
  @Test func runsThatReadNothingAddNothingToTheChain() throws {
    let desk = try Desk()
    try KeptReportsTests.sweep(desk, 1)
    for _ in 1...4 { try KeptReportsTests.sweep(desk, nil) }
    #expect(try KeptReportsTests.manifests(desk) == ["000001.json"])
    #expect(try Harrier.run("verify", "\(desk.folder.path)/out").code == 0)
    // What lies there must be whole, or it is written again.
    try FileManager.default.removeItem(atPath: "\(desk.folder.path)/out/report.html")
    try KeptReportsTests.sweep(desk, nil)
    #expect(FileManager.default.fileExists(atPath: "\(desk.folder.path)/out/report.html"))
    try KeptReportsTests.sweep(desk, 2)
    #expect(try KeptReportsTests.manifests(desk) == ["000001.json", "000002.json", "000003.json"])
    #expect(try Harrier.run("verify", "\(desk.folder.path)/out").code == 0)
  }

  @Test func chainGoesWithTheReportsOfItsTime() throws {
    let desk = try Desk()
    for day in 1...7 { try KeptReportsTests.sweep(desk, day, "--keep-reports", "2") }
    #expect(try KeptReportsTests.kept(desk) == ["000005", "000006"])
    #expect(try KeptReportsTests.manifests(desk) == ["000004.json", "000005.json", "000006.json"])
    let out = "\(desk.folder.path)/out"
    for place in [out, "\(out)/reports/000005", "\(out)/reports/000006"] {
      let sound = try Harrier.run("verify", place)
      #expect(sound.code == 0 && sound.errors.contains("the chain begins with manifest 5"), "\(sound.errors)")
    }
    // What was to be kept may not be missing.
    try FileManager.default.removeItem(atPath: "\(out)/manifests/000005.json")
    #expect(try Harrier.run("verify", out).code == 1)
  }

  @Test func reportsWithoutNewsAreNotKept() throws {
    let desk = try Desk()
    try KeptReportsTests.sweep(desk, 1, "--keep-reports", "10")
    for _ in 1...3 { try KeptReportsTests.sweep(desk, nil, "--keep-reports", "10") }
    #expect(try KeptReportsTests.kept(desk).count == 1)
  }

  @Test func theirAgeDecidesToo() throws {
    let desk = try Desk()
    for day in 1...3 { try KeptReportsTests.sweep(desk, day, "--keep-reports", "1d") }
    let kept = try KeptReportsTests.kept(desk)
    #expect(kept.count == 2)
    let old = "\(desk.folder.path)/out/reports/\(kept[0])/manifest.json"
    let past = Date(timeIntervalSinceNow: -100_000)
    try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: old)
    try KeptReportsTests.sweep(desk, nil, "--keep-reports", "1d")
    #expect(try !KeptReportsTests.kept(desk).contains(kept[0]))
    #expect(try KeptReportsTests.kept(desk).count == 2)
  }

  @Test func withoutTheFlagNothingIsKeptAndNothingRemoved() throws {
    let desk = try Desk()
    for day in 1...2 { try KeptReportsTests.sweep(desk, day) }
    #expect(try KeptReportsTests.kept(desk).isEmpty)
    try KeptReportsTests.sweep(desk, 3, "--keep-reports", "5")
    try KeptReportsTests.sweep(desk, 4)
    #expect(try KeptReportsTests.kept(desk).count == 1)
  }

  @Test(arguments: [["--keep-reports", "3"], ["--out", "x", "--keep-reports", "many"]])
  func mistakesAreRefused(flags: [String]) throws {
    let desk = try Desk()
    #expect(try Harrier.run(["sweep", desk.logs, "--state", desk.state] + desk.rules + flags).code == 2)
    #expect(!FileManager.default.fileExists(atPath: desk.state))
  }
}
