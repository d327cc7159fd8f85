import Archive
import Correlation
import Events

/// All that the files of a report are made of: alerts, the summary, and what was read.
public struct ReportContent {
  public var alerts: AlertList
  public var summary: Summary
  public var inputs: [InputFile]
  /// SHA-256 of the rules and of the configuration that the alerts depend on.
  public var rules: String
  public var configuration: String?

  public init(
    alerts: AlertList, summary: Summary, inputs: [InputFile], rules: String, configuration: String? = nil
  ) {
    self.alerts = alerts
    self.summary = summary
    self.inputs = inputs
    self.rules = rules
    self.configuration = configuration
  }
}

/// What a manifest says of a file that was read.
public struct InputFile: Sendable {
  /// As `FileName.text` has it.
  public var path: [UInt8]
  public var status: String
  /// Compressed, as they lie in the file.
  public var bytes: UInt64
  public var sha256: String?
  public var records: UInt64
  public var skips: [Summary.Named]
  public var firstTime: Int64
  public var lastTime: Int64

  public init(_ file: PartFile) {
    let tally = file.entry.tally
    let hasTimes = tally.firstTime <= tally.lastTime
    path = FileName(file.path).text
    status = file.entry.status.name
    bytes = file.entry.content.bytesIn
    sha256 = file.entry.content.sha256?.hex
    records = tally.records
    skips = SkipReason.allCases.map { ($0.name, Int(tally.skips[Int($0.rawValue)])) }.filter { $0.1 > 0 }
    firstTime = hasTimes ? tally.firstTime : Timestamp.missing
    lastTime = hasTimes ? tally.lastTime : Timestamp.missing
  }
}
