/// Rules and correlations of every type, as YAML, with whatever the types allow.

import Rules

struct RandomRules {
  /// All types but the one that asks a configuration, which is no matter of order or time.
  static let kinds = CorrelationKind.allCases.filter { $0 != .unexpected }

  private(set) var text = ""
  /// By the rule's name: what it matches.
  private(set) var matches: [String: (ReferenceEvent) -> Bool] = [:]
  private var names: [String] = []
  /// Names of the correlations so far, and what they are grouped by.
  private var correlations: [(name: String, groupBy: [String])] = []
  private let grid: Grid

  static let groupFields = [
    "actor", "userIdentity.userName", "src_ip", "src_network", "account", "requestParameters.tags", "sourceIPAddress",
    "requestParameters.owner",
  ]

  init(_ dice: inout Dice, _ grid: Grid, kinds: [CorrelationKind]) {
    self.grid = grid
    for number in 0..<5 { addRule(number, &dice) }
    for (number, kind) in kinds.enumerated() { addCorrelation(number, kind, &dice) }
  }

  // MARK: Rules

  private mutating func addRule(_ number: Int, _ dice: inout Dice) {
    let name = "r\(number)"
    let actions = dice.some(RandomArchive.actions, atMost: 3)
    let account = dice.once(in: 4) ? "444455556666" : nil
    matches[name] = { actions.contains($0.action) && (account == nil || $0.account != account) }
    names.append(name)
    text += """
      title: Rule \(number)
      id: 00000000-0000-4000-8000-00000000000\(number)
      name: \(name)
      status: test
      logsource: {product: aws, service: cloudtrail}
      detection:
        own: {eventName: [\(actions.joined(separator: ", "))]}
      \(account.map { "  other: {recipientAccountId: '\($0)'}\n  condition: own and not other" } ?? "  condition: own")

      """
    if dice.once(in: 3) {
      let fields = dice.some(RandomRules.groupFields, atMost: 2)
      text += "alert: {group-by: [\(fields.joined(separator: ", "))], gap: \(dice.pick(["5m", "61s", "2m"]))}\n"
    }
    text += "---\n"
  }

  // MARK: Correlations

  private func span(_ dice: inout Dice, _ range: ClosedRange<Int>) -> String { "\(grid.step * dice.within(range))s" }

  private mutating func addCorrelation(_ number: Int, _ kind: CorrelationKind, _ dice: inout Dice) {
    var members = dice.some(names, atMost: 4)
    var groupBy = dice.once(in: 5) ? [] : dice.some(RandomRules.groupFields, atMost: dice.once(in: 3) ? 2 : 1)
    var chained: [String]?
    if let inner = correlations.randomElement(&dice), dice.once(in: 3), !fixedMembers(kind) {
      members = dice.once(in: 2) ? [inner.name] : [inner.name, dice.pick(names)]
      if kind == .temporal || kind == .temporalOrdered, members.count == 1 { members.append(dice.pick(names)) }
      groupBy = inner.groupBy.isEmpty || dice.once(in: 5) ? [] : dice.some(inner.groupBy)
      chained = inner.groupBy
    }
    if let count = memberCount(kind, &dice) { members = Array(dice.shuffled(names).prefix(count)) }
    // Histories need groups that are often there.
    if kind.isHistory, chained == nil, dice.once(in: 2) { groupBy = [dice.pick(["account", "actor"])] }
    if groupBy.isEmpty, kind.isHistory, kind != .outsideHours { groupBy = [chained?.first ?? "actor"] }
    if kind == .after { groupBy = [dice.pick(["actor", "requestParameters.owner"])] }
    let name = "c\(number)"
    var lines = ["type: \(kind.rawValue)", "rules: [\(members.joined(separator: ", "))]"]
    let aliases = aliases(&groupBy, members, isAllowed: chained == nil && kind != .after, &dice)
    if !groupBy.isEmpty { lines.append("group-by: [\(groupBy.joined(separator: ", "))]") }
    lines += aliases
    if dice.once(in: 3) { lines.append("generate: true") }
    let fields = kind.isHistory && dice.once(in: 2) ? ["src_network", "actor"] : RandomRules.groupFields
    let field = chained?.randomElement(&dice) ?? dice.pick(fields)
    lines += kind.isHistory ? history(kind, field, &dice) : sigma(kind, members, field, &dice)
    correlations.append((name, groupBy))
    text += """
      title: Correlation \(number)
      name: \(name)
      status: test
      correlation:
      \(lines.map { "  \($0)" }.joined(separator: "\n"))
      ---

      """
  }

  private func fixedMembers(_ kind: CorrelationKind) -> Bool {
    [.neverUsed, .unmatched, .interval, .overstay, .sameActor, .rate, .after].contains(kind)
  }

  private func memberCount(_ kind: CorrelationKind, _ dice: inout Dice) -> Int? {
    switch kind {
    case .neverUsed, .unmatched, .interval, .sameActor, .rate: 2
    case .overstay: dice.within(1...3)
    default: nil
    }
  }

  /// A group's field under another name, in some or all of the rules.
  private func aliases(
    _ groupBy: inout [String], _ members: [String], isAllowed: Bool, _ dice: inout Dice
  ) -> [String] {
    guard isAllowed, !groupBy.isEmpty, dice.once(in: 4) else { return [] }
    let name = dice.pick(["who", "actor"])
    groupBy[0] = name
    groupBy = groupBy.enumerated().filter { $0.offset == 0 || $0.element != name }.map(\.element)
    let fields = dice.some(members).map { member in
      "\(member): \(dice.pick(["actor", "requestParameters.owner", "requestParameters.tags"]))"
    }
    return ["aliases:", "  \(name): {\(fields.joined(separator: ", "))}"]
  }

