/// A report that is asked for by name.
public enum ReportKind: String, CaseIterable, Sendable {
  case navigator, timesketch, markdown, html, csv

  public var fileName: String {
    switch self {
    case .navigator: "navigator.json"
    case .timesketch: "timesketch.jsonl"
    case .markdown: "report.md"
    case .html: "report.html"
    case .csv: "alerts.csv"
    }
  }

  /// Those that are always written.
  public static let standard: Set<ReportKind> = [.html, .csv]
}

/// How reports are written.
public struct ReportOptions: Sendable {
  /// `native` or `ocsf`: of `alerts.jsonl`.
  public var alertFormat = AlertFormat.native
  /// Besides the standard ones.
  public var kinds: Set<ReportKind> = []
  public var language = Language.english
  /// Seconds east of UTC, for what people read.
  public var zone = 0
  public var jobs = 1
  public var isPseudonymised = false
  /// How many earlier reports stay beside the new one; nil keeps none and removes none.
  public var kept: KeptReports.Limit?
  /// Whether to stop: then nothing is published.
  public var interrupted: @Sendable () -> Bool = { false }

  public init() {}
}

/// The language of what people read.
public enum Language: String, CaseIterable, Sendable {
  case english = "en"
  case chinese = "zh"
}
