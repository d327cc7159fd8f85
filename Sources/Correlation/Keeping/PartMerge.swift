import Events

/// Brings kept parts together in one: copies are left out, and so is what lies behind the limits.
///
/// Reduce makes the same of the result as of the parts, except for what the limits took. The rows are numbered anew, so
/// that texts that nothing refers to are gone too. Time goes with the number of rows; the memory is that of one segment
/// at a time (`bytesMax`), besides what the parts take.
public struct PartMerge: ~Copyable {
  private let parts: [Part]
  private let limits: KeepLimits
  private let thinning: Thinning?
  /// By old detection: the new one, if there is one.
  private let detections: [Int?]
  private let files: FileIndex
  private let distinct: DistinctEvents
  private let bytesMax: Int
  private var forgotten: Set<UInt32> = []
  private var builder: SegmentBuilder
  private var segments: [Segment] = []

  /// - Parameters:
  ///   - detections: by old detection: its place in `plan`; nil keeps the numbers.
  ///   - bytesMax: how large a segment may become.
  ///   - thinning: what may go of settled time; nil keeps all that is within the limits.
  ///   - forgotten: places of files, in each part, that nothing is kept of.
  public static func run(
    _ parts: [Part], plan: DetectionPlan, detections: [Int?]? = nil, limits: KeepLimits, thinning: Thinning? = nil,
    bytesMax: Int, forgotten: Set<UInt32> = []
  ) throws(SegmentError) -> Part {
    // Handovers stand behind the detections there and here.
    let places = (detections ?? plan.detections.indices.map { $0 }) + [plan.detections.count]
    var merge = try PartMerge(parts, plan, places, limits, thinning, bytesMax)
    merge.forgotten = forgotten
    return try merge.merged()
  }

  private init(
    _ parts: [Part], _ plan: DetectionPlan, _ detections: [Int?], _ limits: KeepLimits, _ thinning: Thinning?,
    _ bytesMax: Int
  ) throws(SegmentError) {
    self.parts = parts
    self.limits = limits
    self.thinning = thinning
    self.detections = detections
    self.bytesMax = bytesMax
    files = FileIndex(parts)
    distinct = try DistinctEvents(parts, files)
    builder = SegmentBuilder(detections: plan.factKinds)
  }

  private mutating func merged() throws(SegmentError) -> Part {
    for (number, part) in parts.enumerated() {
      for segment in part.segments { try take(segment, of: number) }
    }
    try seal()
    var times = EventTimes()
    for part in parts { times.merge(part.times) }
    return Part(
      files: files.places.map { parts[$0.part].files[$0.place] }, issues: [], segments: segments,
      highWater: parts.map(\.highWater).max() ?? Timestamp.missing, times: times)
  }

  private mutating func seal() throws(SegmentError) {
    if !builder.isEmpty { segments.append(try Segment(.memory(builder.seal()))) }
  }

  private mutating func take(_ segment: Segment, of part: Int) throws(SegmentError) {
    var numbers = try Renumbering(segment)
    try takeEvents(segment, part, &numbers)
    try takeHits(segment, part, &numbers)
    if builder.byteCount >= bytesMax { try seal() }
  }

  private mutating func takeEvents(
    _ segment: Segment, _ part: Int, _ numbers: inout Renumbering
  ) throws(SegmentError) {
    var rows = RowCursor<Skeleton>(segment, .skeletons)
    while let row = try rows.take() {
      guard row.file < files.count(part: part) else {
        throw SegmentError(message: "a segment names a file that it has not")
      }
      guard !distinct.isDropped(part: part, file: row.file, record: row.record), !isBehind(row),
        !forgotten.contains(row.file)
      else { continue }
      var copy = row
      copy.file = files.rank(part: part, place: row.file)
      copy.dimensions = try numbers.plain(row.dimensions, &builder)
      builder.append(copy)
    }
  }

  /// Events without a time are kept: nothing says how old they are.
  private func isBehind(_ row: Skeleton) -> Bool {
    row.hour > 0 && (Int64(row.hour) + 1) * Activity.hour <= limits.eventsSince
  }

