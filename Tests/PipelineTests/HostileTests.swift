/// Inputs made to be slow or large: each is read at a speed that no input may go below, in bounded memory.

import Archive
import Foundation
import Glibc
import ReadingSupport
import Testing

@testable import Pipeline

struct HostileInput: Sendable, CustomStringConvertible {
  let name: String
  /// Content of about this many bytes.
  let make: @Sendable (Int) -> [UInt8]

  var description: String { name }

  init(_ name: String, _ make: @escaping @Sendable (Int) -> [UInt8]) {
    self.name = name
    self.make = make
  }

  /// The same text again and again.
  init(_ name: String, repeating text: String, after head: String = "", before tail: String = "") {
    self.init(name) { size in
      let unit = bytes(text)
      var content = bytes(head)
      content.reserveCapacity(size + unit.count)
      while content.count < size { content += unit }
      return content + bytes(tail)
    }
  }

  static let all: [HostileInput] = [
    HostileInput("opening arrays", repeating: "["),
    HostileInput("arrays of objects", repeating: "[{"),
    HostileInput("members that never end", repeating: "{\"a\":"),
    HostileInput("elements that never end", repeating: "[{\"a\":[{\"b\":"),
    HostileInput("nesting of a million", repeating: "[", after: "{\"a\":"),
    HostileInput("open quotes in an array", repeating: "{\"a\":\"x},", after: "["),
    HostileInput("open quotes and good records by turns", repeating: "{\"a\":\"x},\(event("b")),", after: "["),
    HostileInput("open objects and good records by turns", repeating: "{x,\(event("b")),", after: "["),
    HostileInput("candidates that go on for long", repeating: ",{\"id\":[1", after: "[{\"id\":1},{x"),
    HostileInput("open quotes on lines", repeating: "{\"a\":\"x}\n"),
    HostileInput("open brackets on lines", repeating: "{\"a\":[1\n"),
    HostileInput("open brackets in an array", repeating: "{\"a\":[1,", after: "["),
    HostileInput("mismatched brackets", repeating: "{]"),
    HostileInput("mismatched brackets in an array", repeating: "{],", after: "["),
    HostileInput("bad records on one line", repeating: "{\"a\":1}x"),
    HostileInput("candidates that break", repeating: ",{\"a\":[{\"a\":", after: "[{x"),
    HostileInput(
      "candidates that break late", repeating: ",{\"id\":[1,2,3],\"x\":{\"y\":[4]}", after: "[{\"id\":1},{x"),
    HostileInput("stray bytes between records", repeating: event("b") + "x"),
    HostileInput("records cut short between records", repeating: "{\"a\":1," + event("b")),
    HostileInput("open lists behind a stray byte", repeating: "{\"a\":[[[[[[[[[1,", after: event("b") + "x"),
    HostileInput(
      "candidates of the same key", repeating: ",{\"eventVersion\":[[1],{\"c\":4}],\"d\":x}", after: event("b") + "x"),
    HostileInput("broken texts", repeating: "\"{\\\"a\\\":1\"x,", after: "["),
    HostileInput("open texts", repeating: ",\"{x", after: "[\"{x"),
    HostileInput("open quotes behind text", repeating: "{\"a\":\"b\"x", after: "x"),
    HostileInput("lists of wrappers", repeating: "{\"data\":[{},{},{}],\"data\":[{},{},{}],x"),
    HostileInput("lists of wrappers that never end", repeating: "{\"data\":[{\"a\":1},{\"message\":"),
    HostileInput("a list of texts without marks", repeating: "{\"message\":\"{\\\"a\\\":1}\"},", after: "{\"data\":["),
    HostileInput("numbers", repeating: "1,", after: "[", before: "1]"),
    HostileInput("numbers in a record", repeating: "1,", after: "{\"eventName\":[", before: "1]}"),
    HostileInput("empty objects", repeating: "{},", after: "[", before: "{}]"),
    HostileInput("empty objects one after another", repeating: "{}"),
    HostileInput("commas", repeating: ",", after: "["),
    HostileInput("commas between documents", repeating: ",", after: "{}"),
    HostileInput("NUL bytes") { [UInt8](repeating: 0, count: $0) },
    HostileInput("NUL bytes behind a bracket") { bytes("[") + [UInt8](repeating: 0, count: $0) },
    HostileInput("white space", repeating: " \n", before: event("a")),
    HostileInput("white space between records", repeating: " ", after: "[\(event("a"))", before: ",\(event("b"))]"),
    HostileInput("a long string", repeating: "xxxxxxxx", after: "{\"eventName\":\"", before: "\"}"),
    HostileInput("a long string of backslashes", repeating: "\\\\", after: "{\"eventName\":\"", before: "\"}"),
    HostileInput("a long number", repeating: "1", after: "[", before: "]"),
    HostileInput("a long key", repeating: "k", after: "{\"", before: "\":1}"),
    HostileInput("one bad byte in every record", repeating: "{\"x\":\"\u{1}\"}\n\(event("a"))\n"),
    HostileInput("one bad byte now and then") { size in
      var content: [UInt8] = []
      let good = bytes((0..<200).map { event("\($0)") }.joined(separator: "\n") + "\n")
      while content.count < size { content += good + [0xFF, 0x0A] }
      return content
    },
    HostileInput("broken UTF-8 all over") { size in
      bytes("[") + (0..<size).map { [0xC3, 0xE2, 0xF0, 0x80, 0x22, 0x7B, 0x0A][(($0 &* 2_654_435_761) >> 7) % 7] }
    },
    HostileInput("envelopes that hold nothing", repeating: "{\"Records\":[]}"),
    HostileInput("envelopes in envelopes", repeating: "{\"Records\":["),
    HostileInput("wrapping envelopes", repeating: "{\"Response\":{"),
    HostileInput("wrappers in wrappers", repeating: "{\"event\":{\"detail\":{\"data\":{\"a\":1}}},\"b\":[]}\n"),
    HostileInput("wrappers a hundred deep") { size in
      let open = String(repeating: "{\"event\":", count: 100)
      let close = String(repeating: "}", count: 100)
      let record = bytes(open + "[" + String(repeating: "{\"a\":1},", count: 4000) + "0]" + close + "\n")
      return (0...(size / record.count)).flatMap { _ in record }
    },
    HostileInput("text in text") { size in
      var text = "{\"a\":1}"
      for _ in 0..<9 { text = "{\"event\":\(quoted(text))}" }
      let record = bytes(text + "\n")
      return (0...(size / record.count)).flatMap { _ in record }
    },
    HostileInput("one key repeated", repeating: "\"eventName\":1,", after: "{", before: "\"z\":1}"),
    HostileInput("many values of one path", repeating: "{\"eventName\":1},", after: "{\"detail\":[", before: "0]}"),
    HostileInput("lines that break off after a colon", repeating: "{\"a\":\n"),
    HostileInput(
      "a candidate key that is no envelope", repeating: "\"value\":[1,[2]],", after: "{", before: "\"z\":1}"),
  ]
}

