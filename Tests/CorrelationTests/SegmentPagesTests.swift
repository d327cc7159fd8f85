/// Texts and tuples that are read page by page are those of the segment, wherever pages end.

import Foundation
import ReadingSupport
import TestSupport
import Testing

@testable import Correlation
@testable import Pipeline

@Suite struct SegmentPagesTests {
  /// Bytes of a segment with texts of up to two pages and tuples of them.
  static func segment(_ seed: UInt64) -> (bytes: [UInt8], texts: [[UInt8]], tuples: [[UInt32]]) {
    var random = SeededGenerator(seed)
    var builder = SegmentBuilder(detections: 1)
    var texts: [[UInt8]] = [[]]
    var tuples: [[UInt32]] = [[]]
    for number in 1...3000 {
      let length = number % 100 == 0 ? Int.random(in: 4000...9000, using: &random) : number % 60 + 5
      let text = Array("\(seed) \(number) ".utf8) + [UInt8](repeating: UInt8(number % 251), count: length)
      #expect(builder.text(text) == texts.count)
      texts.append(text)
      let tuple = [UInt32(number), UInt32(number / 2), 0]
      #expect(builder.tuple(tuple) == tuples.count)
      tuples.append(tuple)
    }
    return (builder.seal(), texts, tuples)
  }

  @Test(arguments: [false, true]) func whatIsReadInPagesIsWhatTheSegmentHas(isInFile: Bool) throws {
    let made = [SegmentPagesTests.segment(1), SegmentPagesTests.segment(2)]
    let directory = NSTemporaryDirectory()
    let segments = try made.map { one -> Segment in
      guard isInFile else { return try Segment(.memory(one.bytes)) }
      let file = SegmentFile(descriptor: try SpillFile.openNameless(in: directory))
      _ = one.bytes.withUnsafeBytes { SpillFile.write($0, to: file.descriptor, at: 77) }
      return try Segment(.file(file, offset: 77, count: one.bytes.count))
    }
    let pages = SegmentPages()
    var random = SeededGenerator(3)
    for _ in 0..<20_000 {
      let source = Int.random(in: 0...1, using: &random)
      let id = Int.random(in: 0...3000, using: &random)
      #expect(try pages.text(UInt32(id), segments[source], source) == made[source].texts[id])
      #expect(try pages.tuple(UInt32(id), segments[source], source) == made[source].tuples[id])
    }
    #expect(try pages.text(4000, segments[0], 0).isEmpty)
    #expect(try pages.tuple(.max, segments[0], 0).isEmpty)
  }
}
