import Events

/// Looks through a segment of a partial from its beginning to its end, before anything of it is used.
///
/// A digest shows that a file is as it was written, not who wrote it. What reduce takes for granted of its own segments
/// (that numbers name something, that rows are in order, that times can be added) is true of a stranger's only when
/// it has been looked at. One walk over each section; what is kept is four bytes for each tuple.
struct SegmentCheck {
  /// What the rows that refer to a tuple expect of it.
  private struct Use {
    static let plain: UInt8 = 1
    static let scene: UInt8 = 2
    /// Some word is no text's number, as only a scene's may be.
    static let mixed: UInt8 = 4

    var kinds: UInt8 = 0
    var isCounted = false
    var length: UInt16 = 0
  }

  private let segment: Segment
  private let shapes: [FactShape]
  private let files: Int
  private let texts: Int
  private var uses: [Use]

  /// - Parameters:
  ///   - shapes: by detection.
  ///   - files: how many files the part has.
  static func run(_ segment: Segment, _ shapes: [FactShape], files: Int) throws(SegmentError) {
    var check = SegmentCheck(segment, shapes, files: files)
    try check.layout()
    try check.textStarts()
    try check.skeletons()
    try check.counts()
    try check.groups()
    try check.tuples()
  }

  private init(_ segment: Segment, _ shapes: [FactShape], files: Int) {
    self.segment = segment
    self.shapes = shapes
    self.files = files
    texts = segment.count(.textStarts) - 1
    uses = Array(repeating: Use(), count: max(segment.count(.tupleStarts) - 1, 0))
  }

  private func require(_ condition: Bool, _ fault: @autoclosure () -> String) throws(SegmentError) {
    if !condition { throw SegmentError(message: fault()) }
  }

  // MARK: Sections

  /// Each section begins where the one before ends, and the last ends with the segment.
  private func layout() throws(SegmentError) {
    var end = Segment.tableBytes
    for section in Segment.Section.allCases {
      end = (end + 7) / 8 * 8
      try require(segment.offset(section) == end, "its sections are not one behind another")
      end += segment.count(section) * section.rowBytes
    }
    try require(end == segment.store.count, "a segment has more bytes than its sections")
  }

  private func textStarts() throws(SegmentError) {
    var starts = RowCursor<UInt32>(segment, .textStarts)
    let first = try starts.take()
    let second = try starts.take()
    try require(first == 0 && second == 0, "it has no missing text")
    var last: UInt32 = 0
    while let start = try starts.take() {
      try require(start >= last, "its texts overlap")
      last = start
    }
    try require(Int(last) == segment.count(.textBytes), "its texts are longer or shorter than their bytes")
  }

  private mutating func skeletons() throws(SegmentError) {
    var rows = RowCursor<Skeleton>(segment, .skeletons)
    var last: Skeleton?
    while let row = try rows.take() {
      try require(row.file < files, "an event is of a file that is not there")
      try use(row.dimensions, Dimension.allCases.count, Use.plain)
      if let last { try require(!Skeleton.isOrdered(row, last), "its events are not in order") }
      last = row
    }
  }

  private mutating func counts() throws(SegmentError) {
    var rows = RowCursor<Segment.CountRow>(segment, .counts)
    var rest = Int64(segment.count(.skeletons))
    var last: UInt32 = 0
    while let row = try rows.take() {
      try require(row.tuple > last, "its counts are not in order")
      try require(row.unused == 0 && row.count > 0 && row.count <= rest, "its counts are not those of its events")
      try use(row.tuple, Dimension.allCases.count, Use.plain)
      rest -= row.count
      last = row.tuple
    }
    try require(rest == 0, "its counts are not those of its events")
  }

  // MARK: Groups and facts

