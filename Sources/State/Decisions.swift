/// What people decided about alerts: nothing is ever changed, only added, so that the history of an alert can be told.
public struct Decision: Sendable {
  public enum Verb: String, Sendable, CaseIterable {
    /// Somebody looks at it.
    case ack
    /// It is done with.
    case close
    case note
  }

  /// What the alert was about: something that was expected here, an attack, or nothing.
  public enum Verdict: String, Sendable, CaseIterable {
    case expected
    case `true`
    case `false`
  }

  public var verb: Verb
  public var verdict: Verdict?
  public var name: String?
  public var note: String?
  /// Milliseconds since 1970.
  public var time: Int64
  /// The alert's id when it was decided, if later events made another of it.
  public var original: String

  public init(verb: Verb, verdict: Verdict?, name: String?, note: String?, time: Int64, original: String) {
    self.verb = verb
    self.verdict = verdict
    self.name = name
    self.note = note
    self.time = time
    self.original = original
  }
}

extension State {
  public func add(_ decision: Decision, to alert: String) throws(StateError) {
    try transaction { () throws(StateError) in
      try database.run(
        "INSERT INTO decision (alert, original, time, verb, verdict, name, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
        .text(alert), .text(decision.original), .number(decision.time), .text(decision.verb.rawValue),
        .text(orNull: decision.verdict?.rawValue), .text(orNull: decision.name), .text(orNull: decision.note))
    }
  }

  /// By alert, in the order in which they were made.
  public func decisions() throws(StateError) -> [String: [Decision]] {
    var all: [String: [Decision]] = [:]
    let rows = try database.prepare(
      "SELECT alert, original, time, verb, verdict, name, note FROM decision ORDER BY id")
    defer { rows.reset() }
    while try rows.step() {
      guard let verb = Decision.Verb(rawValue: rows.text(3)) else { throw damaged("a decision cannot be read") }
      all[rows.text(0), default: []].append(
        Decision(
          verb: verb, verdict: rows.optionalText(4).flatMap(Decision.Verdict.init(rawValue:)),
          name: rows.optionalText(5), note: rows.optionalText(6), time: rows.number(2), original: rows.text(1)))
    }
    return all
  }

  /// What runs told of an alert and of those that it stands for, the first run first.
  public func history(ofAlert id: String) throws(StateError) -> [(run: Int64, finished: Int64, change: AlertChange)] {
    var history: [(run: Int64, finished: Int64, change: AlertChange)] = []
    var wanted: [String] = [id]
    var seen: Set<String> = []
    while let next = wanted.popLast() {
      guard seen.insert(next).inserted else { continue }
      let rows = try database.prepare(
        """
        SELECT change.run, run.finished, change.kind, change.replaces FROM change JOIN run ON run.id = change.run
        WHERE change.alert = ?
        """)
      try rows.bind([.text(next)])
      while try rows.step() {
        guard let kind = AlertChange.Kind(rawValue: rows.number(2)) else { throw damaged("a change cannot be read") }
        let change = AlertChange(kind: kind, id: next, replaces: rows.optionalText(3), place: nil)
        history.append((rows.number(0), rows.number(1), change))
        if let earlier = change.replaces { wanted.append(earlier) }
      }
      rows.reset()
    }
    return history.sorted { $0.run < $1.run }
  }
}
