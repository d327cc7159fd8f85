import Configuration

/// Why an episode began: what is normal for the group, and what happened. Made into a sentence when alerts are written.
///
/// Texts are numbers in the reduce's table. What takes more than a few words of memory stands elsewhere: most alerts have less
/// to say.
public enum Note: Sendable, Equatable {
  /// Which history something is compared with.
  public enum Usual: String, Sendable {
    case sameHour, own, everyone
  }

  case none
  /// A rule's condition held: the number that it is about.
  case held(Decimal)
  /// A condition on rules held: the members that have hits.
  case matched([Int])
  /// `not`: the members that have hits in the window from `since` on; the others have none.
  case absent(since: Int64, present: [Int])
  /// `first_seen`: values that the key has most often, how many different ones, how many peers have the new one, and
  /// since when the key is known. `value` may have been there longer than the time span ago.
  indirect case newValue(value: UInt32, usual: [UInt32], distinct: Int, peers: Int, known: Int64)
  /// `first_seen`: a key without history; since when any key is known.
  case newKey(values: [UInt32], known: Int64)
  /// How many of the others that were there within the time span had the value.
  case rare(value: UInt32, having: Int, peers: Int)
  /// The count with which the bucket became unusual, and of how many buckets the usual is made; `bucket` is where it begins.
  indirect case rate(count: Int, median: Int, deviation: Int, buckets: Int, usual: Usual, bucket: Int64)
  /// Median and deviation are millionths of the whole.
  indirect case share(part: Int, whole: Int, median: Int, deviation: Int, buckets: Int, usual: Usual, bucket: Int64)
  /// What the configuration expects, and what was seen: the texts in the order of the kind's parts.
  case unexpected(Violation.Kind, texts: [UInt32])
  /// The first networks, and how many there are.
  case networks([UInt32], count: Int)
  /// Two addresses and their places, and when the first one was there.
  indirect case travel(from: UInt32, fromPlace: UInt32, to: UInt32, toPlace: UInt32, kilometres: Int, since: Int64)
  case quiet(since: Int64)
  /// `values`: those that had no answer, where each counts by itself.
  case unanswered(at: Int64, values: [UInt32])
  /// `value` was there at `first`, `other` last at `between`, and now `value` is there again.
  case overlap(value: UInt32, other: UInt32, first: Int64, between: Int64)
  case overstay(since: Int64)
  case outsideHours(at: Int64)
  case after(date: Int64)
  /// When the other half was done, and the id of that event.
  case sameActor(value: UInt32, other: Int64, event: UInt32)
  /// `longest`: the longest silence before, since `since`.
  indirect case silence(from: Int64, until: Int64?, longest: Int64, since: Int64)
  /// What lasted from `since` to `until`, or is not ended; `value` is 0 where values do not count by themselves.
  indirect case interval(value: UInt32, since: Int64, until: Int64?, begun: Deed, ended: Deed?)

  /// Whether it says what was usual before, and not only that a condition of the rule held.
  var isOfHistory: Bool {
    switch self {
    case .none, .held, .matched, .absent, .unexpected: false
    default: true
    }
  }

  /// Whether nothing happened when the alert was raised: the events that it cites are those around it.
  public var isOfSilence: Bool {
    if case .silence = self { return true }
    return false
  }
}
