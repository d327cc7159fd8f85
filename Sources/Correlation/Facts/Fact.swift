import Events

/// A hit of a rule as a detection needs it. Small and of fixed size: a run may have as many as events.
///
/// `group`, `value`, `dimensions` and `scene` are numbers of tuples in the segment's table:
///
///     group        the texts of the group's fields; 0 where one is missing (see `Tap.groupMayBeMissing`)
///     value        the texts of the fields that are counted; 0 where there is none
///     dimensions   provider, account, region, actor, action, outcome
///     scene        what an alert says besides (`SceneField`)
public struct Fact: Sendable, BitwiseCopyable, MergeOrdered {
  public var time: Int64
  public var key: Hash128
  /// The file's number in the part, which is its rank by the bytes of the path.
  public var file: UInt32
  var group: UInt32
  public var record: UInt64
  var value: UInt32
  var dimensions: UInt32
  var scene: UInt32
  public var member: UInt32
  /// The text of the event's own id; 0 without one.
  var id: UInt32
  private(set) var flags: UInt32 = 0

  /// A fact that still lacks what its detection asks for.
  public init(time: Int64, key: Hash128, file: UInt32, record: UInt64, dimensions: UInt32, scene: UInt32, id: UInt32) {
    self.time = time
    self.key = key
    self.file = file
    self.record = record
    self.dimensions = dimensions
    self.scene = scene
    self.id = id
    group = 0
    value = 0
    member = 0
  }

  /// The order in which everything is looked at.
  @inline(__always)
  static func isOrdered(_ a: Fact, _ b: Fact) -> Bool {
    if a.time != b.time { return a.time < b.time }
    if a.key != b.key { return a.key < b.key }
    if a.file != b.file { return a.file < b.file }
    if a.record != b.record { return a.record < b.record }
    return a.member < b.member
  }
}

extension Fact {
  private static let cutBit: UInt32 = 1
  private static let repeatedBit: UInt32 = 2
  static let flagsAll = cutBit | repeatedBit

  /// Whether the event has more values or groups than facts were made of: one of its facts says so.
  public var isCut: Bool { flags & Fact.cutBit != 0 }
  /// Whether another group of the detection has the event, and counts it.
  public var isRepeated: Bool { flags & Fact.repeatedBit != 0 }

  mutating func setFlags(isCut: Bool, isRepeated: Bool) {
    flags = (isCut ? Fact.cutBit : 0) | (isRepeated ? Fact.repeatedBit : 0)
  }

  mutating func clearCut() { flags &= ~Fact.cutBit }

  /// Alerts that begin with one event share all but their times.
  @inline(__always)
  func isSameEvent(as other: Fact) -> Bool {
    record == other.record && file == other.file && key == other.key && time == other.time
  }
}

/// What is needed of every event to count it once: its key, its content, where it stands, and what it is counted under.
///
/// Two skeletons with the same key and the same content are copies of one event. With the same key and other content
/// they are two events, one of which borrowed the other's id; both are kept.
public struct Skeleton: Sendable, BitwiseCopyable, MergeOrdered {
  public var key: Hash128
  public var content: Hash128
  public var file: UInt32
  var dimensions: UInt32
  /// The record's number in the upper 40 bits, the hour in the lower 24: skeletons are many, and this keeps them small.
  private let recordAndHour: UInt64

  private static let hourBits: UInt64 = 24

  init(key: Hash128, content: Hash128, file: UInt32, dimensions: UInt32, record: UInt64, time: Int64) {
    self.key = key
    self.content = content
    self.file = file
    self.dimensions = dimensions
    let hour = time <= 0 ? 0 : UInt64(time / Activity.hour)
    recordAndHour = record << Skeleton.hourBits | (hour < 1 << Skeleton.hourBits ? hour : 0)
  }

  public var record: UInt64 { recordAndHour >> Skeleton.hourBits }
  /// Hours since 1970; 0 without a time.
  var hour: UInt64 { recordAndHour & (1 << Skeleton.hourBits - 1) }

  @inline(__always)
  static func isOrdered(_ a: Skeleton, _ b: Skeleton) -> Bool {
    if a.key != b.key { return a.key < b.key }
    if a.content != b.content { return a.content < b.content }
    return (a.file, a.recordAndHour) < (b.file, b.recordAndHour)
  }
}

/// What every event is counted under.
public enum Dimension: Int, Sendable, CaseIterable {
  case provider, account, region, actor, action, outcome

  public var name: String { column.name }

  public var column: Column {
    switch self {
    case .provider: .provider
    case .account: .account
    case .region: .region
    case .actor: .actor
    case .action: .action
    case .outcome: .outcome
    }
  }

  /// Those that have to be in the plan of a scan.
  public static let columns: [Column] = allCases.filter { $0 != .provider }.map(\.column)
}

/// What an alert tells of the event that raised it, besides the dimensions.
public enum SceneField: Int, Sendable, CaseIterable {
  case `class`, actorType, actorKey, actorIssuer, sourceIP, userAgent, target, resources, mintedKey, sessionKey

  public var column: Column {
    switch self {
    case .class: .class
    case .actorType: .actorType
    case .actorKey: .actorKey
    case .actorIssuer: .actorIssuer
    case .sourceIP: .sourceIP
    case .userAgent: .userAgent
    case .target: .target
    case .resources: .resources
    case .mintedKey: .mintedKey
    case .sessionKey: .sessionKey
    }
  }
}
