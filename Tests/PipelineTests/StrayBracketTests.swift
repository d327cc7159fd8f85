/// Brackets, commas and zeros that do not belong where they stand: no record behind them is lost.

import Archive
import ReadingSupport
import Testing

@testable import Pipeline

@Suite struct StrayBracketTests {
  private static let records = (0..<6).map { event("\($0)") }
  private static let all = (0..<6).map(String.init)

  private static func envelope(_ elements: some Sequence<String>) -> String {
    "{\"Records\":[\(elements.joined(separator: ","))]}"
  }

  /// The sizes cut in front of and behind every bracket of interest.
  private func expectAlike(_ text: String, _ check: (Outcome) -> Void) throws {
    let whole = try scanBytes(bytes(text))
    check(whole)
    #expect(whole.isComplete, "\(whole)")
    for size in [1, 7, 64, 150, 333, 1000] {
      #expect(try scanBytes(bytes(text), .cut(size)) == whole, "\(size): \(text)")
    }
  }

  @Test(arguments: 0..<6)
  func aStrayOpeningBracketCostsNoRecord(place: Int) throws {
    for opening in ["[", "[[", "[,", "[ \n", "[[],"] {
      var elements = Self.records
      elements[place] = opening + elements[place]
      try expectAlike(Self.envelope(elements)) { outcome in
        #expect(outcome.events == Self.all, "\(opening) \(outcome)")
        #expect(outcome.status != .ok || !outcome.skips.isEmpty)
        #expect(outcome.skips.values.reduce(0, +) <= 2, "\(outcome)")
      }
    }
  }

  @Test func aStrayBracketInTheSecondEnvelopeCostsNoRecord() throws {
    for between in ["", "\n"] {
      let text =
        Self.envelope([Self.records[0]]) + between + "{\"Records\":[[" + Self.records[1...].joined(separator: ",")
      try expectAlike(text + "]}") { outcome in
        #expect(outcome.events == Self.all, "\(outcome)")
        #expect(outcome.status == .damaged)
      }
    }
  }

  @Test func aStrayBracketWithItsOwnEndHidesNothing() throws {
    let text = Self.envelope([Self.records[0], "[,\(Self.records[1]),\(Self.records[2])]", Self.records[3]])
    try expectAlike(text) { outcome in
      #expect(outcome.events == ["0", "1", "2", "3"], "\(outcome)")
      #expect(!outcome.skips.isEmpty)
    }
  }

  @Test func anArrayThatIsClosedAndOpenedAgainGoesOn() throws {
    for between in ["],[", ",],[", "] [", "],\n["] {
      let text = "{\"Records\":[\(Self.records[0])\(between)\(Self.records[1...].joined(separator: ","))],\"z\":1}"
      try expectAlike(text) { outcome in
        #expect(outcome.events == Self.all && !outcome.skips.isEmpty, "\(between): \(outcome)")
      }
    }
  }

  @Test func arraysOfArraysAreRead() throws {
    let pages = "[[\(Self.records[..<2].joined(separator: ","))],\n[\(Self.records[2...].joined(separator: ", "))]]"
    try expectAlike(pages) { outcome in
      #expect(outcome.events == Self.all && outcome.status == .ok && outcome.skips.isEmpty, "\(outcome)")
    }
    let deep = "{\"Records\":[[[\(Self.records.joined(separator: ","))]]]}"
    try expectAlike(deep) { #expect($0.events == Self.all && $0.status == .ok, "\($0)") }
  }

  /// What is no record costs one skip, wherever in the arrays it stands.
  @Test(arguments: [
    ("[1,%]", 1), ("[%,[1,%],%]", 1), ("[[1,%],[%]]", 1), ("[1,[2,[%]],%]", 2), ("[[\"a]b{\",%,null],%]", 2),
    ("{\"Records\":[[1,%],%]}", 1), ("{\"Records\":[%,[\"x\",[[%,2]]]]}", 2), ("[%,[1,2,[3]],%]", 1),
    ("[[],%,[[]]]", 2),
  ])
  func recordsBesideOtherElementsAreRead(shape: String, skips: Int) throws {
    var text = ""
    var count = 0
    for part in shape.split(separator: "%", omittingEmptySubsequences: false) {
      if !text.isEmpty {
        text += Self.records[count]
        count += 1
      }
      text += part
    }
    try expectAlike(text) { outcome in
      #expect(outcome.events == Array(Self.all[..<count]) && outcome.skips == [.notAnObject: skips], "\(outcome)")
    }
    // Read record by record: behind something bad.
    try expectAlike(text + "\n\u{7F}") { #expect($0.events == Array(Self.all[..<count]), "\($0)") }
  }

  @Test func bracketsWithoutEndAreStillBounded() throws {
    let text = Self.envelope([Self.records[0], String(repeating: "[", count: 3000) + Self.records[1]])
    try expectAlike(text) { #expect($0.events.first == "0" && $0.status != .ok, "\($0)") }
  }

  @Test func commasBetweenObjectsAreFraming() throws {
    for separator in [",\n", ",", " , "] {
      try expectAlike(Self.records.joined(separator: separator) + separator) { outcome in
        #expect(outcome.events == Self.all && outcome.status == .ok && outcome.skips.isEmpty, "\(outcome)")
      }
    }
    try expectAlike(Self.records.joined(separator: ",,\n")) { outcome in
      #expect(outcome.events == Self.all && outcome.skips == [.badRecord: 5], "\(outcome)")
    }
  }

  @Test func anEnvelopeThatClosesTooEarlyIsOneGap() throws {
    let text =
      "{\"Records\":[" + Self.records[..<2].joined(separator: ",") + "]},"
      + Self.records[2...].joined(separator: ",") + "]}"
    try expectAlike(text) { outcome in
      #expect(outcome.events == Self.all && outcome.skips == [.badRecord: 1], "\(outcome)")
    }
  }

  @Test(arguments: ["\n", "", " \n"])
  func zerosBehindTheLastRecordArePadding(end: String) throws {
    for zeros in [1, 511, 70_000] {
      let content = bytes(Self.records.joined(separator: "\n") + end) + [UInt8](repeating: 0, count: zeros)
      for packing in [Packing.plain, .gzip] {
        for size in [64, 1000, 256 * 1024] {
          let outcome = try scanBytes(packing.pack(content), .cut(size))
          #expect(outcome.events == Self.all && outcome.status == .ok && outcome.skips.isEmpty, "\(outcome)")
          #expect(outcome.isComplete && outcome.skippedBytes == 0)
        }
      }
    }
  }

  @Test func zerosInFrontOfARecordAreAGap() throws {
    let text = Self.records[0] + "\n\0\0\0\0\n\0\0" + Self.records[1] + "\n"
    try expectAlike(text) { outcome in
      #expect(outcome.events == ["0", "1"] && outcome.skips == [.badRecord: 1], "\(outcome)")
      #expect(outcome.firstLoss == UInt64(text.utf8.count - 1 - Self.records[1].utf8.count), "\(outcome)")
    }
  }
}
