// The archive as a whole: counts, names, contents, determinism.

import Foundation
import Testing

@testable import Generate

struct Size: CustomTestStringConvertible {
  var events: Int
  var files: Int
  var providers: [Provider]
  var testDescription: String { "\(events) events in \(files) files of \(providers.map(\.rawValue))" }
}

@Suite struct GeneratedArchive {
  @Test(arguments: [
    Size(events: 1, files: 1, providers: [.aws]), Size(events: 1, files: 1, providers: [.alibaba]),
    Size(events: 3, files: 1, providers: [.tencent, .aws]), Size(events: 7, files: 60, providers: Provider.allCases),
    Size(events: 1500, files: 1, providers: [.alibaba]), Size(events: 1500, files: 41, providers: Provider.allCases),
  ])
  func holdsExactlyTheEventsAndFilesAskedFor(_ size: Size) throws {
    let folder = TemporaryFolder()
    let summary = try generate(options(folder, events: size.events, files: size.files, providers: size.providers))
    let archive = try ArchiveContents(folder.path)
    #expect(archive.files.count == size.files)
    #expect(archive.records.count == size.events)
    #expect(Set(archive.records.map(eventID)).count == size.events)
    #expect(summary.files == size.files)
    #expect(summary.events == size.events)
    #expect(summary.decompressedBytes == UInt64(archive.files.map(\.text.count).reduce(0, +)))
    #expect(archive.truth["planted_events"] as? Int == summary.plantedEvents)
  }

  @Test func isTheSameWhateverTheNumberOfJobsAndTheLevel() throws {
    let folders = [TemporaryFolder(), TemporaryFolder()]
    _ = try generate(options(folders[0], events: 2500, files: 24) { $0.jobs = 1 })
    _ = try generate(
      options(folders[1], events: 2500, files: 24) {
        $0.jobs = 7
        $0.level = 3
      })
    let archives = try folders.map { try ArchiveContents($0.path) }
    #expect(archives[0].files.map(\.key) == archives[1].files.map(\.key))
    #expect(archives[0].files.map(\.text) == archives[1].files.map(\.text))
    let truths = try folders.map { try Data(contentsOf: URL(fileURLWithPath: $0.path + "/truth.json")) }
    #expect(truths[0] == truths[1])
  }

  @Test func isAnotherOneForAnotherSeed() throws {
    let folders = [TemporaryFolder(), TemporaryFolder()]
    _ = try generate(options(folders[0], events: 200, files: 3))
    _ = try generate(options(folders[1], events: 200, files: 3) { $0.seed = 2 })
    let archives = try folders.map { try ArchiveContents($0.path) }
    #expect(Set(archives[0].records.map(eventID)).isDisjoint(with: archives[1].records.map(eventID)))
  }

  /// Whoever puts themselves into a group is what a detection looks for: by chance it must not be there.
  @Test func nobodyNamesThemselves() throws {
    let folder = TemporaryFolder()
    _ = try generate(options(folder, events: 40_000, files: 5, providers: [.aws]) { $0.incidents = .none })
    var named = 0
    for record in try ArchiveContents(folder.path).records {
      let caller = (record["userIdentity"] as? [String: Any])?["userName"] as? String
      guard let caller, let target = (record["requestParameters"] as? [String: Any])?["userName"] as? String else {
        continue
      }
      named += 1
      #expect(caller != target)
    }
    #expect(named > 20)
  }