/// What this process holds, in KiB. Other tests run beside, so only growth tells something.
private enum ResidentMemory {
  /// Forgets the peak so far, where the system lets it.
  static func begin() throws -> Int {
    try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    return try field("VmRSS:")
  }

  static func peak() throws -> Int { try field("VmHWM:") }

  private static func field(_ name: String) throws -> Int {
    let lines = try String(contentsOfFile: "/proc/self/status", encoding: .utf8).split(separator: "\n")
    let line = try #require(lines.first { $0.hasPrefix(name) })
    return try #require(line.split { !$0.isNumber }.first.flatMap { Int($0) })
  }
}

@Suite(.serialized) struct HostileTests {
  #if DEBUG
    // The Swift part is not optimised: this finds what is quadratic, no more.
    static let size = isTorture ? 16 << 20 : 3 << 20
    static let bytesPerSecondMin = 0.4e6
  #else
    static let size = isTorture ? 64 << 20 : 12 << 20
    static let bytesPerSecondMin = 5e6
  #endif

  @Test(arguments: HostileInput.all)
  func isReadInLinearTime(input: HostileInput) throws {
    let content = input.make(Self.size)
    let file = TemporaryFile(content)
    let before = try ResidentMemory.begin()
    let start = processorSeconds()
    let outcome = try scanFiles([file.path], keepsEvents: false)[0]
    let speed = Double(content.count) / (processorSeconds() - start)
    let peak = try ResidentMemory.peak() - before
    #expect(speed > Self.bytesPerSecondMin, "\(Int(speed / 1000)) kB/s")
    #expect(outcome.isComplete && outcome.bytesOut == UInt64(content.count))
    if getenv("HARRIER_SPEEDS") != nil {
      print("\(Int(speed / 1e6)) MB/s", input.name, outcome.skips, outcome.recordCount)
    }
    // A parser holds some times its longest record, and nothing grows with the content.
    #expect(peak < 1 << 20, "\(peak) KiB")
  }

  /// In small blocks too: what is not consumed is not looked at again and again.
  @Test(arguments: HostileInput.all)
  func isReadInLinearTimeInSmallBlocks(input: HostileInput) throws {
    let content = input.make(Self.size / 8)
    let file = TemporaryFile(content)
    let start = processorSeconds()
    let outcome = try scanFiles([file.path], .cut(4096), keepsEvents: false)[0]
    let speed = Double(content.count) / (processorSeconds() - start)
    #expect(speed > Self.bytesPerSecondMin / 2, "\(Int(speed / 1000)) kB/s")
    #expect(try outcome == scanFiles([file.path], keepsEvents: false)[0])
  }

  @Test(arguments: [Packing.plain, .gzip])
  func contentBeyondTheLimitIsNotRead(packing: Packing) throws {
    let text = (0..<100).map { event("\($0)") }.joined(separator: "\n")
    let size = UInt64(text.utf8.count)
    for limit in [1, size / 2, size - 1, size, size + 1] {
      for block in [100, 256 * 1024] {
        let outcome = try scanBytes(packing.pack(bytes(text)), .cut(block) { $0.limits.expandedBytesMax = limit })
        #expect(outcome.trouble == (limit < size ? .expansionTotal : .none), "\(limit)")
        #expect(outcome.bytesOut == min(limit, size) && outcome.isComplete, "\(limit): \(outcome)")
        #expect((outcome.events.count == 100) == (limit >= size))
      }
    }
  }

  @Test func recordsAroundTheDefaultLimit() throws {
    let limit = Limits().recordBytesMax
    for over in [-1, 0, 1] {
      let head = event("big", ",\"x\":\"")
      let size = limit + over - bytes(head).count - 1
      // `event` closes the object: the filler goes in front of that.
      let open = bytes(head).dropLast()
      let record = open + [UInt8](repeating: 0x78, count: size) + bytes("\"}")
      #expect(record.count == limit + over)
      let outcome = try scanBytes(bytes("[\(event("a")),") + record + bytes(",\(event("b"))]"))
      #expect(outcome.events == (over > 0 ? ["a", "b"] : ["a", "big", "b"]), "\(over)")
      #expect(outcome.skips == (over > 0 ? [.tooLarge: 1] : [:]) && outcome.isComplete)
    }
  }

  private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
