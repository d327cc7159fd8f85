// Puts the documents of all files together: references by id, name or title, the order of correlations, filters, and
// which rules raise alerts themselves.

struct RuleLinker {
  /// A rule or a correlation draft by position.
  enum Entity: Hashable {
    case rule(Int)
    case correlation(Int)
  }

  var result = RuleSet()
  private(set) var drafts: [CorrelationDraft] = []
  private var byID: [String: [Entity]] = [:]
  private var byName: [String: [Entity]] = [:]
  private(set) var byTitle: [String: [Entity]] = [:]
  private(set) var rejected: Set<String> = []
  /// Those of them that wait for the configuration.
  private(set) var waiting: Set<String> = []
  /// Of the drafts that were taken, among the correlations.
  private var places: [Int: Int] = [:]
  private var budget = FieldBudget()
  /// How many of the rejected documents `rejected` knows.
  private var rejectedSeen = 0

  static func link(_ files: [RuleFile]) -> RuleSet {
    var linker = RuleLinker()
    let others = Set(files.lazy.filter { !$0.givesWay }.flatMap(\.ids))
    for file in files { linker.collect(file.givesWay ? file.without(others) : file) }
    linker.index()
    linker.warnOfDuplicates()
    linker.applyFilters()
    linker.linkCorrelations()
    linker.markFeeders()
    linker.markSilent()
    linker.sortDiagnostics(files)
    return linker.result
  }

  private mutating func collect(_ file: RuleFile) {
    result.diagnostics += file.diagnostics
    let places = file.rules.map { admit($0.rule) }
    for var draft in file.correlations {
      if let rule = draft.translatedFrom {
        guard let place = places[rule] else { continue }
        draft.translatedFrom = place
      }
      drafts.append(draft)
    }
    for filter in file.filters {
      if let fault = budget.fault(taking: filter.predicate) {
        refuse(filter.attributes, fault)
      } else {
        result.filters.append(filter)
      }
    }
    result.rejected += file.rejected
    for document in result.rejected[rejectedSeen...] {
      let names = [document.id, document.name, document.title].compactMap { $0 }
      rejected.formUnion(names)
      if document.waits { waiting.formUnion(names) }
    }
    rejectedSeen = result.rejected.count
  }

  /// The rule's place; nil if the rules before it leave no room for its fields.
  private mutating func admit(_ rule: Rule) -> Int? {
    if let fault = budget.fault(taking: rule.predicate) {
      refuse(rule.attributes, fault)
      return nil
    }
    result.rules.append(rule)
    return result.rules.count - 1
  }

  private mutating func refuse(_ attributes: RuleAttributes, _ fault: RuleFault) {
    report(.error, fault.code, fault.message, attributes)
    reject(attributes)
  }

  private mutating func index() {
    for (position, rule) in result.rules.enumerated() where !rule.isAggregated {
      index(.rule(position), rule.attributes)
    }
    for (position, draft) in drafts.enumerated() { index(.correlation(position), draft.attributes) }
  }

  private mutating func index(_ entity: Entity, _ attributes: RuleAttributes) {
    if let id = attributes.id { byID[id, default: []].append(entity) }
    if let name = attributes.name { byName[name, default: []].append(entity) }
    byTitle[attributes.title, default: []].append(entity)
  }

  mutating func report(
    _ severity: RuleDiagnostic.Severity, _ code: RuleDiagnostic.Code, _ message: String, _ attributes: RuleAttributes,
    line: Int? = nil
  ) {
    result.diagnostics.append(
      RuleDiagnostic(
        severity: severity, code: code, file: attributes.place.file, line: line ?? attributes.place.line,
        rule: attributes.label, message: message))
  }

  mutating func reject(_ attributes: RuleAttributes, waits: Bool = false, isSilent: Bool = false) {
    result.rejected.append(
      RejectedDocument(
        id: attributes.id, name: attributes.name, title: attributes.title, place: attributes.place,
        level: attributes.level?.name, waits: waits, isSilent: isSilent))
  }

  private func attributes(of entity: Entity) -> RuleAttributes {
    switch entity {
    case .rule(let position): result.rules[position].attributes
    case .correlation(let position): drafts[position].attributes
    }
  }

  private mutating func warnOfDuplicates() {
    let sets: [([String: [Entity]], RuleDiagnostic.Code, String)] = [
      (byID, .duplicateID, "id"), (byTitle, .duplicateTitle, "title"), (byName, .ambiguousReference, "name"),
    ]
    for (index, code, what) in sets {
      for (value, entities) in index where entities.count > 1 {
        let first = attributes(of: entities[0]).place
        for entity in entities.dropFirst() {
          let message = "\(what) \(Quoted(value)) is used already at \(first.file):\(first.line)"
          report(.warning, code, message, attributes(of: entity))
        }
      }
    }
  }

  private mutating func sortDiagnostics(_ files: [RuleFile]) {
    var order: [String: Int] = [:]
    for diagnostic in files.lazy.flatMap(\.diagnostics) where order[diagnostic.file] == nil {
      order[diagnostic.file] = order.count
    }
    let places = result.rules.map(\.attributes.place) + drafts.map(\.attributes.place)
    for place in places + result.filters.map(\.attributes.place) where order[place.file] == nil {
      order[place.file] = order.count
    }
    let keyed = result.diagnostics.enumerated().map { (order[$1.file] ?? .max, $1.line, $1.message, $0, $1) }
    result.diagnostics = keyed.sorted { ($0.0, $0.1, $0.2, $0.3) < ($1.0, $1.1, $1.2, $1.3) }.map(\.4)
  }

  // MARK: References

