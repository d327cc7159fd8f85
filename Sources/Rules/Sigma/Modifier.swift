// The names of Sigma's value modifiers. What they do is in `ModifierStep`.

/// A modifier of a field name, one case per meaning.
enum Modifier: String, CaseIterable {
  case contains, startswith, endswith, all, cased, neq, exists
  case re
  case ignoreCase = "i"
  case multiline = "m"
  case dotAll = "s"
  case base64, base64offset, wide, utf16be, utf16, windash
  case cidr
  case lt, lte, gt, gte
  case minute, hour, day, week, month, year
  case expand, fieldref

  private static let synonyms: [String: Modifier] = [
    "ignorecase": .ignoreCase, "multiline": .multiline, "dotall": .dotAll, "utf16le": .wide,
  ]

  private static let foreign: [String: String] = [
    "equalsfield": "fieldref", "endswithfield": "fieldref|endswith", "fieldequals": "fieldref",
    "not": "neq", "ne": "neq", "ge": "gte", "le": "lte", "ends": "endswith", "starts": "startswith", "regex": "re",
    "eq": "no modifier", "in": "a list of values",
  ]

  static func named(_ name: String) throws(RuleFault) -> Modifier {
    if let modifier = Modifier(rawValue: name) ?? synonyms[name] { return modifier }
    var hint = ""
    if let instead = foreign[name.lowercased()] {
      hint = " (use \(instead))"
    } else if name.isEmpty {
      hint = " (a '|' is followed by nothing)"
    } else {
      hint = Suggestion.hint(for: name, among: allCases.map(\.rawValue) + synonyms.keys.sorted())
    }
    throw RuleFault(.unknownModifier, "unknown modifier \(Quoted(name))\(hint)")
  }

  var comparison: Comparison? {
    switch self {
    case .lt: .less
    case .lte: .lessOrEqual
    case .gt: .greater
    case .gte: .greaterOrEqual
    default: nil
    }
  }

  var timePart: TimePart? { TimePart(rawValue: rawValue) }

  var regexFlag: RegexPattern.Flags? {
    switch self {
    case .ignoreCase: .ignoreCase
    case .multiline: .multiline
    case .dotAll: .dotMatchesLineBreaks
    default: nil
    }
  }

  var needsField: Bool { comparison != nil || timePart != nil || self == .exists || self == .fieldref }

  /// These say how the values of an item are joined and do not change a value.
  var isOfItem: Bool { self == .all || self == .neq }
}
