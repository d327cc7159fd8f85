import Archive
import Events
import Matching
import Pipeline
import Reports

/// Writes one line for each rule that matches an event: `rules match`.
///
///     file<TAB>record<TAB>event_id<TAB>rule_id
///
/// in the order of the files, then of records, then of rule ids.
public struct MatchSink: Sink {
  /// Where the ids of events come from.
  public enum EventIDs: Sendable {
    /// A column of every event.
    case early(Int)
    /// The first column of a plan by which the records of hits are read again: when few are expected.
    case late(LateReader)
  }

  // Lines are handed over in pieces of this size.
  private static let chunkBytes = 64 * 1024

  /// The rules' labels one behind the other, safe to print; `labelEnds` has a place more than there are rules.
  private let labels: [UInt8]
  private let labelEnds: [Int]
  private let output: OrderedOutput
  private let names: [FoundFile]
  private let eventIDs: EventIDs
  private var matcher: Matcher
  private var fileName: [UInt8] = []
  private var lineStart: [UInt8] = []
  private var chunk = OrderedOutput.Chunk()

  public init(
    _ program: MatchProgram, matcher: Matcher, eventIDs: EventIDs, files: [FoundFile], output: OrderedOutput
  ) {
    var labels: [UInt8] = []
    var labelEnds = [0]
    for entry in program.entries {
      entry.label.withUnsafeBytes { MatchSink.append($0, to: &labels) }
      labels.append(UInt8(ascii: "\n"))
      labelEnds.append(labels.count)
    }
    self.labels = labels
    self.labelEnds = labelEnds
    self.output = output
    names = files
    self.eventIDs = eventIDs
    self.matcher = matcher
  }

  public mutating func begin(file: Int) {
    let name = names[file].name.text
    matcher.begin(file: name)
    fileName.removeAll(keepingCapacity: true)
    name.withUnsafeBytes { MatchSink.append($0, to: &fileName) }
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
    switch eventIDs {
    case .early(let column): MatchSink.append(batch.text(column, row).bytes, to: &lineStart)
    case .late(let reader):
      if reader.read(batch.record(row)) { MatchSink.append(reader.batch.text(0, 0).bytes, to: &lineStart) }
    }
    lineStart.append(UInt8(ascii: "\t"))
  }

  private mutating func append(_ hit: Hit) {
    chunk.bytes += lineStart
    chunk.bytes += labels[labelEnds[Int(hit.rule)]..<labelEnds[Int(hit.rule) + 1]]
    chunk.rowEnds.append(chunk.bytes.count)
  }

  /// A name or id may hold what would end the column or the line, or steer a terminal: it is written out.
  private static func append(_ text: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    if text.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
      out.append(contentsOf: text)
    } else {
      Escape.terminal(text, to: &out)
    }
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
