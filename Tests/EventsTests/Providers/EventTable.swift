import Archive
import Foundation
import Testing

@testable import Events

/// Reads events out of JSON text and gives their columns as text, the way a person would write them down.
enum EventTable {
  static let columns = Column.allCases.filter(\.isFromRecord)

  /// One dictionary an event: column name to value; `provider` is always there, empty columns are left out.
  static func read(
    _ json: String, tables: [ProviderTable] = ProviderTables.all, columns: [Column] = columns
  ) throws -> [[String: String]] {
    let plan = try FieldPlan(columns: columns, tables: tables)
    var reader = try EventReader(plan: plan, nestingMax: 64)
    var batch = EventReader.makeBatch(plan)
    var tally = ReadTally()
    var bytes = Array(json.utf8)
    let length = bytes.count
    bytes.append(contentsOf: [UInt8](repeating: 0, count: EventReader.padding))
    var events: [[String: String]] = []
    try bytes.withUnsafeMutableBufferPointer { buffer in
      reader.begin()
      reader.feed(try #require(buffer.baseAddress), length, last: true)
      var goesOn = true
      while goesOn {
        goesOn = try reader.next(&batch, &tally)
        for row in 0..<batch.count { events.append(describe(batch, row, plan)) }
      }
    }
    return events
  }

  /// The one event in the text.
  static func one(_ json: String) throws -> [String: String] {
    let events = try read(json)
    #expect(events.count == 1)
    return events.first ?? [:]
  }

  private static func describe(_ batch: borrowing EventBatch, _ row: Int, _ plan: FieldPlan) -> [String: String] {
    var event = ["provider": batch.providers[row].name]
    for (index, column) in plan.columns.enumerated() {
      switch column {
      case .time: event["time"] = Timestamp.string(batch.times[row])
      case _ where column.isList: event[column.name] = batch.list(index, row).map(\.string).joined(separator: " ")
      default: event[column.name] = batch.text(index, row).string
      }
    }
    return event.filter { !$0.value.isEmpty }
  }
}
