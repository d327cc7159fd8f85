import Events
import Rules

/// What the field names of a rule mean.
enum FieldNames: Sendable {
  /// Columns of the event model first, else raw paths: filters, and rules with `product: cloud`.
  case columns
  /// Raw paths, in the spellings that rules for the product use.
  case raw(product: String)

  func sources(of name: String) -> FieldGroup {
    switch self {
    case .columns: [Column(name: name).map { .column($0) } ?? .path(name)]
    case .raw(let product): Spellings.paths(of: name, product: product).map { .path($0) }
    }
  }
}
