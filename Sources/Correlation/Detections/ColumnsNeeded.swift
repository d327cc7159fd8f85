import Configuration
import Events
import Matching
import Rules

// Columns that come from the configuration are empty for everybody who does not have it: a rule that asks for one would
// be silent for ever, and nobody would know why. It waits, as rules do that are about a list.

extension Rule {
  /// The columns without a value of which it never matches.
  var columnsNeeded: Set<Column> {
    Rule.fieldsNeeded(predicate).reduce(into: []) { columns, name in
      for case .column(let column) in logsource.sources(of: name) { columns.insert(column) }
    }
  }

  private static func fieldsNeeded(_ predicate: Predicate) -> Set<String> {
    switch predicate {
    case .field(_, .null), .not, .keyword: []
    case .field(let name, _): [name]
    case .and(let members): members.reduce(into: []) { $0.formUnion(fieldsNeeded($1)) }
    case .or(let members):
      members.dropFirst().reduce(members.first.map(fieldsNeeded) ?? []) { $0.intersection(fieldsNeeded($1)) }
    }
  }
}

extension Estate {
  /// What is not configured that a column is made of; nil if it can have values.
  func missing(for column: Column) -> String? {
    let section: String? =
      switch column {
      case .sourceCountry: locations?.knowsCountries == true ? nil : "geoip database of countries"
      case .sourceASN: locations?.has(.asn) == true ? nil : "geoip database of networks (asn)"
      case .environment:
        configuration.accounts.contains { !$0.environment.isEmpty } ? nil : "accounts with an environment"
      default: nil
      }
    return section.map { "the configuration has no \($0)" }
  }
}
