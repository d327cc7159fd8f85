/// The catalogue of classes: (provider, service, action) to class, as data.
///
///     ClassEntry(.loggingTamper, "cloudtrail", "StopLogging DeleteTrail")
///     ClassEntry(.networkExposure, "ec2", "AuthorizeSecurityGroupIngress", when: .letsEverybodyIn("requestParameters"))
///     ClassEntry(.networkChange, "ec2", "AuthorizeSecurityGroupIngress")
///
/// Of several entries for one action the first whose condition holds counts, so the general one stands last. An action
/// that is not here gets a class by its verb, marked as inferred. Same names mean different things in different
/// services (`AttachPolicy`), so an entry always names the services.

/// One line of the catalogue.
struct ClassEntry: Sendable {
  let meaning: EventClass
  let services: [String]
  let actions: [String]
  let condition: ClassCondition?

  /// - Parameters:
  ///   - services: names as in column `service`, separated by blanks.
  ///   - actions: names as in the log, separated by blanks; compared without case.
  init(_ meaning: EventClass, _ services: String, _ actions: String, when condition: ClassCondition? = nil) {
    self.meaning = meaning
    self.services = services.split(whereSeparator: \.isWhitespace).map(String.init)
    self.actions = actions.split(whereSeparator: \.isWhitespace).map(String.init)
    self.condition = condition
  }
}

/// What a new value must be for a class to apply.
enum ClassCondition: Sendable {
  /// The value, or the JSON of an object, contains one of the texts.
  case contains(String, [StaticString])
  /// The value is there and its JSON holds none of the texts.
  case lacks(String, [StaticString])
  /// One of the values of one of the paths contains one of the texts.
  case holds([String], [StaticString])
  /// One of the paths has one of the values, without case.
  case equals([String], [StaticString])
  /// One of the paths is there, and not as null.
  case has([String])
  /// The value holds a policy one statement of which allows everybody, without a condition that says who.
  case opensToAll(String)
  /// The value holds a rule for connections that lets in everybody.
  case letsEverybodyIn(String, ConnectionRules.Manner = .group)
  /// The same, at a port by which machines are administrated or data is served.
  case letsEverybodyAdministrate(String, ConnectionRules.Manner = .group)
  /// The value is a whole number below the limit.
  case below(String, Int)

  var paths: [String] {
    switch self {
    case .contains(let path, _), .lacks(let path, _), .below(let path, _), .opensToAll(let path),
      .letsEverybodyIn(let path, _), .letsEverybodyAdministrate(let path, _):
      [path]
    case .equals(let paths, _), .holds(let paths, _), .has(let paths): paths
    }
  }
}

/// The entries by key, and what conditions have to look at.
final class ClassCatalogue: Sendable {
  /// A class with its condition, which may be none.
  struct Candidate: Sendable {
    let name: String
    let condition: ClassCondition?
    /// Where the condition's paths begin among `paths`.
    let firstPath: Int
  }

  static let standard = ClassCatalogue([
    .aws: ClassEntries.aws, .alibaba: ClassEntries.alibaba, .tencent: ClassEntries.tencent,
  ])

  /// All paths that conditions look at, one list after another.
  let paths: [String]
  private let candidates: [String: [Candidate]]

  init(_ entries: [Provider: [ClassEntry]]) {
    var paths: [String] = []
    var candidates: [String: [Candidate]] = [:]
    for provider in Provider.allCases {
      for entry in entries[provider] ?? [] {
        let first = paths.count
        paths += entry.condition?.paths ?? []
        let candidate = Candidate(name: entry.meaning.rawValue, condition: entry.condition, firstPath: first)
        for service in entry.services {
          for action in entry.actions {
            candidates[Self.key(provider, service, action), default: []].append(candidate)
          }
        }
      }
    }
    self.paths = paths
    self.candidates = candidates
  }

  /// The classes that an action may have, in order; empty if the catalogue does not know it.
  /// - Complexity: O(length of the names).
  func candidates(_ provider: Provider, service: String, action: String) -> [Candidate] {
    candidates[Self.key(provider, service, action)] ?? []
  }

  var count: Int { candidates.count }
  var all: [String: [Candidate]] { candidates }

  private static func key(_ provider: Provider, _ service: String, _ action: String) -> String {
    "\(provider.rawValue)/\(service.lowercased())/\(action.lowercased())"
  }
}

extension ClassCondition {
  /// - Parameter base: where the condition's own paths begin in the fields.
  func holds(_ fields: Fields, base: Int) -> Bool {
    switch self {
    case .contains(_, let needles): fields.holds(base, anyOf: needles)
    case .lacks(_, let needles): fields.has(base) && !fields.holds(base, anyOf: needles)
    case .holds(let paths, let needles): paths.indices.contains { fields.holds(base + $0, anyOf: needles) }
    case .has(let paths): paths.indices.contains { fields.hasValue(base + $0) }
    case .equals(let paths, let values): paths.indices.contains { fields.equals(base + $0, anyOf: values) }
    case .opensToAll: PolicyGrants(fields.written(base)).opensToAll
    case .letsEverybodyIn(_, let manner): ConnectionRules(fields.written(base), manner).letsEverybodyIn
    case .letsEverybodyAdministrate(_, let manner):
      ConnectionRules(fields.written(base), manner).letsEverybodyAdministrate
    case .below(_, let limit):
      Self.number(fields[base]).map { $0 < limit } ?? false
    }
  }

  private static func number(_ text: Text) -> Int? {
    guard !text.isEmpty, text.count < 10 else { return nil }
    var value = 0
    for byte in text.bytes {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }
}

extension Fields {
  /// The JSON of an object, or of the text in which it stands.
  fileprivate func written(_ path: Int) -> Text { isNested(path) ? json(path) : self[path] }

  fileprivate func equals(_ path: Int, anyOf values: [StaticString]) -> Bool {
    var isFound = false
    forEachText(path) { text in
      if !isFound { isFound = values.contains { text.matches($0) } }
    }
    return isFound
  }

  fileprivate func holds(_ path: Int, anyOf needles: [StaticString]) -> Bool {
    var isFound = false
    forEachWritten(path) { text in
      if !isFound { isFound = needles.contains { text.contains($0) } }
    }
    return isFound
  }
}
