/// What becomes of records that are broken, too large or too deep: what is good is kept, what is not is counted.

import Archive
import ReadingSupport
import Testing

@testable import Pipeline

@Suite struct BadInputTests {
  /// What begins as a log and holds nothing but bad records is a log that was lost.
  @Test(arguments: [
    "{\"Records\":[{\"a\":tru},{\"a\":01}]}", "{\"a\":tru}\n{\"a\":01}\n", "[{\"a\":\"\\q\"},{\"b\" 1}]",
    " \n[ {\"a\": tru}]",
  ])
  func aLogOfBadRecordsIsDamaged(text: String) throws {
    let outcome = try scanBytes(bytes(text))
    #expect(outcome.status == .damaged && outcome.events.isEmpty && outcome.isComplete, "\(outcome)")
  }

  @Test func recordsThatDoNotParseCostNothingElse() throws {
    let bad = [
      "{\"x\":tru}", "{\"x\":01}", "{\"x\" 1}", "{x:1}", "{\"x\":\"\\q\"}", "{\"x\":\"\t\"}", "{\"x\":1,}", "{]",
      "{\"x\":[1 2]}",
      "{\"x\":'a'}", "{\"x\":\"a\"\"b\"}", "{\"x\":\"\u{0}\"}", "{\"x\":\"\\ud8\"}",
    ]
    for text in bad {
      let array = try scanBytes(bytes("[\(event("a")),\(text),\(event("b"))]"))
      #expect(array.events == ["a", "b"] && array.skips == [.badRecord: 1], "\(text): \(array)")
      #expect(array.firstLoss == UInt64(event("a").utf8.count + 2))
      #expect(array.status == .ok && array.isComplete)
      let lines = try scanBytes(bytes("\(event("a"))\n\(text)\n\(event("b"))\n\(text)\n\(text)\n\(event("c"))"))
      #expect(lines.events == ["a", "b", "c"] && lines.status == .ok && lines.isComplete, "\(text): \(lines)")
      // Two bad lines after one another are two losses.
      #expect(lines.skips == [.badRecord: 3], "\(text): \(lines)")
    }
  }

  @Test func badUTF8InARecord() throws {
    let bad = bytes("{\"x\":\"") + [0xC3, 0x28] + bytes("\"}")
    for size in [64, 256 * 1024] {
      let outcome = try scanBytes(bytes("[\(event("a")),") + bad + bytes(",\(event("b"))]"), .cut(size))
      #expect(outcome.events == ["a", "b"] && outcome.skips == [.badRecord: 1], "\(outcome)")
    }
  }

  /// A bad record that leaves quotes or brackets open: the next ones are found by what they look like.
  @Test(arguments: ["{\"x\":\"open,\"y\":1}", "{\"x\":[1,\"y\":{}", "{\"x\":{\"y\":1", "{\"x\":\"a\"b\"}"])
  func recordsBehindOneThatIsLeftOpen(text: String) throws {
    let array = try scanBytes(bytes("{\"Records\":[\(event("a")),\(text),\(event("b")),\(event("c"))]}"))
    #expect(array.events == ["a", "b", "c"] && array.skips == [.badRecord: 1], "\(array)")
    let lines = try scanBytes(bytes("\(event("a"))\n\(text)\n\(event("b"))\n\(event("c"))\n"))
    #expect(lines.events == ["a", "b", "c"] && lines.skips == [.badRecord: 1], "\(lines)")
  }

  /// What an envelope holds is not decided before an element that could be a record was seen.
  @Test func aBadFirstElementHidesNothing() throws {
    for bad in ["tru", "null", "[1,[2]]", "\"\\q\"", "{\"x\":tru}"] {
      for head in ["{\"x\":[],\"Records\":[", "{\"Response\":{\"x\":1,\"Events\":["] {
        let tail = head.contains("Response") ? "]}}" : "]}"
        // A block that is not used up is doubled: some of these are cut just in front of the good one.
        for blanks in 60...130 {
          let text = head + bad + String(repeating: " ", count: blanks) + ",\(event("a")),\(event("b"))" + tail
          let outcome = try scanBytes(bytes(text), .cut(1))
          #expect(outcome.events == ["a", "b"] && outcome.skips.count == 1 && outcome.isComplete, "\(text)")
        }
      }
    }
  }

  /// An event may hold an array under a key that opens envelopes elsewhere; what marks it as an event stands before.
  @Test func anEventWithAnEnvelopesKeyStaysOne() throws {
    let text = event("a", ",\"Events\":[{\"x\":1}],\"items\":[]")
    for tail in [[], [0x0A, 0xFF]] as [[UInt8]] {
      for size in [1, 64, 256 * 1024] {
        let outcome = try scanBytes(bytes(text) + tail, .cut(size))
        #expect(outcome.events == ["a"] && outcome.container == .lines, "\(tail) \(size): \(outcome)")
      }
    }
  }

