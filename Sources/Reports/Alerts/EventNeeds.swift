import Events
import Rules

/// Which events a rule could be about, as far as actions, classes and outcomes tell.
struct EventNeeds {
  private enum Field { case action, eventClass, outcome }

  private struct Alternative {
    let field: Field
    let test: TextPattern
  }

  /// One alternative of each has to hold.
  private var needs: [[Alternative]]
  /// Providers for whose log it is a guess what such events look like: there the outcome counts as well.
  private let unproven: Set<String>

  init(_ rule: Rule) {
    needs = EventNeeds.needs(rule.predicate)
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
    let takesOutcome = isGuess(provider)
    return needs.allSatisfy { alternatives in
      alternatives.contains { one in
        switch one.field {
        case .action: EventNeeds.fits(one.test, sight.action)
        case .eventClass: sight.classes.contains { EventNeeds.fits(one.test, $0) }
        case .outcome: !takesOutcome || EventNeeds.fits(one.test, sight.outcome)
        }
      }
    }
  }

  private static func needs(_ predicate: Predicate) -> [[Alternative]] {
    switch predicate {
    case .field(let name, .text(let test)):
      return field(name).map { [[Alternative(field: $0, test: test)]] } ?? []
    case .and(let members): return members.flatMap(needs)
    case .or(let members):
      let all = members.map(needs)
      // An alternative that needs nothing makes the others say nothing.
      guard all.allSatisfy({ $0.count == 1 }) else { return [] }
      return [all.flatMap { $0[0] }]
    default: return []
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
  private static func fits(_ test: TextPattern, _ text: [UInt8]) -> Bool {
    switch test.shape {
    case .exact(let part): text == part.lowercased
    case .prefix(let part): text.starts(with: part.lowercased)
    case .suffix(let part): text.suffix(part.count).elementsEqual(part.lowercased)
    // What remains is rare, and a doubt counts as seen.
    case .contains, .anything, .glob: true
    }
  }
}

extension [UInt8] {
  /// ASCII letters in lower case.
  var lowercased: [UInt8] {
    map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
  }
}
