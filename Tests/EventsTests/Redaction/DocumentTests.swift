/// The page for readers lists what the table holds.
import Foundation
import Testing

@testable import Events

private let page: URL = {
  var folder = URL(fileURLWithPath: #filePath)
  // Redaction, EventsTests, Tests, the checkout.
  for _ in 0..<4 { folder.deleteLastPathComponent() }
  return folder.appendingPathComponent("docs/REDACTION.md")
}()

@Suite struct DocumentTests {
  @Test(arguments: [
    ("Names of secrets", SecretTable.names), ("One-time codes", SecretTable.codes),
    ("Names of a secret or of its id", SecretTable.ambiguous),
    ("Names that may describe a secret", SecretTable.shallow),
    ("Endings", SecretTable.suffixes), ("Last words", SecretTable.lastWords),
    ("Exceptions", SecretTable.exceptions), ("Parameters", SecretTable.parameters),
    ("Headers", SecretTable.headers), ("Pairs: the first name", SecretTable.pairNames),
    ("Pairs: the second name", SecretTable.pairValues), ("Tokens", SecretTable.tokenPrefixes.map(\.prefix)),
    ("Ids", SecretTable.idPrefixes), ("Masks", SecretTable.masks),
  ])
  func thePageListsTheTable(title: String, entries: [String]) throws {
    let text = try String(contentsOf: page, encoding: .utf8)
    let section = try #require(text.components(separatedBy: "\n## ").first { $0.hasPrefix(title + "\n") })
    // The list is the last paragraph; what explains it stands before.
    let list = section.trimmingCharacters(in: .newlines).components(separatedBy: "\n\n").last ?? ""
    let listed = list.split(separator: "`").enumerated().filter { $0.offset % 2 == 0 }.map { String($0.element) }
    #expect(listed == entries)
  }
}
