// A predicate as one line of text for tests, golden files and `explain`. Unlike a filter it shows the structure:
//   and(action='consolelogin', not(or(src_ip in 10.0.0.0/8, mfa='yes')))

extension Predicate: CustomStringConvertible {
  public var description: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .and(let members): Self.write("and", members, to: &text)
    case .or(let members): Self.write("or", members, to: &text)
    case .not(let inner): Self.write("not", [inner], to: &text)
    case .field(let name, let test): text += Self.plainName(name) + test.described(after: true)
    case .keyword(let test): text += "keyword " + test.described(after: false)
    }
  }

  private static func write(_ name: String, _ members: [Predicate], to text: inout String) {
    text += name + "("
    for (index, member) in members.enumerated() {
      if index > 0 { text += ", " }
      member.write(to: &text)
    }
    text += ")"
  }

  private static func plainName(_ name: String) -> String {
    let isPlain = !name.isEmpty && name.utf8.allSatisfy { $0.isWordByte || ".-@/[]:".utf8.contains($0) }
    return isPlain ? name : oneLine(name)
  }

  /// In quotes, with control characters and quotes written as `\u{..}`; backslashes stay as they are.
  static func oneLine(_ value: String) -> String {
    var text = "'"
    for scalar in value.unicodeScalars {
      if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar == "'" {
        text += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text + "'"
  }
}

extension ValueTest {
  fileprivate func described(after isField: Bool) -> String {
    let equals = isField ? "=" : ""
    switch self {
    case .text(let pattern):
      return (pattern.isCased ? "|cased" : "") + equals + Predicate.oneLine(pattern.sigmaText)
    case .number(let number): return equals + number.description
    case .bool(let value): return equals + (value ? "true" : "false")
    case .null: return " is null"
    case .exists: return " exists"
    case .regex(let regex): return "\(isField ? " " : "")~\(regex.flags.letters) " + Predicate.oneLine(regex.pattern)
    case .network(let range): return "\(isField ? " " : "")in \(range)"
    case .networks(let table): return "\(isField ? " " : "")in %\(table.name)%"
    case .compare(let comparison, let number): return " \(comparison.symbol) \(number)"
    case .time(let part, let comparison, let value): return ".\(part.rawValue) \(comparison.symbol) \(value)"
    case .reference(let reference):
      let cased = reference.isCased ? "cased " : ""
      return " \(cased)\(reference.relation) field " + Predicate.oneLine(reference.field)
    }
  }
}

extension RegexPattern.Flags {
  /// The flags as Sigma's modifier letters, in a fixed order.
  var letters: String {
    (contains(.ignoreCase) ? "i" : "") + (contains(.multiline) ? "m" : "")
      + (contains(.dotMatchesLineBreaks) ? "s" : "")
  }
}

extension UInt8 {
  /// A letter, a digit or an underscore.
  var isWordByte: Bool { isASCIILetter || isASCIIDigit || self == UInt8(ascii: "_") }
}
