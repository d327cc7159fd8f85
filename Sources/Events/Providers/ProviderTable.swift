/// What Harrier knows of one provider's events: how to recognise them, and how each column is filled.
///
/// A table is data: adding a provider means adding a file with one such value and naming it in `ProviderTables`.
/// Its functions get the values of the paths they name, in that order, and look at nothing else, so the field plan
/// knows what has to be parsed for a column.
public struct ProviderTable: Sendable {
  /// A path whose presence speaks for the provider. A record belongs to the provider with the highest sum of at
  /// least `ProviderTable.certainty`; of equal sums the first table wins.
  public struct Marker: Sendable {
    public let path: String
    public let weight: Int
    /// What the value must end in, if anything: several providers use the same key, but each its own domain names.
    public let endings: [StaticString]

    public init(_ path: String, _ weight: Int, endingIn endings: StaticString...) {
      self.path = path
      self.weight = weight
      self.endings = endings
    }
  }

  /// How a column is filled from some paths.
  public struct Recipe: Sendable {
    enum Fill: Sendable {
      case text(@Sendable (Fields) -> Text)
      case time(@Sendable (Fields) -> Int64)
      case list(@Sendable (Fields, (Text) -> Void) -> Void)
    }

    let column: Column
    let paths: [String]
    let fill: Fill

    /// A column of text. Return `Text.none` when the record does not tell.
    public static func text(_ column: Column, _ paths: [String], _ fill: @escaping @Sendable (Fields) -> Text) -> Recipe
    {
      Recipe(column: column, paths: paths, fill: .text(fill))
    }

    /// The first path that is not empty, as it is.
    public static func first(_ column: Column, _ paths: String...) -> Recipe {
      let range = 0..<paths.count
      return Recipe(column: column, paths: paths, fill: .text { $0.first(range) })
    }

    public static func time(_ paths: [String], _ fill: @escaping @Sendable (Fields) -> Int64) -> Recipe {
      Recipe(column: .time, paths: paths, fill: .time(fill))
    }

    /// A column of several texts.
    public static func list(
      _ column: Column, _ paths: [String], _ fill: @escaping @Sendable (Fields, (Text) -> Void) -> Void
    ) -> Recipe {
      Recipe(column: column, paths: paths, fill: .list(fill))
    }
  }

  // Two strong markers, or one and several weak ones: a single key that many programs use decides nothing.
  public static let certainty = 4

  public let provider: Provider
  public let markers: [Marker]
  /// Paths that, all present, tell that a record is no event but something else of this provider (a digest).
  public let notEvents: [String]
  public let recipes: [Recipe]

  public init(provider: Provider, markers: [Marker], notEvents: [String] = [], recipes: [Recipe]) {
    self.provider = provider
    self.markers = markers
    self.notEvents = notEvents
    self.recipes = recipes
  }
}

/// The providers that are known, in the order in which equal sums of markers are decided.
public enum ProviderTables {
  public static let all: [ProviderTable] = [AWSCloudTrail.table, AlibabaActionTrail.table, TencentCloudAudit.table]
}
