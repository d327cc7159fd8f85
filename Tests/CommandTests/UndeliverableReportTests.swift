import Foundation
import Testing

/// A report that cannot be put in its place: nothing of its news is lost, sweeps go on, and people are told all the same.
@Suite struct UndeliverableReportTests {
  private static func event(_ number: Int) -> String {
    Sample.event(number, action: "StopLogging").replacing("111122223333", with: "2222333344\(10 + number)") + "\n"
  }

  /// The alerts of a report, whose other files have to say as many.
  private static func ids(_ place: String) throws -> [String] {
    func file(_ name: String) throws -> String { try String(contentsOfFile: "\(place)/\(name)", encoding: .utf8) }
    let ids = try file("alerts.jsonl").split(separator: "\n").compactMap {
      (try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["id"] as? String
    }
    let summary = try JSONSerialization.jsonObject(with: Data(file("summary.json").utf8)) as? [String: Any]
    for name in ["alerts", "incidents"] {
      let total = (summary?[name] as? [String: Any])?["total"] as? Int
      #expect(total == ids.count, "\(name) \(total ?? -1)")
    }
    return ids
  }

  /// A desk whose report `out` cannot be written any more, with one alert that was told and one that was not.
  private static func broken() throws -> (StateRunsTests.Desk, out: String) {
    let desk = try StateRunsTests.Desk(rules: StateRules.each("One", "one"))
    let out = "\(desk.folder.path)/out"
    try desk.write("a.json", event(1))
    try desk.sweep("--out", out)
    try FileManager.default.removeItem(atPath: out)
    try desk.folder.write("out", "in the way")
    try desk.write("b.json", event(2))
    let failed = try desk.sweep("--out", out, code: 4)
    #expect(failed.errors.contains("cannot write \(out)"), "\(failed.errors)")
    return (desk, out)
  }

  @Test func anotherPlaceTakesTheNewsOfOneThatIsGone() throws {
    let (desk, _) = try Self.broken()
    try desk.write("c.json", Self.event(3))
    let other = "\(desk.folder.path)/other"
    let swept = try desk.sweep("--out", other)
    #expect(swept.errors.contains("this run tells its news"), "\(swept.errors)")
    #expect(try Self.ids(other).count == 2)
    #expect(try Harrier.run("verify", other).code == 0)
    // Told once: neither the next report nor the old place, when it can be written again, tells it anew.
    try desk.sweep("--out", other)
    #expect(try Self.ids(other).isEmpty)
    try FileManager.default.removeItem(atPath: "\(desk.folder.path)/out")
    try desk.sweep("--out", "\(desk.folder.path)/out")
    #expect(try Self.ids("\(desk.folder.path)/out").isEmpty)
  }

  @Test(arguments: [true, false]) func standardOutputTakesThemToo(hasNews: Bool) throws {
    let (desk, _) = try Self.broken()
    if hasNews { try desk.write("c.json", Self.event(3)) }
    #expect(try desk.sweep().rows.count == (hasNews ? 2 : 1))
    #expect(try desk.sweep().rows.isEmpty)
  }

  @Test func sweepsGoOnUntilThePlaceIsMended() throws {
    let (desk, out) = try Self.broken()
    try desk.write("c.json", Self.event(3))
    try desk.sweep("--out", out, code: 4)
    #expect(try desk.alerts().rows.count == 3)
    try FileManager.default.removeItem(atPath: out)
    try desk.sweep("--out", out)
    #expect(try Self.ids(out).count == 2)
    try desk.sweep("--out", out)
    #expect(try Self.ids(out).isEmpty)
  }

  @Test func peopleAreToldThoughTheReportCannotBeWritten() throws {
    let post = try Watchpost()
    let receiver = try Receiver("200", in: post.folder)
    try post.configure(DeliveryTests.config(DeliveryTests.target(receiver)))
    #expect(try post.sweep("-q").code == 0)
    #expect(receiver.entries(3).count == 3)
    let blocked = try post.folder.write("blocked", "in the way")
    try post.deliver("b.json", [WatchTests.stop(7)])
    #expect(try post.sweep("-q", "--out", blocked).code == 4)
    #expect(receiver.entries(4).count == 4)
  }
}
