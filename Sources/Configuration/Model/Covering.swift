// What a suppression is about, made ready for many questions: one for each event of an alert. Its date is left to the
// caller, who also has to know what a suppression that has ended would have hidden.

import Events
import Rules

/// A suppression with its patterns compiled.
public struct Covering: Sendable {
  private let rule: Glob
  private let networks: AddressSet?
  /// Nil: whoever it was.
  private let actors: [(name: Glob, account: [UInt8]?)]?

  init(_ suppression: Suppression, _ configuration: Configuration) {
    rule = Glob(suppression.rule)
    networks = suppression.networks?.set
    var identities = suppression.actor.map { [$0] } ?? []
    if !suppression.person.isEmpty {
      identities += configuration.index.identities(of: suppression.person, configuration)
    }
    let forms = identities.flatMap { configuration.index.forms(of: $0) }
    actors = identities.isEmpty ? nil : forms.map { (Glob($0.name), $0.account.map { Array($0.utf8) }) }
  }

  /// - Parameter names: the id, the name and the title of a rule.
  public func covers(rule names: [String]) -> Bool { names.contains { rule.matches($0) } }

  /// Whether an event is what it is about.
  ///
  /// - Parameter names: those of the caller, whichever are known.
  public func covers(actors names: [[UInt8]], account: [UInt8], address: IPAddress?) -> Bool {
    if let networks {
      guard let address, networks.contains(address) else { return false }
    }
    guard let actors else { return true }
    return actors.contains { actor in
      guard actor.account == nil || actor.account == account else { return false }
      return names.contains { name in name.withUnsafeBytes { actor.name.matches($0) } }
    }
  }
}

extension Configuration {
  /// One for each of `suppressions`, in their order.
  public var coverings: [Covering] { suppressions.map { Covering($0, self) } }
}
