import Events

/// What is needed of an event to count it once: its key, its content, and where it stands.
///
/// Two skeletons with the same key and the same content are copies of one event. With the same key and other content
/// they are two events, one of which borrowed the other's id; both are kept.
struct Skeleton: Comparable {
  let key: Hash128
  let content: Hash128
  /// The place of the file among all files by the bytes of their paths.
  let pathRank: UInt32
  let file: UInt32
  let record: UInt64

  /// Copies of an event stand together, the one to keep first.
  static func < (a: Skeleton, b: Skeleton) -> Bool {
    if a.key != b.key { return a.key < b.key }
    if a.content != b.content { return a.content < b.content }
    return (a.pathRank, a.file, a.record) < (b.pathRank, b.file, b.record)
  }

  func isCopy(of other: Skeleton) -> Bool { key == other.key && content == other.content }
}
