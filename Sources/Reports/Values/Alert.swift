import Archive
import Correlation
import Events
import Rules

/// An alert as a value: everything that a report may say of it, without the sweep that found it.
///
/// Reports are made of these, so that a report can be made again of alerts that were kept. Texts are bytes: they come from
/// events, and whoever writes them knows how to escape them.
public struct Alert: Sendable {
  public struct CitedEvent: Sendable {
    public var id: [UInt8]
    public var time: Int64
    /// As `FileName.text` has it.
    public var file: [UInt8]
    public var record: UInt64

    public init(id: [UInt8], time: Int64, file: [UInt8], record: UInt64) {
      self.id = id
      self.time = time
      self.file = file
      self.record = record
    }
  }

  /// 32 hexadecimal digits.
  public var id: String
  public var time = Timestamp.missing
  public var firstTime = Timestamp.missing
  public var lastTime = Timestamp.missing
  public var level = Level.medium
  public var title = ""
  public var ruleID = ""
  public var kind = ""
  /// Such as `attack.t1078.004`.
  public var tags: [String] = []
  public var provider: [UInt8]?
  public var account: [UInt8]?
  public var environment: [UInt8]?
  public var region: [UInt8]?
  public var `class`: [UInt8]?
  public var actor: [UInt8]?
  public var actorType: [UInt8]?
  public var actorKey: [UInt8]?
  /// The person behind a role.
  public var actorIssuer: [UInt8]?
  public var sourceIP: [UInt8]?
  public var origin: AddressOrigin?
  /// Whether a history says that the address, its network or its country was not usual for whoever acted.
  public var isAddressNew = false
  public var userAgent: [UInt8]?
  public var actions: [[UInt8]] = []
  /// Further ones are not listed.
  public var hasMoreActions = false
  public var target: [UInt8]?
  public var resources: [[UInt8]] = []
  public var outcome: [UInt8]?
  public var count = 0
  public var group: [(name: String, value: [UInt8])] = []
  /// The first and the last events; `count` is exact.
  public var events: [CitedEvent] = []
  /// Of type `interval`: what began and ended.
  public var interval: Interval?
  public var why: [UInt8] = []
  /// What is usual for its actor, as far as this run knows; it is of the run, and not kept with the alert.
  public var habit: Habits.Habit?
  /// What `why` says behind who did what, as facts; nil where an older version has written the alert.
  public var reasons: [Reason]?
  public var next: [UInt8] = []
  public var runbook: String?
  public var incident: (id: String, score: Int)?
  /// With a state: what this run tells of it, and the alert that it stands for from now on.
  public var change: (name: String, replaces: String?)?

  public init(id: String) { self.id = id }
}

extension Alert {
  /// How long something lasted, and who began and ended it. Without an end it still lasts.
  public struct Interval: Sendable {
    public struct End: Sendable {
      public var time: Int64
      public var event: [UInt8]
      public var actor: [UInt8]
      public var issuer: [UInt8]
      /// As the configuration names the person.
      public var person: [UInt8]
    }

    public var since: End
    public var until: End?
  }

  private static func interval(_ view: AlertView) -> Interval? {
    guard case .interval(_, let since, let until, let begun, let ended) = view.episode.note else { return nil }
    func end(_ deed: Deed, _ time: Int64) -> Interval.End {
      func text(_ id: UInt32) -> [UInt8] { id == 0 ? [] : view.shown(id) }
      return Interval.End(
        time: time, event: text(deed.event), actor: text(deed.actor), issuer: text(deed.issuer),
        person: text(deed.person))
    }
    let last = until.flatMap { time in ended.map { end($0, time) } }
    return Interval(since: end(begun, since), until: last)
  }
}

extension Alert {
  /// The value of an alert that a sweep has found.
  public init(_ view: AlertView) {
    self.init(sketch: view)
    userAgent = view.scene(.userAgent)
    actions = view.actions
    hasMoreActions = view.episode.hasMoreActions
    resources = view.resources
    group = view.group
    events = view.episode.cited.map {
      CitedEvent(id: view.eventID($0), time: $0.time, file: view.file($0).text, record: $0.record)
    }
    let reasons = ReasonMaker.all(view)
    why = AlertSentence.why(view, reasons)
    self.reasons = reasons
    habit = view.habit
    next = NextCommand(view).bytes
    runbook = view.runbook
  }

  /// Without its events, its sentences and its lists.
  init(sketch view: AlertView) {
    let episode = view.episode
    self.init(id: episode.id.hex)
    time = episode.time
    firstTime = episode.firstTime
    lastTime = episode.lastTime
    level = view.level
    title = view.attributes.title
    ruleID = view.attributes.label
    kind = view.detection.kindName
    tags = view.attributes.tags.map(\.description)
    describe(view)
    count = episode.count
    interval = Alert.interval(view)
    incident = view.incident.map { ($0.id.hex, $0.score) }
  }

  private mutating func describe(_ view: AlertView) {
    provider = view.shared(.provider)
    account = view.shared(.account)
    environment = view.environment
    region = view.shared(.region)
    actor = view.shared(.actor)
    outcome = view.shared(.outcome)
    `class` = view.scene(.class)
    actorType = view.scene(.actorType)
    actorKey = view.scene(.actorKey)
    actorIssuer = view.scene(.actorIssuer)
    sourceIP = view.scene(.sourceIP)
    origin = sourceIP.flatMap(view.origin)
    isAddressNew = view.isAddressNew
    target = view.scene(.target)
  }

  /// The person behind the role, else the actor.
  public var person: [UInt8]? { actorIssuer ?? actor }

  /// Whether it began and ended at known times.
  public var hasTimes: Bool { firstTime != Timestamp.missing && lastTime != Timestamp.missing }
}
