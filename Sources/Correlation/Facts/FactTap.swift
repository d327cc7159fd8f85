/// A `Tap` as it is followed hit by hit: plain numbers, and what many detections share looked at once for a row.
public struct FactTap: Sendable, BitwiseCopyable {
  let detection: Int
  let member: UInt32
  /// Places in `FactTaps.shapes`.
  let group: Int
  let values: Int
  let hasValues: Bool
  let valuesMayBeMissing: Bool
  /// Whether each hit is judged by itself; its alert is then grouped by what is known.
  public let isOfSingleRule: Bool
}

/// All taps of a plan. Most detections group by one of a few lists of fields, each of them a *shape*:
///
///     shapes   0 [account, actor]   1 []   2 [src_ip]
public struct FactTaps: Sendable {
  /// By rule position.
  public let byRule: [[FactTap]]
  let handover: FactTap
  /// Places in `DetectionPlan.fields`.
  let shapes: [[Int]]

  public init(_ plan: DetectionPlan) {
    var shapes: [[Int]] = []
    func shape(_ fields: [Int]) -> Int {
      if let known = shapes.firstIndex(of: fields) { return known }
      shapes.append(fields)
      return shapes.count - 1
    }
    func followed(_ tap: Tap) -> FactTap {
      FactTap(
        detection: tap.detection, member: UInt32(tap.member), group: shape(tap.group), values: shape(tap.values),
        hasValues: !tap.values.isEmpty, valuesMayBeMissing: tap.valuesMayBeMissing, isOfSingleRule: tap.isOfSingleRule)
    }
    byRule = plan.taps.map { $0.map(followed) }
    handover = followed(plan.handover)
    self.shapes = shapes
  }
}

/// What the row in hand has of a shape.
struct RowShape: BitwiseCopyable {
  var isKnown = false
  /// Whether a field has no value.
  var isMissing = false
  /// Whether a field has several values: facts are made of their combinations.
  var isSeveral = false
  /// The tuple, once it has been asked for; of one that is several there is none.
  var tuple: UInt32 = 0
}
