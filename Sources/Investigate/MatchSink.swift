import Archive
import Events
import Matching
import Pipeline

/// Writes one line for each rule that matches an event: `rules match`.
///
///     file<TAB>record<TAB>event_id<TAB>rule_id
///
/// in the order of the files, then of records, then of rule ids.
public struct MatchSink: Sink {
  // Lines are handed over in pieces of this size.
  private static let chunkBytes = 64 * 1024

  /// By rule, safe to print.
  private let labels: [[UInt8]]
  private let output: OrderedOutput
  private let names: [FoundFile]
  /// Event ids are read for hits only: few events need theirs.
  private let eventIDs: LateReader
  private var matcher: Matcher
  private var fileName: [UInt8] = []
  private var lineStart: [UInt8] = []
  private var chunk = OrderedOutput.Chunk()

  /// - Parameter eventIDs: reads records again with a plan that has the event id as its first column.
  public init(
    _ program: MatchProgram, matcher: Matcher, eventIDs: LateReader, files: [FoundFile], output: OrderedOutput
  ) {
    labels = program.entries.map { entry in
      var label: [UInt8] = []
      MatchSink.append(entry.label, to: &label)
      return label
    }
    self.output = output
    names = files
    self.eventIDs = eventIDs
    self.matcher = matcher
  }

  public mutating func begin(file: Int) {
    matcher.begin(file: names[file].name.bytes)
    fileName.removeAll(keepingCapacity: true)
    MatchSink.append(names[file].name.bytes, to: &fileName)
  }

  public mutating func take(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>, file: Int) -> Bool {
    matcher.match(batch, rows: rows)
    // All hits of a row begin alike.
    var row: UInt16?
    for hit in matcher.hits {
      if hit.row != row { begin(row: Int(hit.row), batch) }
      row = hit.row
      append(hit)
    }
    return chunk.bytes.count < MatchSink.chunkBytes || flush(file)
  }

  private mutating func begin(row: Int, _ batch: borrowing EventBatch) {
    lineStart.removeAll(keepingCapacity: true)
    lineStart += fileName
    lineStart.append(UInt8(ascii: "\t"))
    lineStart += String(batch.numbers[row]).utf8
    lineStart.append(UInt8(ascii: "\t"))
    if eventIDs.read(batch.record(row)) {
      MatchSink.append(eventIDs.batch.text(0, 0).bytes, to: &lineStart)
    }
    lineStart.append(UInt8(ascii: "\t"))
  }

  private mutating func append(_ hit: Hit) {
    chunk.bytes += lineStart
    chunk.bytes += labels[Int(hit.rule)]
    chunk.bytes.append(UInt8(ascii: "\n"))
    chunk.rowEnds.append(chunk.bytes.count)
  }

  /// A name or id may hold what would end the column or the line, or reach a terminal: it is replaced by a space.
  private static func append(_ text: some Sequence<UInt8>, to out: inout [UInt8]) {
    for byte in text { out.append(byte < 0x20 || byte == 0x7F ? 0x20 : byte) }
  }

  private mutating func flush(_ file: Int) -> Bool {
    guard !chunk.rowEnds.isEmpty else { return true }
    defer { chunk = OrderedOutput.Chunk() }
    return output.write(chunk, file: file)
  }

  public mutating func end(file: Int, _ entry: FileEntry) {
    _ = flush(file)
    output.finish(file: file)
  }
}

extension Field {
  public init(_ source: FieldSource) {
    switch source {
    case .column(let column): self = .column(column)
    case .path(let path): self = .path(path)
    }
  }
}
