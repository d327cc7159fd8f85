import Foundation
import Testing

/// The ledger as `sources` prints it.
@Suite struct SourcesTests {
  @Test func digestsAreThoseOfTheFileAndOfItsContent() throws {
    let folder = try Folder()
    try folder.write("a.json", Sample.records(20))
    try folder.write("b.json", "hello")
    let line = """
      cd \(folder.path) && gzip -k a.json && zstd -q a.json 2>/dev/null
      for f in *; do sha256sum < $f; done
      """
    let packed = try Shell.run(line).lines.map { String($0.prefix(64)) }
    let unpacked = try Shell.run("cd \(folder.path); for f in a.json*; do sha256sum < a.json; done; sha256sum < b.json")
      .lines.map { String($0.prefix(64)) }
    let rows = try Harrier.run("sources", folder.path, "--hash-content", "--format", "jsonl").rows
    #expect(rows.compactMap { $0["sha256"] as? String } == packed && packed.count >= 3)
    #expect(rows.compactMap { $0["content_sha256"] as? String } == unpacked)
    let plain = try Harrier.run("sources", folder.path, "--format", "jsonl").rows
    #expect(plain.allSatisfy { $0["content_sha256"] is NSNull || $0["content_sha256"] == nil })
  }

  /// A message of a queue with a list of events in it: one row could not show them, and a clean exit would hide them.
  @Test func aListOfEventsInATextIsToldOf() throws {
    let folder = try Folder()
    let records = Sample.records(3).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    try folder.write("a.json", "{\"MessageId\":\"1\",\"Body\":\"\(records)\"}\n" + Sample.lines(4))
    let result = try Harrier.run("sources", folder.path, "--format", "jsonl")
    let skipped = result.rows.first?["skipped"] as? [String]
    #expect(result.code == 3 && skipped == ["several events in one record: 1"], "\(result.output)")
    #expect(result.errors.contains("skipped 1 record of several events (the first at byte 0 of the content)"))
  }

  /// A regular file that opens and cannot be read, for whomever.
  @Test func aFileThatCannotBeReadIsUnreadable() throws {
    let result = try Harrier.run("sources", "/proc/self/mem", "--format", "jsonl")
    #expect(result.rows.first?["status"] as? String == "unreadable", "\(result.output)")
    #expect((result.rows.first?["note"] as? String)?.hasPrefix("unreadable: ") == true, "\(result.output)")
    #expect(result.code == 3)
  }

  @Test func filesWithoutEventsAreNamedForWhatTheyAre() throws {
    let folder = try Folder()
    try folder.write(
      "a.json", #"{"awsAccountId":"1","digestStartTime":"x","digestS3Bucket":"b","digestS3Object":"o","logFiles":[]}"#)
    try folder.write("b.json", #"{"generator":"x","planted_events":1}"#)
    let result = try Harrier.run("sources", folder.path, "--format", "jsonl")
    let notes = result.rows.map { $0["note"] as? String ?? "" }
    #expect(notes.count == 2 && notes[0].contains("digest of log files") && notes[1].contains("truth"), "\(notes)")
    #expect(result.code == 0 && result.rows.allSatisfy { $0["status"] as? String == "ok" })
  }
}
