import Rules

// What the reader has to say about a configuration: one value per finding. An error means that the configuration is
// not used at all: half of it would silently watch less than its author believes.

/// Where an effective value came from.
public enum Origin: Equatable, Sendable {
  /// Nobody wrote it.
  case standard
  case file(String, line: Int)

  public var file: String {
    if case .file(let file, _) = self { return file }
    return ""
  }

  public var line: Int {
    if case .file(_, let line) = self { return line }
    return 0
  }
}

extension Origin: CustomStringConvertible {
  public var description: String {
    switch self {
    case .standard: "default"
    case .file(let file, let line): line > 0 ? "\(file):\(line)" : file
    }
  }
}

/// A finding about a configuration or a file that it names.
public struct ConfigFinding: Error, Equatable, Sendable {
  public typealias Severity = FindingSeverity

  public var severity: Severity
  public var code: Code
  public var origin: Origin
  /// What is wrong and what to do, in one sentence, safe to print on a terminal.
  public var message: String

  public init(_ severity: Severity, _ code: Code, _ message: String, at origin: Origin) {
    self.severity = severity
    self.code = code
    self.origin = origin
    self.message = message
  }
}

extension ConfigFinding: CustomStringConvertible {
  /// `harrier.yaml:14: error: unknown key 'windws' (did you mean 'windows'?) [unknown-key]`
  public var description: String { "\(origin): \(severity.name): \(message) [\(code.rawValue)]" }
}

extension ConfigFinding {
  /// The stable name of a finding, for scripts.
  public enum Code: String, Sendable, CaseIterable {
    // Files and YAML
    case fileUnreadable = "file-unreadable"
    case yamlSyntax = "yaml-syntax"
    case fileLimit = "file-limit"
    case tooManyErrors = "too-many-errors"
    // Shape
    case unknownKey = "unknown-key"
    case missingKey = "missing-key"
    case wrongKind = "wrong-kind"
    case emptyValue = "empty-value"
    case duplicate = "duplicate"
    // Values
    case badValue = "bad-value"
    case badTime = "bad-time"
    case badZone = "bad-zone"
    case badNetwork = "bad-network"
    case badPattern = "bad-pattern"
    case badDatabase = "bad-database"
    case badTicket = "bad-ticket"
    case unknownReference = "unknown-reference"
    case unusableRule = "unusable-rule"
    // Lint
    case expired = "expired"
    case broad = "broad"
    case contradiction = "contradiction"
    case unused = "unused"
    case undeclared = "undeclared"
    case noPlaces = "no-places"
  }
}
