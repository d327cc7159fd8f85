import Glibc

/// How far back the chain of manifests reaches: it grows by a file with each report, and goes with the reports of its time.
///
/// A manifest names the first one that is kept. Only the run after it removes what lies before: whatever is removed was
/// given up by a manifest that has its place in the chain.
enum KeptManifests {
  // A report every five minutes for a year: a directory that can still be listed.
  private static let countMax = 105_120

  /// The sequence of the first manifest to keep from now on, once earlier reports were removed.
  ///
  /// - Parameter reports: sequences of the reports that are kept.
  static func oldest(
    in directory: String, after previous: PreviousManifest?, reports: [Int], _ limit: KeptReports.Limit?, now: Int64
  ) -> Int {
    guard let previous else { return 1 }
    var oldest = max(previous.oldest, previous.sequence - countMax + 1)
    switch limit {
    case nil: break
    case .count(let count) where reports.count >= count: oldest = max(oldest, reports.min() ?? previous.sequence)
    case .count: break
    case .age(let age):
      while oldest < previous.sequence, let time = time(of: oldest, in: directory), time < now - age { oldest += 1 }
    }
    return min(oldest, previous.sequence)
  }

  /// Nil where it is not there: then nothing can be said of its age, and nothing is given up.
  private static func time(of sequence: Int, in directory: String) -> Int64? {
    var status = stat()
    guard stat("\(directory)/\(PreviousManifest.name(sequence))", &status) == 0 else { return nil }
    return Int64(status.st_mtim.tv_sec) * 1000
  }

  /// Removes what the manifest in place has given up: the first ones first, so that what was broken off goes on.
  static func prune(_ directory: String, before previous: PreviousManifest?) {
    guard let oldest = previous?.oldest, oldest > 1 else { return }
    func path(_ sequence: Int) -> String { "\(directory)/\(PreviousManifest.name(sequence))" }
    var first = oldest
    while first > 1, access(path(first - 1), F_OK) == 0 { first -= 1 }
    for sequence in first..<oldest { unlink(path(sequence)) }
  }
}