  // MARK: Sigma

  private func sigma(_ kind: CorrelationKind, _ members: [String], _ field: String, _ dice: inout Dice) -> [String] {
    let span = dice.once(in: 8) ? "1s" : span(&dice, 1...6)
    var lines = ["timespan: \(span)"]
    switch kind {
    case .eventCount: lines.append("condition: {\(bounds(&dice, ["1", "2", "3", "4"]))}")
    case .valueCount:
      let fields = dice.once(in: 3) ? "[\(field), requestParameters.bytes]" : field
      lines.append("condition: {field: \(fields), \(bounds(&dice, ["1", "2", "3"]))}")
    case .temporal, .temporalOrdered:
      if dice.once(in: 3) { break }
      if dice.once(in: 3) {
        lines.append("condition: {\(bounds(&dice, ["1", "2", "3"]))}")
      } else {
        let hasNot = kind == .temporal && dice.once(in: 2)
        lines.append("condition: \(expression(members, hasNot: hasNot, &dice))")
      }
    default:
      let percentile = kind == .valuePercentile ? ", percentile: \(dice.pick(["50", "90", "33.3", "0", "100"]))" : ""
      let limits = ["0", "1", "2.5", "5", "-1", "100", "6.25"]
      lines.append("condition: {field: requestParameters.bytes, \(bounds(&dice, limits))\(percentile)}")
    }
    return lines
  }

  private func bounds(_ dice: inout Dice, _ numbers: [String]) -> String {
    if dice.once(in: 5) {
      return "\(dice.pick(["gt", "gte"])): \(numbers[0]), \(dice.pick(["lt", "lte"])): \(numbers[numbers.count - 2])"
    }
    let comparison = dice.pick(["gte", "gte", "gt", "lt", "lte", "eq", "neq"])
    return "\(comparison): \(comparison == "lt" ? numbers[numbers.count - 1] : dice.pick(numbers))"
  }

  /// A statement that mentions each of the rules.
  private func expression(_ members: [String], hasNot: Bool, _ dice: inout Dice) -> String {
    var parts = members
    while parts.count > 1 {
      let (a, b) = (parts.removeFirst(), parts.removeFirst())
      let joint = "(\(a) \(dice.pick(["and", "or"])) \(hasNot && dice.once(in: 2) ? "not " : "")\(b))"
      parts.append(joint)
      parts = dice.shuffled(parts)
    }
    return hasNot && dice.once(in: 4) ? "not \(parts[0])" : parts[0]
  }

  // MARK: History

  private func history(_ kind: CorrelationKind, _ field: String, _ dice: inout Dice) -> [String] {
    let spans = kind == .rate ? 1...2 : kind == .overlap || kind == .sameActor ? 4...20 : 1...6
    var lines = ["timespan: \(span(&dice, spans))"]
    let learning = "learning: \(span(&dice, dice.once(in: 2) ? 1...3 : 1...8))"
    switch kind {
    case .firstSeen:
      lines += ["field: \(field)", learning]
      if dice.once(in: 2) { lines.append("unless-peers: \(dice.within(1...2))") }
    case .rare:
      lines += ["field: \(field)", learning, "fewer-than: \(dice.within(1...2))", "peers-min: \(dice.within(1...2))"]
    case .rate:
      // Hours within weeks: then buckets of one hour of the week come round.
      if grid.step == 7 * 86_400 { lines[0] = "timespan: \(dice.pick(["1h", "1h", "30m", "1w", "1d"]))" }
      let ratio = dice.pick(["1.5", "2", "3.25"])
      lines += [learning, "condition: {ratio: \(ratio), floor: \(dice.within(1...3))}"]
      if dice.once(in: 2) { lines.append("measure: share") }
    case .travel:
      lines.append("field: \(dice.pick(["src_ip", "sourceIPAddress"]))")
      lines.append("fallback: {networks: \(dice.within(2...3)), within: \(span(&dice, 1...4))}")
      lines.append("speed: \(dice.pick(["900", "100", "5"]))")
      if dice.once(in: 2) { lines.append("exclude: [192.0.2.0/24]") }
    case .overlap, .sameActor: lines.append("field: \(field)")
    case .outsideHours:
      lines.append("hours: \"\(dice.pick(["08:00-19:00", "22:00-06:00", "00:00-24:00", "12:00-12:01"]))\"")
      if dice.once(in: 2) { lines.append("days: [\(dice.pick(["mon-fri", "sat, sun", "sun-mon"]))]") }
      if dice.once(in: 2) { lines.append("tz: \"\(dice.pick(["+08:00", "-03:30", "UTC"]))\"") }
    case .after: lines.append("dates: {alice: \(date(&dice)), ärger: \(date(&dice)), KIM: 2026-01-01}")
    case .gap: lines.append(learning)
    default: break
    }
    return lines
  }

  private func date(_ dice: inout Dice) -> String { dice.pick(["2026-01-05", "2026-01-08", "2026-01-20"]) }
}

extension Array {
  fileprivate func randomElement(_ dice: inout Dice) -> Element? { isEmpty ? nil : dice.pick(self) }
}
