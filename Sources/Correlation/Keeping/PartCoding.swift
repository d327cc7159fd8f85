import Archive

/// The bytes of a kept part: its segments one after another.
extension Part {
  /// Sizes of the segments.
  public var segmentSizes: [Int] { segments.map(\.store.count) }

  /// Whether the files stand in the order of their paths, as rows that name them take for granted.
  public var isInOrder: Bool {
    zip(files, files.dropFirst()).allSatisfy { a, b in
      a.path == b.path ? a.generation <= b.generation : a.path.lexicographicallyPrecedes(b.path)
    }
  }

  public var byteCount: Int { segmentSizes.reduce(0, +) }

  /// Gives the bytes of all segments, some at a time.
  public func writeSegments<E: Error>(_ take: ([UInt8]) throws(E) -> Void) throws(PartWriteError<E>) {
    for segment in segments {
      var at = 0
      while at < segment.store.count {
        let count = min(Part.pieceBytes, segment.store.count - at)
        let piece: [UInt8]
        do throws(SegmentError) {
          piece = try Segment.read(segment.store, UInt8.self, at: at, count: count)
        } catch {
          throw .segment(error)
        }
        do throws(E) { try take(piece) } catch { throw .taker(error) }
        at += count
      }
    }
  }

  // Large enough that calls do not count, small beside any budget.
  private static let pieceBytes = 1 << 20
}

public enum PartWriteError<E: Error>: Error {
  case segment(SegmentError)
  case taker(E)
}
