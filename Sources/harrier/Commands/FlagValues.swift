import Configuration
import Events
import Reports
import Rules
import State

/// From which finding on a check fails.
enum FailLevel: String, CaseIterable {
  case note, warning, error

  var ofConfiguration: ConfigFinding.Severity {
    switch self {
    case .note: .note
    case .warning: .warning
    case .error: .error
    }
  }

  var ofRules: RuleDiagnostic.Severity {
    switch self {
    case .note: .note
    case .warning: .warning
    case .error: .error
    }
  }
}

/// What the value of a flag may be, and which tasks commands have: for completion, from where values are read.
extension Flag {
  enum Value {
    case oneOf([String])
    case file
    case directory
    /// A number, a time, a name: nothing that could be listed.
    case other
  }

  /// Nil for a switch.
  func values(of command: Command) -> Value? {
    guard let value else { return nil }
    if let choices = choices(of: command) { return .oneOf(choices) }
    switch value {
    case "FILE", "PATH", "KEYFILE": return .file
    case "DIR": return .directory
    default: return .other
    }
  }

  private func choices(of command: Command) -> [String]? {
    func names<Choice: RawRepresentable & CaseIterable>(_: Choice.Type) -> [String] where Choice.RawValue == String {
      Choice.allCases.map(\.rawValue)
    }
    switch (name, command) {
    case ("format", .sweep), ("format", .reduce): return names(SweepReport.Shown.self)
    case ("format", .config): return names(ConfigShow.Form.self)
    case ("format", _): return names(Format.self)
    case ("report", _): return names(ReportKind.self)
    case ("lang", _): return names(Language.self)
    case ("alert-format", _): return names(AlertSchema.self)
    case ("fail-on", _), ("level", .alerts): return Level.allCases.map(\.name)
    case ("level", .generate): return ["0", "1", "2", "3"]
    case ("fail-level", _): return names(FailLevel.self)
    case ("status", .outbox): return names(OutboxCommand.Status.self)
    case ("status", _): return names(AlertListing.Status.self)
    case ("as", _): return names(Decision.Verdict.self)
    case ("color", _), ("progress", _): return names(Console.When.self)
    case ("provider", .generate): return Provider.read.filter { $0 != .unknown }.map(\.name)
    case ("provider", _): return Provider.read.map(\.name)
    default: return nil
    }
  }
}

extension Command {
  /// What stands behind its name.
  var tasks: [String] {
    switch self {
    case .alerts: AlertsCommand.Task.allCases.map(\.rawValue)
    case .outbox: OutboxCommand.Task.allCases.map(\.rawValue)
    case .state: StateCommand.Task.allCases.map(\.rawValue)
    case .rules: RulesCommand.Task.allCases.map(\.rawValue)
    case .config: ConfigCommand.Task.allCases.map(\.rawValue)
    case .help: Command.allCases.map(\.rawValue)
    case .completion: Completion.Shell.allCases.map(\.rawValue)
    case .sweep, .search, .verify, .sources, .fields, .map, .reduce, .generate: []
    }
  }

  var takesPaths: Bool {
    switch self {
    case .outbox, .state, .generate, .help, .completion: false
    case .sweep, .alerts, .search, .verify, .sources, .fields, .rules, .config, .map, .reduce: true
    }
  }
}