  /// What a reference means: by id, else by name, else by title.
  private mutating func look(up reference: String, for attributes: RuleAttributes) throws(RuleFault) -> Entity {
    if let found = byID[reference.lowercased()] { return found[0] }
    if let found = byName[reference] {
      guard found.count == 1 else {
        throw RuleFault(.ambiguousReference, "name \(Quoted(reference)) belongs to several rules; refer by id")
      }
      return found[0]
    }
    if let found = byTitle[reference] {
      guard found.count == 1 else {
        throw RuleFault(.ambiguousReference, "title \(Quoted(reference)) belongs to several rules; refer by id")
      }
      let message = "\(Quoted(reference)) is a title; other tools refer by id or name only"
      report(.warning, .referenceByTitle, message, attributes)
      return found[0]
    }
    if waiting.contains(reference) {
      throw RuleFault(
        .waitsForList, "rule \(Quoted(reference)) waits for a list of the configuration, and so does this")
    }
    if rejected.contains(reference) {
      throw RuleFault(.rejectedReference, "rule \(Quoted(reference)) was rejected, so nothing can feed this")
    }
    let hint = Suggestion.hint(for: reference, among: byName.keys.sorted())
    throw RuleFault(.unknownReference, "no rule has the id or name \(Quoted(reference))\(hint)")
  }

  private mutating func linkCorrelations() {
    var entities: [[Entity]?] = []
    var idle: Set<Int> = []
    for (position, draft) in drafts.enumerated() {
      do throws(RuleFault) {
        let members = try resolveMembers(draft)
        if let fault = budget.fault(taking: draft.fields) { throw fault }
        entities.append(members)
      } catch {
        report(error.severity, error.code, error.message, draft.attributes)
        entities.append(nil)
        if error.code == .waitsForList { idle.insert(position) }
      }
    }
    let order = CorrelationOrder(entities)
    for position in order.cyclic {
      report(.error, .cyclicReference, "the correlation refers to itself through others", drafts[position].attributes)
    }
    for position in order.tooDeep {
      let message = "correlations of correlations go deeper than \(SigmaLimits.correlationDepthMax) levels"
      report(.error, .cyclicReference, message, drafts[position].attributes)
    }
    let accepted = Set(order.accepted)
    for position in order.orphaned {
      let lost = (entities[position] ?? []).compactMap(\.correlationPosition).filter { !accepted.contains($0) }
      if idle.isSuperset(of: lost) {
        idle.insert(position)
        let message = "a correlation that this one refers to waits for a list of the configuration"
        report(.note, .waitsForList, message, drafts[position].attributes)
      } else {
        let message = "a correlation that this one refers to was rejected"
        report(.error, .rejectedReference, message, drafts[position].attributes)
      }
    }
    for position in order.accepted {
      guard let members = entities[position] else { continue }
      places[position] = result.correlations.count
      result.correlations.append(drafts[position].linked(to: members, places))
    }
    for (position, draft) in drafts.enumerated() where places[position] == nil {
      reject(draft.attributes, waits: idle.contains(position))
    }
  }

  private mutating func resolveMembers(_ draft: CorrelationDraft) throws(RuleFault) -> [Entity] {
    if let rule = draft.translatedFrom { return [.rule(rule)] }
    var members: [Entity] = []
    for reference in draft.references {
      let entity = try look(up: reference, for: draft.attributes)
      if let place = entity.correlationPosition, drafts[place].history?.check?.looksAtEvents == false {
        throw RuleFault(.badCorrelation, "rule \(Quoted(reference)) looks at no events, so it cannot feed this")
      }
      members.append(entity)
    }
    guard Set(members).count == members.count else {
      throw RuleFault(.badCorrelation, "'rules' names one rule in two ways")
    }
    return members
  }

  // MARK: Alerts

  /// What was written to feed correlations that wait or were rejected: without them it does not tell of each event instead.
  private var lostFeeders: [Entity] {
    drafts.enumerated().filter { places[$0] == nil && $1.translatedFrom == nil && !$1.generate }.flatMap { _, draft in
      draft.references.compactMap { (byID[$0.lowercased()] ?? byName[$0] ?? byTitle[$0])?.first }
    }
  }

  /// The same for what was left out.
  private mutating func markSilent() {
    var alerting: Set<String> = []
    var feeding: Set<String> = []
    for draft in drafts where draft.translatedFrom == nil {
      let names = draft.references.flatMap { [$0, $0.lowercased()] }
      feeding.formUnion(names)
      if draft.generate { alerting.formUnion(names) }
    }
    for (place, document) in result.rejected.enumerated() {
      let names = Set([document.id, document.name, document.title].compactMap(\.self))
      guard !names.isDisjoint(with: feeding), names.isDisjoint(with: alerting) else { continue }
      result.rejected[place].isSilent = true
    }
  }

  /// A rule that feeds correlations raises no alert itself, unless one of them says `generate: true`.
  private mutating func markFeeders() {
    var rules: [Int: Bool] = [:]
    var correlations: [Int: Bool] = [:]
    for correlation in result.correlations {
      for member in correlation.members {
        switch member.target {
        case .rule(let position): rules[position, default: false] = rules[position] ?? false || correlation.generate
        case .correlation(let position):
          correlations[position, default: false] = correlations[position] ?? false || correlation.generate
        }
      }
    }
    for entity in lostFeeders {
      switch entity {
      case .rule(let position): rules[position] = rules[position] ?? false
      case .correlation(let draft):
        if let position = places[draft] { correlations[position] = correlations[position] ?? false }
      }
    }
    for (position, raises) in rules { result.rules[position].raisesAlerts = raises }
    for (position, raises) in correlations { result.correlations[position].raisesAlerts = raises }
    // A translated rule whose correlation was lost must not turn into a single-event rule.
    for position in result.rules.indices where result.rules[position].isAggregated {
      result.rules[position].raisesAlerts = false
    }
  }
}
