import Archive
import Configuration
import Correlation
import Events
import Rules

/// An alert with its texts, ready to be shown: secrets out, nothing else changed.
///
/// A class, as `Findings` is: it is handed from sentence to sentence, and each copy of what it holds would cost more than
/// the sentence.
public final class AlertView {
  public let episode: Episode
  public let detection: Detection
  public let incident: (id: Hash128, score: Int)?
  private let findings: Findings
  /// The texts of the scene, by field: looked up once for all of them.
  private let sceneTexts: [UInt32]

  init(_ findings: Findings, _ place: Int) {
    self.findings = findings
    episode = findings.reduction.episodes[place]
    sceneTexts = findings.reduction.texts.tuple(episode.scene)
    detection = findings.plan.detections[episode.detection]
    incident = findings.incidents.of(place).map { ($0.id, $0.score) }
  }

  /// Without its incident.
  init(_ findings: Findings, _ episode: Episode) {
    self.findings = findings
    sceneTexts = findings.reduction.texts.tuple(episode.scene)
    self.episode = episode
    detection = findings.plan.detections[episode.detection]
    incident = nil
  }

  /// The alerts of other correlations that it is built on and that say what was usual.
  var basis: [AlertView] {
    episode.basis.compactMap { findings.reduction.basis[$0] }.map { AlertView(findings, $0) }
  }

  public var attributes: RuleAttributes { detection.attributes }
  public var level: Level { findings.plan.level(of: episode) }

  /// The environment of the account that all events share.
  public var environment: [UInt8]? {
    guard let account = shared(.account) else { return nil }
    return findings.configuration.environment(ofAccount: account).map { Array($0.utf8) }
  }

  /// What is usual for the actor of an alert that compares nothing with the past.
  var habit: Habits.Habit? { findings.reduction.habits.of(episode) }

  /// What the configuration links for the rule, else what the rule itself names.
  public var runbook: String? {
    findings.configuration.runbook(ofRule: attributes.names) ?? attributes.custom("runbook")?.scalar?.text
  }

  /// The suppression that would hide it for a month, for the configuration.
  public var suppression: String {
    if episode.count == 0 { return SuppressionDraft.silence(title: attributes.title) }
    return SuppressionDraft.yaml(
      rule: attributes.label, title: attributes.title, actor: shared(.actor), account: shared(.account),
      address: scene(.sourceIP), after: episode.lastTime)
  }

  /// What all events share.
  public func shared(_ dimension: Dimension) -> [UInt8]? {
    guard dimension.rawValue < episode.shared.count else { return nil }
    let id = episode.shared[dimension.rawValue]
    return id == 0 || id == Episode.mixed ? nil : findings.text(id, dimension.column)
  }

  public func isMixed(_ dimension: Dimension) -> Bool {
    dimension.rawValue < episode.shared.count && episode.shared[dimension.rawValue] == Episode.mixed
  }

  /// What all events share, of who acted from where; of the rest, what the event that raised the alert says.
  public func scene(_ field: SceneField) -> [UInt8]? {
    episode.ties.isMixed(field) ? nil : raising(field)
  }

  /// What the event that raised the alert says.
  func raising(_ field: SceneField) -> [UInt8]? {
    let ids = sceneTexts
    guard field.rawValue < ids.count, ids[field.rawValue] != 0 else { return nil }
    return findings.text(ids[field.rawValue], field.column)
  }

  /// Where an address is.
  func origin(of address: [UInt8]) -> AddressOrigin? { findings.origin(of: address) }

  // What an address, where it is new, is new with.
  private static let fieldsOfPlaces: Set<String> = [
    "src_ip", "src_network", "public_network", "src_asn", "src_country",
  ]

  /// Whether the address that all events share was not usual for whoever acted, as a history tells: its own, or that of an
  /// alert that it is built on.
  var isAddressNew: Bool {
    guard let address = scene(.sourceIP) else { return false }
    return isAboutNewPlace || basis.contains { $0.isAboutNewPlace && $0.raising(.sourceIP) == address }
  }

  private var isAboutNewPlace: Bool {
    guard episode.note.isOfNewness, case .correlation(let correlation) = detection.kind,
      let field = correlation.history?.field
    else { return false }
    return AlertView.fieldsOfPlaces.contains(field)
  }

  public var resources: [[UInt8]] {
    let ids = sceneTexts
    guard SceneField.resources.rawValue < ids.count else { return [] }
    return findings.reduction.texts.tuple(ids[SceneField.resources.rawValue]).map {
      findings.text($0, Column.resources)
    }
  }

  public var actions: [[UInt8]] { episode.actions.map { findings.text($0, Column.action) } }

  /// Names and values.
  public var group: [(name: String, value: [UInt8])] {
    let ids = findings.reduction.texts.tuple(episode.group)
    return zip(detection.groupNames, ids).map { ($0, findings.text($1, $0)) }
  }

  /// - Parameter field: the column or path that the text is a value of, if it is one.
  public func shown(_ id: UInt32, under field: String = "") -> [UInt8] { findings.text(id, field) }
  func eventID(_ event: EventReference) -> [UInt8] { findings.id(of: event) }

  /// The filter for what the alert's group did: made once for all alerts that it is the same for.
  func filter(_ make: () -> [UInt8]) -> [UInt8] {
    let places = [Dimension.account.rawValue, Dimension.actor.rawValue]
    var key = places.map { $0 < episode.shared.count ? episode.shared[$0] : 0 }
    // Without either it may be the scene that tells.
    if key.allSatisfy({ $0 == 0 || $0 == Episode.mixed }) {
      key += [episode.scene, episode.ties.isMixed(.sourceIP) ? 1 : 0]
    }
    return findings.filter([UInt32(episode.detection), episode.group] + key, make)
  }

