/// What an evaluator works with besides the facts.
public final class GroupContext {
  public let recorder: EpisodeRecorder
  /// No event is later, forged dates aside: what should have happened before it has not.
  public let highWater: Int64
  /// `--every-match`.
  public let everyMatch: Bool
  /// A location database, if there is one.
  let places: (any PlaceLocator)?
  let estate: Estate
  /// Which accounts were never heard of.
  let silence: AccountSilence
  /// The files that facts name by their ranks.
  let files: FileIndex
  public internal(set) var values: ValueTable
  public var counters = DetectionCounters()
  /// The texts of the group in hand, folded.
  public internal(set) var groupTexts: [[UInt8]] = []

  init(
    recorder: EpisodeRecorder, highWater: Int64, everyMatch: Bool, places: (any PlaceLocator)?, estate: Estate,
    silence: AccountSilence, files: FileIndex, values: ValueTable
  ) {
    self.files = files
    self.estate = estate
    self.silence = silence
    self.recorder = recorder
    self.highWater = highWater
    self.everyMatch = everyMatch
    self.places = places
    self.values = values
  }

  /// Whether time has passed a moment; of an archive without any time it has passed none.
  func isPast(_ time: Int64) -> Bool { highWater > time }

  /// The number of a fact's value in alerts.
  public func shown(_ fact: GroupFact) -> UInt32 { recorder.texts.text(text(of: fact)) }

  /// A fact's value as its event has it; empty if its segment cannot be read, which the recorder remembers.
  func text(of fact: GroupFact) -> [UInt8] {
    do throws(SegmentError) {
      var texts: [[UInt8]] = []
      for part in try recorder.texts.parts(ofTuple: fact.fact.value, Int(fact.source)) {
        texts.append(try recorder.texts.part(part, Int(fact.source)))
      }
      return Array(texts.joined(separator: [UInt8(ascii: " ")]))
    } catch {
      recorder.note(error)
      return []
    }
  }
}

/// What a detection met: nothing is left out in silence.
public struct DetectionCounters: Sendable, Equatable {
  /// Hits that count, after duplicates are gone.
  public var hits = 0
  public var groups = 0
  public var withoutGroup = 0
  public var withoutValue = 0
  /// Values of types that calculate which are no numbers, or too large to be calculated with exactly.
  public var withoutNumber = 0
  public var numbersTooLarge = 0
  public var untimed = 0
  /// Hits that belonged to more groups or values than are followed.
  public var valuesCut = 0
  /// Hits that left a full window early.
  public var evicted = 0
  /// Moments whose window reaches beyond the high-water mark.
  public var undecided = 0
  /// History: until when nothing can be judged; nil once it can.
  public var learningUntil: Int64?

  public init() {}

  /// Adds what another thread met of the same detection.
  mutating func add(_ other: DetectionCounters) {
    hits += other.hits
    groups += other.groups
    withoutGroup += other.withoutGroup
    withoutValue += other.withoutValue
    withoutNumber += other.withoutNumber
    numbersTooLarge += other.numbersTooLarge
    untimed += other.untimed
    valuesCut += other.valuesCut
    evicted += other.evicted
    undecided += other.undecided
    // Who has learned first can judge, whatever the groups of other threads are like.
    if let until = other.learningUntil { learningUntil = min(learningUntil ?? until, until) }
  }
}

/// One type of detection: looks at the facts of one group after another, each in the order of time and event key, and
/// tells the recorder what it finds.
protocol Evaluator {
  /// Whether all facts have to be seen once before the first group is judged.
  static var surveys: Bool { get }
  /// Whether it matters which of the rules an event matches.
  var distinguishesMembers: Bool { get }
  /// A fact of the group in hand, in a first walk over all groups in the same order.
  mutating func survey(_ fact: GroupFact, _ context: GroupContext)
  mutating func endGroupOfSurvey(_ context: GroupContext)
  mutating func endSurvey(_ context: GroupContext)

  mutating func begin(_ context: GroupContext)
  mutating func add(_ fact: GroupFact, _ context: GroupContext)
  /// All facts of the moment have been added; at least one has.
  mutating func settle(_ time: Int64, _ context: GroupContext)
  /// The group has no more facts; time goes on to the high-water mark. Open episodes are closed afterwards.
  mutating func end(_ context: GroupContext)
}

extension Evaluator {
  static var surveys: Bool { false }
  var distinguishesMembers: Bool { true }
  mutating func survey(_ fact: GroupFact, _ context: GroupContext) {}
  mutating func endGroupOfSurvey(_ context: GroupContext) {}
  mutating func endSurvey(_ context: GroupContext) {}
}
