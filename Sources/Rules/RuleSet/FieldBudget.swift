// The fields of all rules and correlations of a run are looked for in one walk over a record, so they share one plan, which has its limits.
// Whoever comes when they are reached is refused; what came before runs.

struct FieldBudget {
  /// Exact names.
  private var names: Set<String> = []
  /// How many spellings there are of a name, or of its beginning up to a dot, without its case.
  private var letterCases: [String: Set<String>] = [:]

  /// Notes the fields of a rule or filter; if there is no room for them, says why and notes nothing.
  mutating func fault(taking predicate: Predicate) -> RuleFault? {
    var fields: Set<String> = []
    predicate.collectFields(into: &fields)
    return fault(taking: fields)
  }

  /// The same for the fields that a correlation takes from its rules' events.
  mutating func fault(taking fields: Set<String>) -> RuleFault? {
    let new = fields.subtracting(names)
    guard !new.isEmpty else { return nil }
    guard names.count + new.count <= SigmaLimits.fieldsOfAllMax else {
      return RuleFault(
        .tooManyFields,
        "the rules before this one and itself read more than \(SigmaLimits.fieldsOfAllMax) fields; load fewer rules at once"
      )
    }
    var added: [String: Set<String>] = [:]
    for name in new.sorted() {
      for beginning in Self.beginnings(of: name) {
        let folded = beginning.lowercased()
        added[folded, default: letterCases[folded] ?? []].insert(beginning)
        guard (added[folded]?.count ?? 0) <= SigmaLimits.letterCasesMax else {
          return RuleFault(
            .tooManyFields,
            "\(Quoted(name)) is one of more than \(SigmaLimits.letterCasesMax) spellings that differ in letter case alone; "
              + "names are found in any case")
        }
      }
    }
    names.formUnion(new)
    letterCases.merge(added) { $1 }
    return nil
  }

  /// `a.b.c`: `a`, `a.b` and itself.
  private static func beginnings(of name: String) -> [String] {
    let bytes = name.utf8
    return bytes.indices.filter { bytes[$0] == UInt8(ascii: ".") }.map { String(name[..<$0]) } + [name]
  }
}
