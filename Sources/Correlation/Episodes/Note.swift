/// Why an episode began: what is normal for the group, and what happened. Made into a sentence when alerts are written.
///
/// Texts are numbers in the reduce's table.
public enum Note: Sendable, Equatable {
  /// Which history something is compared with.
  public enum Usual: String, Sendable {
    case sameHour, own, everyone
  }

  case none
  /// A rule's condition held: the number that it is about, for types that have one.
  case held(Decimal?)
  /// Rules without a hit in the window, by member: what `not` asked for.
  case absent(since: Int64)
  case newValue(value: UInt32, usual: [UInt32], peers: Int, known: Int64)
  case newKey(values: [UInt32], known: Int64)
  case rare(value: UInt32, having: Int, peers: Int)
  case rate(count: Int, median: Int, deviation: Int, usual: Usual, bucket: Int64)
  /// Millionths.
  case share(part: Int, whole: Int, median: Int, deviation: Int, usual: Usual, bucket: Int64)
  case networks([UInt32])
  case travel(from: UInt32, to: UInt32, kilometres: Int, since: Int64)
  case quiet(since: Int64)
  case unanswered(at: Int64)
  case overlap(values: [UInt32])
  case overstay(since: Int64)
  case outsideHours(at: Int64)
  case after(date: Int64)
  case sameActor(value: UInt32, other: Int64)
  case silence(from: Int64, until: Int64?)
}
