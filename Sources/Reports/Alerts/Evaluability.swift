import Correlation
import Events
import Matching
import Rules

/// What each detection had to look at, account by account: silence must never read as safety.
///
/// A rule can be evaluated in an account if an event of the kind that it is about occurred there: one whose action, or the
/// class that the action may have, is what the rule asks for, unless the rule can never match without a raw field that no
/// event there had that it was looked for in. A correlation needs what its rules need: sequences all of them, things that
/// should be answered the first one, the others any.
public struct Evaluability: Sendable {
  /// Accounts of one provider in which a detection had nothing to look at.
  public struct Gap: Equatable, Sendable {
    public let provider: String
    public var accounts: [[UInt8]]
    public let reason: String
  }

  private typealias Scope = DimensionCounts.Scope

  private let scopes: [Scope]
  /// By detection: the places of the scopes in which it could be evaluated, and for which providers it is a guess.
  private var seen: [Set<Int>]
  private var guesses: [Set<String>]
  /// By detection and place of a scope: the fields for want of which rules of it could not match there.
  private var lacking: [[Int: Set<String>]]
  /// By detection and member: whether it could be evaluated anywhere.
  private let fed: [[Bool]]

  init(_ plan: DetectionPlan, _ reduction: Reduction, providers: [Set<String>]) {
    let counts = reduction.counts
    let presence = reduction.presence
    scopes = counts.actions.keys.sorted { a, b in
      a.provider == b.provider
        ? a.account.lexicographicallyPrecedes(b.account) : a.provider.lexicographicallyPrecedes(b.provider)
    }
    seen = Array(repeating: [], count: plan.detections.count)
    guesses = Array(repeating: [], count: plan.detections.count)
    lacking = Array(repeating: [:], count: plan.detections.count)
    let sights = Evaluability.sights(scopes, counts)
    var members = plan.detections.map { [Set<Int>?](repeating: nil, count: Evaluability.memberCount($0)) }
    for (rule, taps) in plan.taps.enumerated() where !taps.isEmpty {
      let needs = EventNeeds(plan.rules[rule])
      var own: Set<Int> = []
      for (place, scope) in scopes.enumerated() {
        let provider = String(decoding: scope.provider, as: UTF8.self)
        guard providers[rule].contains(provider), sights[place].contains(where: { needs.couldBe($0, of: provider) })
        else { continue }
        let site = FieldPresence.Scope(provider: scope.provider, account: scope.account)
        let fields = plan.watched.lacking(rule: rule) { presence.isLacking($0, in: site) }
        if fields.isEmpty { own.insert(place) }
        for tap in taps where !fields.isEmpty { lacking[tap.detection][place, default: []].formUnion(fields) }
      }
      for tap in taps {
        members[tap.detection][tap.member] = own
        for provider in providers[rule] where needs.isGuess(provider) { guesses[tap.detection].insert(provider) }
      }
    }
    for detection in plan.detections.indices {
      seen[detection] = Evaluability.together(members[detection], plan.detections[detection])
      for feed in plan.feeds[detection] {
        members[feed.detection][feed.member] = seen[detection]
        guesses[feed.detection].formUnion(guesses[detection])
        lacking[feed.detection].merge(lacking[detection]) { $0.union($1) }
      }
    }
    fed = members.map { $0.map { $0?.isEmpty == false } }
  }

  private static func memberCount(_ detection: Detection) -> Int {
    if case .correlation(let correlation) = detection.kind { return correlation.members.count }
    return 1
  }

  /// What all rules of a detection together can look at.
  private static func together(_ members: [Set<Int>?], _ detection: Detection) -> Set<Int> {
    let known = members.map { $0 ?? [] }
    guard case .correlation(let correlation) = detection.kind else { return known.first ?? [] }
    guard correlation.couldHold(known.map { !$0.isEmpty }) else { return [] }
    switch correlation.kind {
    case .unmatched, .neverUsed, .overstay, .interval: return known.first ?? []
    // The steps of one sequence may be in several accounts: each has to be somewhere.
    default: return known.reduce(into: Set<Int>()) { $0.formUnion($1) }
    }
  }

