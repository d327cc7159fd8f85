import Events

/// What was found, alert by alert, of which there may be millions. In memory is a row of each; the rest of it is read from
/// the log whenever it is asked for, so whoever looks at one field after the other takes the alert once.
public struct Episodes: RandomAccessCollection, Sendable {
  /// What is looked at of all alerts.
  struct Row: Sendable, BitwiseCopyable {
    let time: Int64
    let firstTime: Int64
    let id: Hash128
    /// Of its record in the log.
    fileprivate(set) var place: UInt64
    fileprivate let bytes: UInt32
    /// The detection; the highest bit says that all its events are usual.
    fileprivate let detectionBits: UInt32

    fileprivate static let usualBit: UInt32 = 1 << 31

    var detection: Int { Int(detectionBits & ~Row.usualBit) }
    var isUsual: Bool { detectionBits & Row.usualBit != 0 }
  }

  private(set) var rows: [Row] = []
  private var log: EpisodeLog?

  public init() {}

  fileprivate init(_ rows: [Row], _ log: EpisodeLog) {
    self.rows = rows
    self.log = log
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { rows.count }

  public subscript(place: Int) -> Episode {
    let row = rows[place]
    guard var record = log?.record(at: row.place, count: Int(row.bytes)) else { return Episode(lost: row) }
    return Episode(row, &record)
  }

  public func id(_ place: Int) -> Hash128 { rows[place].id }
  public func detection(_ place: Int) -> Int { rows[place].detection }

  /// Whether one of them could not be read back, and was told without most of what it says.
  public var haveLost: Bool { log?.hasLost ?? false }

  /// Those at some places of another list.
  public init(_ places: some Sequence<Int>, of others: Episodes) {
    log = others.log
    rows = places.map { others.rows[$0] }
  }

  /// All of some lists, which are empty afterwards.
  init(joining lists: inout [Episodes]) {
    rows.reserveCapacity(lists.reduce(0) { $0 + $1.count })
    for place in lists.indices {
      rows += lists[place].rows
      log = log ?? lists[place].log
      lists[place] = Episodes()
    }
  }

  /// By time, then by id.
  mutating func sort() { rows.sort { $0.time == $1.time ? $0.id < $1.id : $0.time < $1.time } }
}

/// The alerts of one detection as a thread finds them, on their way into the log.
struct EpisodeIntake {
  // As much as is written at a time.
  private static let blockBytes = 256 << 10

  private let log: EpisodeLog
  private var rows: [Episodes.Row] = []
  /// Of the rows from the place on, whose places count from the block's beginning.
  private var block = RecordWriter()
  private var blockFirst = 0

  init(_ log: EpisodeLog) { self.log = log }

  mutating func append(_ episode: Episode) throws(SegmentError) {
    let start = block.bytes.count
    episode.write(to: &block)
    rows.append(
      Episodes.Row(
        time: episode.time, firstTime: episode.firstTime, id: episode.id, place: UInt64(start),
        bytes: UInt32(block.bytes.count - start),
        detectionBits: UInt32(episode.detection) | (episode.usual == nil ? 0 : Episodes.Row.usualBit)))
    if block.bytes.count >= EpisodeIntake.blockBytes { try seal() }
  }

  private mutating func seal() throws(SegmentError) {
    guard blockFirst < rows.count else { return }
    let place = try log.append(block.bytes, rowBytes: (rows.count - blockFirst) * MemoryLayout<Episodes.Row>.stride)
    for row in blockFirst..<rows.count { rows[row].place += place }
    blockFirst = rows.count
    block.removeAll()
  }

  /// All of them; it is empty afterwards.
  mutating func finish() throws(SegmentError) -> Episodes {
    try seal()
    defer {
      rows = []
      blockFirst = 0
    }
    return Episodes(rows.trimmed, log)
  }
}
