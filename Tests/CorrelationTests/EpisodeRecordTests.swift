/// What is kept of alerts reads back as it was, wherever it is kept; what cannot be read is told of.

import Events
import Foundation
import Rules
import Testing

@testable import Correlation
@testable import Pipeline

@Suite struct EpisodeRecordTests {
  static let notes: [Note] = [
    .none, .held(Decimal(units: -(1 << 70) + 5)), .held(Decimal(units: 1 << 64)), .matched([0, 3]),
    .absent(since: -5, present: [1]),
    .newValue(value: 1, usual: [2, .max], distinct: 3, peers: 4, known: Timestamp.missing),
    .newKey(values: [], known: 7), .rare(value: 8, having: 9, peers: 10),
    .rate(count: 1, median: 2, deviation: 3, buckets: 4, usual: .sameHour, bucket: 5),
    .rate(count: 1, median: 2, deviation: 3, buckets: 4, usual: .everyone, bucket: -1),
    .share(part: 1, whole: 2, median: 3, deviation: 4, buckets: 5, usual: .own, bucket: 6),
    .unexpected(.onePerson, texts: [1]), .networks([1, 2, 3], count: 4),
    .travel(from: 1, fromPlace: 2, to: 3, toPlace: 4, kilometres: 5, since: 6), .quiet(since: 1),
    .unanswered(at: 2, values: []), .unanswered(at: 2, values: [3, 4]),
    .overlap(value: 1, other: 2, first: 3, between: 4), .overstay(since: 1), .outsideHours(at: 2), .after(date: 3),
    .sameActor(value: 1, other: 2, event: 3), .silence(from: 1, until: nil, longest: 2, since: 3),
    .silence(from: 1, until: 2, longest: 3, since: .max),
    .interval(value: 0, since: 1, until: nil, begun: Deed(event: 1, actor: 2, issuer: 3, person: 4), ended: nil),
    .interval(value: 9, since: 1, until: 2, begun: Deed(), ended: Deed(event: 5, actor: 6, issuer: 7, person: 8)),
  ]

  @Test(arguments: notes) func noteReadsBackAsItWas(note: Note) {
    var record = RecordWriter()
    note.write(to: &record)
    record.put(UInt64(42))
    var reader = RecordReader(record.bytes, at: 0)
    #expect(Note(from: &reader) == note)
    #expect(reader.number() == 42)
  }

  @Test(arguments: [0, 1, 0x7F, 0x80, 1 << 32, .max] as [UInt64]) func numbersReadBackAsTheyWere(number: UInt64) {
    var record = RecordWriter()
    record.put(number)
    record.put(signed: Int64(bitPattern: number))
    record.put(whole: number)
    var reader = RecordReader(record.bytes, at: 0)
    #expect(reader.number() == number)
    #expect(reader.signed() == Int64(bitPattern: number))
    #expect(reader.whole() == number)
  }

  /// An alert of many events, with all that one can have.
  static func episode(_ number: Int) -> Episode {
    var episode = Episode(
      detection: number % 3, time: Int64(1000 - number), group: UInt32(number), id: Hash128(UInt64(number), 7),
      note: .matched([number]), firstTime: Int64(900 - number), lastTime: Int64(5000 + number), scene: 9)
    for event in 0..<Int64(number % 130) {
      episode.cite(
        EventReference(
          time: event == 3 ? Timestamp.missing : event * 17, record: UInt64(event), file: 2, members: .max, id: 4,
          source: 5))
    }
    episode.findings = 3
    episode.shared = [1, Episode.mixed, 0]
    episode.actions = [5, 6]
    episode.hasMoreActions = number % 2 == 0
    episode.coverings = [2, 0]
    episode.links = [Hash128(1, 2)]
    episode.usual = number % 2 == 0 ? .approvedWindow : nil
    episode.evidence = Evidence(trigger: episode.head.first)
    var sight = TieSight()
    (sight.account, sight.actor, sight[.sessionKey]) = (1, UInt32(number + 1), .max)
    episode.ties.add(sight, first: TieSight())
    return episode
  }

  static func words(_ episode: Episode) -> String {
    var episode = episode
    // Where the ring of the last events begins is no part of what it says.
    (episode.tail, episode.tailStart) = (Array(episode.cited[episode.head.count...]), 0)
    return String(describing: episode)
  }

  @Test(arguments: [0, 10_000, Int.max]) func alertsReadBackAsTheyWereFromMemoryAndFiles(bytesMax: Int) throws {
    let file = try EpisodeRecordTests.open()
    let log = EpisodeLog(AlertMemory(bytesMax: bytesMax) { file })
    let numbers = Array(0..<400)
    var intakes = [EpisodeIntake(log), EpisodeIntake(log)]
    var lists: [Episodes] = []
    for number in numbers {
      try intakes[number % 2].append(EpisodeRecordTests.episode(number))
      if number % 50 == 49 { lists.append(try intakes[number / 50 % 2].finish()) }
    }
    for place in intakes.indices { lists.append(try intakes[place].finish()) }
    var all = Episodes(joining: &lists)
    all.sort()
    #expect((lseek(file.descriptor, 0, SEEK_END) > 0) == (bytesMax < .max))
    let expected = numbers.reversed().map { EpisodeRecordTests.words(EpisodeRecordTests.episode($0)) }
    #expect(all.map(EpisodeRecordTests.words) == expected)
    #expect(all.indices.map(all.detection) == numbers.reversed().map { $0 % 3 })
    #expect(all.rows.map(\.isUsual) == numbers.reversed().map { $0 % 2 == 0 })
    #expect(!all.haveLost)
  }

  @Test func alertWhoseRecordIsGoneIsToldOf() throws {
    let file = try EpisodeRecordTests.open()
    let log = EpisodeLog(AlertMemory(bytesMax: 0) { file })
    var intake = EpisodeIntake(log)
    for number in 0..<3 { try intake.append(EpisodeRecordTests.episode(number)) }
    let episodes = try intake.finish()
    ftruncate(file.descriptor, 4)
    #expect(!episodes.haveLost)
    #expect(episodes[2].id == Hash128(2, 7))
    #expect(episodes.haveLost)
  }

  private static func open() throws -> SegmentFile {
    SegmentFile(descriptor: try SpillFile.openNameless(in: NSTemporaryDirectory()))
  }
}
