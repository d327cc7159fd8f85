import Archive
import Events
import Pipeline
import Reports

/// `sources` needs the ledger alone: this sink lets every event pass.
public struct PassSink: Sink {
  public init() {}
  public mutating func begin(file: Int) {}
  public mutating func take(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>, file: Int) -> Bool {
    true
  }
  public mutating func end(file: Int, _ entry: FileEntry) {}
}

/// The ledger as rows: what each file is and what was read of it.
public enum SourcesReport {
  public static let names = [
    "file", "status", "compression", "container", "providers", "events", "first_time", "last_time", "bytes_in",
    "bytes_out", "members", "record_bytes", "framing_bytes", "skipped_bytes", "skipped", "duplicate_keys", "untimed",
    "sha256", "content_sha256", "note",
  ]
  /// What fits a terminal.
  public static let tableNames = [
    "file", "status", "container", "providers", "events", "first_time", "last_time", "note",
  ]

  public static func rows(_ ledger: Ledger, offsetSeconds: Int, forPeople: Bool) -> [[Cell]] {
    let zone = forPeople ? offsetSeconds : 0
    let files = zip(ledger.files, ledger.entries).map { row($0, $1, zone) }
    let issues = ledger.issues.map { issue in
      names.map { name -> Cell in
        switch name {
        case "file": .text(issue.name.bytes)
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

  private static func row(_ file: FoundFile, _ entry: FileEntry, _ zone: Int) -> [Cell] {
    let tally = entry.tally
    let content = entry.content
    let hasTimes = tally.firstTime <= tally.lastTime
    let providers = Provider.allCases.filter { tally.providers[Int($0.rawValue)] > 0 }
    let skips = SkipReason.allCases.filter { tally.skips[Int($0.rawValue)] > 0 }
      .map { "\($0.name): \(tally.skips[Int($0.rawValue)])" }
    let note = FileVerdict(entry).text
    return [
      .text(file.name.bytes), .string(entry.status.name), .string(content.compression.name),
      tally.container == .none ? .missing : .string(tally.container.name),
      providers.isEmpty ? .missing : .list(providers.map { Array($0.name.utf8) }), .count(tally.records),
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
    var text = "\(Amount.grouped(UInt64(ledger.files.count))) files, \(Amount.grouped(records)) events, "
    text += "\(Amount.bytes(bytesIn)) holding \(Amount.bytes(bytesOut))"
    if skips > 0 { text += ", \(Amount.grouped(skips)) skipped" }
    let notOK = ReadStatus.allCases.filter { $0 != .ok }.compactMap { status -> String? in
      let count = ledger.entries.count { $0.status == status }
      return count > 0 ? "\(count) \(status.name)" : nil
    }
    return text + (notOK.isEmpty ? "" : "; files " + notOK.joined(separator: ", "))
  }
}
