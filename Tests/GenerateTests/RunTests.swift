// How a run begins, reports and ends: options, progress, cancelling, failing.

import Foundation
import Synchronization
import Testing

@testable import Generate

@Suite struct GenerateRun {
  @Test func refusesADirectoryThatHoldsSomething() throws {
    let folder = TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    try Data("keep".utf8).write(to: URL(fileURLWithPath: folder.path + "/notes.txt"))
    #expect(throws: GenerateError.directoryNotEmpty(folder.path)) {
      try generate(options(folder, events: 10, files: 2))
    }
    _ = try generate(options(folder, events: 10, files: 2) { $0.overwrite = true })
    #expect(try ArchiveContents(folder.path).records.count == 10)
    #expect(FileManager.default.fileExists(atPath: folder.path + "/notes.txt"))
  }

  @Test func refusesOptionsOutOfRange() {
    let cases: [(String, (inout GenerateOptions) -> Void)] = [
      ("events", { $0.events = 0 }), ("files", { $0.files = 0 }), ("days", { $0.days = 0 }),
      ("days", { $0.days = 1_000_000 }), ("jobs", { $0.jobs = 0 }), ("level", { $0.level = 4 }),
      ("provider", { $0.providers = [] }), ("provider", { $0.providers = [.aws, .aws] }), ("start", { $0.start = -1 }),
      ("out", { $0.outputDirectory = "" }),
    ]
    for (name, change) in cases {
      let folder = TemporaryFolder()
      let error = #expect(throws: GenerateError.self) {
        try generate(options(folder, events: 10, files: 2, change: change))
      }
      guard case .invalidOption(let option, _)? = error else {
        Issue.record("\(name): \(String(describing: error))")
        continue
      }
      #expect(option == name)
      #expect(!FileManager.default.fileExists(atPath: folder.path))
    }
  }

  @Test func leavesNothingBehindWhenCancelled() throws {
    let folder = TemporaryFolder()
    let cancellation = GenerateCancellation()
    #expect(throws: GenerateError.cancelled) {
      try generate(options(folder, events: 3000, files: 50), cancellation: cancellation) { progress in
        if progress.filesDone >= 5 { cancellation.cancel() }
      }
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path))
  }

  @Test func reportsProgressUpToTheEnd() throws {
    let folder = TemporaryFolder()
    let seen = Mutex<[GenerateProgress]>([])
    _ = try generate(options(folder, events: 500, files: 9)) { progress in seen.withLock { $0.append(progress) } }
    let reports = seen.withLock { $0 }
    #expect(reports.map(\.eventsDone) == reports.map(\.eventsDone).sorted())
    #expect(reports.last?.eventsDone == 500)
    #expect(reports.last?.filesTotal == 9)
  }

  @Test func namesThePathAndTheReasonWhenItCannotWrite() throws {
    let folder = TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    let file = folder.path + "/file"
    try Data().write(to: URL(fileURLWithPath: file))
    var wrong = options(folder, events: 10, files: 2)
    wrong.outputDirectory = file + "/below"
    let error = #expect(throws: GenerateError.self) { try generate(wrong) }
    guard case .system(_, let path, let code, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(path.hasPrefix(file))
    #expect(code == ENOTDIR)
  }
}

@Suite struct GeneratePlan {
  @Test(arguments: [
    (1_000_000, 200, 7), (500_000, 100_000, 7), (1, 1_000, 1), (1_000_000_000_000, 1, 3660), (5, 200_000, 1),
  ])
  func sharesOutEveryEventOverFilesThatCoverTheSpan(_ events: Int, _ files: Int, _ days: Int) {
    let folder = TemporaryFolder()
    let plan = Plan(options: options(folder, events: events, files: files) { $0.days = days })
    #expect(plan.files.count == files)
    let background = plan.files.reduce(UInt64(0)) { $0 + $1.background }
    #expect(background + UInt64(plan.planted.events.count) == UInt64(events))
    for stream in plan.streams {
      let own = plan.files[stream.files]
      #expect(own.first?.start == plan.start)
      #expect(own.last?.end == plan.end)
      #expect(own.allSatisfy { $0.start < $0.end && $0.end <= plan.end })
    }
    for event in plan.planted.events { #expect(plan.files[event.file].window.contains(event.shot.time)) }
  }

  @Test func givesEachProviderAFileAsLongAsTheyLast() {
    let folder = TemporaryFolder()
    for files in 1...5 {
      let plan = Plan(options: options(folder, events: 10, files: files))
      #expect(Set(plan.streams.map(\.realm)).count == min(files, 3))
    }
  }

  @Test func datesAgreeWithFoundation() {
    let formatter = ISO8601DateFormatter()
    var random = SplitMix64(seed: 9)
    for _ in 0..<500 {
      let seconds = Int64(random.below(UInt64(GenerateOptions.startRange.upperBound)))
      #expect(Scriptwriter.stamp(seconds) == formatter.string(from: Date(timeIntervalSince1970: TimeInterval(seconds))))
    }
  }

  @Test func anUrnDrawsByWeight() {
    let urn = Urn(weights: [0, 900, 90, 10])
    var random = SplitMix64(seed: 3)
    var counts = [0, 0, 0, 0]
    for _ in 0..<10_000 { counts[urn.draw(&random)] += 1 }
    #expect(counts[0] == 0)
    #expect((8700...9300).contains(counts[1]))
    #expect((700...1100).contains(counts[2]))
    #expect((40...250).contains(counts[3]))
  }
}
