// Reads a configuration file section by section, then checks what the sections say of each other. Any error refuses
// the whole; all of them are told at once.

import Rules

/// The outcome of reading: the configuration if there is no error, and everything that was found.
public struct ConfigurationReading: Sendable {
  public var configuration: Configuration?
  public var findings: [ConfigFinding]

  public var errors: [ConfigFinding] { findings.filter { $0.severity == .error } }
}

extension Configuration {
  /// Where a configuration without its own number would look: rule files have the same bound.
  private static let fileBytesMax = 8 << 20

  public static func load(path: String) -> ConfigurationReading {
    do throws(FileTrouble) {
      guard let bytes = try LineFile.content(path, bytesMax: fileBytesMax) else {
        throw FileTrouble(message: "is larger than \(fileBytesMax >> 20) MiB; put long lists into files, as '@FILE'")
      }
      return read(bytes, file: path)
    } catch {
      let finding = ConfigFinding(.error, .fileUnreadable, error.message, at: .file(path, line: error.line))
      return ConfigurationReading(configuration: nil, findings: [finding])
    }
  }

  /// Reads a configuration that is in memory. Lists of tickets that it names are looked for in `beside` first, other
  /// files beside `file`.
  public static func read(
    _ bytes: [UInt8], file: String, beside: [String: [UInt8]] = [:]
  ) -> ConfigurationReading {
    let context = ReadingContext(file: file, beside: beside)
    let stream = YAMLStream(bytes, toleratesDuplicates: true)
    for failure in stream.failures {
      let code: ConfigFinding.Code =
        switch failure.code {
        case .tooBig, .tooDeep, .tooManyNodes, .aliasBomb, .outOfMemory, .tooManyFailures: .fileLimit
        default: .yamlSyntax
        }
      context.error(code, failure.message, line: failure.line)
    }
    if stream.documents.count > 1 {
      context.error(.yamlSyntax, "a configuration is one document; join them", line: stream.documents[1].line)
    }
    guard !context.hasError else { return ConfigurationReading(configuration: nil, findings: context.findings) }
    // Nobody knows which of two was meant; what else is wrong can be told all the same.
    for failure in stream.duplicates { context.error(.duplicate, failure.message, line: failure.line) }
    var reader = ConfigurationReader(context)
    if let document = stream.documents.first { reader.read(document) }
    return reader.finish()
  }
}

struct ConfigurationReader {
  static let keys = [
    "version", "timezone", "accounts", "environments", "people", "break_glass", "offboarded", "service", "automation",
    "approved_roles", "networks", "working_hours", "change_freeze", "tickets", "naming", "allowed_countries",
    "allowed_regions", "lists", "geoip", "thresholds", "runbooks", "suppressions", "notify",
  ]
  /// The form of the file; another one will have another number.
  static let version = 1

  let context: ReadingContext
  var result = Configuration()

  init(_ context: ReadingContext) { self.context = context }

  mutating func read(_ document: YAMLNode) {
    guard let top = Section(document, "the configuration", keys: Self.keys, context) else { return }
    if let node = top.node("version") {
      _ = WholeNumber.read(node, "'version'", in: Self.version...Self.version, context)
    }
    readZone(top)
    readAccounts(top)
    readEnvironments(top)
    readPeople(top)
    readBreakGlass(top)
    readOffboarded(top)
    readServices(top, .service)
    readServices(top, .automation)
    readRoles(top)
    readNetworks(top)
    if let node = top.node("working_hours") { result.workingHours = hours(node) }
    readFreezes(top)
    readTickets(top)
    readNaming(top)
    readCountries(top)
    result.allowedRegions = top.texts("allowed_regions").map { .init(text: $0.text, origin: context.origin($0.line)) }
    readLists(top)
    readDatabases(top)
    readThresholds(top)
    readRunbooks(top)
    readSuppressions(top)
    readNotify(top)
  }

  consuming func finish() -> ConfigurationReading {
    checkReferences()
    var findings: [ConfigFinding] = []
    result.index = ConfigurationIndex(result, &findings)
    context.add(findings)
    let hasError = context.hasError
    if !hasError { context.add(Lint.findings(result)) }
    // By line within a file, the configuration's own first, so that a reader walks through it once.
    let sorted = context.findings.enumerated().sorted { left, right in
      let (a, b) = (left.element.origin, right.element.origin)
      if a.file != b.file { return a.file == context.file || (b.file != context.file && a.file < b.file) }
      return a.line != b.line ? a.line < b.line : left.offset < right.offset
    }
    return ConfigurationReading(configuration: hasError ? nil : result, findings: sorted.map(\.element))
  }

  private mutating func readZone(_ top: Section) {
    guard let text = top.text("timezone"), let zone = zone(text) else { return }
    context.zone = zone
    result.zone = zone
    result.zoneOrigin = context.origin(text.line)
  }

  func zone(_ name: Located) -> Zone? {
    do throws(FileTrouble) {
      return try Zone(named: name.text)
    } catch {
      let hint = Suggestion.hint(for: name.text, among: Zone.names())
      let remedy = "write UTC, an offset like +08:00, or a name like Asia/Shanghai (which needs the package tzdata)"
      context.error(
        .badZone, "unknown time zone \(Quoted(name.text))\(hint.isEmpty ? "; \(remedy)" : hint)", line: name.line)
      return nil
    }
  }

  // MARK: References between sections

  private func checkReferences() {
    let environments = result.environments.map(\.name)
    for account in result.accounts where !account.environment.isEmpty {
      refer(account.environment, to: environments, "environment", account.origin)
    }
    for person in result.people {
      for name in person.environments { refer(name, to: environments, "environment", person.origin) }
    }
    let people = result.people.map(\.name)
    for entry in result.breakGlass { refer(entry.person, to: people, "person", entry.origin) }
    for entry in result.offboarded { refer(entry.person, to: people, "person", entry.origin) }
    for entry in result.suppressions { refer(entry.person, to: people, "person", entry.origin) }
    let accounts = result.accounts.map(\.id)
    for freeze in result.changeFreezes {
      for name in freeze.environments { refer(name, to: environments, "environment", freeze.window.origin) }
      for id in freeze.accounts { refer(id, to: accounts, "account", freeze.window.origin) }
    }
    for route in result.notify?.routes ?? [] {
      for name in route.environments { refer(name, to: environments, "environment", route.origin) }
    }
    for entry in result.approvedRoles where entry.from.isEmpty && accounts.isEmpty {
      context.error(
        .missingKey, "an approved role without 'from' is open to the listed accounts, and there are none", entry.origin)
    }
  }

  private func refer(_ name: String, to known: [String], _ what: String, _ origin: Origin) {
    guard !name.isEmpty, !known.contains(name) else { return }
    let hint = Suggestion.hint(for: name, among: known)
    let plural = what == "person" ? "people" : "\(what)s"
    let remedy = hint.isEmpty ? "; define it under '\(plural)'" : hint
    context.error(.unknownReference, "unknown \(what) \(Quoted(name))\(remedy)", origin)
  }
}
