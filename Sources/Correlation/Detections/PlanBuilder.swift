import Events
import Matching
import Rules

/// Puts the detections of a plan together, correlation by correlation.
struct PlanBuilder {
  var detections: [Detection] = []
  var taps: [[Tap]]
  var feeds: [[(detection: Int, member: Int)]] = []
  var fields: [FactField] = []
  private var places: [FactField: Int] = [:]
  /// By correlation position: its detection.
  private var correlations: [Int?] = []
  private(set) var rejections: [RuleDiagnostic] = []

  /// By correlation position: whether it waits for the configuration.
  private var isIdle: [Bool] = []
  /// By rule position: what is not configured that it asks for.
  private let waits: [String?]
  private(set) var idle: [RuleDiagnostic] = []
  private let estate: Estate
  private var joinsPeople: Bool { !estate.configuration.people.isEmpty }

  init(_ rules: [Rule], _ estate: Estate) {
    taps = [[Tap]](repeating: [], count: rules.count)
    waits = rules.map { $0.columnsNeeded.sorted { $0.name < $1.name }.lazy.compactMap(estate.missing).first }
    self.estate = estate
  }

  /// The sections of the configuration that decide what `map` gives: who the groups are made of, and columns that come
  /// from it. Everything else is asked when facts are looked at.
  func sections(of set: RuleSet) -> [String] {
    var names: Set<String> = joinsPeople ? ["people", "accounts"] : []
    let columns =
      set.rules.flatMap(\.fields).compactMap { Column(name: $0) }
      + fields.flatMap(\.sources).compactMap { source in
        if case .column(let column) = source { return column }
        return nil
      }
    for column in columns {
      switch column {
      case .environment: names.formUnion(["accounts", "environments"])
      case .sourceCountry, .sourceASN: names.insert("geoip")
      default: break
      }
    }
    return names.sorted()
  }

  private mutating func append(_ detection: Detection) -> Int {
    detections.append(detection)
    feeds.append([])
    return detections.count - 1
  }

  private mutating func place(of field: FactField) -> Int {
    if let known = places[field] { return known }
    fields.append(field)
    places[field] = fields.count - 1
    return fields.count - 1
  }

  mutating func add(_ rule: Rule, at position: Int) {
    if let reason = waits[position] {
      idle.append(
        RuleDiagnostic(
          severity: .note, code: .waitsForList, file: rule.place.file, line: rule.place.line,
          rule: rule.attributes.label, message: reason))
      return
    }
    let settings = AlertSettings(rule)
    let names = settings.groupBy ?? ["account", "actor"]
    let detection = append(
      Detection(
        kind: .single(gap: settings.gap ?? DetectionPlan.gapStandard), attributes: rule.attributes, groupNames: names,
        groupFields: names.map { [$0] },
        memberTitles: [], raisesAlerts: true))
    let group = names.map { place(of: FactField($0, logsource: rule.logsource)) }
    taps[position].append(
      Tap(
        detection: detection, member: 0, group: group, values: [], groupMayBeMissing: true,
        valuesMayBeMissing: false))
  }

  /// Behind the detections.
  mutating func handover() -> Tap {
    Tap(
      detection: detections.count, member: 0, group: [place(of: FactField(.column(.mintedKey)))],
      values: [place(of: FactField(.column(.actorKey)))], groupMayBeMissing: false, valuesMayBeMissing: false)
  }

  mutating func add(_ correlation: Correlation, _ set: RuleSet) {
    if let reason = reasonToWait(correlation) {
      idle.append(diagnostic(.rejectedReference, reason, correlation))
      isIdle.append(true)
      return correlations.append(nil)
    }
    isIdle.append(false)
    if let fault = fault(correlation) {
      rejections.append(fault)
      return correlations.append(nil)
    }
    let detection = append(
      Detection(
        kind: .correlation(correlation), attributes: correlation.attributes, groupNames: correlation.groupBy,
        groupFields: groupFields(correlation),
        memberTitles: correlation.members.map { PlanBuilder.title($0, set) }, raisesAlerts: correlation.raisesAlerts))
    correlations.append(detection)
    for (number, member) in correlation.members.enumerated() {
      switch member.target {
      case .correlation(let position):
        if let feeding = correlations[position] { feeds[feeding].append((detection, number)) }
      case .rule(let position):
        let source = set.rules[position].logsource
        let isJoined = joinsPeople && correlation.groupsByActor(ofMember: number)
        let group = correlation.groupFields(ofMember: number).map { name in
          let field = FactField(name, logsource: source)
          return place(of: isJoined ? field.joined() : field)
        }
        let values = correlation.valueFields.map { place(of: FactField($0, logsource: source)) }
        taps[position].append(
          Tap(
            detection: detection, member: number, group: group, values: values, groupMayBeMissing: false,
            valuesMayBeMissing: correlation.kind == .unexpected))
      }
    }
  }
}

