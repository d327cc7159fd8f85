/// All alerts as lines of some formats, made by several threads and given in their order.
public struct AlertLines {
  private let alerts: AlertList
  private let formats: [AlertFormat]
  private let jobs: Int
  private let interrupted: @Sendable () -> Bool

  /// - Parameter interrupted: whether to leave the rest of the lines.
  public init(
    _ alerts: AlertList, _ formats: AlertFormat..., jobs: Int, interrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.alerts = alerts
    self.formats = formats
    self.jobs = jobs
    self.interrupted = interrupted
  }

  /// The lines of the first format, some at a time.
  public func write(_ take: ([UInt8]) -> Void) {
    withoutActuallyEscaping(take) { _ = write([$0], keeping: [], as: { $0 }) }
  }

  /// Gives the lines of each format to whoever takes them, and keeps some of the alerts, since to make them is more work than to write them.
  func write(
    _ takes: [([UInt8]) -> Void], keeping places: Set<Int>, as trimmed: @escaping @Sendable (Alert) -> Alert
  ) -> [Int: Alert] {
    var kept: [Int: Alert] = [:]
    for (format, take) in zip(formats, takes) { take(format.header) }
    let formats = formats
    alerts.forEach(0..<alerts.count, jobs: jobs, interrupted: interrupted) {
      var writers = formats.map { $0.writer() }
      return { place, alert in
        let lines = writers.indices.map { writers[$0].line(alert) }
        return (place: place, lines: lines, alert: places.contains(place) ? trimmed(alert) : nil)
      }
    } take: { made in
      for (line, take) in zip(made.lines, takes) { take(line) }
      if let alert = made.alert { kept[made.place] = alert }
    }
    return kept
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
