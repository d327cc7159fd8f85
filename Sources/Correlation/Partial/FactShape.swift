/// What the rules say of a detection's facts, so that those of a partial can be held against it.
struct FactShape {
  /// The members that are rules; alerts are not in partials.
  private(set) var members: Set<UInt32> = []
  private(set) var groupFields = 0
  private(set) var valueFields = 0
  private var groupMayBeMissing = false
  /// Handovers are no hits: nothing is told of their events.
  private(set) var hasScene = true

  /// By detection.
  static func all(_ plan: DetectionPlan) -> [FactShape] {
    var shapes = [FactShape](repeating: FactShape(), count: plan.factKinds)
    shapes[plan.handover.detection].hasScene = false
    for tap in plan.taps.joined() + [plan.handover] {
      shapes[tap.detection].members.insert(UInt32(tap.member))
      shapes[tap.detection].groupFields = tap.group.count
      shapes[tap.detection].valueFields = tap.values.count
      shapes[tap.detection].groupMayBeMissing = tap.groupMayBeMissing
    }
    return shapes
  }

  /// Whether a group's key is made of as many texts as the detection groups by, or stands for a missing group.
  func takes(key: [UInt8]) -> Bool {
    if key.isEmpty { return !groupMayBeMissing }
    guard key[0] == 1 else { return false }
    var rest = key.dropFirst()
    for _ in 0..<groupFields {
      guard rest.count >= 4 else { return false }
      let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(4)
      guard count <= rest.count else { return false }
      rest = rest.dropFirst(count)
    }
    return rest.isEmpty
  }
}
