/// Reads tuples and texts of segments, for one thread: what stands near the last ones is in memory already.
///
/// An event's tuples, the texts that nobody had before it, and where they begin were all noted one after the other: of a
/// segment in a file a few pages hold them all, and reading each number by itself would be one system call for each.
final class SegmentPages {
  // As much as the system reads at a time.
  private static let pageBytes = 4096
  // 4 MiB a thread: the events of some hundred segments, whose pages are met in turn.
  private static let slotCount = 1 << 10

  /// By slot: source and page.
  private var tags = [UInt64](repeating: .max, count: slotCount)
  private var room: [UInt8] = []

  /// The numbers of a tuple; empty for number 0.
  func tuple(_ id: UInt32, _ segment: Segment, _ source: Int) throws(SegmentError) -> [UInt32] {
    let ends = try rows(.tupleStarts, UInt32.self, segment, source, at: Int(id), count: 2)
    guard ends.count == 2, ends[0] <= ends[1] else { return [] }
    return try rows(.tupleWords, UInt32.self, segment, source, at: Int(ends[0]), count: Int(ends[1] - ends[0]))
  }

  func text(_ id: UInt32, _ segment: Segment, _ source: Int) throws(SegmentError) -> [UInt8] {
    let ends = try rows(.textStarts, UInt32.self, segment, source, at: Int(id), count: 2)
    guard ends.count == 2, ends[0] <= ends[1] else { return [] }
    return try rows(.textBytes, UInt8.self, segment, source, at: Int(ends[0]), count: Int(ends[1] - ends[0]))
  }

  /// Rows of a section; fewer at its end.
  private func rows<T: BitwiseCopyable>(
    _ section: Segment.Section, _ type: T.Type, _ segment: Segment, _ source: Int, at first: Int, count: Int
  ) throws(SegmentError) -> [T] {
    let available = max(0, min(count, segment.count(section) - first))
    let bytes = available * MemoryLayout<T>.stride
    guard case .file = segment.store, first >= 0, available > 0, bytes <= SegmentPages.pageBytes else {
      return try segment.rows(section, type, at: first, count: count)
    }
    let start = segment.offset(section) + first * MemoryLayout<T>.stride
    let page = start / SegmentPages.pageBytes
    let isSplit = (start + bytes - 1) / SegmentPages.pageBytes > page
    let places = (
      try slot(of: page, segment, source), isSplit ? try slot(of: page + 1, segment, source) : 0
    )
    let offset = start - page * SegmentPages.pageBytes
    let head = min(bytes, SegmentPages.pageBytes - offset)
    return [T](unsafeUninitializedCapacity: available) { buffer, initialized in
      let out = UnsafeMutableRawBufferPointer(buffer)
      // SAFETY: both pieces lie within their pages, which are in `room`, and are together as long as the rows; pages that
      // follow each other never share a slot.
      room.withUnsafeBytes { pages in
        let first = places.0 * SegmentPages.pageBytes + offset
        out.copyMemory(from: UnsafeRawBufferPointer(rebasing: pages[first..<first + head]))
        guard head < bytes else { return }
        let second = places.1 * SegmentPages.pageBytes
        UnsafeMutableRawBufferPointer(rebasing: out[head...]).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: pages[second..<second + bytes - head]))
      }
      initialized = available
    }
  }

  /// Where a page of a segment is; it is read if it is not there.
  private func slot(of page: Int, _ segment: Segment, _ source: Int) throws(SegmentError) -> Int {
    // Pages of one segment stand side by side, segments far from each other.
    let slot = (page &+ source &* 0x9E37_79B1) & (SegmentPages.slotCount - 1)
    let tag = UInt64(source) << 32 | UInt64(page)
    if tags[slot] == tag { return slot }
    if room.isEmpty { room = [UInt8](repeating: 0, count: SegmentPages.slotCount * SegmentPages.pageBytes) }
    tags[slot] = .max
    let first = page * SegmentPages.pageBytes
    let count = min(SegmentPages.pageBytes, segment.store.count - first)
    let result = room.withUnsafeMutableBytes { pages -> Result<Void, SegmentError> in
      do throws(SegmentError) {
        let start = slot * SegmentPages.pageBytes
        // SAFETY: the slot is as large as a page.
        let piece = UnsafeMutableRawBufferPointer(rebasing: pages[start..<start + count])
        return .success(try Segment.read(segment.store, into: piece, at: first))
      } catch {
        return .failure(error)
      }
    }
    try result.get()
    tags[slot] = tag
    return slot
  }
}
