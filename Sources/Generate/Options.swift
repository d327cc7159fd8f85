// What the caller may ask for, and the limits.

/// The providers whose archives can be written.
public enum Provider: String, CaseIterable, Sendable {
  case aws, tencent, alibaba
}

/// Which incidents to plant.
public enum IncidentSelection: Sendable, Equatable {
  case all
  case none
  case only([IncidentKind])

  /// `all`, `none`, or names separated by commas.
  public init(parsing text: String) throws(GenerateError) {
    switch text {
    case "all": self = .all
    case "none": self = .none
    default:
      var kinds: [IncidentKind] = []
      for name in text.split(separator: ",", omittingEmptySubsequences: false) {
        guard let kind = IncidentKind(rawValue: String(name)) else { throw .unknownIncident(String(name)) }
        if !kinds.contains(kind) { kinds.append(kind) }
      }
      self = .only(kinds)
    }
  }

  func includes(_ kind: IncidentKind) -> Bool {
    switch self {
    case .all: true
    case .none: false
    case .only(let kinds): kinds.contains(kind)
    }
  }
}

/// What to generate. Two calls with equal options write the same decompressed bytes under the same names, whatever
/// the machine and the number of jobs.
public struct GenerateOptions: Sendable {
  /// 10^12 events are about 1.4 PB: beyond any disk, and far from where 64-bit sums of weights overflow.
  public static let eventsMax = 1_000_000_000_000
  /// The plan costs about 150 bytes a file: 150 MB at the limit.
  public static let filesMax = 1_000_000
  /// Ten years: the activity curve is walked hour by hour for each file.
  public static let daysMax = 3660
  public static let jobsMax = 256
  /// Monday 5 January 2026, 00:00 UTC: fixed, so that nothing depends on today.
  public static let startDefault: Int64 = 1_767_571_200
  /// 1970-01-01 and 9000-01-01: the years that have four digits and no sign.
  public static let startRange: ClosedRange<Int64> = 0...221_845_392_000

  public var outputDirectory: String
  /// Events in the archive, planted ones included.
  public var events = 100_000
  public var files = 20
  public var seed: UInt64 = 1
  public var providers: [Provider] = [.aws, .tencent]
  public var days = 7
  public var incidents = IncidentSelection.all
  /// ISA-L's compression level, 0 to 3.
  public var level = 1
  public var jobs = 2
  /// First moment of the archive, seconds since 1970, UTC.
  public var start = GenerateOptions.startDefault
  /// Write into a directory that is not empty, replacing files of the same name and touching no others.
  public var overwrite = false

  public init(outputDirectory: String) {
    self.outputDirectory = outputDirectory
  }

  func validate() throws(GenerateError) {
    func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws(GenerateError) {
      guard range.contains(value) else {
        throw .invalidOption(name: name, reason: "\(value) is not in \(range.lowerBound)...\(range.upperBound)")
      }
    }
    try check("events", events, 1...GenerateOptions.eventsMax)
    try check("files", files, 1...GenerateOptions.filesMax)
    try check("days", days, 1...GenerateOptions.daysMax)
    try check("jobs", jobs, 1...GenerateOptions.jobsMax)
    try check("level", level, 0...3)
    guard GenerateOptions.startRange.contains(start) else {
      throw .invalidOption(name: "start", reason: "the date must be in the years 1970 to 8999")
    }
    if providers.isEmpty { throw .invalidOption(name: "provider", reason: "name at least one") }
    if Set(providers).count != providers.count {
      throw .invalidOption(name: "provider", reason: "each provider may be named once")
    }
    if outputDirectory.isEmpty { throw .invalidOption(name: "out", reason: "the directory has no name") }
  }
}