  /// Whether a detection could find something if some of its members, which are there, had nothing to say.
  func couldHold(_ detection: Int, _ correlation: Correlation, without starved: Set<Int>) -> Bool {
    correlation.couldHold(fed[detection].enumerated().map { $1 && !starved.contains($0) })
  }

  private static func sights(_ scopes: [Scope], _ counts: DimensionCounts) -> [Set<EventNeeds.Sight>] {
    let classes = PossibleClasses()
    return scopes.map { scope in
      let provider = Provider(name: String(decoding: scope.provider, as: UTF8.self)) ?? .unknown
      return Set(
        (counts.actions[scope] ?? []).map { sight in
          let action = String(decoding: sight.action, as: UTF8.self)
          return EventNeeds.Sight(
            action: sight.action.lowercased, outcome: sight.outcome.lowercased,
            classes: classes.classes(provider, action).sorted().map { Array($0.lowercased().utf8) })
        })
    }
  }

  func isSeenAnywhere(_ detection: Int) -> Bool { !seen[detection].isEmpty }

  /// The fields that events of a detection's kind lack wherever there are any; nil if there are none.
  func lackingEverywhere(_ detection: Int) -> String? {
    let fields = lacking[detection].values.reduce(into: Set<String>()) { $0.formUnion($1) }
    return fields.isEmpty ? nil : Evaluability.lack(fields)
  }

  private static func lack(_ fields: Set<String>) -> String {
    "events of this kind lack \(fields.sorted().joined(separator: ", "))"
  }

  /// Where a detection had nothing to look at.
  ///
  /// - Parameter providers: those on whose events it runs.
  func gaps(of detection: Int, providers: Set<String>) -> [Gap] {
    var gaps: [Gap] = []
    for name in providers.sorted() {
      let places = scopes.indices.filter { place in
        !seen[detection].contains(place) && scopes[place].provider.elementsEqual(name.utf8)
      }
      let isGuess = guesses[detection].contains(name)
      let none = isGuess ? "no such event has been seen; how \(name) logs them is a guess" : "no event of this kind"
      let reasons = places.map { place in lacking[detection][place].map(Evaluability.lack) ?? none }
      for reason in Set(reasons).sorted() {
        let accounts = zip(places, reasons).filter { $0.1 == reason }.map { scopes[$0.0].account }
        gaps.append(Gap(provider: name, accounts: accounts, reason: reason))
      }
    }
    return gaps
  }
}

extension Correlation {
  /// Whether it could find something with members of which some had nothing to look at.
  fileprivate func couldHold(_ fed: [Bool]) -> Bool {
    switch kind {
    case .unmatched, .neverUsed, .overstay, .interval: return fed.first ?? false
    case .sameActor: return fed.allSatisfy { $0 }
    case .temporal, .temporalOrdered:
      switch condition {
      case .allMembers: return fed.allSatisfy { $0 }
      case .expression(let expression): return fed.contains(true) && expression.could(be: true, fed)
      case .threshold: return fed.contains(true)
      }
    default: return fed.contains(true)
    }
  }
}

extension MemberExpression {
  /// A member with nothing to look at is false; any other may be either.
  fileprivate func could(be wanted: Bool, _ fed: [Bool]) -> Bool {
    switch self {
    case .not(let inner): return inner.could(be: !wanted, fed)
    case .and(let members), .or(let members):
      let isEach = if case .and = self { wanted } else { !wanted }
      return isEach
        ? members.allSatisfy { $0.could(be: wanted, fed) } : members.contains { $0.could(be: wanted, fed) }
    case .member(let place): return !wanted || (place < fed.count && fed[place])
    }
  }
}
