/// The engine against itself: no alert may depend on how the work is cut, or on the order in which anything is read.

import ReadingSupport
import Rules
import Testing

@testable import Correlation

@Suite struct CutTests {
  static let seeds: ClosedRange<UInt64> = 1...(isTorture ? 80 : 8)
  static let splits = 20

  /// Some correlations of all types, over an archive that has several blocks in some runs.
  private static func trial(_ seed: UInt64) -> Trial {
    let kinds = RandomRules.kinds
    var dice = Dice(seed &* 77)
    let isLong = seed % 4 == 0
    return Trial(
      seed &+ 5_000_000, kinds: Array(dice.shuffled(kinds).prefix(8)), events: isLong ? 120...260 : 20...120,
      padding: isLong ? 1500 : 0)
  }

  @Test(arguments: seeds) func anyCutGivesTheSameBytes(_ seed: UInt64) throws {
    let trial = CutTests.trial(seed)
    var dice = Dice(seed)
    let folder = ArchiveFolder(trial.archive)
    let plan = DetectionPlan(trial.set)
    let all = Array(trial.archive.files.indices)
    let whole = try trial.run(folder, plan, Cut(parts: [all]))
    var cuts = [
      Cut(jobs: 2, parts: [all]), Cut(parts: [all.reversed()]), Cut(jobs: 2, parts: [dice.shuffled(all)]),
      Cut(blockBytes: 64 << 10, parts: [all]), Cut(jobs: 2, blockBytes: 64 << 10, memory: 1, parts: [all]),
      Cut(memory: 16 << 20, parts: [all]), Cut(parts: [all], isDigest: true, partials: 1),
      // Each file by itself, and some of them twice.
      Cut(parts: all.map { [$0] }, isDigest: true), Cut(parts: [all, dice.some(all)], isDigest: true, partials: 2),
    ]
    for _ in 0..<CutTests.splits {
      var parts = [[Int]](repeating: [], count: dice.within(1...all.count))
      for file in dice.shuffled(all) { parts[dice.below(parts.count)].append(file) }
      cuts.append(
        Cut(
          blockBytes: dice.pick([64 << 10, 8 << 20]), memory: dice.pick([1, 16 << 20, 512 << 20]),
          parts: dice.shuffled(parts.filter { !$0.isEmpty }), isDigest: true, partials: dice.within(0...3)))
    }
    for cut in cuts {
      let other = try trial.run(folder, plan, cut)
      let isSame = other.lines == whole.lines
      #expect(isSame, "alerts, seed \(seed), \(cut)")
      let isSummed = other.summary == whole.summary
      #expect(isSummed, "summary, seed \(seed), \(cut)")
    }
  }

  /// Values are told apart by hashes under a secret that each run draws for itself.
  @Test(arguments: seeds) func theSecretOfARunShowsNowhere(_ seed: UInt64) throws {
    let trial = Trial(seed &+ 6_000_000, kinds: RandomRules.kinds, events: 60...120)
    let folder = ArchiveFolder(trial.archive)
    let plan = DetectionPlan(trial.set)
    let cut = Cut(parts: [Array(trial.archive.files.indices)])
    let once = try trial.run(folder, plan, cut)
    #expect(!once.lines.isEmpty)
    for _ in 0..<4 {
      let again = try trial.run(folder, plan, cut)
      let isSame = again.lines == once.lines && again.summary == once.summary
      #expect(isSame, "seed \(seed)")
    }
  }

  @Test(arguments: seeds) func manyEventsGiveWhatTheDefinitionsSay(_ seed: UInt64) throws {
    let trial = CutTests.trial(seed)
    let differences = try trial.differences()
    #expect(
      differences.isEmpty, "seed \(seed):\n\(differences.prefix(12).joined(separator: "\n"))\n\(trial.rules.text)")
  }

  @Test(arguments: seeds) func theOrderOfRecordsDoesNotMatter(_ seed: UInt64) throws {
    let trial = CutTests.trial(seed)
    var dice = Dice(seed)
    let shuffled = trial.archive.shuffledWithin(&dice)
    let folder = ArchiveFolder(shuffled)
    let run = try trial.run(folder, DetectionPlan(trial.set), Cut(parts: [Array(shuffled.files.indices)]))
    let differences = try trial.compare(run, shuffled, folder)
    #expect(
      differences.isEmpty, "seed \(seed):\n\(differences.prefix(12).joined(separator: "\n"))\n\(trial.rules.text)")
    let original = ArchiveFolder(trial.archive)
    let whole = try trial.run(original, DetectionPlan(trial.set), Cut(parts: [Array(shuffled.files.indices)]))
    // All but the numbers of records is compared. Events that share a key are told apart by their places alone.
    guard whole.reduction.conflicts == 0 else { return }
    let isSame = withoutRecords(run.text(in: folder)) == withoutRecords(whole.text(in: original))
    #expect(isSame, "seed \(seed)")
  }

  @Test(arguments: seeds) func anArchiveThatIsDeliveredTwiceHoldsNothingNew(_ seed: UInt64) throws {
    let trial = CutTests.trial(seed)
    let twice = trial.archive.doubled()
    let plan = DetectionPlan(trial.set)
    let (folder, doubled) = (ArchiveFolder(trial.archive), ArchiveFolder(twice))
    let one = try trial.run(folder, plan, Cut(parts: [Array(trial.archive.files.indices)]))
    let two = try trial.run(doubled, plan, Cut(jobs: 2, parts: [Array(twice.files.indices)]))
    let isSame = two.text(in: doubled) == one.text(in: folder)
    #expect(isSame, "seed \(seed)")
    #expect(two.reduction.counters == one.reduction.counters, "seed \(seed)")
    #expect(two.reduction.distinct == one.reduction.distinct)
    #expect(two.reduction.conflicts == one.reduction.conflicts)
    #expect(two.reduction.duplicates == one.reduction.duplicates * 2 + one.reduction.distinct)
  }

  /// Which copy is kept depends on the record's number alone within a file: its place is not told here.
  private func withoutRecords(_ text: String) -> String {
    text.replacing(/"record":\d+/, with: "")
  }
}
