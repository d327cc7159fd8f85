/// One bad place among good records, in every container: it costs itself, and is counted where it stands.

import Archive
import ReadingSupport
import Testing

@testable import Pipeline

@Suite struct ResyncTests {
  private static let records = (0..<8).map { event("\($0)") }
  private static let all = (0..<8).map(String.init)

  private func expectAlike(_ text: String, _ check: (Outcome) -> Void) throws {
    let whole = try scanBytes(bytes(text))
    check(whole)
    #expect(whole.isComplete, "\(whole)")
    for size in [1, 7, 64, 150, 333] {
      #expect(try scanBytes(bytes(text), .cut(size)) == whole, "\(size): \(text)")
    }
  }

  private static func joined(_ range: Range<Int>, _ separator: String) -> String {
    records[range].joined(separator: separator)
  }

  @Test(arguments: [
    "x", ";", "\"", "}", "]", ",x,", "{", "{\"a\":tru}", "{\"a\":1,", "\"abc\"", "12", ":", "/*c*/", "}]", "\u{1}",
  ])
  func betweenObjectsOnOneLine(bad: String) throws {
    for tail in ["", "\n"] {
      let text = Self.joined(0..<4, "") + bad + Self.joined(4..<8, "") + tail
      try expectAlike(text) { outcome in
        #expect(outcome.events == Self.all && outcome.skips == [.badRecord: 1], "\(outcome)")
        #expect(outcome.firstLoss == UInt64(Self.joined(0..<4, "").utf8.count + (bad.first == "," ? 1 : 0)))
      }
    }
  }

  @Test(arguments: [1, 20, 40, 60, 80, 100])
  func aRecordCutShortBetweenObjectsOnOneLine(cut: Int) throws {
    for separator in ["", ",", ", "] {
      let parts = Self.records[..<4] + [String(Self.records[4].prefix(cut))] + Self.records[5...]
      try expectAlike(parts.joined(separator: separator)) { outcome in
        #expect(outcome.events == Self.all.filter { $0 != "4" } && outcome.skips == [.badRecord: 1], "\(outcome)")
      }
    }
  }

  @Test func behindAnEnvelopeThatIsClosed() throws {
    let text = "{\"Records\":[\(Self.joined(0..<3, ","))]}ersion\": \"1\"},\(Self.joined(3..<8, ","))]}"
    try expectAlike(text) { #expect($0.events == Self.all && $0.skips == [.badRecord: 2], "\($0)") }
    let second = Self.records[0] + "x{\"Records\":[\(Self.joined(1..<7, ","))]}" + Self.records[7]
    try expectAlike(second) { #expect($0.events == Self.all && $0.skips == [.badRecord: 1], "\($0)") }
  }

  @Test(arguments: ["", " ", ";", "x", "|", "\u{0}", ":", "/*c*/", "}", "\"", "["])
  func atASeparator(bad: String) throws {
    for head in ["[", "{\"Records\":["] {
      let tail = head == "[" ? "]" : "]}"
      for around in [(bad, ""), ("," + bad, ""), (bad + ",", "")] {
        let text = head + Self.joined(0..<3, ",") + around.0 + Self.joined(3..<8, ",") + tail
        try expectAlike(text) { outcome in
          #expect(outcome.events == Self.all, "\(around) \(outcome)")
          #expect(outcome.skips.values.reduce(0, +) <= 2, "\(around) \(outcome)")
        }
      }
    }
    guard !bad.isEmpty, bad != "\"", bad != "[" else { return }
    try expectAlike("[" + Self.records.joined(separator: bad) + "]") { #expect($0.events == Self.all, "\($0)") }
  }

  @Test func amongEventsAsText() throws {
    let texts = Self.records.map(quoted)
    let good = texts[4]
    for bad in [
      String(good.dropLast()), String(good.dropFirst()), String(good.prefix(30)), "\"{", "{", "\"abc\"",
      "\"{\\\"a\\\":1,\\\"b\"", good.replacing("iam", with: "\\x"), good.replacing("iam", with: "\"iam"),
    ] {
      for place in [0, 4, 7] {
        let expected = Self.all.filter { $0 != "\(place)" }
        var parts = texts
        parts[place] = bad
        for (head, separator, tail) in [("[", ",", "]"), ("", "\n", "\n"), ("{\"Records\":[", ", ", "]}")] {
          try expectAlike(head + parts.joined(separator: separator) + tail) { outcome in
            #expect(outcome.events == expected && outcome.status != .skipped, "\(bad) \(outcome)")
            #expect((1...2).contains(outcome.skips.values.reduce(0, +)), "\(outcome)")
          }
        }
      }
    }
  }

  /// What stands inside a bad record is no record of its own.
  @Test func theInsideOfABadRecordIsNoEvent() throws {
    for separator in ["\n", ""] {
      let wrapped = [
        "{\"detail\":\(event("0"))}", "{\"x\":tru,\"detail\":\(event("1")),\"y\":1}", "{\"detail\":\(event("2"))}",
      ]
      try expectAlike(wrapped.joined(separator: separator)) { outcome in
        #expect(outcome.events == ["0", "2"] && outcome.skips == [.badRecord: 1], "\(outcome)")
      }
    }
  }
}
