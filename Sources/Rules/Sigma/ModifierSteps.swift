// Runs the modifiers of an item over one value, from left to right, with the type each of them asks for.

struct ModifierSteps {
  let modifiers: [Modifier]
  let placeholders: Placeholders
  /// What works on values, in the order in which it does.
  private let order: [Modifier]

  init(_ modifiers: [Modifier], _ placeholders: Placeholders) {
    self.modifiers = modifiers
    self.placeholders = placeholders
    order = Self.order(modifiers)
  }

  /// Placeholders are filled in first, wherever `expand` stands: no other modifier knows what they stand for. Only `re`
  /// goes before, so that the values are taken as expressions.
  private static func order(_ modifiers: [Modifier]) -> [Modifier] {
    let own = modifiers.filter { !$0.isOfItem }
    guard own.contains(.expand) else { return own }
    let others = own.filter { $0 != .expand }
    return others.first == .re ? [.re, .expand] + others.dropFirst() : [.expand] + others
  }

  func run(
    on written: WrittenValue, isKeyword: Bool, _ remarks: inout [ItemRemark]
  ) throws(RuleFault) -> SteppedValue {
    var value = Self.start(written, isKeyword: isKeyword, takesSource: modifiers.contains(.re))
    if order == [.expand, .cidr], let table = placeholders.table(of: value) { return .networks(table) }
    for modifier in order {
      if modifier == .expand {
        value = try placeholders.expand(value, &remarks)
      } else {
        value = try Self.mapAlternatives(value) { (one) throws(RuleFault) in try Self.step(modifier, one) }
      }
    }
    try Self.check(value, &remarks)
    return value
  }

  /// Throws if a modifier cannot stand where it does, whatever the values.
  func checkPlaces(isKeyword: Bool) throws(RuleFault) {
    for (index, modifier) in modifiers.enumerated() where !modifier.isOfItem {
      try checkPlace(of: modifier, at: index, isKeyword: isKeyword)
    }
  }

  private static func start(_ written: WrittenValue, isKeyword: Bool, takesSource: Bool) -> SteppedValue {
    switch written {
    case .text(let text): return .text(TextPattern(sigma: text), source: text)
    case .number(_, let source) where isKeyword || takesSource:
      return .text(TextPattern(literal: source), source: source)
    case .number(let number, let source): return .number(number, source: source)
    case .bool(_, let source) where isKeyword: return .text(TextPattern(literal: source), source: source)
    case .bool(let value, _): return .bool(value)
    case .null: return .null
    }
  }

  static func mapAlternatives(
    _ value: SteppedValue, _ body: (SteppedValue) throws(RuleFault) -> SteppedValue
  ) throws(RuleFault) -> SteppedValue {
    guard case .any(let members) = value else { return try body(value) }
    var result: [SteppedValue] = []
    result.reserveCapacity(members.count)
    for member in members {
      let mapped = try mapAlternatives(member, body)
      if case .any(let inner) = mapped { result += inner } else { result.append(mapped) }
    }
    guard result.count <= SigmaLimits.expansionsMax else {
      throw RuleFault(.tooManyTests, "one value expands to more than \(SigmaLimits.expansionsMax) alternatives")
    }
    return .any(result)
  }

  /// Modifiers that compare a field's value with something that is no text make no sense for a keyword, and
  /// `re`, `cidr` and `exists` replace the value's type, so nothing may have worked on it before.
  private func checkPlace(of modifier: Modifier, at index: Int, isKeyword: Bool) throws(RuleFault) {
    if isKeyword, modifier.needsField { throw RuleFault(.badModifier, "'\(modifier.rawValue)' needs a field") }
    guard modifier == .re || modifier == .cidr || modifier == .exists else { return }
    if modifier == .exists {
      guard let other = modifiers.first(where: { $0 != .exists }) else { return }
      throw RuleFault(.badModifier, "'exists' stands alone; remove '\(other.rawValue)'")
    }
    for before in modifiers[..<index] where !before.isOfItem && before != .expand {
      throw RuleFault(
        .badModifier, "'\(modifier.rawValue)' must come first, before '\(before.rawValue)'")
    }
  }

  private static func check(_ value: SteppedValue, _ remarks: inout [ItemRemark]) throws(RuleFault) {
    switch value {
    case .any(let members):
      for member in members { try check(member, &remarks) }
    case .text(let pattern, _):
      for case .literal(let bytes) in pattern.parts where String(validating: bytes, as: UTF8.self) == nil {
        throw RuleFault(.badModifier, "UTF-16 text can only be searched encoded; add base64 or base64offset")
      }
    case .regex(let regex): try RegexSyntax.check(regex)
    case .time(let part, _, let number) where !part.range.contains(number):
      let message = "\(part.rawValue) \(number) is outside \(part.range.lowerBound) to \(part.range.upperBound)"
      remarks.append(ItemRemark(severity: .warning, code: .neverTrue, message: message))
    default: break
    }
  }

  private static func step(_ modifier: Modifier, _ value: SteppedValue) throws(RuleFault) -> SteppedValue {
    switch modifier {
    case .contains, .startswith, .endswith: try affix(modifier, value)
    case .cased: try cased(value)
    case .exists: try exists(value)
    case .re: try regex(value)
    case .ignoreCase, .multiline, .dotAll: try flag(modifier, value)
    case .base64, .base64offset, .wide, .utf16be, .utf16, .windash: try encode(modifier, value)
    case .cidr: try network(value)
    case .lt, .lte, .gt, .gte: try compare(modifier, value)
    case .minute, .hour, .day, .week, .month, .year: try timePart(modifier, value)
    case .fieldref: try reference(value)
    case .all, .neq, .expand: value
    }
  }

  static func mismatch(_ modifier: Modifier, _ value: SteppedValue, _ wanted: String) -> RuleFault {
    RuleFault(.badModifier, "'\(modifier.rawValue)' takes \(wanted), not \(value.kindName)")
  }
}
