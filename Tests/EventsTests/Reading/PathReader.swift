/// The values of raw paths in one record, as the parser gives them.

import Archive
import Testing

@testable import Events

/// One value: what it is and its text.
struct PathText: Equatable, CustomStringConvertible {
  var kind: PathValue.Kind
  var text: String

  var description: String { "\(kind) \(text)" }
}

/// A plan of some raw paths, and a reader with it.
final class PathReader {
  let plan: FieldPlan
  private var reader: EventReader
  private var batch: EventBatch
  private(set) var tally = ReadTally()

  init(_ paths: [String]) throws {
    let plan = try FieldPlan(columns: [], paths: paths)
    self.plan = plan
    reader = try EventReader(plan: plan, nestingMax: 64)
    batch = EventReader.makeBatch(plan)
  }

  /// By record, by path.
  func read(_ json: String) throws -> [[[PathText]]] {
    var bytes = Array(json.utf8)
    let length = bytes.count
    bytes.append(contentsOf: [UInt8](repeating: UInt8(ascii: "\""), count: EventReader.padding))
    tally = ReadTally()
    reader.begin()
    var records: [[[PathText]]] = []
    try bytes.withUnsafeMutableBufferPointer { buffer in
      let base = try #require(buffer.baseAddress)

      reader.feed(base, length, last: true)
      var goesOn = true
      while goesOn {
        goesOn = try reader.next(&batch, &tally)
        for row in 0..<batch.count { records.append(values(row)) }
      }
    }
    return records
  }

  private func values(_ row: Int) -> [[PathText]] {
    (0..<plan.paths.count).map { path in
      (0..<batch.pathValueCount(path, row)).map { index in
        let value = batch.pathValue(path, row, index)
        return PathText(kind: value.kind, text: batch.text(value.symbol).string)
      }
    }
  }
}
