import Testing

/// The table of messages fits terminals of any width.
@Suite struct OutboxTableTests {
  @Test(arguments: [
    (40, ["ID", "STATUS", "TARGET", "ERROR"]),
    (60, ["ID", "STATUS", "TARGET", "LEVEL", "TRIES", "ERROR"]),
    (80, ["ID", "STATUS", "TARGET", "LEVEL", "TRIES", "NEXT", "ERROR"]),
    (300, ["ID", "STATUS", "TARGET", "LEVEL", "FILED", "TRIES", "NEXT", "SENT", "KEY", "ERROR"]),
  ])
  func tableShowsInEachWidthWhatThereIsRoomFor(width: Int, names: [String]) throws {
    let post = try Watchpost()
    try post.configure(
      DeliveryTests.config(
        "t: {command: [/bin/false]}", "sicherheitsmannschaft-nachts: {command: [/nonexistent/program]}",
        routes: "[{to: [t, sicherheitsmannschaft-nachts]}]"))
    try post.sweep("--no-notify", "-q")
    #expect(try post.notify("--once").code == 3)
    let lines = try Harrier.run(
      ["outbox", "list", "--state", post.state, "--format", "table"], environment: ["COLUMNS": "\(width)"]
    ).lines
    #expect(lines[0].split(separator: " ").map(String.init) == names)
    #expect(lines.count == 7)
    for line in lines { #expect(line.count <= width, "\(line)") }
    // Something of each error and each target can be read.
    #expect(
      lines.contains { $0.contains("sicherh") }
        && lines.contains { $0.contains("/nonexistent") || $0.contains("no program") || $0.contains("exit") },
      "\(lines)")
  }

  @Test func listStopsAfterSoManyRows() throws {
    let post = try Watchpost()
    try post.configure(DeliveryTests.config("t: {command: [/bin/cat]}"))
    try post.sweep("--no-notify", "-q")
    let all = try post.outbox("list").compactMap { $0["id"] as? Int }
    #expect(all.count == 3)
    for arguments in [["list", "--limit", "2"], ["-n", "2"], ["list", "--limit=2", "--status", "waiting"]] {
      let rows = try Harrier.run(["outbox"] + arguments + ["--state", post.state, "--format", "jsonl"]).rows
      #expect(rows.compactMap { $0["id"] as? Int } == Array(all.prefix(2)), "\(arguments)")
    }
    for task in ["retry", "drop"] {
      let result = try Harrier.run("outbox", task, "--target", "t", "--limit", "1", "--state", post.state)
      #expect(result.code == 2 && result.errors.contains("--limit goes with 'outbox list'"), "\(result.errors)")
    }
    #expect(try post.outbox("list").count == 3)
  }
}