  private mutating func takeHits(
    _ segment: Segment, _ part: Int, _ numbers: inout Renumbering
  ) throws(SegmentError) {
    var groups = RowCursor<Segment.GroupRow>(segment, .groups)
    var folded = RowPages<UInt8>(segment, .folded)
    var facts = RowCursor<Fact>(segment, .facts)
    var kept: [Fact] = []
    while let group = try groups.take() {
      let detection = Int(group.detection) < detections.count ? detections[Int(group.detection)] : nil
      kept.removeAll(keepingCapacity: true)
      for _ in 0..<group.factCount {
        guard let fact = try facts.take() else { throw SegmentError(message: "a segment lacks facts") }
        if let detection, try isKept(fact, of: detection, part) { kept.append(fact) }
      }
      guard let detection, !kept.isEmpty else { continue }
      if let thinning, thinning.isNeeded(detection: detection) {
        let key = try folded.rows(at: Int(group.foldedStart), count: Int(group.foldedCount))
        thinning.thin(&kept, detection: detection, key: Array(key))
      }
      for fact in kept {
        var copy = fact
        copy.file = files.rank(part: part, place: fact.file)
        try numbers.apply(to: &copy, &builder)
        builder.append(copy, to: detection)
      }
    }
  }

  private func isKept(_ fact: Fact, of detection: Int, _ part: Int) throws(SegmentError) -> Bool {
    guard fact.time == Timestamp.missing || fact.time >= limits.hitsSince[detection] else { return false }
    guard fact.file < files.count(part: part) else {
      throw SegmentError(message: "a segment names a file that it has not")
    }
    return !distinct.isDropped(part: part, file: fact.file, record: fact.record) && !forgotten.contains(fact.file)
  }
}

/// The numbers that the texts and tuples of one segment have in a builder.
private struct Renumbering {
  private static let unknown = UInt32.max

  private let segment: Segment
  private var texts: [UInt32]
  private var plains: [UInt32]
  private var scenes: [UInt32]

  init(_ segment: Segment) throws(SegmentError) {
    self.segment = segment
    let tuples = max(segment.count(.tupleStarts) - 1, 1)
    texts = Array(repeating: Renumbering.unknown, count: max(segment.count(.textStarts) - 1, 1))
    plains = Array(repeating: Renumbering.unknown, count: tuples)
    scenes = plains
  }

  mutating func apply(to fact: inout Fact, _ builder: inout SegmentBuilder) throws(SegmentError) {
    fact.group = try plain(fact.group, &builder)
    fact.value = try plain(fact.value, &builder)
    fact.dimensions = try plain(fact.dimensions, &builder)
    fact.scene = try scene(fact.scene, &builder)
    fact.id = try text(fact.id, &builder)
  }

  private mutating func text(_ id: UInt32, _ builder: inout SegmentBuilder) throws(SegmentError) -> UInt32 {
    if id == 0 { return 0 }
    guard Int(id) < texts.count else { throw SegmentError(message: "a segment names a text that it has not") }
    if texts[Int(id)] == Renumbering.unknown { texts[Int(id)] = builder.text(try segment.text(id)) }
    return texts[Int(id)]
  }

  /// A tuple of texts.
  mutating func plain(_ id: UInt32, _ builder: inout SegmentBuilder) throws(SegmentError) -> UInt32 {
    if id == 0 { return 0 }
    guard Int(id) < plains.count else { throw SegmentError(message: "a segment names a tuple that it has not") }
    if plains[Int(id)] == Renumbering.unknown {
      var own: [UInt32] = []
      for part in try segment.tuple(id) { own.append(try text(part, &builder)) }
      plains[Int(id)] = builder.tuple(own)
    }
    return plains[Int(id)]
  }

  /// A tuple one of whose numbers is that of a tuple: the resources.
  private mutating func scene(_ id: UInt32, _ builder: inout SegmentBuilder) throws(SegmentError) -> UInt32 {
    if id == 0 { return 0 }
    guard Int(id) < scenes.count else { throw SegmentError(message: "a segment names a tuple that it has not") }
    if scenes[Int(id)] == Renumbering.unknown {
      var own: [UInt32] = []
      for (place, part) in try segment.tuple(id).enumerated() {
        let isList = place == SceneField.resources.rawValue
        own.append(isList ? try plain(part, &builder) : try text(part, &builder))
      }
      scenes[Int(id)] = builder.tuple(own)
    }
    return scenes[Int(id)]
  }
}
