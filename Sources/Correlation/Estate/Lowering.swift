// What the configuration calls usual: an alert all of whose events are is informational. A rule says with
// `lowered-by: [automation, approved_window]` which of the two it can be lowered by; one event from elsewhere keeps its level.

import Configuration
import Events
import Rules

/// Why an alert is less than its rule says.
public enum Usual: UInt8, Sendable, CaseIterable {
  /// A program of the configuration, where it usually works.
  case automation = 1
  /// A break-glass identity within an approved window.
  case approvedWindow = 2

  var word: String { self == .automation ? "automation" : "approved_window" }
}

/// Asks for one detection after another.
final class Lowering {
  // Keys and addresses are the attacker's: the table is begun again before they fill the memory.
  private static let knownMax = 1 << 16

  private let configuration: Configuration
  private var kinds: [Usual] = []
  /// For programs, which do not depend on the time.
  private var programs: [[UInt32]: Bool] = [:]

  /// Nil if nothing would ever be usual.
  init?(_ configuration: Configuration) {
    guard !configuration.serviceIdentities.isEmpty || configuration.breakGlass.contains(where: { !$0.windows.isEmpty })
    else { return nil }
    self.configuration = configuration
  }

  func begin(_ attributes: RuleAttributes) {
    let node = attributes.custom("lowered-by")
    let words = (node?.sequence ?? node.map { [$0] } ?? []).compactMap { $0.scalar?.text }
    kinds = Usual.allCases.filter { words.contains($0.word) }
    programs.removeAll(keepingCapacity: true)
  }

  var isNeeded: Bool { !kinds.isEmpty }

  func usual(_ fact: GroupFact, _ texts: TextIntake) throws(SegmentError) -> Usual? {
    for kind in kinds {
      switch kind {
      case .automation: if try isProgramAtHome(fact, texts) { return .automation }
      case .approvedWindow:
        if configuration.isInApprovedWindow(try texts.caller(fact)) { return .approvedWindow }
      }
    }
    return nil
  }

  private func isProgramAtHome(_ fact: GroupFact, _ texts: TextIntake) throws(SegmentError) -> Bool {
    let key = [fact.source, fact.fact.scene, fact.fact.dimensions]
    if let known = programs[key] { return known }
    let answer = configuration.isProgramAtHome(try texts.caller(fact))
    if programs.count >= Lowering.knownMax { programs.removeAll(keepingCapacity: true) }
    programs[key] = answer
    return answer
  }
}

extension TextIntake {
  /// Who did it, from where.
  fileprivate func caller(_ fact: GroupFact) throws(SegmentError) -> QuestionedEvent {
    let shown = try Shown(fact, self)
    return try shown.event(id: [], ownAccount: [])
  }
}
