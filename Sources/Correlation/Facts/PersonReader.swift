import Configuration
import Events

/// Joins the identities of people for the groups of correlations: `actor` becomes the person's name and `account` a `*`,
/// so that what one human being does under several identities and in several accounts is one group.
struct PersonReader: Sendable {
  /// What names the caller, then the accounts that the names belong to. The last is where the event happened.
  static let columns: [Column] = [.actor, .actorID, .actorIssuer, .actorKey, .actorAccount, .account]
  private static let namesCount = 4
  // Names of sessions are the attacker's: the table is begun again before they fill the memory.
  private static let knownMax = 1 << 16
  static let everywhere = Array("*".utf8)

  private let configuration: Configuration?
  private var known: [[UInt8]: Int?] = [:]

  init(_ configuration: Configuration?) { self.configuration = configuration }

  /// The name of the person behind an event; nil if none is known.
  mutating func person(_ texts: [Text]) -> [UInt8]? {
    guard let configuration, texts.count == PersonReader.columns.count else { return nil }
    var key: [UInt8] = []
    for text in texts {
      key.append(contentsOf: text.bytes)
      key.append(0)
    }
    let place: Int?
    if let found = known[key] {
      place = found
    } else {
      if known.count >= PersonReader.knownMax { known.removeAll(keepingCapacity: true) }
      place = PersonReader.place(texts, configuration)
      known[key] = .some(place)
    }
    return place.map { Array(configuration.people[$0].name.utf8) }
  }

  private static func place(_ texts: [Text], _ configuration: Configuration) -> Int? {
    let own = texts[namesCount].isEmpty ? texts[namesCount + 1] : texts[namesCount]
    for name in texts.prefix(namesCount) where !name.isEmpty {
      if let place = configuration.person(of: name.bytes, account: own.bytes) { return place }
    }
    return nil
  }
}
