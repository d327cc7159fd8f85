import Events

/// Reads single records again for the fields that the scan's plan leaves out.
public final class LateReader: @unchecked Sendable {
  // @unchecked: made for one worker and used by that worker only.

  // The first reading has checked the record's depth; this only has to be no stricter.
  private static let nestingMax = 1024

  private var reader: EventReader
  public private(set) var batch: EventBatch

  public init(_ plan: FieldPlan) throws(PlanError) {
    reader = try EventReader(plan: plan, nestingMax: LateReader.nestingMax)
    batch = EventReader.makeBatch(plan)
  }

  /// Row 0 of `batch` is the record afterwards. A record that reads differently the second time has no fields.
  public func read(_ record: Text) -> Bool { reader.read(again: record, into: &batch) }
}
