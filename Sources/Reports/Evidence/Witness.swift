/// What somebody beside the report knows of it: a state keeps the newest manifest of each directory, and where logs lie now.
public struct Witness: Sendable {
  /// The newest manifest of the directory; nil if the state knows of no report there.
  public var newest: ManifestSeal?
  /// Whether a report has been promised there that the state does not know to be in its place: a run was ended before.
  public var isPending: Bool
  /// Where files lie now, by their SHA-256.
  public var places: [String: [[UInt8]]]

  public init(newest: ManifestSeal?, isPending: Bool, places: [String: [[UInt8]]]) {
    self.newest = newest
    self.isPending = isPending
    self.places = places
  }
}

/// Who says that the newest manifest is the one that was written. Each manifest is vouched for by the one after it.
public enum Voucher: Equatable, Sendable {
  case nobody
  /// The state keeps its hash.
  case state
  /// The one with this number, beside a report that was kept.
  case manifest(Int)
  /// The state contradicts it, or knows of no report here.
  case notTheState(String)
}
