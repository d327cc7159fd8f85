// The old pipe part of a condition, removed from Sigma in version 2: `| count(user) by src_ip > 5`. What has an exact
// counterpart among the correlations is translated; the rest is refused.

/// An aggregation with a counterpart.
struct Aggregation: Equatable {
  var kind: CorrelationKind
  /// The field in the parentheses, if any.
  var field: String?
  var groupBy: [String]
  var bound: CorrelationBound

  init(_ bytes: [UInt8]) throws(RuleFault) {
    var words = AggregationWords(bytes)
    let function = words.next()
    let kinds: [String: CorrelationKind] = ["sum": .valueSum, "avg": .valueAverage, "count": .eventCount]
    guard let base = kinds[function.lowercased()] else {
      let known = function.lowercased() == "near" || function == "min" || function == "max"
      throw Self.refuse(known ? "\(Quoted(function)) has no counterpart among the correlations" : nil)
    }
    guard words.take("(") else { throw Self.refuse(nil) }
    let argument = words.peek() == ")" ? nil : words.next()
    guard words.take(")") else { throw Self.refuse(nil) }
    groupBy = []
    if words.peek().lowercased() == "by" {
      _ = words.next()
      repeat { groupBy.append(words.next()) } while words.take(",")
    }
    guard let comparison = Self.comparison(words.next()), let number = Number(canonical: words.next()),
      words.next().isEmpty, groupBy.allSatisfy(Self.isFieldName), argument.map(Self.isFieldName) ?? true
    else { throw Self.refuse(nil) }
    if base != .eventCount, argument == nil { throw Self.refuse("\(Quoted(function)) needs a field") }
    if let fault = ExactNumber.fault(number) { throw Self.refuse("the number \(fault)") }
    kind = base == .eventCount && argument != nil ? .valueCount : base
    field = argument
    bound = CorrelationBound(comparison: comparison, number: number)
  }

  private static func isFieldName(_ word: String) -> Bool {
    guard let first = word.utf8.first else { return false }
    return first.isWordByte || first >= 0x80 || first == UInt8(ascii: "@")
  }

  private static func comparison(_ word: String) -> CorrelationBound.Operator? {
    switch word {
    case ">": .greater
    case ">=": .greaterOrEqual
    case "<": .less
    case "<=": .lessOrEqual
    case "=", "==": .equal
    case "!=": .notEqual
    default: nil
    }
  }

  private static func refuse(_ why: String?) -> RuleFault {
    let reason = why ?? "this form of the pipe syntax is not understood"
    return RuleFault(.pipeAggregation, "\(reason); write a Sigma correlation instead")
  }
}

/// Cuts the pipe part into names, brackets and operators.
private struct AggregationWords {
  let bytes: [UInt8]
  var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> String {
    while index < bytes.count, bytes[index] <= UInt8(ascii: " ") { index += 1 }
    let start = index
    guard index < bytes.count else { return "" }
    let first = bytes[index]
    index += 1
    if "(),".utf8.contains(first) { return String(decoding: [first], as: UTF8.self) }
    let isOperator = Self.isOperator(first)
    while index < bytes.count, bytes[index] > UInt8(ascii: " "), !"(),".utf8.contains(bytes[index]),
      Self.isOperator(bytes[index]) == isOperator
    {
      index += 1
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private static func isOperator(_ byte: UInt8) -> Bool { "<>=!".utf8.contains(byte) }

  func peek() -> String {
    var copy = self
    return copy.next()
  }

  mutating func take(_ word: String) -> Bool {
    guard peek() == word else { return false }
    _ = next()
    return true
  }
}
