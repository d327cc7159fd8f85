// What the loader has to say about a rule: one value per finding, never an exit. An error means that the rule (or the
// file) is left out; everything else is kept.

/// A finding about a rule file.
public struct RuleDiagnostic: Error, Equatable, Sendable {
  public typealias Severity = FindingSeverity

  public var severity: Severity
  public var code: Code
  public var file: String
  /// Counted from 1; 0 if the finding is about the file as a whole.
  public var line: Int
  /// The rule's id, else its title; empty if there is neither.
  public var rule: String
  /// What is wrong and what to do, in one sentence, safe to print on a terminal.
  public var message: String

  public init(severity: Severity, code: Code, file: String, line: Int, rule: String, message: String) {
    self.severity = severity
    self.code = code
    self.file = file
    self.line = line
    self.rule = rule
    self.message = message
  }
}

extension RuleDiagnostic: CustomStringConvertible {
  /// `rules/x.yml:14: error: unknown modifier 'startwith' (did you mean 'startswith'?) [unknown-modifier] in rule 'T'`
  public var description: String {
    let place = line > 0 ? "\(file):\(line)" : file
    let owner = rule.isEmpty ? "" : " in rule \(Quoted(rule))"
    return "\(place): \(severity.name): \(message) [\(code.rawValue)]\(owner)"
  }
}

extension RuleDiagnostic {
  /// The stable name of a finding, for exclusions and scripts.
  public enum Code: String, Sendable, CaseIterable {
    // Files and YAML
    case fileUnreadable = "file-unreadable"
    case fileLimit = "file-limit"
    case yamlSyntax = "yaml-syntax"
    case yamlLimit = "yaml-limit"
    case duplicateKey = "duplicate-key"
    case notARule = "not-a-rule"
    case unknownAction = "unknown-action"
    case collectionAction = "collection-action"
    // Attributes
    case missingAttribute = "missing-attribute"
    case badAttribute = "bad-attribute"
    case unknownKey = "unknown-key"
    case unknownTaxonomy = "unknown-taxonomy"
    case unknownLogsource = "unknown-logsource"
    case unusualTag = "unusual-tag"
    case retiredStatus = "retired-status"
    case duplicateID = "duplicate-id"
    case duplicateTitle = "duplicate-title"
    case badTests = "bad-tests"
    case unseenField = "unseen-field"
    // Selections
    case badSelection = "bad-selection"
    case badValue = "bad-value"
    case nullInList = "null-in-list"
    case emptyList = "empty-list"
    case unknownModifier = "unknown-modifier"
    case badModifier = "bad-modifier"
    case singleValueAll = "single-value-all"
    case wildcardOnly = "wildcard-only"
    case badRegex = "bad-regex"
    case nonLinearRegex = "nonlinear-regex"
    case badNetwork = "bad-network"
    case unresolvedPlaceholder = "unresolved-placeholder"
    case noPlaceholder = "no-placeholder"
    case waitsForList = "waits-for-list"
    case tooManyTests = "too-many-tests"
    case tooManyFields = "too-many-fields"
    case neverTrue = "never-true"
    // Conditions
    case badCondition = "bad-condition"
    case undefinedSelection = "undefined-selection"
    case unusedSelection = "unused-selection"
    case unmatchedSelector = "unmatched-selector"
    case upperCaseOperator = "upper-case-operator"
    case unusedTimeframe = "unused-timeframe"
    case pipeAggregation = "pipe-aggregation"
    // Correlations and filters
    case badCorrelation = "bad-correlation"
    case badTimespan = "bad-timespan"
    case unknownReference = "unknown-reference"
    case referenceByTitle = "reference-by-title"
    case ambiguousReference = "ambiguous-reference"
    case rejectedReference = "rejected-reference"
    case cyclicReference = "cyclic-reference"
    case rangeCondition = "range-condition"
    case noGroupBy = "no-group-by"
    case aliasUnused = "alias-unused"
    case filterWithoutNot = "filter-without-not"
    case filterUnused = "filter-unused"
  }
}

/// A reason to reject, before it is known to which rule it belongs.
struct RuleFault: Error {
  var code: RuleDiagnostic.Code
  var message: String
  /// 0: the line of whatever is being read.
  var line = 0

  init(_ code: RuleDiagnostic.Code, _ message: String, line: Int = 0) {
    self.code = code
    self.message = message
    self.line = line
  }

  /// What waits for the configuration is no mistake of anybody, though it is left out.
  var severity: RuleDiagnostic.Severity { code == .waitsForList ? .note : .error }

  /// The same fault, at this line unless it has one.
  func at(_ line: Int) -> RuleFault {
    RuleFault(code, message, line: self.line > 0 ? self.line : line)
  }
}

/// Collects what is found in one document.
struct Findings {
  let file: String
  var rule = ""
  private(set) var list: [RuleDiagnostic] = []

  init(file: String) { self.file = file }

  /// Whether the document is left out.
  var hasError: Bool { list.contains { $0.severity == .error || $0.code == .waitsForList } }

  mutating func add(
    _ severity: RuleDiagnostic.Severity, _ code: RuleDiagnostic.Code, _ message: String, line: Int
  ) {
    list.append(
      RuleDiagnostic(severity: severity, code: code, file: file, line: line, rule: rule, message: message))
  }

  mutating func add(_ fault: RuleFault, line: Int) {
    let place = fault.at(line)
    add(place.severity, place.code, place.message, line: place.line)
  }
}
