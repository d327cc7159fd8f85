import Archive
import Events
import Investigate
import Matching
import Pipeline
import Rules

/// `harrier rules check --sample PATH`: reads events and names the fields of rules that none of them has.
struct RulesSample {
  private let archive: ArchiveRun

  /// Nil if no sample was asked for.
  init?(_ invocation: Invocation, _ console: Console) throws(UsageError) {
    guard let paths = invocation.values["sample"] else { return nil }
    archive = try ArchiveRun(invocation, console, paths: paths.map { Array($0.utf8) }[...])
  }

  /// What was found, and how the reading went; nil if it could not be done.
  func findings(_ rules: [Rule]) throws(UsageError) -> (findings: [RuleDiagnostic], code: ExitCode)? {
    let sightings = FieldSightings(rules: rules)
    let plan = try archive.plan(sightings.program.earlySources.map { Field($0) })
    let matchers = try archive.matchers(sightings.program, plan)
    let entryCount = sightings.program.entries.count
    guard
      let result = archive.scan(
        plan, { SightingSink(matchers[$0], files: archive.discovery.files, entryCount: entryCount) })
    else { return nil }
    var hits = [UInt64](repeating: 0, count: entryCount)
    for sink in result.sinks { for (entry, count) in sink.hits.enumerated() { hits[entry] += count } }
    let findings = sightings.missing(hits).map { RulesSample.finding($0, rules[$0.rule]) }
    return (findings, archive.conclude(result.ledger))
  }

  private static func finding(_ missing: FieldSightings.Missing, _ rule: Rule) -> RuleDiagnostic {
    let attributes = rule.attributes
    // A field may come from a filter that was applied; then the rule's first line has to do.
    let selection = rule.selections.first { $0.predicate.fields.contains(missing.field) }
    let what = missing.events == 1 ? "the one event" : "none of the \(missing.events) events"
    let verb = missing.events == 1 ? "does not have" : "has"
    return RuleDiagnostic(
      severity: .warning, code: .unseenField, file: attributes.place.file,
      line: selection?.line ?? attributes.place.line,
      rule: attributes.label, message: "\(what) of its log in the sample \(verb) the field '\(missing.field)'")
  }
}

/// Counts how often each entry of a program is hit.
private struct SightingSink: Sink {
  private(set) var hits: [UInt64]
  private var matcher: Matcher
  private let names: [FoundFile]

  init(_ matcher: Matcher, files: [FoundFile], entryCount: Int) {
    self.matcher = matcher
    names = files
    hits = [UInt64](repeating: 0, count: entryCount)
  }

  mutating func begin(file: Int) { matcher.begin(file: names[file].name.text) }

  mutating func take(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>, file: Int) -> Bool {
    matcher.match(batch, rows: rows)
    for hit in matcher.hits { hits[Int(hit.rule)] += 1 }
    return true
  }

  mutating func end(file: Int, _ entry: FileEntry) {}
}
