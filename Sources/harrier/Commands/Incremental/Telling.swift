import Configuration
import Reports
import Rules
import State

/// What a sweep files in the outbox: for each alert that is news, whom the routes name. It is written in the transaction that
/// writes the alerts, and `harrier-notify` takes it from there.
struct Telling {
  // So many alerts of one run are filed for a target one by one, the gravest; the others are counted in one row. A first
  // sweep over the logs of years may find a million.
  private static let perTargetMax = 1000

  private let notify: Notify
  private let courier: CourierStart?

  /// Nil if nobody is to be told.
  init?(_ invocation: Invocation, _ configuration: Configuration, state: String) {
    guard let notify = configuration.notify, let path = invocation.value("config") else { return nil }
    self.notify = notify
    courier = invocation.has("no-notify") ? nil : CourierStart(state: state, configuration: path)
  }

  /// - Parameters:
  ///   - content: what the run found, with real names: routes are about those.
  ///   - told: the same alerts as they may be told.
  func file(_ content: ReportContent, as told: ReportContent, run: Int64, _ state: State) throws(StateError) {
    guard let lowest = notify.lowestLevel else { return }
    var filed: [String: Int] = [:]
    var rest: [String: [Int]] = [:]
    var chosen: [(place: Int, targets: [String])] = []
    for place in content.alerts.gravest(content.alerts.count) where content.alerts.level(place) >= lowest {
      var targets: [String] = []
      for name in notify.targets(for: Telling.subject(content.alerts.sketch(place))) {
        if filed[name, default: 0] < Telling.perTargetMax {
          filed[name, default: 0] += 1
          targets.append(name)
        } else {
          let none = [Int](repeating: 0, count: Level.allCases.count)
          rest[name, default: none][content.alerts.level(place).rawValue] += 1
        }
      }
      if !targets.isEmpty { chosen.append((place, targets)) }
    }
    try write(chosen.sorted { $0.place < $1.place }, told, run, state)
    for (name, counts) in rest.sorted(by: { $0.key < $1.key }) {
      let level = counts.lastIndex { $0 > 0 } ?? 0
      try state.file(
        OutboxKey.rest(run: run), target: name, run: run, level: level, created: Invocation.clock,
        payload: NoticeRest.text(counts))
    }
  }

  private func write(
    _ chosen: [(place: Int, targets: [String])], _ told: ReportContent, _ run: Int64, _ state: State
  ) throws(StateError) {
    var json = AlertJSON()
    for (place, targets) in chosen {
      let alert = told.alerts[place]
      let key = OutboxKey.alert(alert.id, alert.change?.name ?? NotifyRoute.Change.new.rawValue, run: run)
      let line = json.line(alert)
      for name in targets {
        try state.file(
          key, target: name, run: run, level: alert.level.rawValue, created: Invocation.clock, payload: line)
      }
    }
  }

  /// Whether somebody wants to know that sweeps go on.
  var hasSign: Bool { notify.ping != nil }

  /// Files that a sweep was completed. The caller holds a transaction.
  func sign(run: Int64, _ state: State) throws(StateError) {
    guard notify.ping != nil else { return }
    let now = Invocation.clock
    try state.fileSign("ping-\(now)", target: Notify.pingName, run: run, created: now)
  }

  private static func subject(_ alert: Alert) -> Notify.Subject {
    func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
    return Notify.Subject(
      level: alert.level, change: alert.change.flatMap { NotifyRoute.Change(rawValue: $0.name) } ?? .new,
      class: text(alert.class), environment: text(alert.environment), account: text(alert.account))
  }

  /// Once everything is written: starts whoever delivers, if there is anything to deliver.
  func begin(_ state: State, _ console: Console) throws(StateError) {
    guard let courier, try state.outboxCount(.waiting) > 0 else { return }
    if let words = courier.start() {
      // Also where warnings are switched off: a scheduled sweep that can tell nobody must not look like a quiet one.
      console.insist("nobody is told now: \(words); harrier-notify --state FILE --config FILE delivers what waits")
    }
  }
}
