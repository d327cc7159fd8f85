import Events
import Rules

// A rule's condition in the names of a filter. In a rule a field means all its spellings together, and never a column;
// in a filter a name is a column first, then one path. So each test is written out over the paths, the provider is
// said, and what is no column is marked where a column has its name.

extension Rule {
  /// What `search` must be asked to find what the rule matches; nil if nothing is read that the rule is about.
  public var asFilter: Predicate? {
    let route = Route(logsource)
    return route.isNowhere ? nil : route.asFilter(predicate)
  }

  /// The condition alone, in the names of a filter, whether events are read or not.
  public var conditionAsFilter: Predicate { Route(logsource).names.written(predicate) }
}

extension Route {
  func asFilter(_ predicate: Predicate) -> Predicate {
    let names = [
      providers == .max ? nil : Route.isProvider(providers), self.names.written(predicate),
      guardian.map(self.names.written),
    ]
    return Predicate.all(names.compactMap { $0 })
  }

  private static func isProvider(_ providers: UInt32) -> Predicate {
    let names = Provider.allCases.filter { providers >> UInt32($0.rawValue) & 1 != 0 }.map(\.name)
    return Predicate.any(names.map { .field(Column.provider.name, .text(TextPattern(literal: $0))) })
  }
}

extension FieldNames {
  /// The predicate with columns and single paths only.
  func written(_ predicate: Predicate) -> Predicate {
    guard case .raw = self else { return predicate }
    switch predicate {
    case .and(let members): return Predicate.all(members.map(written))
    case .or(let members): return Predicate.any(writtenAlternatives(members))
    case .not(let inner): return .not(written(inner))
    case .field(let name, let test): return written(name, test)
    case .keyword: return predicate
    }
  }

  /// Values of one field stay together, path by path, so that they print as one list.
  private func writtenAlternatives(_ members: [Predicate]) -> [Predicate] {
    var result: [Predicate] = []
    var start = 0
    while start < members.count {
      guard case .field(let name, let test) = members[start], test.isOfValue else {
        result.append(written(members[start]))
        start += 1
        continue
      }
      var tests = [test]
      while start + tests.count < members.count, case .field(name, let next) = members[start + tests.count],
        next.isOfValue
      {
        tests.append(next)
      }
      for path in paths(name) { result += tests.map { .field(path, $0) } }
      start += tests.count
    }
    return result
  }

  private func written(_ name: String, _ test: ValueTest) -> Predicate {
    let paths = paths(name)
    switch test {
    case .null:
      // Missing under every name, or null under one: that a name is missing says nothing of the others.
      let missing = Predicate.all(paths.map { .field($0, .null) })
      guard paths.count > 1 else { return missing }
      let isNull = paths.map { Predicate.all([.field($0, .exists), .field($0, .null)]) }
      return Predicate.any([missing] + isNull)
    case .reference(let reference):
      let others = self.paths(reference.field)
      return Predicate.any(
        paths.flatMap { path in
          others.map { other in
            var copy = reference
            copy.field = other
            return .field(path, .reference(copy))
          }
        })
    default: return Predicate.any(paths.map { .field($0, test) })
    }
  }

  private func paths(_ name: String) -> [String] {
    sources(of: name).map { source in
      switch source {
      case .column(let column): column.name
      case .path(let path): FieldNames.name(ofPath: path)
      }
    }
  }
}
