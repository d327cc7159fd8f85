/// A report that is asked for by name.
public enum ReportKind: String, CaseIterable, Sendable {
  case navigator, timesketch, markdown, csv

  public var fileName: String {
    switch self {
    case .navigator: "navigator.json"
    case .timesketch: "timesketch.jsonl"
    case .markdown: "report.md"
    case .csv: "alerts.csv"
    }
  }

  /// Those that are always written.
  public static let standard: Set<ReportKind> = [.csv]
}

/// How reports are written.
public struct ReportOptions: Sendable {
  /// `native` or `ocsf`: of `alerts.jsonl`.
  public var alertFormat = AlertFormat.native
  /// Besides the standard ones.
  public var kinds: Set<ReportKind> = []
  /// Seconds east of UTC, for what people read.
  public var zone = 0
  public var jobs = 1
  public var isPseudonymised = false

  public init() {}
}
