import Rules

/// Predicates with one test left out: what a rule would be if its author had forgotten it.
enum Mutations {
  /// Each with a description of what is gone.
  static func of(_ predicate: Predicate) -> [(gone: String, rest: Predicate)] {
    var found = inside(predicate)
    if case .and = predicate {} else if case .or = predicate {} else { found.append((text(predicate), .everything)) }
    return found
  }

  private static func inside(_ predicate: Predicate) -> [(gone: String, rest: Predicate)] {
    switch predicate {
    case .and(let members): members.indices.flatMap { without($0, members, Predicate.all) }
    case .or(let members): members.indices.flatMap { without($0, members, Predicate.any) }
    case .not(let inner): inside(inner).map { ($0.gone, .not($0.rest)) }
    case .field, .keyword: []
    }
  }

  private static func without(
    _ place: Int, _ members: [Predicate], _ join: ([Predicate]) -> Predicate
  ) -> [(gone: String, rest: Predicate)] {
    var others = members
    others.remove(at: place)
    let nested = inside(members[place]).map { mutation in
      var changed = members
      changed[place] = mutation.rest
      return (mutation.gone, join(changed))
    }
    return [(text(members[place]), join(others))] + nested
  }

  private static func text(_ predicate: Predicate) -> String { Filter.text(of: predicate) }
}
