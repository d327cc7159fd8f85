// Which suppressions cover the events of an alert. An alert is suppressed only if one of them covers every one of its
// events and is in force at the last of them: what begins like routine and goes on from elsewhere is shown. This is asked
// while an episode is recorded and changes nothing of it: ids are the same with and without suppressions.

import Configuration
import Events
import Rules

/// Asks the suppressions of one detection after another.
final class Suppressor {
  // Keys and addresses are the attacker's: the table is begun again before they fill the memory.
  private static let knownMax = 1 << 16

  private let configuration: Configuration
  private let coverings: [Covering]
  /// Places of the suppressions for the detection in hand.
  private var places: [Int32] = []
  private var known: [[UInt32]: [Int32]] = [:]

  init(_ configuration: Configuration) {
    self.configuration = configuration
    coverings = configuration.coverings
  }

  func begin(_ attributes: RuleAttributes) {
    let names = attributes.names
    places = coverings.indices.filter { coverings[$0].covers(rule: names) }.map { Int32($0) }
    known.removeAll(keepingCapacity: true)
  }

  /// Whether there is anything to ask.
  var isNeeded: Bool { !places.isEmpty }

  /// The suppressions that cover an event, whatever their dates.
  func places(of fact: GroupFact, _ texts: TextIntake) throws(SegmentError) -> [Int32] {
    let source = Int(fact.source)
    let scene = try texts.parts(ofTuple: fact.fact.scene, source)
    let dimensions = try texts.parts(ofTuple: fact.fact.dimensions, source)
    func part(_ ids: [UInt32], _ place: Int) -> UInt32 { place < ids.count ? ids[place] : 0 }
    let key = [
      fact.source, part(dimensions, Dimension.account.rawValue), part(scene, SceneField.sourceIP.rawValue),
      part(dimensions, Dimension.actor.rawValue), part(scene, SceneField.actorKey.rawValue),
      part(scene, SceneField.actorIssuer.rawValue),
    ]
    if let found = known[key] { return found }
    var actors: [[UInt8]] = []
    for id in key[3...] where id != 0 { actors.append(try texts.part(id, source)) }
    let account = try texts.part(key[1], source)
    let address = IPAddress(try texts.part(key[2], source))
    let found = places.filter { coverings[Int($0)].covers(actors: actors, account: account, address: address) }
    if known.count >= Suppressor.knownMax { known.removeAll(keepingCapacity: true) }
    known[key] = found
    return found
  }

  /// Those that cover what nobody did in an account.
  func places(ofSilent account: [UInt8]) -> [Int32] {
    places.filter { coverings[Int($0)].covers(actors: [], account: account, address: nil) }
  }

  /// The first that is in force at the last event of an episode; where there is none, at the newest of all. Without a time
  /// there is no telling: none is.
  func suppression(of episode: Episode, highWater: Int64) -> Int? {
    guard episode.firstTime != Timestamp.missing || episode.count == 0 else { return nil }
    let last = episode.count == 0 ? highWater : episode.lastTime
    return episode.coverings.first { configuration.suppressions[Int($0)].until > last }.map { Int($0) }
  }
}

/// What became of one suppression.
public struct SuppressionCount: Sendable, Equatable {
  // Ids of more alerts than that help nobody.
  static let idsMax = 50

  /// Alerts that it hides, by detection.
  public internal(set) var alerts: [Int: Int] = [:]
  /// The first of them.
  public internal(set) var ids: [Hash128] = []
  /// Alerts that it would hide if it had not ended.
  public internal(set) var shownAgain = 0
  /// Whether it had ended when the last event happened.
  public internal(set) var hasEnded = false

  public var total: Int { alerts.values.reduce(0, +) }
}
