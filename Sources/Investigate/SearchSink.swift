import Archive
import Events
import Pipeline
import Reports

/// Writes the events that match, in the order of the files: `search`.
public struct SearchSink: Sink {
  /// What a row is: some fields in a format, or the record as it stands in the file.
  public enum Rows: Sendable {
    case fields(RowWriter)
    /// `isShown`: a terminal gets it, and must get nothing that it would act on.
    case raw(isShown: Bool)
  }

  // Rows are handed over in pieces of this size; the first one of a scan goes out at once.
  private static let chunkBytes = 64 * 1024

  private let rows: Rows
  private let cells: EventCells
  private let output: OrderedOutput
  private let names: [FoundFile]
  private let redactor: Redactor?
  private var chunk = OrderedOutput.Chunk()
  private var fileName: [UInt8] = []
  private var isFirst = true

  public init(
    rows: Rows, fields: [Field], plan: FieldPlan, format: Format, offsetSeconds: Int, redactor: Redactor?,
    files: [FoundFile], output: OrderedOutput
  ) {
    self.rows = rows
    self.output = output
    self.redactor = redactor
    names = files
    cells = EventCells(fields: fields, plan: plan, format: format, offsetSeconds: offsetSeconds, redactor: redactor)
  }

  public mutating func begin(file: Int) { fileName = names[file].name.text }

  public mutating func take(_ batch: borrowing EventBatch, rows wanted: UnsafeBufferPointer<UInt16>, file: Int) -> Bool
  {
    for row in wanted {
      append(batch, Int(row))
      chunk.rowEnds.append(chunk.bytes.count)
      if isFirst || chunk.bytes.count >= SearchSink.chunkBytes, !flush(file) { return false }
    }
    return true
  }

  private mutating func append(_ batch: borrowing EventBatch, _ row: Int) {
    switch rows {
    case .raw(let isShown):
      let record = batch.record(row).bytes
      let start = chunk.bytes.count
      if let redactor {
        _ = redactor.redact(record, into: &chunk.bytes)
      } else {
        chunk.bytes.append(contentsOf: record)
      }
      if isShown {
        let bytes = Array(chunk.bytes[start...])
        chunk.bytes.removeSubrange(start...)
        bytes.withUnsafeBytes { Escape.record($0, to: &chunk.bytes) }
      }
      chunk.bytes.append(0x0A)
    case .fields(let writer): writer.row(cells.cells(batch, row, fileName: fileName), to: &chunk.bytes)
    }
  }

  private mutating func flush(_ file: Int) -> Bool {
    guard !chunk.rowEnds.isEmpty else { return true }
    isFirst = false
    defer { chunk = OrderedOutput.Chunk() }
    return output.write(chunk, file: file)
  }

  public mutating func end(file: Int, _ entry: FileEntry) {
    _ = flush(file)
    output.finish(file: file)
  }
}