  private mutating func groups() throws(SegmentError) {
    var rows = RowCursor<Segment.GroupRow>(segment, .groups)
    var folded = RowCursor<UInt8>(segment, .folded)
    var facts = RowCursor<Fact>(segment, .facts)
    var rest = (folded: segment.count(.folded), facts: segment.count(.facts))
    var last: (detection: UInt32, key: [UInt8])?
    while let row = try rows.take() {
      try require(row.detection < shapes.count, "a group is of a detection that is not there")
      try require(
        Int(row.foldedStart) == segment.count(.folded) - rest.folded && row.foldedCount <= rest.folded,
        "its groups overlap")
      try require(
        row.firstFact == UInt64(segment.count(.facts) - rest.facts) && row.factCount > 0 && row.factCount <= rest.facts,
        "its groups overlap")
      rest.folded -= Int(row.foldedCount)
      rest.facts -= Int(row.factCount)
      var key: [UInt8] = []
      for _ in 0..<row.foldedCount { if let byte = try folded.take() { key.append(byte) } }
      let shape = shapes[Int(row.detection)]
      try require(shape.takes(key: key), "a group's key is not one of its detection")
      if let last {
        let isLater = last.detection == row.detection && last.key.lexicographicallyPrecedes(key)
        try require(isLater || last.detection < row.detection, "its groups are not in order")
      }
      last = (row.detection, key)
      try self.facts(&facts, row, shape, hasGroup: !key.isEmpty)
    }
    try require(rest == (0, 0), "it has facts of no group")
  }

  private mutating func facts(
    _ facts: inout RowCursor<Fact>, _ row: Segment.GroupRow, _ shape: FactShape, hasGroup: Bool
  ) throws(SegmentError) {
    var last: Fact?
    for _ in 0..<row.factCount {
      guard let fact = try facts.take() else { return }
      try require(fact.file < files, "a fact is of a file that is not there")
      try require(shape.members.contains(fact.member), "a fact is of a rule that its detection does not ask")
      try require(Timestamp.isPossible(fact.time), "a time is not one that events have")
      try require(fact.id <= texts && fact.flags <= Fact.flagsAll, "a fact names what is not there")
      try require(
        (fact.group != 0) == hasGroup && (fact.scene != 0) == shape.hasScene, "a fact lacks its group or its scene")
      if let last { try require(!Fact.isOrdered(fact, last), "its facts are not in order") }
      last = fact
      try use(fact.dimensions, Dimension.allCases.count, Use.plain)
      if shape.hasScene { try use(fact.scene, SceneField.allCases.count, Use.scene) }
      if hasGroup { try use(fact.group, shape.groupFields, Use.plain) }
      if fact.value != 0 {
        try require(shape.valueFields > 0, "a fact has a value that its detection does not ask for")
        try use(fact.value, shape.valueFields, Use.plain)
      }
    }
  }

  // MARK: Tuples

  private mutating func use(_ tuple: UInt32, _ length: Int, _ kind: UInt8) throws(SegmentError) {
    try require(tuple > 0 && tuple < uses.count, "a row names what is not there")
    let place = Int(tuple)
    try require(!uses[place].isCounted || uses[place].length == length, "a tuple is used for two things")
    uses[place].kinds |= kind
    uses[place].isCounted = true
    uses[place].length = UInt16(clamping: length)
  }

  /// Last: only now is it known what each tuple has to be.
  private mutating func tuples() throws(SegmentError) {
    var starts = RowCursor<UInt32>(segment, .tupleStarts)
    var words = RowCursor<UInt32>(segment, .tupleWords)
    let first = try starts.take()
    try require(first == 0, "its tuples do not begin at their beginning")
    var start: UInt32 = 0
    for tuple in uses.indices {
      guard let end = try starts.take(), end >= start, end <= segment.count(.tupleWords) else {
        throw SegmentError(message: "its tuples overlap")
      }
      try self.tuple(tuple, length: Int(end - start), &words)
      start = end
    }
    try require(Int(start) == segment.count(.tupleWords), "its tuples have more words than their lengths")
  }

  private mutating func tuple(_ tuple: Int, length: Int, _ words: inout RowCursor<UInt32>) throws(SegmentError) {
    let use = uses[tuple]
    try require(tuple > 0 || length == 0, "it has no missing tuple")
    try require(!use.isCounted || Int(use.length) == length, "a tuple is longer or shorter than what it is used for")
    let isScene = use.kinds & Use.scene != 0
    for place in 0..<length {
      guard let word = try words.take() else { return }
      if isScene, place == SceneField.resources.rawValue {
        // Lists are numbered before the scenes that hold them.
        try require(word < tuple && uses[Int(word)].kinds & Use.mixed == 0, "a list is of what are no texts")
      } else if word > texts {
        uses[tuple].kinds |= Use.mixed
      }
    }
    try require(use.kinds == 0 || uses[tuple].kinds & Use.mixed == 0, "a tuple names texts that are not there")
  }
}
