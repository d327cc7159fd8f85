/// How many rows are read at a time.
enum RowBuffer {
  // What one walk over all segments may hold of a section: an archive of any size has any number of segments.
  private static let walkBytesMax = 8 << 20
  private static let rowsMax = 2048
  // Fewer would be read one system call at a time.
  private static let rowsMin = 64

  /// - Parameter sources: how many segments are read at a time.
  static func rows<Row>(of type: Row.Type, sources: Int) -> Int {
    min(max(walkBytesMax / max(sources, 1) / MemoryLayout<Row>.stride, rowsMin), rowsMax)
  }
}

/// Reads the rows of a section from one place to another, some at a time.
struct RowCursor<Row: BitwiseCopyable> {
  private let segment: Segment
  private let section: Segment.Section
  private let rowsPerRead: Int
  private var rows: [Row] = []
  private var at = 0
  private var next: Int
  private let end: Int

  /// - Parameter sources: how many segments are read at a time.
  init(_ segment: Segment, _ section: Segment.Section, _ range: Range<Int>? = nil, sources: Int = 1) {
    self.segment = segment
    self.section = section
    rowsPerRead = RowBuffer.rows(of: Row.self, sources: sources)
    next = range?.lowerBound ?? 0
    end = range?.upperBound ?? segment.count(section)
  }

  @inline(__always)
  mutating func take() throws(SegmentError) -> Row? {
    if at == rows.count {
      guard next < end else { return nil }
      rows = try segment.rows(section, Row.self, at: next, count: min(rowsPerRead, end - next))
      guard !rows.isEmpty else { throw SegmentError(message: "a segment ends too early") }
      next += rows.count
      at = 0
    }
    at += 1
    return rows[at - 1]
  }

  mutating func skip(_ count: Int) {
    let here = min(count, rows.count - at)
    at += here
    next += min(count - here, end - next)
  }
}

/// Reads rows of a section from any place; those that stand near the last ones are in memory already.
struct RowPages<Row: BitwiseCopyable> {
  private let segment: Segment
  private let section: Segment.Section
  private let rowsPerRead: Int
  private var page: [Row] = []
  private var first = 0

  /// - Parameter sources: how many segments are read at a time.
  init(_ segment: Segment, _ section: Segment.Section, sources: Int = 1) {
    self.segment = segment
    self.section = section
    rowsPerRead = RowBuffer.rows(of: Row.self, sources: sources)
  }

  /// Fewer at the section's end.
  mutating func rows(at place: Int, count: Int) throws(SegmentError) -> ArraySlice<Row> {
    if place < first || place + count > first + page.count {
      page = try segment.rows(section, Row.self, at: place, count: max(count, rowsPerRead))
      first = place
    }
    let start = min(place - first, page.count)
    return page[start..<min(start + count, page.count)]
  }
}

/// The tuples of a segment, for those who ask for them in rising order.
struct TupleReader {
  private var starts: RowPages<UInt32>
  private var words: RowPages<UInt32>

  init(_ segment: Segment) {
    starts = RowPages(segment, .tupleStarts)
    words = RowPages(segment, .tupleWords)
  }

  /// The numbers of a tuple; empty for number 0.
  mutating func tuple(_ id: UInt32) throws(SegmentError) -> ArraySlice<UInt32> {
    let ends = try starts.rows(at: Int(id), count: 2)
    guard ends.count == 2, let start = ends.first, let end = ends.last, start <= end else { return [] }
    return try words.rows(at: Int(start), count: Int(end - start))
  }
}
