import Correlation
import Threads

/// All alerts as lines of JSON, made by several threads and given in their order.
public struct AlertLines {
  // Enough for a thread to be worth its start; small beside the memory of a sweep.
  private static let alertsPerPiece = 2048

  private let findings: Findings
  private let jobs: Int

  public init(_ findings: Findings, jobs: Int) {
    self.findings = findings
    self.jobs = max(jobs, 1)
  }

  /// Some lines at a time.
  public func write(_ take: ([UInt8]) -> Void) {
    let count = findings.reduction.episodes.count
    let copies = (0..<jobs).map { _ in Copy(Findings(copy: findings)) }
    var first = 0
    while first < count {
      let starts = stride(
        from: first, to: min(first + jobs * AlertLines.alertsPerPiece, count), by: AlertLines.alertsPerPiece)
      let pieces = zip(copies, starts).map { ($0, $1..<min($1 + AlertLines.alertsPerPiece, count)) }
      for lines in inParallel(pieces, { $0.0.lines($0.1) }) { take(lines) }
      first += jobs * AlertLines.alertsPerPiece
    }
  }

  private final class Copy: @unchecked Sendable {
    // @unchecked: one thread at a time uses it.
    private let findings: Findings

    init(_ findings: Findings) { self.findings = findings }

    func lines(_ places: Range<Int>) -> [UInt8] {
      var json = AlertJSON()
      var lines: [UInt8] = []
      for place in places { lines += json.line(findings.alert(place)) }
      return lines
    }
  }
}
