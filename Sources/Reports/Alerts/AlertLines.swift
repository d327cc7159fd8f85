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
    withoutActuallyEscaping(take) { take in
      for format in formats.prefix(1) { take(format.header) }
      let formats = Array(formats.prefix(1))
      alerts.forEachPiece(0..<alerts.count, jobs: jobs, interrupted: interrupted) { alerts, places in
        Piece(alerts, places, formats)
      } take: { piece in
        piece.lines.forEach(take)
      }
    }
  }

  /// Gives the lines of each format to whoever takes them. Since to make an alert is more work than to write it, some are
  /// kept, and all are counted, for the page.
  func write(
    _ takes: [([UInt8]) -> Void], keeping places: Set<Int>, as trimmed: @escaping @Sendable (Alert) -> Alert,
    counting tally: inout AlertTally
  ) -> [Int: Alert] {
    var kept: [Int: Alert] = [:]
    var counted = tally
    for (format, take) in zip(formats, takes) { take(format.header) }
    let formats = formats
    alerts.forEachPiece(0..<alerts.count, jobs: jobs, interrupted: interrupted) { alerts, own in
      Piece(alerts, own, formats, keeping: places, as: trimmed)
    } take: { piece in
      for (lines, take) in zip(piece.lines, takes) { take(lines) }
      for glance in piece.glances { counted.add(glance) }
      for (place, alert) in piece.kept { kept[place] = alert }
    }
    tally = counted
    return kept
  }

  /// What one thread has made of some alerts.
  private struct Piece: Sendable {
    /// By format, one after another.
    var lines: [[UInt8]]
    var glances: [AlertGlance] = []
    var kept: [(Int, Alert)] = []

    init(_ alerts: AlertList, _ places: [Int], _ formats: [AlertFormat]) {
      lines = formats.map { _ in [] }
      var writers = formats.map { $0.writer() }
      for place in places { add(alerts[place], &writers) }
    }

    init(
      _ alerts: AlertList, _ places: [Int], _ formats: [AlertFormat], keeping chosen: Set<Int>,
      as trimmed: (Alert) -> Alert
    ) {
      lines = formats.map { _ in [] }
      glances.reserveCapacity(places.count)
      var writers = formats.map { $0.writer() }
      for place in places {
        let alert = alerts[place]
        add(alert, &writers)
        glances.append(AlertGlance(alert))
        if chosen.contains(place) { kept.append((place, trimmed(alert))) }
      }
    }

    private mutating func add(_ alert: Alert, _ writers: inout [any AlertLineWriter]) {
      for place in writers.indices { writers[place].line(alert, to: &lines[place]) }
    }
  }
}

/// How one alert becomes one or more lines.
protocol AlertLineWriter {
  mutating func line(_ alert: Alert, to out: inout [UInt8])
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
