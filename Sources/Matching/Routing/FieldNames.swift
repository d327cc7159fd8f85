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
    case .columns: [FieldNames.source(of: name)]
    case .raw(let product): Spellings.paths(of: name, product: product).map { .path($0) }
    }
  }

  /// A predicate by raw paths, in these names.
  func ofRaw(_ predicate: Predicate) -> Predicate {
    guard case .columns = self else { return predicate }
    return predicate.mapFields { FieldNames.name(ofPath: $0) }
  }

  // MARK: Columns and paths

  // `.region` is the path `region`, whatever columns there are; a path that begins with a dot has two.
  private static let rawMark: Character = "."

  private static func source(of name: String) -> FieldSource {
    if name.first == rawMark, name.count > 1 { return .path(String(name.dropFirst())) }
    return Column(name: name).map { .column($0) } ?? .path(name)
  }

  /// What a raw path is called where columns come first.
  static func name(ofPath path: String) -> String {
    path.first == rawMark || Column(name: path) != nil ? "\(rawMark)\(path)" : path
  }
}
