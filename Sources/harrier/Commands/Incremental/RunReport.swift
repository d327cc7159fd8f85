import Archive
import Correlation
import Events
import Reports
import Rules
import State

/// What one run tells: alerts that are new, changed or withdrawn, and a summary of what it has read.
struct RunReport {
  private enum Source {
    /// Among the episodes of the run.
    case found(Int)
    case kept(Alert)
  }

  private struct Entry {
    var time: Int64
    var id: String
    var level: Level
    var change: (name: String, replaces: String?)
    var source: Source
  }

  private(set) var content: ReportContent
  let row: RunRow
  private var entries: [Entry] = []
  private let list: AlertList?
  private var isSilent = false
  private let run: StateRun?

  /// Of alerts that are there now.
  var levels: [Level] { entries.filter { $0.change.name != AlertChange.Kind.withdrawn.name }.map(\.level) }

  init(
    _ run: StateRun, _ detecting: Detecting, _ report: SweepReport, providers: [Set<String>], _ choice: FileChoice,
    leftOut: [String]
  ) throws {
    let full = run.findings
    let places = run.news.changes.compactMap(\.place)
    let narrowed = run.reduction.narrowed(
      to: run.counts, run.intake.part, episodes: Episodes(places, of: run.reduction.episodes))
    let findings = Findings(
      detecting.plan, narrowed, configuration: detecting.configuration,
      locations: detecting.estate.locations, redactor: report.redactor)
    let ledger = SummaryLedger(narrowed, detecting.plan, providers: providers, idle: detecting.idle)
    content = detecting.content(findings, ledger)
    // What is seldom there is no news: whether a rule has anything to look at, all that is kept tells.
    content.summary.detections = detecting.summary(full, ledger).detections
    content.summary.incidents = RunReport.incidents(full, places)
    if !places.isEmpty { content.summary.addressesSince = full.addressesSince() }
    content.summary.known = RunReport.known(choice, run)
    content.summary.leftOut = leftOut
    row = RunRow(
      finished: Invocation.clock, files: run.intake.part.files.count, events: run.counts.distinct,
      duplicates: run.counts.duplicates, alreadySeen: run.counts.alreadySeen, tooLate: run.intake.part.tooLate,
      rules: content.rules, configuration: content.configuration)
    list = AlertList(full)
    self.run = run
    for change in run.news.changes { try add(change, run.state) }
    rebuild()
  }

  /// - Parameter accounts: those that were ever heard of.
  init(nothingNewIn discovery: Discovery, _ detecting: Detecting, _ choice: FileChoice, accounts: Set<[UInt8]>) {
    var summary = Summary()
    summary.silentAccounts = Overview.silent(detecting.accounts, accounts)
    summary.issues = discovery.issues.filter(\.isLoss).map(\.description)
    summary.readsAll = summary.issues.isEmpty
    summary.rejections = detecting.rejections
    summary.leftOut = discovery.leftOut
    summary.known = Summary.Known()
    summary.known?.unchangedFiles = choice.unchangedCount
    summary.known?.movedFiles = choice.movedCount
    content = ReportContent(
      alerts: AlertList([]), summary: summary, inputs: [], rules: detecting.plan.fingerprint.hex,
      configuration: detecting.configuration.fingerprint)
    row = RunRow(
      finished: 0, files: 0, events: 0, duplicates: 0, alreadySeen: 0, tooLate: 0, rules: "", configuration: nil)
    list = nil
    run = nil
  }

  private mutating func add(_ change: AlertChange, _ state: State) throws(StateError) {
    let told = (change.kind.name, change.replaces)
    if let place = change.place, let run {
      let alert = run.found[place]
      entries.append(
        Entry(
          time: alert.time, id: alert.id, level: run.findings.level(place), change: told, source: .found(place)))
    } else if let line = try state.line(ofAlert: change.id), let alert = Alert(line: line) {
      entries.append(Entry(time: alert.time, id: alert.id, level: alert.level, change: told, source: .kept(alert)))
    }
  }

  /// Tells also what earlier runs had to tell: their report was not seen for sure before this one takes its place.
  mutating func carry(_ runs: ClosedRange<Int64>?, _ state: State) throws(StateError) {
    guard let runs else { return }
    var log = try state.changes(of: runs)
    if !isSilent { for change in run?.news.changes ?? [] { log.add(change) } }
    entries = []
    for change in log.changes.values { try add(change, state) }
    entries.sort { a, b in a.time == b.time ? a.id < b.id : a.time < b.time }
    rebuild()
    content.summary.count(content.alerts)
  }

  /// Tells also what earlier runs have lost and could not say.
  ///
  /// - Returns: what was lost, as sentences; nothing of what this run says itself, or has read after all.
  mutating func carry(_ losses: [UntoldLoss]) -> [String] {
    var own: [[UInt8]: PartFile] = [:]
    for file in run?.intake.part.files ?? [] { own[file.path] = file }
    let left = losses.filter { loss in
      guard let again = own[loss.file.path] else { return true }
      return !again.isLoss && loss.file.entry.status != .unreadable
    }
    let words = left.map(\.words)
    guard !words.isEmpty else { return [] }
    content.summary.issues += words
    content.summary.readsAll = false
    content.inputs += left.filter { own[$0.file.path] == nil }.map { InputFile($0.file) }
    return words
  }

  /// Learning tells of no alert.
  mutating func silence() {
    isSilent = true
    entries = []
    rebuild()
    content.summary.count(content.alerts)
  }

  private mutating func rebuild() { content.alerts = RunReport.list(entries, list) }

  private static func list(_ entries: [Entry], _ found: AlertList?) -> AlertList {
    AlertList(
      count: entries.count, level: { entries[$0].level },
      sketch: { place in
        var alert: Alert
        switch entries[place].source {
        case .found(let own): alert = found.map { $0.sketch(own) } ?? Alert(id: entries[place].id)
        case .kept(let kept): alert = kept
        }
        alert.change = entries[place].change
        return alert
      },
      alert: { place in
        var alert: Alert
        switch entries[place].source {
        case .found(let own): alert = found.map { $0[own] } ?? Alert(id: entries[place].id)
        case .kept(let kept): alert = kept
        }
        alert.change = entries[place].change
        return alert
      }, again: { list(entries, found?.forAnotherThread()) })
  }

  private static func incidents(_ findings: Findings, _ places: [Int]) -> [Int] {
    var counts = [Int](repeating: 0, count: Level.allCases.count)
    var seen: Set<Hash128> = []
    for place in places {
      guard let incident = findings.incidents.of(place), seen.insert(incident.id).inserted else { continue }
      counts[incident.level.rawValue] += 1
    }
    return counts
  }

  private static func known(_ choice: FileChoice, _ run: StateRun) -> Summary.Known {
    var known = Summary.Known()
    known.unchangedFiles = choice.unchangedCount
    known.movedFiles = choice.movedCount
    known.grownFiles = choice.grownCount
    known.replacedFiles = choice.replacedCount
    known.alreadySeen = run.counts.alreadySeen
    known.tooLate = run.intake.part.tooLate
    return known
  }
}

extension UntoldLoss {
  /// How much of it was lost stands with the inputs.
  fileprivate var words: String {
    let name = String(decoding: FileName(file.path).text, as: UTF8.self)
    let what = file.entry.status == .unreadable ? "could not be read" : "not all of it could be read"
    return "\(name): \(what) by run \(run), whose report was not delivered"
  }
}