  func file(_ event: EventReference) -> ShownFile { findings.file(event.file) }
}

/// All that reports are made of. One thread at a time uses it: it remembers what it has worked out.
public final class Findings {
  public let plan: DetectionPlan
  public let reduction: Reduction
  public let incidents: Incidents
  public let configuration: Configuration
  /// Where addresses are; nil if nothing says so.
  private let locations: Locations?
  private let redactor: Redactor?
  private let known = KnownTexts()

  public init(
    _ plan: DetectionPlan, _ reduction: Reduction, configuration: Configuration = .standard,
    locations: Locations? = nil, redactor: Redactor? = Redactor()
  ) {
    self.configuration = configuration
    self.locations = locations
    self.plan = plan
    self.reduction = reduction
    self.redactor = redactor
    incidents = Incidents(reduction, plan)
  }

  /// Whether it is known where addresses are, and not only what network they belong to.
  var knowsPlaces: Bool { locations?.knowsPlaces ?? false }

  public func alert(_ place: Int) -> AlertView { AlertView(self, place) }

  /// The same for another thread, which remembers its own texts.
  init(copy other: Findings) {
    configuration = other.configuration
    locations = other.locations
    plan = other.plan
    reduction = other.reduction
    incidents = other.incidents
    redactor = other.redactor
  }

  public func level(_ place: Int) -> Level { plan.level(of: reduction.episodes, place) }

  func glance(_ place: Int) -> AlertGlance {
    let episode = reduction.episodes[place]
    let attributes = plan.detections[episode.detection].attributes
    let account = episode.shared.isEmpty ? 0 : episode.shared[Dimension.account.rawValue]
    let scene = reduction.texts.tuple(episode.scene)
    let isShared = !episode.ties.isMixed(.sourceIP)
    let address = isShared && SceneField.sourceIP.rawValue < scene.count ? scene[SceneField.sourceIP.rawValue] : 0
    let sourceIP = address == 0 ? nil : text(address, Column.sourceIP)
    return AlertGlance(
      time: episode.time, firstTime: episode.firstTime, lastTime: episode.lastTime, level: plan.level(of: episode),
      title: attributes.title,
      ruleID: attributes.label,
      account: account == 0 || account == Episode.mixed ? nil : text(account, Column.account),
      sourceIP: sourceIP, origin: sourceIP.flatMap(origin), newTo: newTo(episode),
      incident: incidents.of(place).map { (known.incidentID($0.id), $0.score) })
  }

  /// When the first alert from an address began, of all that were found.
  public func addressesSince() -> [[UInt8]: Int64] {
    var times: [UInt32: Int64] = [:]
    for place in reduction.episodes.indices {
      let episode = reduction.episodes[place]
      let scene = reduction.texts.tuple(episode.scene)
      guard !episode.ties.isMixed(.sourceIP), SceneField.sourceIP.rawValue < scene.count else { continue }
      let address = scene[SceneField.sourceIP.rawValue]
      if address != 0 { times[address] = Timestamp.earlier(times[address] ?? Timestamp.missing, episode.firstTime) }
    }
    return Dictionary(
      times.map { (text($0.key, Column.sourceIP), $0.value) }, uniquingKeysWith: Timestamp.earlier)
  }

  /// A text of an event, without secrets.
  func text(_ id: UInt32, _ column: Column) -> [UInt8] { text(id, UInt32(column.rawValue), column.name) }

  func text(_ id: UInt32, _ name: String) -> [UInt8] { text(id, known.number(of: name), name) }

  private func text(_ id: UInt32, _ field: UInt32, _ name: @autoclosure () -> String) -> [UInt8] {
    let key = UInt64(field) << 32 | UInt64(id)
    if let known = known.text(key) { return known }
    let text = reduction.texts.text(id)
    guard let redactor else { return text }
    var out: [UInt8] = []
    text.withUnsafeBytes { redactor.redactText($0, path: name(), into: &out) }
    known.note(out, key)
    return out
  }

  /// Whoever acted, if the address is new to them. Most alerts are built on no history, which is seen without their texts.
  private func newTo(_ episode: Episode) -> [UInt8]? {
    guard episode.note.isOfNewness || episode.basis.contains(where: { reduction.basis[$0]?.note.isOfNewness ?? false })
    else { return nil }
    let view = AlertView(self, episode)
    return view.isAddressNew ? view.scene(.actorIssuer) ?? view.shared(.actor) : nil
  }

  /// The country and the network's operator, as far as a database says.
  func origin(of address: [UInt8]) -> AddressOrigin? {
    guard let locations else { return nil }
    return known.origin(of: address) {
      guard let address = address.withUnsafeBytes({ IPAddress(bytes: $0) }) else { return nil }
      return AddressOrigin(country: locations.country(of: address), network: locations.asn(of: address))
    }
  }

  /// The name of a file, as reports show it and as a word for a shell: made once, however many alerts cite it.
  func file(_ rank: UInt32) -> ShownFile {
    known.file(rank) { ShownFile(reduction.files[Int(rank)].path) }
  }

  /// An event's own id. Where a temporary file cannot be read any more, the event is cited without it.
  func id(of event: EventReference) -> [UInt8] { (try? reduction.texts.id(of: event)) ?? [] }

  /// The filter for what an actor did in an account.
  func filter(_ key: [UInt32], _ make: () -> [UInt8]) -> [UInt8] {
    if let filter = known.filter(key) { return filter }
    let filter = make()
    known.note(filter, key)
    return filter
  }
}

extension Note {
  /// Whether it says that a value is new, or seldom.
  fileprivate var isOfNewness: Bool {
    switch self {
    case .newValue, .rare: true
    default: false
    }
  }
}
