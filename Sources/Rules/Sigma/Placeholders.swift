// `%name%` in values with the `expand` modifier: replaced by each of the values that the configuration gives.

/// The values for placeholders, by name.
public struct Placeholders: Sendable, Equatable {
  public var values: [String: [String]]
  /// Lists that somebody may still write: a rule that needs one of them waits, and is not wrong.
  public var awaited: Set<String>
  /// Long lists of networks; where a rule asks for one with `cidr`, it takes the place of the values.
  public var tables: [String: NetworkTable]

  public init(
    _ values: [String: [String]] = [:], awaited: Set<String> = [], tables: [String: NetworkTable] = [:]
  ) {
    self.values = values
    self.awaited = awaited
    self.tables = tables
  }

  /// With the values of others behind one's own.
  public func joined(with others: Placeholders) -> Placeholders {
    let joined = values.merging(others.values) { own, other in own + other.filter { !own.contains($0) } }
    let tables = tables.mapValues { table in others.values[table.name].map { table.joined(with: $0) } ?? table }
    return Placeholders(joined, awaited: awaited.union(others.awaited), tables: tables)
  }

  /// The long list of networks that a value consists of, if it is nothing else.
  func table(of value: SteppedValue) -> NetworkTable? {
    guard !tables.isEmpty, case .text(let pattern, _) = value, let text = pattern.literal else { return nil }
    let written = String(decoding: text, as: UTF8.self)
    guard written.count > 2, written.hasPrefix("%"), written.hasSuffix("%") else { return nil }
    return tables[String(written.dropFirst().dropLast())]
  }

  private enum Piece {
    case part(TextPattern.Part)
    case name(String)
  }

  func expand(_ value: SteppedValue, _ remarks: inout [ItemRemark]) throws(RuleFault) -> SteppedValue {
    var isFound = false
    let result = try ModifierSteps.mapAlternatives(value) { (one) throws(RuleFault) in
      switch one {
      case .text(let pattern, _): return try expand(pattern, isFound: &isFound)
      case .regex(let regex): return try expand(regex, isFound: &isFound)
      default: throw ModifierSteps.mismatch(.expand, one, "a string or a regular expression")
      }
    }
    if !isFound {
      let message = "'expand' finds no %placeholder% in the value"
      remarks.append(ItemRemark(severity: .warning, code: .noPlaceholder, message: message))
    }
    return result
  }

  /// Values are Sigma strings: their wildcards count.
  private func expand(_ pattern: TextPattern, isFound: inout Bool) throws(RuleFault) -> SteppedValue {
    var variants = [TextPattern([], isCased: pattern.isCased)]
    for part in pattern.parts {
      guard case .literal(let text) = part else {
        for index in variants.indices { variants[index].append(part) }
        continue
      }
      for piece in Self.pieces(text) {
        switch piece {
        case .part(let part):
          for index in variants.indices { variants[index].append(part) }
        case .name(let name):
          isFound = true
          let filled = try lookUp(name).map { TextPattern(sigma: $0).parts }
          variants = try Self.product(variants, filled) { variant, parts in
            var copy = variant
            for part in parts { copy.append(part) }
            return copy
          }
        }
      }
    }
    let values = variants.map { SteppedValue.text($0, source: nil) }
    return values.count == 1 ? values[0] : .any(values)
  }

  /// Values are inserted as regular expressions.
  private func expand(_ regex: RegexPattern, isFound: inout Bool) throws(RuleFault) -> SteppedValue {
    var variants = [RegexPattern("", flags: regex.flags)]
    for piece in Self.pieces(Array(regex.pattern.utf8)) {
      switch piece {
      case .part(.literal(let text)):
        for index in variants.indices { variants[index].pattern += String(decoding: text, as: UTF8.self) }
      case .part: break
      case .name(let name):
        isFound = true
        variants = try Self.product(variants, try lookUp(name)) { variant, value in
          RegexPattern(variant.pattern + value, flags: variant.flags)
        }
      }
    }
    let values = variants.map { SteppedValue.regex($0) }
    return values.count == 1 ? values[0] : .any(values)
  }

  func lookUp(_ name: String) throws(RuleFault) -> [String] {
    if awaited.contains(name), values[name]?.isEmpty ?? true {
      throw RuleFault(.waitsForList, "waits for the list '\(name)' of the configuration")
    }
    guard let found = values[name] else {
      let hint = Suggestion.hint(for: name, among: values.keys.sorted())
      throw RuleFault(
        .unresolvedPlaceholder, "placeholder %\(name)% has no values; define it in the configuration\(hint)")
    }
    guard !found.isEmpty else {
      throw RuleFault(.unresolvedPlaceholder, "the list of values for placeholder %\(name)% is empty")
    }
    return found
  }

  private static func product<A, B>(_ left: [A], _ right: [B], _ join: (A, B) -> A) throws(RuleFault) -> [A] {
    guard left.count * right.count <= SigmaLimits.expansionsMax else {
      throw RuleFault(.tooManyTests, "one value expands to more than \(SigmaLimits.expansionsMax) alternatives")
    }
    return left.flatMap { one in right.map { join(one, $0) } }
  }

  /// Splits `a%x%b` into `a`, the name `x` and `b`. A lone `%` is itself.
  private static func pieces(_ text: [UInt8]) -> [Piece] {
    let percent = UInt8(ascii: "%")
    var pieces: [Piece] = []
    var start = 0
    var index = 0
    while index < text.count {
      guard text[index] == percent else {
        index += 1
        continue
      }
      var end = index + 1
      while end < text.count, text[end].isWordByte || text[end] >= 0x80 { end += 1 }
      guard end > index + 1, end < text.count, text[end] == percent else {
        index = max(end, index + 1)
        continue
      }
      pieces.append(.part(.literal(Array(text[start..<index]))))
      pieces.append(.name(String(decoding: text[(index + 1)..<end], as: UTF8.self)))
      (start, index) = (end + 1, end + 1)
    }
    pieces.append(.part(.literal(Array(text[start...]))))
    return pieces
  }
}
