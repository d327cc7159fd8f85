/// What several runs told, as one run would have told it to somebody who has heard none of them.
public struct ChangeLog: Sendable {
  public private(set) var changes: [String: AlertChange] = [:]

  public init() {}

  /// Adds what a later run told.
  public mutating func add(_ change: AlertChange) {
    let earlier = changes.removeValue(forKey: change.replaces ?? change.id)
    switch (earlier?.kind, change.kind) {
    case (nil, _): changes[change.id] = change
    // Nobody knows the alert yet.
    case (.new, .withdrawn): return
    case (.new, _): changes[change.id] = AlertChange(kind: .new, id: change.id, replaces: nil, place: change.place)
    case (.updated, .withdrawn):
      let id = earlier?.replaces ?? change.id
      changes[id] = AlertChange(kind: .withdrawn, id: id, replaces: nil, place: nil)
    case (.updated, _):
      let known = earlier?.replaces ?? change.replaces
      changes[change.id] = AlertChange(
        kind: .updated, id: change.id, replaces: known == change.id ? nil : known, place: change.place)
    case (.withdrawn, .withdrawn): changes[change.id] = change
    case (.withdrawn, _):
      changes[change.id] = AlertChange(kind: .updated, id: change.id, replaces: nil, place: change.place)
    }
  }
}
