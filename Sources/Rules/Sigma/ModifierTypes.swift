// The modifiers that give a value another type or tie it to a place in the text. The encodings have their own file.

extension ModifierSteps {
  static func affix(_ modifier: Modifier, _ value: SteppedValue) throws(RuleFault) -> SteppedValue {
    let atStart = modifier != .startswith
    let atEnd = modifier != .endswith
    switch value {
    case .text(var pattern, _):
      if atStart { pattern = pattern.startingWithAny() }
      if atEnd { pattern = pattern.endingWithAny() }
      return .text(pattern, source: nil)
    case .regex(var regex):
      regex.pattern = RegexSyntax.padded(regex.pattern, atStart: atStart, atEnd: atEnd)
      return .regex(regex)
    case .reference(var reference):
      switch modifier {
      case .startswith: reference.relation = .startsWith
      case .endswith: reference.relation = .endsWith
      default: reference.relation = .contains
      }
      return .reference(reference)
    default: throw mismatch(modifier, value, "a string (quote it), a regular expression or a field reference")
    }
  }

  static func cased(_ value: SteppedValue) throws(RuleFault) -> SteppedValue {
    guard case .text(var pattern, let source) = value else { throw mismatch(.cased, value, "a string") }
    pattern.isCased = true
    return .text(pattern, source: source)
  }

  static func exists(_ value: SteppedValue) throws(RuleFault) -> SteppedValue {
    guard case .bool(let isThere) = value else { throw mismatch(.exists, value, "true or false") }
    return .exists(isThere)
  }

  static func regex(_ value: SteppedValue) throws(RuleFault) -> SteppedValue {
    guard case .text(_, let source?) = value else { throw mismatch(.re, value, "a string") }
    return .regex(RegexPattern(source))
  }

  static func flag(_ modifier: Modifier, _ value: SteppedValue) throws(RuleFault) -> SteppedValue {
    guard case .regex(var regex) = value, let flag = modifier.regexFlag else {
      throw RuleFault(.badModifier, "'\(modifier.rawValue)' is a flag of 're' and must follow it")
    }
    regex.flags.insert(flag)
    return .regex(regex)
  }

  static func network(_ value: SteppedValue) throws(RuleFault) -> SteppedValue {
    guard case .text(let pattern, _) = value else { throw mismatch(.cidr, value, "an address range as a string") }
    guard let text = pattern.literal else {
      throw RuleFault(.badNetwork, "'cidr' takes an address range, not a pattern with wildcards")
    }
    let written = String(decoding: text, as: UTF8.self)
    do throws(AddressRange.Refusal) {
      return .network(try AddressRange(written))
    } catch {
      switch error {
      case .notAnAddress: throw RuleFault(.badNetwork, "\(Quoted(written)) is no IP address or CIDR range")
      case .badLength: throw RuleFault(.badNetwork, "\(Quoted(written)) has an impossible prefix length")
      case .hostBits(let range):
        throw RuleFault(.badNetwork, "\(Quoted(written)) has host bits set (did you mean '\(range)'?)")
      }
    }
  }

  static func compare(_ modifier: Modifier, _ value: SteppedValue) throws(RuleFault) -> SteppedValue {
    guard let comparison = modifier.comparison else { return value }
    switch value {
    case .number(let number, _): return .compare(comparison, number)
    case .time(let part, .equal, let number): return .time(part, comparison, number)
    default: throw mismatch(modifier, value, "a number without quotes")
    }
  }

  static func timePart(_ modifier: Modifier, _ value: SteppedValue) throws(RuleFault) -> SteppedValue {
    guard let part = modifier.timePart, case .number(let number, let source) = value else {
      throw mismatch(modifier, value, "a whole number")
    }
    guard let integer = number.integer, let exact = Int(exactly: integer) else {
      throw RuleFault(.badModifier, "'\(modifier.rawValue)' takes a whole number, not \(source)")
    }
    return .time(part, .equal, exact)
  }

  static func reference(_ value: SteppedValue) throws(RuleFault) -> SteppedValue {
    guard case .text(let pattern, let source) = value else { throw mismatch(.fieldref, value, "the name of a field") }
    guard source != nil || pattern.literal != nil else {
      throw RuleFault(
        .badModifier,
        "'fieldref' stands before 'contains', 'startswith' and 'endswith': they say how the fields compare")
    }
    guard let name = pattern.literal, !name.isEmpty else {
      throw RuleFault(.badModifier, "'fieldref' takes the name of one field, without wildcards")
    }
    return .reference(FieldReference(String(decoding: name, as: UTF8.self), isCased: pattern.isCased))
  }
}
