/// The engine over a random archive: files on disk, mapped in one piece or in parts, reduced, and written down.

import Archive
import Events
import Foundation
import ReadingSupport
import Reports
import Rules

@testable import Correlation
@testable import Pipeline

/// How the work is cut; no result may depend on it.
struct Cut: CustomStringConvertible {
  var jobs = 1
  var blockBytes = 8 << 20
  var memory: UInt64 = 512 << 20
  /// The files of each part, in the order in which they are read.
  var parts: [[Int]]
  /// Hashes that are the same in each run: what parts that are mapped apart need.
  var isDigest = false
  /// How many files the parts go through; 0 if they stay in memory.
  var partials = 0

  var description: String {
    "jobs \(jobs), blocks of \(blockBytes), memory \(memory), parts \(parts)\(isDigest ? ", digests" : "")\(partials > 0 ? ", \(partials) partials" : "")"
  }
}

/// A folder that goes away with the value.
final class ArchiveFolder {
  let path: String
  let files: [String]

  init(_ archive: RandomArchive) {
    path = "\(NSTemporaryDirectory())correlation-\(UUID().uuidString)"
    var files: [String] = []
    for (place, file) in archive.files.enumerated() {
      let name = "\(path)/\(file.name)"
      let folder = name[..<name.lastIndex(of: "/")!]
      try! FileManager.default.createDirectory(atPath: String(folder), withIntermediateDirectories: true)
      _ = FileManager.default.createFile(atPath: name, contents: Data(archive.text(of: place).utf8))
      files.append(name)
    }
    self.files = files
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

struct EngineRun {
  let reduction: Reduction
  let plan: DetectionPlan
  /// As they are written into files.
  let lines: [UInt8]
  let summary: [UInt8]

  init(
    _ folder: ArchiveFolder, _ plan: DetectionPlan, _ cut: Cut, now: Int64, everyMatch: Bool,
    places: (any PlaceLocator)? = nil
  ) throws {
    var options = SweepOptions()
    options.scan.jobs = cut.jobs
    options.scan.blockBytes = cut.blockBytes
    options.memory = cut.memory
    options.now = now
    options.scan.identity = cut.isDigest ? .digest : nil
    var parts = try cut.parts.map { files in
      let found = discover(files.map { Array(folder.files[$0].utf8) })
      return try SweepMap(plan, options).run(found, progress: Progress(), interrupted: { false }).part
    }
    if cut.partials > 0 {
      // Dealt out like cards, so that no file holds neighbours only.
      let groups = Dictionary(grouping: parts.indices) { $0 % cut.partials }.sorted { $0.key > $1.key }
      let mapped = parts
      parts = try groups.flatMap { try EngineRun.throughFile($0.value.map { mapped[$0] }, plan) }
    }
    var reduceOptions = ReduceOptions()
    reduceOptions.jobs = cut.jobs
    reduceOptions.everyMatch = everyMatch
    reduceOptions.places = places
    reduceOptions.alerts = AlertMemory(memory: cut.memory, temporaryDirectory: NSTemporaryDirectory())
    let reduction = try reduce(parts, plan: plan, options: reduceOptions)
    let findings = Findings(plan, reduction)
    var lines: [UInt8] = []
    AlertLines(AlertList(findings), .native, jobs: cut.jobs).write { lines += $0 }
    self.reduction = reduction
    self.plan = plan
    self.lines = lines
    let providers = [Set<String>](repeating: ["aws"], count: plan.rules.count)
    summary = SummaryJSON.text(
      Summary(findings, SummaryLedger(reduction, plan, providers: providers, idle: [])))
  }

  private static func throughFile(_ parts: [Part], _ plan: DetectionPlan) throws -> [Part] {
    var bytes: [UInt8] = []
    try Partial.write(parts, fingerprint: plan.fingerprint) { bytes += $0 }
    let file = TemporaryFile(bytes)
    return try Partial.read(file.path, plan: plan)
  }

  /// What is written, with paths that do not tell where the archive is.
  func text(in folder: ArchiveFolder) -> String {
    String(decoding: lines, as: UTF8.self).replacing(folder.path, with: "")
  }

  /// The alerts in words that can be compared with those of the reference.
  func alerts(in folder: ArchiveFolder) -> [String] {
    reduction.episodes.map { episode in
      let group = reduction.texts.tuple(episode.group).map { id in
        id == 0 ? "-" : withoutCase(String(decoding: reduction.texts.text(id), as: UTF8.self))
      }
      let cited = episode.cited.map { event in
        let path = String(decoding: reduction.files[Int(event.file)].path, as: UTF8.self)
        return "\(path.dropFirst(folder.path.count + 1))#\(event.record)"
      }
      return words(
        plan.detections[episode.detection].attributes.label, group, episode.time, episode.firstTime,
        episode.lastTime, episode.count, cited)
    }.sorted()
  }

  func counters(of label: String) -> ReferenceCounters? {
    guard
      let place = plan.detections.firstIndex(where: { detection in
        guard case .correlation = detection.kind else { return false }
        return detection.attributes.label == label
      })
    else { return nil }
    let own = reduction.counters[place]
    return ReferenceCounters(
      withoutGroup: own.withoutGroup, withoutValue: own.withoutValue, withoutNumber: own.withoutNumber,
      tooLarge: own.numbersTooLarge, untimed: own.untimed, valuesCut: own.valuesCut,
      undecided: own.undecided, learningUntil: own.learningUntil)
  }
}

func words(
  _ rule: String, _ group: [String], _ time: Int64, _ first: Int64, _ last: Int64, _ count: Int, _ cited: [String]
) -> String {
  func word(_ time: Int64) -> String { time == .min ? "untimed" : Timestamp.string(time) }
  return "\(rule) [\(group.joined(separator: ", "))] at \(word(time)): \(count) from \(word(first)) to \(word(last)): "
    + cited.joined(separator: " ")
}

extension ReferenceAlert {
  var description: String {
    let cited = events.count <= 100 ? events[...] : events.prefix(50) + events.suffix(50)
    return words(
      rule, group.map { $0 ?? "-" }, time, firstTime, lastTime, events.count,
      cited.map { "\($0.file)#\($0.record)" })
  }
}

/// Places of the generator's addresses.
struct KnownPlaces: PlaceLocator {
  let all: [String: ReferenceLocation]
  private let byAddress: [IPAddress: Place]

  init() {
    var all: [String: ReferenceLocation] = [:]
    var byAddress: [IPAddress: Place] = [:]
    for known in ReferenceAddress.all {
      guard let location = known.location, let address = IPAddress(Array(known.text.utf8)) else { continue }
      all[known.text] = location
      byAddress[address] = Place(
        latitude: Int32(location.north * 1_000_000), longitude: Int32(location.east * 1_000_000), name: "somewhere")
    }
    self.all = all
    self.byAddress = byAddress
  }

  func place(of address: IPAddress) -> Place? { byAddress[address] }
}
