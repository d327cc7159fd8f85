import Testing

@testable import Events

/// Every path in a provider's table has an event in the fixtures that tells when the path is dropped.
struct MappingIsTestedTests {
  static let fixtures: [(table: ProviderTable, files: [String])] = [
    (AWSCloudTrail.table, ["aws", "aws-recorded"]),
    (AlibabaActionTrail.table, ["alibaba"]),
    (TencentCloudAudit.table, ["tencent"]),
  ]

  static let targets: [Column] = [.target, .targetType]

  /// The table with one path made unreachable: everywhere, or at one place of the recipes of some columns.
  static func without(
    _ path: String, in table: ProviderTable, columns: [Column] = Column.allCases, at place: Int? = nil
  ) -> ProviderTable {
    let recipes = table.recipes.map { recipe in
      guard columns.contains(recipe.column) else { return recipe }
      let paths = recipe.paths.enumerated().map { number, own in
        own == path && (place == nil || place == number) ? "(dropped)" : own
      }
      return ProviderTable.Recipe(column: recipe.column, paths: paths, fill: recipe.fill)
    }
    return ProviderTable(provider: table.provider, markers: table.markers, recipes: recipes)
  }

  @Test(arguments: fixtures.indices)
  func droppingAPathChangesSomeEvent(index: Int) throws {
    let (table, files) = Self.fixtures[index]
    let text = try files.flatMap { try GoldenTests.lines($0 + ".ndjson") }.joined(separator: "\n")
    let whole = try EventTable.read(text, tables: [table])
    let paths = Set(table.recipes.flatMap(\.paths)).sorted()
    let untested = try paths.filter { try EventTable.read(text, tables: [Self.without($0, in: table)]) == whole }
    #expect(untested.isEmpty)
  }

  /// A parameter may stand in several rules of the target table: each needs an event of its own.
  @Test(arguments: fixtures.indices)
  func droppingATargetRuleChangesSomeEvent(index: Int) throws {
    let (table, files) = Self.fixtures[index]
    let text = try files.flatMap { try GoldenTests.lines($0 + ".ndjson") }.joined(separator: "\n")
    let whole = try EventTable.read(text, tables: [table], columns: Self.targets)
    let recipe = try #require(table.recipes.firstIndex { $0.column == .targetType })
    let untested = try table.recipes[recipe].paths.enumerated().filter { place, path in
      guard ["requestParameters.", "responseElements.", "referencedResources."].contains(where: path.hasPrefix) else {
        return false
      }
      let thinner = Self.without(path, in: table, columns: Self.targets, at: place)
      return try EventTable.read(text, tables: [thinner], columns: Self.targets) == whole
    }
    #expect(untested.map(\.element).isEmpty)
  }
}
