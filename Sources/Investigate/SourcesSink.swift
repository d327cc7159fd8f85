import Archive
import Events
import Pipeline
import Reports

/// `sources` needs the ledger, and how many events of each file were wanted.
public struct TallySink: Sink {
  private var wanted: [Int: UInt64] = [:]

  public init() {}
  public mutating func begin(file: Int) {}
  public mutating func end(file: Int, _ entry: FileEntry) {}

  public mutating func take(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>, file: Int) -> Bool {
    wanted[file, default: 0] += UInt64(rows.count)
    return true
  }

  /// Events by file; files without any are left out.
  public static func merge(_ sinks: [TallySink]) -> [Int: UInt64] {
    sinks.reduce(into: [:]) { $0.merge($1.wanted, uniquingKeysWith: +) }
  }
}

/// The ledger as rows: what each file is and what was read of it.
public enum SourcesReport {
  public static let names = [
    "file", "status", "compression", "container", "providers", "events", "records", "first_time", "last_time",
    "bytes_in",
    "bytes_out", "members", "record_bytes", "framing_bytes", "skipped_bytes", "skipped", "duplicate_keys", "untimed",
    "sha256", "content_sha256", "note",
  ]
  /// What fits a terminal.
  public static let tableNames = [
    "file", "status", "container", "providers", "events", "first_time", "last_time", "note",
  ]

  /// - Parameter wanted: the events of each file that are in question (after `--dedupe`, `--since` and the like).
  public static func rows(
    _ ledger: Ledger, wanted: [Int: UInt64], offsetSeconds: Int, forPeople: Bool
  ) -> [[Cell]] {
    let zone = forPeople ? offsetSeconds : 0
    let files = ledger.files.indices.map { row(ledger.files[$0], ledger.entries[$0], wanted[$0] ?? 0, zone) }
    let issues = ledger.issues.map { issue in
      names.map { name -> Cell in
        switch name {
        case "file": .text(issue.name.text)
        case "status": .string(issue.isLoss ? "unreadable" : "not read")
        case "note": .string(issue.message)
        default: .missing
        }
      }
    }
    return forPeople ? (files + issues).map(narrow) : files + issues
  }

  private static func narrow(_ row: [Cell]) -> [Cell] {
    tableNames.map { name in names.firstIndex(of: name).map { row[$0] } ?? .missing }
  }

  private static func row(_ file: FoundFile, _ entry: FileEntry, _ wanted: UInt64, _ zone: Int) -> [Cell] {
    let tally = entry.tally
    let content = entry.content
    let hasTimes = tally.firstTime <= tally.lastTime
    let providers = Provider.allCases.filter { tally.providers[Int($0.rawValue)] > 0 }
    let skips = SkipReason.allCases.filter { tally.skips[Int($0.rawValue)] > 0 }
      .map { "\($0.name): \(tally.skips[Int($0.rawValue)])" }
    let note = FileVerdict(entry).text
    return [
      .text(file.name.text), .string(entry.status.name), .string(content.compression.name),
      tally.container == .none ? .missing : .string(tally.container.name),
      providers.isEmpty ? .missing : .list(providers.map { Array($0.name.utf8) }), .count(wanted),
      .count(tally.records),
      hasTimes ? .string(Timestamp.string(tally.firstTime, offsetSeconds: zone)) : .missing,
      hasTimes ? .string(Timestamp.string(tally.lastTime, offsetSeconds: zone)) : .missing,
      .count(content.bytesIn), .count(content.bytesOut), .count(UInt64(content.members)), .count(tally.recordBytes),
      .count(tally.framingBytes), .count(tally.skippedBytes),
      skips.isEmpty ? .missing : .list(skips.map { Array($0.utf8) }), .count(tally.duplicateKeys),
      .count(tally.untimed), content.sha256.map { .string($0.hex) } ?? .missing,
      content.contentSHA256.map { .string($0.hex) } ?? .missing, note.isEmpty ? .missing : .string(note),
    ]
  }

  /// One line of totals.
  public static func total(_ ledger: Ledger) -> String {
    var records: UInt64 = 0
    var bytesIn: UInt64 = 0
    var bytesOut: UInt64 = 0
    var skips: UInt64 = 0
    for entry in ledger.entries {
      records += entry.tally.records
      bytesIn += entry.content.bytesIn
      bytesOut += entry.content.bytesOut
      skips += entry.tally.lossCount
    }
    var text = "\(Amount.of(ledger.files.count, "file")), \(Amount.of(Int(clamping: records), "event")), "
    text += "\(Amount.bytes(bytesIn)) holding \(Amount.bytes(bytesOut))"
    if skips > 0 { text += ", \(Amount.grouped(skips)) skipped" }
    let notOK = ReadStatus.allCases.filter { $0 != .ok }.compactMap { status -> String? in
      let count = ledger.entries.count { $0.status == status }
      return count > 0 ? "\(count) \(status.name)" : nil
    }
    return text + (notOK.isEmpty ? "" : "; files " + notOK.joined(separator: ", "))
  }
}
