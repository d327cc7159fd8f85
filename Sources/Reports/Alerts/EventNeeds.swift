import Events
import Rules

/// Which events a rule could be about, as far as actions, classes and outcomes tell.
///
/// The condition is read as a formula. What cannot be told from a sight may be so or not, so a conjunction needs that each
/// part could hold, a disjunction that one could, and a negation that what it denies could fail.
///
///     (class: mfa_removal) or (class: login_profile and action: Update*)     ListBuckets: neither
///     class: policy_attachment and not action: Detach*                       DetachRolePolicy: no
struct EventNeeds {
  private enum Field { case action, eventClass, outcome }

  private let predicate: Predicate
  /// Providers for whose log it is a guess what such events look like: there the outcome counts as well.
  private let unproven: Set<String>

  init(_ rule: Rule) {
    predicate = rule.predicate
    let node = rule.attributes.custom("unproven")
    unproven = Set((node?.sequence ?? node.map { [$0] } ?? []).compactMap { $0.scalar?.text })
  }

  func isGuess(_ provider: String) -> Bool { unproven.contains(provider) }

  /// An event as a log shows it at least.
  struct Sight: Hashable {
    /// In lower case, as the two others.
    let action: [UInt8]
    let outcome: [UInt8]
    let classes: [[UInt8]]
  }

  func couldBe(_ sight: Sight, of provider: String) -> Bool {
    could(predicate, be: true, sight, takesOutcome: isGuess(provider))
  }

  /// Whether a condition may have a value for an event of which no more is known.
  private func could(_ predicate: Predicate, be wanted: Bool, _ sight: Sight, takesOutcome: Bool) -> Bool {
    switch predicate {
    case .not(let inner): return could(inner, be: !wanted, sight, takesOutcome: takesOutcome)
    case .and(let members), .or(let members):
      let isEach = if case .and = predicate { wanted } else { !wanted }
      return isEach
        ? members.allSatisfy { could($0, be: wanted, sight, takesOutcome: takesOutcome) }
        : members.contains { could($0, be: wanted, sight, takesOutcome: takesOutcome) }
    case .field(let name, .text(let test)):
      switch EventNeeds.field(name) {
      case .action: return EventNeeds.fits(test, sight.action).map { $0 == wanted } ?? true
      // One of several, and nobody knows which.
      case .eventClass: return sight.classes.contains { EventNeeds.fits(test, $0).map { $0 == wanted } ?? true }
      case .outcome:
        return !takesOutcome || (EventNeeds.fits(test, sight.outcome).map { $0 == wanted } ?? true)
      case nil: return true
      }
    default: return true
    }
  }

  private static func field(_ name: String) -> Field? {
    switch name.lowercased() {
    case "action", "eventname": .action
    case "class": .eventClass
    case "outcome": .outcome
    default: nil
    }
  }

  /// - Parameter text: in lower case.
  /// - Returns: nil for what is rare and not looked at: a doubt counts as seen.
  private static func fits(_ test: TextPattern, _ text: [UInt8]) -> Bool? {
    switch test.shape {
    case .exact(let part): text == part.lowercased
    case .prefix(let part): text.starts(with: part.lowercased)
    case .suffix(let part): text.suffix(part.count).elementsEqual(part.lowercased)
    case .anything: true
    case .contains, .glob: nil
    }
  }
}

extension [UInt8] {
  /// ASCII letters in lower case.
  var lowercased: [UInt8] {
    map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
  }
}
