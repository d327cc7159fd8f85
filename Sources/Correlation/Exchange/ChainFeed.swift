import Events
import Rules

/// The alerts of correlations as hits of the correlations that refer to them. What each of them cites is what its alert
/// found, with the times at which it happened.
struct ChainFeed {
  private let plan: DetectionPlan
  /// By detection that is fed.
  private var builders: [Int: SegmentBuilderBox] = [:]

  private final class SegmentBuilderBox {
    var builder: SegmentBuilder
    var brought: [AlertHitKey: [GroupFact]] = [:]
    init(detections: Int) { builder = SegmentBuilder(detections: detections) }
  }

  init(_ plan: DetectionPlan) { self.plan = plan }

  /// - Parameter hits: of the alerts, by their ids.
  mutating func add(
    _ episodes: Episodes, _ hits: [Hash128: AlertHits], of detection: Int, _ texts: TextIntake
  ) throws(SegmentError) {
    for feed in plan.feeds[detection] {
      guard case .correlation(let correlation) = plan.detections[feed.detection].kind else { continue }
      let box = builders[feed.detection] ?? SegmentBuilderBox(detections: plan.detections.count)
      builders[feed.detection] = box
      let names = plan.detections[detection].groupNames.map { $0.lowercased() }
      let group = correlation.groupFields(ofMember: feed.member).map { names.firstIndex(of: $0.lowercased()) }
      let values = correlation.valueFields.map { names.firstIndex(of: $0.lowercased()) }
      let takesAll = plan.detections[feed.detection].ordersHits
      for episode in episodes {
        guard let hits = hits[episode.id]?.all else { continue }
        var fact = try ChainFeed.fact(of: episode, member: feed.member, texts, &box.builder)
        let own = texts.tuple(episode.group)
        fact.group = ChainFeed.tuple(group, own, texts, &box.builder, whole: group.isEmpty)
        fact.value = ChainFeed.tuple(values, own, texts, &box.builder, whole: false)
        for hit in takesAll ? hits[...] : hits.prefix(1) {
          fact.time = hit.time
          box.builder.append(fact, to: feed.detection)
          box.brought[AlertHitKey(alert: fact.key, time: hit.time)] = hit.all
        }
      }
    }
  }

  /// What feeds a detection, if anything does.
  mutating func source(for detection: Int) throws(SegmentError) -> FactSource? {
    guard let box = builders.removeValue(forKey: detection) else { return nil }
    return FactSource(segment: try Segment(.memory(box.builder.seal())), part: nil, brought: box.brought)
  }

  private static func fact(
    of episode: Episode, member: Int, _ texts: TextIntake, _ builder: inout SegmentBuilder
  ) throws(SegmentError) -> Fact {
    guard let first = episode.head.first else { throw SegmentError(message: "an alert cannot be read back") }
    var shared = episode.shared.map { $0 == Episode.mixed ? 0 : $0 }
    // The first event is cited; of what it did, the action is known also where others did something else.
    if let action = episode.actions.first, shared.indices.contains(Dimension.action.rawValue) {
      shared[Dimension.action.rawValue] = action
    }
    let dimensions = shared.map { copy($0, texts, &builder) }
    let scene = texts.tuple(episode.scene).enumerated().map { place, id in
      if id == 0 { return UInt32(0) }
      guard place == SceneField.resources.rawValue else { return copy(id, texts, &builder) }
      return builder.tuple(texts.tuple(id).map { copy($0, texts, &builder) })
    }
    var fact = Fact(
      time: episode.time, key: episode.id, file: first.file, record: first.record,
      dimensions: builder.tuple(dimensions), scene: builder.tuple(scene), id: builder.text(try texts.id(of: first)))
    fact.member = UInt32(member)
    return fact
  }

  private static func copy(_ id: UInt32, _ texts: TextIntake, _ builder: inout SegmentBuilder) -> UInt32 {
    builder.text(texts.text(id))
  }

  /// The tuple of some texts of the alert's group; 0 if one is not among them.
  private static func tuple(
    _ places: [Int?], _ own: [UInt32], _ texts: TextIntake, _ builder: inout SegmentBuilder, whole: Bool
  ) -> UInt32 {
    var ids: [UInt32] = []
    for place in places {
      guard let place, place < own.count, own[place] != 0 else { return 0 }
      ids.append(copy(own[place], texts, &builder))
    }
    return ids.isEmpty && !whole ? 0 : builder.tuple(ids)
  }
}
