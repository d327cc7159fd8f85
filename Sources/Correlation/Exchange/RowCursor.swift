/// Reads the rows of a section from one place to another, some at a time.
struct RowCursor<Row: BitwiseCopyable> {
  // A few of these for each segment are open at a time.
  private static var rowsPerRead: Int { 2048 }

  private let segment: Segment
  private let section: Segment.Section
  private var rows: [Row] = []
  private var at = 0
  private var next: Int
  private let end: Int

  init(_ segment: Segment, _ section: Segment.Section, _ range: Range<Int>? = nil) {
    self.segment = segment
    self.section = section
    next = range?.lowerBound ?? 0
    end = range?.upperBound ?? segment.count(section)
  }

  @inline(__always)
  mutating func take() throws(SegmentError) -> Row? {
    if at == rows.count {
      guard next < end else { return nil }
      rows = try segment.rows(section, Row.self, at: next, count: min(RowCursor.rowsPerRead, end - next))
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