  /// A change of these bytes is a change of every archive anybody has measured on: it must be meant.
  @Test func keepsTheBytesOfAKnownSeed() throws {
    let folder = TemporaryFolder()
    _ = try generate(options(folder, events: 300, files: 5))
    let archive = try ArchiveContents(folder.path)
    let sum = archive.files.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { sum, file in
      (Data(file.key.utf8) + file.text).reduce(sum) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
    #expect(sum == 10_133_580_175_634_809_655)
  }

  @Test(arguments: [
    (
      Provider.aws,
      #"^AWSLogs/\d{12}/CloudTrail/[a-z0-9-]+/\d{4}/\d\d/\d\d/\d{12}_CloudTrail_[a-z0-9-]+_\d{8}T\d{4}Z_[A-Za-z0-9]{16}\.json\.gz$"#
    ),
    (
      Provider.alibaba,
      #"^AliyunLogs/Actiontrail/[a-z0-9-]+/\d{4}/\d\d/\d\d/Actiontrail_[a-z0-9-]+_\d{14}_1002_\d+_\d+_[0-9a-f]{32}\.gz$"#
    ),
    (Provider.tencent, #"^cloudaudit-\d{12}/\d{10}/\d{12}_[a-z0-9-]+_\d{14}_[0-9a-f]{16}\.gz$"#),
  ])
  func usesTheProvidersOwnLayout(_ provider: Provider, _ pattern: String) throws {
    let folder = TemporaryFolder()
    _ = try generate(options(folder, events: 400, files: 30, providers: [provider]) { $0.days = 1 })
    let archive = try ArchiveContents(folder.path)
    #expect(archive.files.count == 30)
    for file in archive.files {
      #expect(file.key.range(of: pattern, options: .regularExpression) != nil, "\(file.key)")
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + file.key)
      #expect(attributes[.posixPermissions] as? Int == 0o644)
      if provider == .alibaba {
        let parts = file.key.dropLast(3).split(separator: "_")
        #expect(Int(parts[4]) == file.records.count)
        #expect(Int(parts[5]) == file.text.count)
      }
    }
  }

  @Test func putsAWindowOfManyDaysUnderNoDay() throws {
    let folder = TemporaryFolder()
    _ = try generate(options(folder, events: 400, files: 3) { $0.days = 30 })
    for file in try ArchiveContents(folder.path).files {
      #expect(file.key.range(of: #"/\d\d/|/\d{10}/"#, options: .regularExpression) == nil, "\(file.key)")
    }
  }

  @Test func putsInAFileOnlyEventsOfItsAccountRegionAndTime() throws {
    let folder = TemporaryFolder()
    _ = try generate(options(folder, events: 3000, files: 30))
    let plan = Plan(options: options(folder, events: 3000, files: 30))
    let archive = try ArchiveContents(folder.path)
    for (number, file) in plan.files.enumerated() {
      let stream = plan.streams[Int(file.stream)]
      let realm = plan.world.realms[stream.realm]
      let account = realm.accounts[stream.account].id
      let region = plan.world.lexicon.string(realm.regions[stream.region].name)
      let tail = Layout.key(file, number: number, plan: plan, records: 0, decompressedBytes: 0).name.suffix(19)
      let written = try #require(archive.files.first { $0.key.hasSuffix(tail) })
      for record in written.records {
        #expect((record["awsRegion"] ?? record["acsRegion"] ?? record["eventRegion"]) as? String == region)
        let owner = record["recipientAccountId"] ?? (record["userIdentity"] as? [String: Any])?["accountId"]
        #expect(owner as? String == account)
        #expect(file.window.contains(time(of: record)))
      }
    }
  }

  /// A provider lets no temporary key live for longer, whoever uses it.
  @Test func usesTemporaryKeysForHalfADayAtMost() throws {
    let folder = TemporaryFolder()
    _ = try generate(options(folder, events: 9000, files: 12) { $0.days = 3 })
    var times: [String: [Int64]] = [:]
    for record in try ArchiveContents(folder.path).records {
      guard let identity = record["userIdentity"] as? [String: Any] else { continue }
      let isRole = (identity["type"] as? String)?.lowercased().hasPrefix("assumed") == true
      guard isRole, let key = (identity["accessKeyId"] ?? identity["secretId"]) as? String else { continue }
      times[key, default: []].append(time(of: record))
    }
    #expect(times.count { $0.value.count > 1 } > 300)
    for (key, times) in times {
      let lasted = (times.max() ?? 0) - (times.min() ?? 0)
      #expect(lasted <= 12 * 3600, "\(key)")
    }
  }

  private func time(of record: [String: Any]) -> Int64 {
    if let seconds = record["eventTime"] as? Int64 { return seconds }
    let date = ISO8601DateFormatter().date(from: record["eventTime"] as? String ?? "")
    return Int64(date?.timeIntervalSince1970 ?? -1)
  }

  @Test func looksLikeLife() throws {
    let folder = TemporaryFolder()
    let summary = try generate(options(folder, events: 6000, files: 20, providers: [.aws]) { $0.incidents = .none })
    let archive = try ArchiveContents(folder.path)
    let mean = summary.decompressedBytes / 6000
    #expect((1200...1800).contains(mean))
    func distinct(_ key: String) -> Int { Set(archive.records.map { "\($0[key] ?? "")" }).count }
    #expect(distinct("eventName") > 60)
    #expect(distinct("eventSource") > 20)
    #expect(distinct("sourceIPAddress") > 200)
    #expect(distinct("userAgent") > 100)
    let names = Dictionary(grouping: archive.records) { $0["eventName"] as? String ?? "" }.mapValues(\.count)
    #expect((names.values.max() ?? 0) > 6000 / 25)
    let failed = archive.records.count { $0["errorCode"] != nil || $0["errorMessage"] != nil }
    #expect((60...400).contains(failed))
    let types = Set(archive.records.compactMap { ($0["userIdentity"] as? [String: Any])?["type"] as? String })
    #expect(types.isSuperset(of: ["AssumedRole", "IAMUser", "AWSService"]))
  }
}
