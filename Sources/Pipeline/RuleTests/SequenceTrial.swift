import Archive
import Configuration
import Correlation
import Events
import Glibc
import Matching
import Rules

/// Runs the tests of correlations: short sequences of events, through the whole of map and reduce.
///
/// What is counted are the alerts of the correlation itself, also if otherwise it only feeds others. Nothing makes time
/// pass but the events of the sequence.
public struct SequenceTrial: Sendable {
  // So that no event of a sequence is too late to make time pass.
  private static let horizon: Int64 = 100 * 366 * 86_400_000

  private let plan: DetectionPlan
  private let set: RuleSet
  private let estate: Estate

  /// - Parameter estate: what the tests speak of besides their events.
  public init(_ set: RuleSet, estate: Estate = Estate()) {
    self.set = set.withAllCorrelationsRaising
    self.estate = estate
    plan = DetectionPlan(self.set, estate: estate)
  }

  /// What becomes of a test of the correlation that stands at a place.
  public func outcome(_ test: RuleTestCase, _ place: RulePlace) -> RuleTests.Outcome.Result {
    if let rejection = plan.rejections.first(where: { $0.file == place.file && $0.line == place.line }) {
      return .failed(rejection.message)
    }
    if let waiting = plan.idle.first(where: { $0.file == place.file && $0.line == place.line }) {
      return .waiting(waiting.message)
    }
    guard let detection = plan.detections.firstIndex(where: { $0.isCorrelation && $0.attributes.place == place }) else {
      return .failed("the correlation cannot be run")
    }
    do throws(SequenceFault) {
      let count = try alerts(test.events, of: detection)
      if !test.isPositive { return count == 0 ? .passed : .failed("raises \(Self.told(count)), but must raise none") }
      if let wanted = test.alerts {
        return count == wanted ? .passed : .failed("raises \(Self.told(count)), but must raise \(Self.told(wanted))")
      }
      return count > 0 ? .passed : .failed("raises no alert, but must")
    } catch {
      return .failed(error.message)
    }
  }

  private static func told(_ count: Int) -> String { count == 1 ? "1 alert" : "\(count) alerts" }

  private func alerts(_ events: [YAMLNode], of detection: Int) throws(SequenceFault) -> Int {
    let takesKeys = isOfCloudTrail(plan.detections[detection])
    var lines: [UInt8] = []
    for (place, node) in events.enumerated() {
      try SequenceEvent(node, place: place, takesKeys: takesKeys).write(to: &lines)
    }
    do {
      let file = try SequenceFile(lines)
      var options = SweepOptions()
      options.annotator = EstateColumns(estate.configuration, estate.locations)
      options.now = SequenceEvent.start + SequenceTrial.horizon
      let part = try SweepMap(plan, options).run(
        discover([Array(file.path.utf8)]), progress: Progress(), interrupted: { false }
      ).part
      for file in part.files { try SequenceTrial.check(file.entry.tally) }
      var reducing = ReduceOptions()
      reducing.estate = estate
      let found = try reduce([part], plan: plan, options: reducing).episodes
      return found.indices.count { found.detection($0) == detection }
    } catch let fault as SequenceFault {
      throw fault
    } catch {
      throw SequenceFault(message: "the events cannot be read: \(error)")
    }
  }

  /// A test must not pass because an event could not be read.
  private static func check(_ tally: ReadTally) throws(SequenceFault) {
    if tally.skipCount > 0 { throw SequenceFault(message: "an event of the test is not one JSON object") }
    if tally.providers[Int(Provider.unknown.rawValue)] > 0 {
      throw SequenceFault(message: "an event is recognised as no provider's; give columns, or the whole record")
    }
    if tally.untimed > 0 { throw SequenceFault(message: "an event of the test has no time") }
  }

  /// Whether all rules behind a correlation are about CloudTrail.
  private func isOfCloudTrail(_ detection: Detection) -> Bool {
    guard case .correlation(let correlation) = detection.kind else { return false }
    return isOfCloudTrail(correlation)
  }

  private func isOfCloudTrail(_ correlation: Correlation) -> Bool {
    correlation.members.allSatisfy { member in
      switch member.target {
      case .rule(let place): set.rules[place].logsource.product == "aws"
      case .correlation(let place): isOfCloudTrail(set.correlations[place])
      }
    }
  }
}

/// The events on their way into the map, which reads files.
private final class SequenceFile {
  // 400 days after the start of a sequence: what is later is dated after the delivery of its own file.
  private static let stamp = "_20270209T0000Z"

  let path: String

  init(_ bytes: [UInt8]) throws(SequenceFault) {
    var name = Array("/tmp/harrier-test-\(String(repeating: "X", count: 6))\(Self.stamp)".utf8CString)
    let descriptor = mkstemps(&name, Int32(Self.stamp.utf8.count))
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard descriptor >= 0 else { throw SequenceFault(message: "no file can be made in /tmp") }
    defer { close(descriptor) }
    let failure = bytes.withUnsafeBytes { SpillFile.write($0, to: descriptor, at: 0) }
    if failure != 0 { throw SequenceFault(message: "\(path) cannot be written") }
  }

  deinit { unlink(path) }
}

extension Detection {
  fileprivate var isCorrelation: Bool {
    if case .correlation = kind { return true }
    return false
  }
}
