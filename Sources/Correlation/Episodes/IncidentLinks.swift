import Configuration
import Events
import Matching

/// What alerts can have in common, so that they are one incident.
struct IncidentLink: Hashable {
  enum Kind { case person, name, session, key }
  let kind: Kind
  /// Of names that mean somebody only in an account.
  var account: UInt32 = 0
  /// A text without case (see `Ties.Tie`), or the place of a person in the configuration.
  let number: UInt64
}

/// Says by what alerts are linked: it knows who people are.
///
/// A name means one somebody in an account: `admin` and `root` are others in the next account. A name that is made to mean
/// the same everywhere, an ARN or a mail address, means one in all accounts, and so does the name of a person that the
/// configuration knows. An alert that is itself about one name in several accounts joins those that bear it there.
struct IncidentLinks {
  private let texts: ReduceTexts
  private let plan: DetectionPlan
  /// By name without case: places of people in the configuration.
  private let people: [[UInt8]: Int]
  private var known: [Ties.Tie: IncidentLink] = [:]
  // Callers come again and again; whoever makes them up makes this begin anew.
  private static let knownMax = 1 << 16

  init(_ texts: ReduceTexts, _ plan: DetectionPlan) {
    self.texts = texts
    self.plan = plan
    var people: [[UInt8]: Int] = [:]
    for (place, person) in (plan.people?.people ?? []).enumerated() {
      people[CaseFolding.folded(Array(person.name.utf8))] = place
    }
    self.people = people
  }

  mutating func all(_ episode: Episode) -> Set<IncidentLink> {
    var links: Set<IncidentLink> = []
    for tie in episode.ties.all where IncidentLinks.joins(tie.kind, episode.ties) { links.insert(link(tie)) }
    if let person = person(ofGroup: episode) { links.insert(person) }
    return links
  }

  /// Of an alert of many callers nothing is any one's but what all share; a key that it made is one whoever made it.
  private static func joins(_ kind: Ties.Kind, _ ties: Ties) -> Bool {
    guard ties.isOfMany else { return true }
    switch kind {
    case .actor: return false
    case .issuer: return !ties.isMixed(.actorIssuer)
    case .session: return !ties.isMixed(.sessionKey)
    case .key: return !ties.isMixed(.actorKey)
    case .minted: return true
    }
  }

  private mutating func link(_ tie: Ties.Tie) -> IncidentLink {
    switch tie.kind {
    case .session: return IncidentLink(kind: .session, number: tie.text)
    case .key, .minted: return IncidentLink(kind: .key, number: tie.text)
    case .actor, .issuer: break
    }
    if let link = known[tie] { return link }
    let link = link(ofCaller: tie)
    if known.count >= IncidentLinks.knownMax { known.removeAll(keepingCapacity: true) }
    known[tie] = link
    return link
  }

  private func link(ofCaller tie: Ties.Tie) -> IncidentLink {
    let name = texts.text(UInt32(truncatingIfNeeded: tie.text))
    if let configuration = plan.people {
      let account = texts.text(tie.account)
      let place = name.withUnsafeBytes { name in
        account.withUnsafeBytes { configuration.person(of: name, account: $0) }
      }
      if let place { return IncidentLink(kind: .person, number: UInt64(place)) }
    }
    return IncidentLink(kind: .name, account: IncidentLinks.isOfAllAccounts(name) ? 0 : tie.account, number: tie.text)
  }

  /// The identities of a person are one in groups: those of an alert that is grouped by caller tell who it is.
  private func person(ofGroup episode: Episode) -> IncidentLink? {
    guard !people.isEmpty else { return nil }
    let names = plan.detections[episode.detection].groupNames
    guard let place = names.firstIndex(of: Dimension.actor.name) else { return nil }
    let group = texts.tuple(episode.group)
    guard place < group.count, let person = people[CaseFolding.folded(texts.text(group[place]))] else { return nil }
    return IncidentLink(kind: .person, number: UInt64(person))
  }

  /// `arn:aws:iam::111122223333:role/Admin`, `acs:ram::1:role/admin`, `ann@example.com`; not `Admin/ann@example.com`, which
  /// is whatever the role Admin was told.
  static func isOfAllAccounts(_ name: [UInt8]) -> Bool {
    for prefix in ["arn:", "acs:", "qcs:"] where name.starts(with: prefix.utf8) { return true }
    let parts = name.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[1].dropFirst().dropLast().contains(UInt8(ascii: ".")) else {
      return false
    }
    return !name.contains { $0 <= UInt8(ascii: " ") || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }
  }
}
