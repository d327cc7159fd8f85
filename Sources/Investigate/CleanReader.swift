import Events
import Matching

/// Reads a record again as it is without its secrets, for values that are shown by their path: so they are what the
/// whole record would show.
final class CleanReader: @unchecked Sendable {
  // @unchecked: made for one worker and used by that worker only.

  enum Answer { case nothingIsSecret, read, unreadable }

  private let redactor: Redactor
  private let reader: LateReader
  private var record: [UInt8] = []

  init(_ plan: FieldPlan, _ redactor: Redactor) throws(PlanError) {
    self.redactor = redactor
    reader = try LateReader(plan)
  }

  /// Row 0 is the record after `read` has answered so.
  var batch: EventBatch {
    _read { yield reader.batch }
  }

  func read(_ text: Text) -> Answer {
    record.removeAll(keepingCapacity: true)
    guard redactor.redact(text.bytes, into: &record) > 0 else { return .nothingIsSecret }
    let length = record.count
    record.append(contentsOf: repeatElement(0, count: EventReader.padding))
    return record.withUnsafeBufferPointer { bytes in
      // SAFETY: the bytes stay where they are until the next record is read, and end in the padding that a reader needs.
      reader.read(Text(base: bytes.baseAddress, count: length)) ? .read : .unreadable
    }
  }
}
