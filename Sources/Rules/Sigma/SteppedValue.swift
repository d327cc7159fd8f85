// A value on its way through the modifiers of its item.

indirect enum SteppedValue {
  /// The source is there as long as no modifier has touched the text.
  case text(TextPattern, source: String?)
  case number(Number, source: String)
  case bool(Bool)
  case null
  case exists(Bool)
  case regex(RegexPattern)
  case network(AddressRange)
  case networks(NetworkTable)
  case compare(Comparison, Number)
  case time(TimePart, Comparison, Int)
  case reference(FieldReference)
  /// What one value has been expanded to: alternatives, even under `all`.
  case any([SteppedValue])

  var test: ValueTest? {
    switch self {
    case .text(let pattern, _): .text(pattern)
    case .number(let number, _): .number(number)
    case .bool(let value): .bool(value)
    case .null: .null
    case .regex(let regex): .regex(regex)
    case .network(let range): .network(range)
    case .networks(let table): .networks(table)
    case .compare(let comparison, let number): .compare(comparison, number)
    case .time(let part, let comparison, let value): .time(part, comparison, value)
    case .reference(let reference): .reference(reference)
    case .exists, .any: nil
    }
  }

  /// True if nearly every value passes, which is hardly what a list of values is for.
  var takesAnything: Bool {
    switch self {
    case .text(let pattern, _): pattern.isOnlyWildcards
    case .regex(let regex): RegexSyntax.takesAnything(regex.pattern)
    default: false
    }
  }

  var kindName: String {
    switch self {
    case .text: "a string"
    case .number: "a number"
    case .bool: "a boolean"
    case .null: "null"
    case .exists: "'exists'"
    case .regex: "a regular expression"
    case .network: "a CIDR range"
    case .networks: "a list of networks"
    case .compare: "a comparison"
    case .time: "a part of a timestamp"
    case .reference: "a field reference"
    case .any: "an expanded value"
    }
  }
}
