/// Contents that begin with something else than JSON: the events behind it are read, and the beginning is one skip.

import Archive
import Events
import ReadingSupport
import Testing

@testable import Pipeline

@Suite struct FrontTests {
  private static let records = (0..<20).map { event("\($0)") }
  private static let all = (0..<20).map(String.init)
  private static let lines = records.joined(separator: "\n") + "\n"

  @Test(arguments: [
    "\(event("x").dropFirst(30))\n", "]\n", "}\n", ",\n", "# comment\n", "Jan  5 10:00:00 begin\n", "12\n", "12 ",
    "\"abc\"\n", "\"", "x", "\u{0}\u{0}\u{0}\u{0}", "HTTP/1.1 200 OK\r\nServer: x\r\n\r\n", "Event name,User name\n",
  ])
  func recordsBehindABadBeginningAreRead(front: String) throws {
    for text in [Self.lines, "{\"Records\":[\(Self.records.joined(separator: ","))]}"] {
      for packing in Packing.allCases {
        for size in [1, 64, 333, 256 * 1024] {
          let outcome = try scanBytes(packing.pack(bytes(front + text)), .cut(size))
          #expect(outcome.events == Self.all && outcome.skips == [.badRecord: 1], "\(outcome)")
          #expect(outcome.firstLoss == 0 && outcome.skippedBytes == UInt64(front.utf8.count))
          #expect(outcome.status == .ok && outcome.look == .json && outcome.isComplete)
        }
      }
    }
  }

  @Test func aTailOfAnArrayAndALogOfTextLines() throws {
    let tail = try scanBytes(bytes(event("x").dropFirst(30) + "," + Self.records.joined(separator: ",") + "]}"))
    #expect(tail.events == Self.all && tail.skips == [.badRecord: 2], "\(tail)")
    let syslog = try scanBytes(bytes(Self.records.map { "<134>Jan  5 10:00:00 host app[7]: \($0)\n" }.joined()))
    #expect(syslog.events == Self.all && syslog.skips == [.badRecord: 20], "\(syslog)")
  }

  /// Where no event is marked as one, text is text, whatever the size of blocks.
  @Test(arguments: ["# notes\n{\"a\":1}\n{\"a\":2}\n", "text {\"a\":1} [1,{\"b\":2}]\n", "1\n{\n"])
  func textWithOtherObjectsIsNoLog(text: String) throws {
    for size in [1, 64, 256 * 1024] {
      let outcome = try scanBytes(bytes(text), .cut(size))
      #expect(outcome.status == .skipped && outcome.recordCount == 0 && outcome.skips.isEmpty, "\(outcome)")
      #expect(outcome.isComplete && outcome.skippedBytes == UInt64(text.utf8.count))
    }
  }

  @Test func anEventFarBehindTextIsAnExample() throws {
    let limit = Int(EventReader.frontBytes)
    for (size, isRead) in [(limit - 1, true), (limit, false)] {
      let text = String(repeating: "text ", count: limit)
      let content = bytes(String(text.prefix(size))) + bytes(Self.lines)
      for block in [1000, 256 * 1024, 1 << 20] {
        let outcome = try scanBytes(content, .cut(block))
        #expect(outcome.events == (isRead ? Self.all : []), "\(size) \(block) \(outcome)")
        #expect(outcome.isComplete && outcome.status == (isRead ? .damaged : .skipped))
      }
    }
  }

  /// JSON that was seen and not read is a loss, named or not; other text found by walking is none.
  @Test func jsonBehindOtherTextIsALoss() throws {
    for (text, isLoss) in [("var x = {\"a\":1}", true), ("hello world", false)] {
      var entry = FileEntry()
      entry.status = .skipped
      entry.look = try scanBytes(bytes(text)).look
      #expect(entry.isLoss(named: false) == isLoss && entry.isLoss(named: true))
    }
  }

  /// Of a file of which more than half is lost nobody should say that it is fine.
  @Test func moreThanHalfLostIsDamaged() throws {
    for (size, status) in [(10, ReadStatus.ok), (1000, .damaged)] {
      let bad = "{\"a\":\"" + String(repeating: "x", count: size) + "\",}"
      #expect(try scanBytes(bytes("[\(event("a")),\(bad)]")).status == status)
    }
    let digest = "{\"digestStartTime\":1,\"digestS3Object\":\"\(String(repeating: "x", count: 1000))\"}"
    #expect(try scanBytes(bytes("[\(event("a")),\(digest)]")).status == .ok)
  }
}
