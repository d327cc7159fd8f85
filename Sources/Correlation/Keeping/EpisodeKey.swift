import Archive
import Events
import Matching

/// What tells two reductions' alerts of one story from others: their group, and all that a reader would call news.
extension Reduction {
  /// The group's texts without their case, each behind its length.
  public func groupKey(_ episode: Episode) -> [UInt8] {
    var key: [UInt8] = []
    for id in texts.tuple(episode.group) {
      let folded = CaseFolding.folded(texts.text(id))
      withUnsafeBytes(of: UInt32(folded.count).littleEndian) { key.append(contentsOf: $0) }
      key += folded
    }
    return key
  }

  /// A hash of when it was, of how many events, and which of them it cites: where that is the same, nothing has happened
  /// since. Where its files lie, and how its sentences are worded, is no news.
  public func essence(_ episode: Episode) throws(SegmentError) -> Hash128 {
    guard var digest = Digest() else { throw SegmentError(message: "out of memory") }
    for number in [episode.time, episode.firstTime, episode.lastTime, Int64(episode.count), Int64(episode.findings)] {
      withUnsafeBytes(of: number.littleEndian) { digest.update($0) }
    }
    for event in episode.cited {
      withUnsafeBytes(of: event.time.littleEndian) { digest.update($0) }
      let id = try texts.id(of: event)
      withUnsafeBytes(of: UInt32(id.count).littleEndian) { digest.update($0) }
      id.withUnsafeBytes { digest.update($0) }
    }
    let words = digest.end().words
    return Hash128(words.0, words.1)
  }
}
