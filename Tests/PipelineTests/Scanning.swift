/// Scans of contents that a test makes up, and what came of them in a form that can be compared.

import Archive
import Events
import Glibc
import ReadingSupport
import Testing

@testable import Pipeline

/// Everything a scan tells of one file.
struct Outcome: Equatable, CustomStringConvertible {
  var events: [String] = []
  /// Of each event: its number in the file, its bytes.
  var records: [String] = []
  var status = ReadStatus.unread
  var look = ContentLook.json
  var container = Container.none
  var skips: [SkipReason: Int] = [:]
  var duplicateKeys: UInt64 = 0
  var firstLoss: UInt64?
  var isUnclosed = false
  var trouble = ContentTrouble.none
  var recordCount: UInt64 = 0
  var recordBytes: UInt64 = 0
  var framingBytes: UInt64 = 0
  var skippedBytes: UInt64 = 0
  var bytesOut: UInt64 = 0
  var report = ContentReport()

  /// Every byte is a record's, framing's, or skipped.
  var isComplete: Bool { recordBytes + framingBytes + skippedBytes == bytesOut }

  static func == (a: Outcome, b: Outcome) -> Bool { a.description == b.description }

  var description: String {
    """
    \(status) \(look) \(container) \(trouble) unclosed \(isUnclosed) loss at \(firstLoss.map(String.init) ?? "-") \
    bytes \(recordBytes)+\(framingBytes)+\(skippedBytes)=\(bytesOut) duplicates \(duplicateKeys) \
    skips \(skips.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key) \($0.value)" }) \
    \(recordCount) \(records.count < 40 ? "\(records)" : "\(records.count) records, hash \(records.hashValue)")
    """
  }
}

/// Takes everything.
struct Collector: Sink {
  let plan: FieldPlan
  /// Off where only the counts of the ledger are wanted, and quickly.
  var keepsEvents = true
  var files: [Int: Outcome] = [:]

  mutating func begin(file: Int) { files[file] = Outcome() }

  mutating func take(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>, file: Int) -> Bool {
    for row in rows where keepsEvents {
      let row = Int(row)
      let id = plan.index(of: .eventID).map { batch.text($0, row).string } ?? ""
      files[file]?.events.append(id)
      files[file]?.records.append("\(batch.numbers[row]) \(batch.record(row).string)")
    }
    return true
  }

  mutating func end(file: Int, _ entry: FileEntry) {
    guard var outcome = files[file] else { return }
    outcome.status = entry.status
    outcome.look = entry.look
    outcome.container = entry.tally.container
    for reason in SkipReason.allCases {
      let count = Int(entry.tally.skips[Int(reason.rawValue)])
      if count > 0 { outcome.skips[reason] = count }
    }
    outcome.duplicateKeys = entry.tally.duplicateKeys
    outcome.firstLoss = entry.tally.firstLoss?.offset
    outcome.isUnclosed = entry.tally.isUnclosed
    outcome.trouble = entry.content.trouble
    outcome.recordCount = entry.tally.records
    outcome.recordBytes = entry.tally.recordBytes
    outcome.framingBytes = entry.tally.framingBytes
    outcome.skippedBytes = entry.tally.skippedBytes
    outcome.bytesOut = entry.content.bytesOut
    outcome.report = entry.content
    files[file] = outcome
  }
}

extension ScanOptions {
  static func cut(_ blockBytes: Int, _ change: (inout ScanOptions) -> Void = { _ in }) -> ScanOptions {
    var options = ScanOptions()
    options.blockBytes = blockBytes
    change(&options)
    return options
  }
}

func scanFiles(
  _ paths: [String], _ options: ScanOptions = ScanOptions(), keepsEvents: Bool = true
) throws -> [Outcome] {
  let plan = try FieldPlan(columns: [.action, .eventID])
  let found = discover(paths.map { Array($0.utf8) })
  let (sinks, ledger) = try scan(
    found, plan: plan, options: options, progress: Progress(), interrupted: { false },
    makeSink: { _ in Collector(plan: plan, keepsEvents: keepsEvents) })
  try #require(ledger.files.count == paths.count)
  var all: [Int: Outcome] = [:]
  for sink in sinks { all.merge(sink.files) { first, _ in first } }
  return (0..<paths.count).compactMap { all[$0] }
}

func scanBytes(_ content: [UInt8], _ options: ScanOptions = ScanOptions()) throws -> Outcome {
  let file = TemporaryFile(content)
  return try scanFiles([file.path], options)[0]
}

/// An event that the parser's caller recognises.
func event(_ id: String, _ more: String = "") -> String {
  #"{"eventVersion":"1.08","eventSource":"iam.amazonaws.com","awsRegion":"us-east-1","eventName":"ListUsers","eventID":"\#(id)"\#(more)}"#
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// JSON text as a JSON string.
func quoted(_ text: String) -> String {
  "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
}
