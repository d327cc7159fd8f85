import Configuration
import Matching
import Pack
import Reports
import Rules

/// The rules that a command works with: those of `--rules` and, unless told otherwise, the built-in ones.
struct LoadedRules {
  let set: RuleSet
  let paths: [String]
  let configuration: Configuration
  /// Why detections are silent: lists that are not configured.
  let idle: [RuleDiagnostic]

  /// - Parameter samples: give the lists besides their own values those that tests inside built-in rules speak of.
  /// - Parameter onlyNamed: leave the built-in rules out if others are named: these are to be judged by themselves.
  init(
    _ invocation: Invocation, also operands: [String] = [], onlyNamed: Bool = false, samples: Bool = false
  ) throws(UsageError) {
    let named = (invocation.values["rules"] ?? []) + operands
    let isBuiltIn = !invocation.has("no-builtin") && (named.isEmpty || !onlyNamed)
    guard isBuiltIn || !named.isEmpty else {
      throw UsageError("no rules given", remedy: "name files or directories of rules with --rules")
    }
    configuration = try invocation.configuration()
    var (set, faults) = LoadedRules.fit(configuration, paths: named, isBuiltIn: isBuiltIn, samples: samples)
    if let fault = faults.first {
      let more = faults.count > 1 ? "; \(faults.count - 1) more" : ""
      throw UsageError("\(fault.description)\(more)", remedy: "harrier config check FILE shows everything")
    }
    idle = set.takeFindings { $0.code == .waitsForList }
    self.set = set
    paths = named.isEmpty ? ["the built-in rules"] : named
    try checkPaths()
  }

  /// The rules as a configuration fills them in and changes them, with everything that was found; besides them what it
  /// says of rules and what they cannot follow, which `config check` tells and with which nothing else begins.
  static func fit(
    _ configuration: Configuration, paths: [String], isBuiltIn: Bool, samples: Bool = false
  ) -> (set: RuleSet, faults: [ConfigFinding]) {
    var options = configuration.ruleOptions
    options.placeholders.awaited = Set(Configuration.placeholderNames).union(Pack.samples.values.keys)
    if samples { options.placeholders = options.placeholders.joined(with: Pack.samples) }
    var loader = RuleLoader(options: options)
    if isBuiltIn { Pack.add(to: &loader) }
    for path in paths { loader.add(path: path) }
    var set = loader.finish()
    var faults = configuration.broadSuppressions(of: set.builtInNames)
    set.apply(shared: configuration.sharedNumbers)
    let thresholds = configuration.rules.thresholds
    faults += set.apply(configuration.ruleOverrides).map { place, message in
      ConfigFinding(.error, .badValue, "thresholds: \(message)", at: thresholds[place].origin)
    }
    return (set, faults)
  }

  /// Names of rules in the configuration that no rule has, in a sentence each.
  var unknownReferences: [String] { configuration.unknownRules(known: set.knownNames).map(\.description) }

  /// A path that the user named and that cannot be read is a slip of the command line, not of a rule.
  private func checkPaths() throws(UsageError) {
    for found in set.diagnostics where found.code == .fileUnreadable && found.line == 0 && paths.contains(found.file) {
      throw UsageError("\(found.file): \(found.message)", remedy: "name files or directories of rules that are there")
    }
  }

  /// `3 rules wait for lists of the configuration: harrier rules check names them`; nil if none does.
  var idleSentence: String? {
    let count = Set(idle.map { "\($0.file) \($0.rule)" }).count
    guard count > 0 else { return nil }
    return "\(Amount.of(count, "rule")) \(count == 1 ? "waits" : "wait") for lists of the configuration: "
      + "harrier rules check names them"
  }

  /// Says which rules were rejected, one line each; gives their number.
  func tellRejections(_ program: MatchProgram, _ console: Console) -> Int {
    let errors = set.diagnostics.filter { $0.severity == .error }
    for error in errors { console.warn(error.description) }
    for rejection in program.rejections { console.warn(rejection.description) }
    if let sentence = idleSentence { console.note(sentence) }
    return errors.count + program.rejections.count
  }
}

extension RuleSet {
  /// Ids, names and titles, also of what was left out: it is there.
  var knownNames: [String] {
    let attributes = rules.map(\.attributes) + correlations.map(\.attributes)
    return attributes.flatMap(\.names) + rejected.flatMap { [$0.id, $0.name, $0.title].compactMap(\.self) }
  }

  /// What each built-in rule that raises alerts goes by.
  var builtInNames: [[String]] {
    let raising = rules.filter(\.raisesAlerts).map(\.attributes) + correlations.filter(\.raisesAlerts).map(\.attributes)
    return raising.filter { Pack.holds($0.place) }.map(\.names)
  }
}