extension PlanBuilder {
  /// Of the group that a correlation's alerts have: the fields of events behind each name.
  private func groupFields(_ correlation: Correlation) -> [[String]] {
    var fields = [[String]](repeating: [], count: correlation.groupBy.count)
    func add(_ name: String, _ place: Int) { if !fields[place].contains(name) { fields[place].append(name) } }
    guard correlation.looksAtEvents else { return correlation.groupBy.map { [$0] } }
    for (number, member) in correlation.members.enumerated() {
      for (place, name) in correlation.groupFields(ofMember: number).enumerated() {
        guard case .correlation(let position) = member.target else {
          add(name, place)
          continue
        }
        // A correlation's hits have the fields of its own group.
        guard let inner = correlations[position].map({ detections[$0] }),
          let own = inner.groupNames.firstIndex(where: { $0.lowercased() == name.lowercased() })
        else { continue }
        for name in inner.groupFields[own] { add(name, place) }
      }
    }
    return fields
  }

  private static func title(_ member: CorrelationMember, _ set: RuleSet) -> String {
    switch member.target {
    case .rule(let position): set.rules[position].attributes.title
    case .correlation(let position): set.correlations[position].attributes.title
    }
  }

  /// What is not configured that a correlation is about.
  private func reasonToWait(_ correlation: Correlation) -> String? {
    if let check = correlation.history?.check {
      return estate.configuration.missing(for: check, estate.locations)
    }
    for member in correlation.members {
      let isWaiting =
        switch member.target {
        case .correlation(let position): isIdle[position]
        case .rule(let position): waits[position] != nil
        }
      if isWaiting { return "refers to '\(member.reference)', which waits for the configuration" }
    }
    // A check looks at what there is.
    guard correlation.kind != .unexpected else { return nil }
    return correlation.fields.lazy.compactMap { Column(name: $0) }.compactMap(estate.missing).first
  }

  /// What keeps a correlation from being run as it is written.
  private func fault(_ correlation: Correlation) -> RuleDiagnostic? {
    for member in correlation.members {
      guard case .correlation(let position) = member.target, correlations[position] == nil else { continue }
      return diagnostic(.rejectedReference, "refers to '\(member.reference)', which cannot be run", correlation)
    }
    if let most = correlation.hitsAtMost, !correlation.canHold(upTo: most) {
      return diagnostic(
        .neverTrue, "the condition can never hold: it is looked at in windows of at most \(most) hits", correlation)
    }
    guard correlation.kind == .temporalOrdered, case .expression(let expression) = correlation.condition else {
      return nil
    }
    if expression.hasNot {
      return diagnostic(
        .badCorrelation, "temporal_ordered takes no 'not': what does not happen has no order", correlation)
    }
    guard correlation.orderedSequences.isEmpty else { return nil }
    return diagnostic(
      .badCorrelation, "the condition can be fulfilled in more than \(Correlation.alternativesMax) ways", correlation)
  }

  private func diagnostic(
    _ code: RuleDiagnostic.Code, _ message: String, _ correlation: Correlation
  ) -> RuleDiagnostic {
    RuleDiagnostic(
      severity: .error, code: code, file: correlation.place.file, line: correlation.place.line,
      rule: correlation.attributes.label, message: message)
  }
}

extension Correlation {
  /// How far the number that a threshold is about can get; nil if there is no limit that matters.
  fileprivate var hitsAtMost: Int? {
    kind == .eventCount || kind == .valueCount ? WindowQueue.countMax : nil
  }

  /// False if only numbers beyond the limit meet the threshold.
  fileprivate func canHold(upTo most: Int) -> Bool {
    guard case .threshold(let limits, _, _) = condition else { return true }
    let bounds = Bounds(limits)
    // Between two limits nothing changes, so it is enough to look on both sides of each.
    let near = limits.flatMap { limit in
      let place = Int(min(max(limit.number.approximate, 0), Correlation.countBeyond))
      return [place - 1, place, place + 1]
    }
    let holding = ([1, most, most + 1] + near).filter { $0 >= 1 && bounds.hold(Decimal($0)) }
    return holding.isEmpty || holding.contains { $0 <= most }
  }

  // No number of events is larger.
  private static let countBeyond = 1e18
}
