// All rules of a run: loaded from files, checked, and with every reference resolved. A bad rule is reported and left
// out; it never stops the others.

/// What the loader needs to know besides the files.
public struct RuleOptions: Sendable {
  /// Values for `%name%` in rules with the `expand` modifier.
  public var placeholders: Placeholders

  public init(placeholders: Placeholders = Placeholders()) { self.placeholders = placeholders }
}

public struct RuleSet: Equatable, Sendable {
  /// In the order of files and documents. Includes rules that only feed correlations.
  public internal(set) var rules: [Rule] = []
  /// Each after those that it refers to.
  public internal(set) var correlations: [Correlation] = []
  /// Already applied to `rules`; kept for listing.
  public internal(set) var filters: [RuleFilter] = []
  /// Documents that were left out and could be told apart by an id, a name or a title.
  public internal(set) var rejected: [RejectedDocument] = []
  /// In the order of files and lines.
  public internal(set) var diagnostics: [RuleDiagnostic] = []

  /// Loads files and directories (recursively, `*.yml` and `*.yaml`), in argument order and then by path bytes.
  public static func load(paths: [String], options: RuleOptions = RuleOptions()) -> RuleSet {
    var loader = RuleLoader(options: options)
    for path in paths { loader.add(path: path) }
    return loader.finish()
  }

  /// Reads the documents of one file.
  public static func parse(_ bytes: [UInt8], file: String, options: RuleOptions = RuleOptions()) -> RuleSet {
    var loader = RuleLoader(options: options)
    loader.add(bytes, file: file)
    return loader.finish()
  }

  /// The same, with correlations that otherwise only feed others raising alerts: their tests ask for them.
  public var withAllCorrelationsRaising: RuleSet {
    var set = self
    for place in set.correlations.indices { set.correlations[place].raisesAlerts = true }
    return set
  }

  /// Takes out the findings that the caller accounts for in another way, and gives them back.
  public mutating func takeFindings(where isTaken: (RuleDiagnostic) -> Bool) -> [RuleDiagnostic] {
    let taken = diagnostics.filter(isTaken)
    diagnostics.removeAll(where: isTaken)
    return taken
  }

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// A rule, correlation or filter that was left out. Why is among the diagnostics, under its label.
public struct RejectedDocument: Equatable, Sendable {
  public var id: String?
  public var name: String?
  public var title: String?
  public var place: RulePlace
  public var level: String?
  /// There is nothing wrong with it but that the configuration lacks a list.
  public var waits = false
  /// It would raise no alert itself: a filter, or a rule that only feeds others.
  public var isSilent = false

  /// As `RuleDiagnostic.rule` has it.
  public var label: String { id ?? title ?? "" }
}

/// Collects files, then links what they hold. References are resolved only when everything is there.
public struct RuleLoader {
  private let options: RuleOptions
  private var walk = RuleWalk()
  private var files: [RuleFile] = []

  public init(options: RuleOptions = RuleOptions()) { self.options = options }

  /// Adds a file, or all rule files below a directory. What cannot be read becomes a diagnostic.
  public mutating func add(path: String) {
    for found in walk.files(at: path) {
      switch found {
      case .success(let file):
        switch RuleWalk.read(file) {
        case .success(let bytes): add(bytes, file: file)
        case .failure(let diagnostic): add(diagnostic)
        }
      case .failure(let diagnostic): add(diagnostic)
      }
    }
  }

  /// Whether a path is a rule file by its name, or a directory that holds such files and no others.
  public static func holdsOnlyRules(path: String) -> Bool { RuleWalk.holdsOnlyRules(path) }

  /// Adds the documents of one file that is in memory, such as a built-in pack.
  ///
  /// - Parameter givesWay: a rule of another file with the same id takes the place of the one in this file.
  public mutating func add(_ bytes: [UInt8], file: String, givesWay: Bool = false) {
    var read = RuleFile(bytes, file: file, placeholders: options.placeholders)
    read.givesWay = givesWay
    files.append(read)
  }

  private mutating func add(_ diagnostic: RuleDiagnostic) {
    var empty = RuleFile([], file: diagnostic.file, placeholders: Placeholders())
    empty.diagnostics = [diagnostic]
    files.append(empty)
  }

  /// Applies filters, resolves references, and gives the result.
  public consuming func finish() -> RuleSet {
    RuleLinker.link(files)
  }
}