  @Test func limitsOnRecordsAreExact() throws {
    let size = event("a").utf8.count
    for (over, isKept) in [(-1, true), (0, true), (1, false)] {
      let filler = String(repeating: "x", count: 1000 + over)
      let record = event("big", ",\"x\":\"\(filler)\"")
      for text in [
        "\(event("a"))\n\(record)\n\(event("b"))", "[\(event("a")),\(record),\(event("b"))]",
        "{\"Records\":[\(event("a")),\(record),\(event("b"))]}",
      ] {
        for blockBytes in [64, 1000, 256 * 1024] {
          let outcome = try scanBytes(
            bytes(text), .cut(blockBytes) { $0.limits.recordBytesMax = record.utf8.count - over })
          #expect(outcome.events == (isKept ? ["a", "big", "b"] : ["a", "b"]), "\(over) \(blockBytes): \(outcome)")
          #expect(outcome.skips == (isKept ? [:] : [.tooLarge: 1]))
          // The long one is more than half of it all.
          #expect(outcome.isComplete && outcome.status == (isKept ? .ok : .damaged))
          #expect(size < record.utf8.count)
        }
      }
    }
  }

  @Test func limitsOnNestingAreExact() throws {
    for (levels, isKept) in [(7, true), (8, false), (5000, false)] {
      let nested = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
      let record = event("deep", ",\"x\":\(nested)")
      for text in ["\(event("a"))\n\(record)\n\(event("b"))", "[\(event("a")),\(record),\(event("b"))]"] {
        let outcome = try scanBytes(bytes(text), .cut(100) { $0.limits.nestingMax = 8 })
        #expect(outcome.events == (isKept ? ["a", "deep", "b"] : ["a", "b"]), "\(levels): \(outcome)")
        #expect(outcome.skips == (isKept ? [:] : [.tooDeep: 1]))
        #expect(outcome.isComplete && outcome.status == (levels == 5000 ? .damaged : .ok))
      }
    }
  }

  /// A limit beyond what offsets can count is brought down, not taken at its word.
  @Test func absurdLimitsAreBroughtDown() throws {
    let outcome = try scanBytes(
      bytes(event("a")),
      .cut(.max) {
        $0.limits.recordBytesMax = .max
        $0.limits.nestingMax = .max
      })
    #expect(outcome.events == ["a"])
    #expect(try scanBytes(bytes(event("a")), .cut(-5) { $0.limits.recordBytesMax = -1 }).events == [])
  }

  @Test func elementsThatAreNoObjects() throws {
    let outcome = try scanBytes(bytes("[1, \"two, {\" ,[3,[]], null, \(event("a")), true]"))
    #expect(outcome.events == ["a"] && outcome.skips == [.notAnObject: 5], "\(outcome)")
    #expect(outcome.records.first?.hasPrefix("5 ") == true)
  }

  @Test func contentThatEndsInsideARecord() throws {
    for text in ["\(event("a"))\n{\"x\":1,\"y", "[\(event("a")),{\"x\":", "{\"Records\":[\(event("a")),{\"x\":{}"] {
      let outcome = try scanBytes(bytes(text))
      #expect(outcome.events == ["a"] && outcome.skips == [.cutShort: 1], "\(outcome)")
      #expect(outcome.status == .damaged && outcome.isComplete)
    }
    let single = try scanBytes(bytes("{\"Records\":[{\"eventName\":\"x"))
    #expect(single.status == .damaged)
  }

  @Test func contentThatEndsInsideAContainer() throws {
    for text in ["[\(event("a"))", "{\"Records\":[\(event("a"))", "{\"Records\":[\(event("a"))]", "[\(event("a")),"] {
      let outcome = try scanBytes(bytes(text))
      #expect(outcome.events == ["a"] && outcome.isUnclosed && outcome.status == .damaged, "\(text)")
    }
  }

  /// A file that was cut and appended to: the documents behind the cut are read.
  @Test func documentsBehindOneThatIsCutShort() throws {
    let whole = "{\"Records\":[\(event("b")),\(event("c"))]}"
    for cut in [
      "{\"Records\":[\(event("a"))]", "{\"Records\":[\(event("a"))", "{\"Records\":[\(event("a")),{\"x\":\"y",
    ] {
      let outcome = try scanBytes(bytes("\(cut)\n\(whole)\n\(whole)"))
      #expect(outcome.events == ["a", "b", "c", "b", "c"], "\(cut): \(outcome)")
      #expect(outcome.skips.count == 1 && outcome.isComplete)
    }
  }

  @Test func duplicateKeysAreCountedAndTheLastWins() throws {
    let text = "{\"awsRegion\":\"r\",\"eventName\":\"x\",\"eventID\":\"first\",\"eventID\":\"last\"}"
    let outcome = try scanBytes(bytes(text))
    #expect(outcome.events == ["last"] && outcome.duplicateKeys == 1)
  }

  /// Inputs that once broke something: none may crash or lose count.
  @Test func regressions() throws {
    let folder = fixture("bad")
    let found = names(in: folder)
    #expect(!found.isEmpty)
    for name in found where !name.hasSuffix(".md") {
      let whole = try scanFiles([folder + "/" + name])
      #expect(whole[0].isComplete, "\(name)")
      for size in [1, 64, 1000] {
        #expect(try scanFiles([folder + "/" + name], .cut(size)) == whole, "\(name) \(size)")
      }
      for limit in [20, 64, 150] {
        let whole = try scanFiles([folder + "/" + name], .cut(1 << 20) { $0.limits.recordBytesMax = limit })
        #expect(whole[0].isComplete, "\(name)")
        for size in [1, 9, 64] {
          let cut = try scanFiles([folder + "/" + name], .cut(size) { $0.limits.recordBytesMax = limit })
          #expect(cut == whole, "\(name) \(limit) \(size)")
        }
      }
    }
  }
}
