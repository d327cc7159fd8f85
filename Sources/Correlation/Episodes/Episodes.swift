/// What was found, alert by alert. There may be a million of them, each of some hundred bytes: they stay where they are,
/// and lists of them share them.
public struct Episodes: RandomAccessCollection, Sendable {
  private final class Kept: Sendable {
    let episode: Episode
    init(_ episode: Episode) { self.episode = episode }
  }

  private var all: [Kept] = []

  public init() {}

  public var startIndex: Int { 0 }
  public var endIndex: Int { all.count }

  public subscript(place: Int) -> Episode {
    _read { yield all[place].episode }
  }

  mutating func append(_ episode: Episode) { all.append(Kept(episode)) }

  mutating func append(_ others: Episodes) { all += others.all }

  /// Those at some places of another list.
  public init(_ places: some Sequence<Int>, of others: Episodes) { all = places.map { others.all[$0] } }

  /// By time, then by id.
  mutating func sort() {
    all.sort { a, b in
      a.episode.time == b.episode.time ? a.episode.id < b.episode.id : a.episode.time < b.episode.time
    }
  }

  /// Without what only correlations ask for.
  mutating func forgetHits() {
    all = all.map { kept in
      var episode = kept.episode
      episode.hits = nil
      return Kept(episode)
    }
  }
}
