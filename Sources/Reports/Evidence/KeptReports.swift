import Glibc

/// Earlier reports, kept beside the newest one: `reports/000007/` holds the report whose manifest has the sequence 7.
///
/// A report that told of no alert is not kept: a sweep every five minutes makes hundreds of them a day. Manifests are
/// evidence: they stay for as long as a report of their time does (`KeptManifests`).
public enum KeptReports {
  /// How much is kept.
  public enum Limit: Sendable, Equatable {
    /// The newest ones.
    case count(Int)
    /// Those that took their places no longer ago, in milliseconds.
    case age(Int64)
  }

  static let directory = "reports"

  /// Keeps the report that is about to be replaced. Its files get second names, so that nothing is copied; done again after
  /// it was broken off, it goes on where it ended.
  ///
  /// - Parameter now: milliseconds.
  static func keep(
    _ previous: PreviousManifest?, in place: ReportDirectory, _ limit: Limit, now: Int64
  ) throws(ReportError) {
    if let previous, previous.hasNews {
      let parent = try ReportDirectory("\(place.path)/\(directory)")
      let own = try ReportDirectory("\(parent.path)/\(PreviousManifest.digits(previous.sequence))")
      for name in previous.files + [Manifest.fileName] {
        // Names come from a file that somebody may have changed.
        guard !name.contains("/"), !name.hasPrefix(".") else { continue }
        if link("\(place.path)/\(name)", "\(own.path)/\(name)") != 0, errno != EEXIST, errno != ENOENT {
          throw ReportError(path: "\(own.path)/\(name)", errorNumber: errno)
        }
      }
      try own.sync()
    }
    try prune(in: place.path, limit, now: now)
  }

  /// Removes what is too old or too much.
  static func prune(in place: String, _ limit: Limit, now: Int64) throws(ReportError) {
    try prune("\(place)/\(directory)", limit, now: now)
  }

  /// The sequences of those that are kept.
  static func sequences(in place: String) -> [Int] { names(in: "\(place)/\(directory)").compactMap { Int($0) } }

  /// Whether a directory looks like that of a kept report: `.../reports/000007`.
  static func holds(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    return parts.count >= 2 && parts[parts.count - 2] == directory && parts[parts.count - 1].allSatisfy(\.isNumber)
  }

  private static func prune(_ path: String, _ limit: Limit, now: Int64) throws(ReportError) {
    let reports = names(in: path).filter { $0.allSatisfy(\.isNumber) }
      .sorted { a, b in a.count == b.count ? a > b : a.count > b.count }
    for (place, name) in reports.enumerated() {
      let isTooOld =
        switch limit {
        case .count(let count): place >= count
        case .age(let age): age < now - since("\(path)/\(name)", now: now)
        }
      guard isTooOld else { continue }
      for file in names(in: "\(path)/\(name)") { unlink("\(path)/\(name)/\(file)") }
      guard rmdir("\(path)/\(name)") == 0 || errno == ENOENT else {
        throw ReportError(path: "\(path)/\(name)", errorNumber: errno)
      }
    }
  }

  /// When a report took its place: its manifest was written last.
  private static func since(_ path: String, now: Int64) -> Int64 {
    var status = stat()
    guard stat("\(path)/\(Manifest.fileName)", &status) == 0 else { return now }
    return Int64(status.st_mtim.tv_sec) * 1000
  }

  private static func names(in path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) { names.append(ReportDirectory.name(of: entry)) }
    return names.filter { $0 != "." && $0 != ".." }
  }
}
