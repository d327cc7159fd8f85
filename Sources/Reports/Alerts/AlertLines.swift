import Correlation
import Threads

/// All alerts as lines of a format, made by several threads and given in their order.
public struct AlertLines {
  // Enough for a thread to be worth its start; small beside the memory of a sweep.
  private static let alertsPerPiece = 2048

  private let alerts: AlertList
  private let format: AlertFormat
  private let jobs: Int

  public init(_ alerts: AlertList, _ format: AlertFormat, jobs: Int) {
    self.alerts = alerts
    self.format = format
    self.jobs = max(jobs, 1)
  }

  /// Some lines at a time.
  public func write(_ take: ([UInt8]) -> Void) {
    take(format.header)
    let copies = (0..<jobs).map { _ in Copy(alerts.forAnotherThread()) }
    let format = format
    var first = 0
    while first < alerts.count {
      let end = min(first + jobs * AlertLines.alertsPerPiece, alerts.count)
      let starts = stride(from: first, to: end, by: AlertLines.alertsPerPiece)
      let pieces = zip(copies, starts).map { ($0, $1..<min($1 + AlertLines.alertsPerPiece, end)) }
      for lines in inParallel(pieces, { $0.0.lines($0.1, format) }) { take(lines) }
      first = end
    }
  }

  private final class Copy: @unchecked Sendable {
    // @unchecked: one thread at a time uses it.
    private let alerts: AlertList

    init(_ alerts: AlertList) { self.alerts = alerts }

    func lines(_ places: Range<Int>, _ format: AlertFormat) -> [UInt8] {
      var writer = format.writer()
      var lines: [UInt8] = []
      for place in places { lines += writer.line(alerts[place]) }
      return lines
    }
  }
}

/// How one alert becomes one or more lines.
protocol AlertLineWriter {
  mutating func line(_ alert: Alert) -> [UInt8]
}

/// The formats whose alerts stand in lines of their own.
public enum AlertFormat: String, CaseIterable, Sendable {
  case native, ocsf, csv, timesketch

  var header: [UInt8] { self == .csv ? AlertCSV.header : [] }

  func writer() -> any AlertLineWriter {
    switch self {
    case .native: AlertJSON()
    case .ocsf: AlertOCSF()
    case .csv: AlertCSV()
    case .timesketch: AlertTimesketch()
    }
  }
}

extension AlertJSON: AlertLineWriter {}
