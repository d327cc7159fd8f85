import Archive
import Correlation
import Events
import Pipeline
import Reports
import Rules

/// `harrier rules test DIR... --replay PATH...`: how often rules would have fired on an archive, and on whom.
struct RulesReplay {
  private static let names = [
    "rule", "title", "level", "alerts", "suppressed", "first_time", "last_time", "actors", "reason",
  ]
  // What a line takes; the sweep tells all.
  private static let actorsMax = 5

  private let archive: ArchiveRun
  private let console: Console
  private let detecting: Detecting
  private let format: Format?

  init(_ invocation: Invocation, _ console: Console, operands: ArraySlice<[UInt8]>) throws(UsageError) {
    self.console = console
    // Whatever stands behind the flag is read, as a list of paths is.
    let cut = max(invocation.operandsBefore["replay"] ?? operands.endIndex, operands.startIndex)
    let behind = operands[cut...]
    try RulesReplay.refuseRules(among: behind)
    let rules = try LoadedRules(
      invocation, also: Invocation.texts(operands[..<cut]), onlyNamed: true)
    detecting = try Detecting(invocation, console, rules: rules)
    let paths = (invocation.values["replay"] ?? []).map { Array($0.utf8) } + behind
    archive = try ArchiveRun(invocation, console, paths: paths[...])
    format = try invocation.choice("format", Format.self)
  }

  /// Rules behind the flag would be skipped as no logs, and others run in their place.
  private static func refuseRules(among paths: ArraySlice<[UInt8]>) throws(UsageError) {
    for path in paths where RuleLoader.holdsOnlyRules(path: String(decoding: path, as: UTF8.self)) {
      throw UsageError(
        "\(FileName(path)) holds rules, and stands behind --replay, where events are named",
        remedy: "harrier rules test DIR... --replay PATH...")
    }
  }

  func run() throws(UsageError) -> ExitCode {
    guard let (mapped, providers) = try detecting.map(archive, identity: nil) else { return .failed }
    let code = archive.conclude(mapped.ledger)
    if code == .interrupted { return code }
    let reduction: Reduction
    do throws(SegmentError) {
      reduction = try reduce([mapped.part], plan: detecting.plan, options: detecting.reduceOptions)
    } catch {
      console.fail("could not finish: \(error.message)")
      return .failed
    }
    guard reduction.distinct > 0 else {
      console.fail("no event was read, so there is nothing to tell of any rule")
      return code == .done ? .usage : code
    }
    show(reduction, providers)
    if reduction.hasLostAlerts {
      console.fail("could not finish: \(SweepReport.lostAlerts)")
      return .failed
    }
    console.note(
      "\(Amount.of(reduction.episodes.count, "alert")) in \(Amount.of(reduction.distinct, "event"))"
        + RulesReplay.span(reduction.times))
    return code == .done && detecting.hasRejections ? .incomplete : code
  }

  /// ` over 2.5 days`; nothing where no event has a time.
  private static func span(_ times: EventTimes) -> String {
    guard times.first <= times.last else { return "" }
    let days = Double(times.last - times.first) / 86_400_000
    return " over \((days * 10).rounded() / 10) days"
  }

  /// What one detection would have done.
  private struct Fired {
    var alerts = 0
    var times = EventTimes()
    var suppressed = 0
    /// By text number; 0 for several at once.
    var actors: [UInt32: Int] = [:]
  }

  private func show(_ reduction: Reduction, _ providers: [Set<String>]) {
    var fired = detecting.plan.detections.map { _ in Fired() }
    for episode in reduction.episodes {
      fired[episode.detection].alerts += 1
      fired[episode.detection].times.note(episode.time)
      let actor = Dimension.actor.rawValue < episode.shared.count ? episode.shared[Dimension.actor.rawValue] : 0
      fired[episode.detection].actors[actor == Episode.mixed ? 0 : actor, default: 0] += 1
    }
    for place in reduction.suppressed.indices { fired[reduction.suppressed.detection(place)].suppressed += 1 }
    let order = detecting.plan.detections.indices.filter { detecting.plan.detections[$0].raisesAlerts }.sorted { a, b in
      let (x, y) = (fired[a].alerts, fired[b].alerts)
      return x == y ? a < b : x > y
    }
    let idle = detecting.idle
    let ledger = SummaryLedger(reduction, detecting.plan, providers: providers, idle: idle)
    let findings = Findings(detecting.plan, reduction, configuration: detecting.configuration)
    let statuses = ledger.statuses(findings)
    let reasons = order.map { fired[$0].alerts > 0 ? nil : statuses[$0] }
    guard let format else {
      return console.results.write(Array(text(order, fired, reasons, idle, reduction).utf8))
    }
    var out: [UInt8] = []
    RowWriter.writeAll(
      zip(order, reasons).map { row(detecting.plan.detections[$0], fired[$0], $1, reduction) } + idle.map(row),
      names: RulesReplay.names, format: format,
      rightAligned: RulesReplay.names.map { $0 == "alerts" || $0 == "suppressed" }, terminalWidth: Console.width,
      to: &out)
    console.results.write(out)
  }

  private func text(
    _ order: [Int], _ fired: [Fired], _ reasons: [String?], _ idle: [IdleDetection], _ reduction: Reduction
  ) -> String {
    var text = ""
    for (place, reason) in zip(order, reasons) {
      let detection = detecting.plan.detections[place]
      let one = fired[place]
      let times = one.alerts == 1 ? "once" : "\(Amount.grouped(UInt64(one.alerts))) times"
      let level = (detection.attributes.level ?? .medium).name
      guard one.alerts > 0 else {
        let title = Escape.terminal(detection.attributes.title)
        text +=
          reason.map { "could not fire: \(title) (\(level)): \(Escape.terminal($0))\n" }
          ?? "would not have fired: \(title) (\(level))\n"
        continue
      }
      text += "would have fired \(times): \(Escape.terminal(detection.attributes.title)) (\(level))"
      if one.suppressed > 0 { text += ", \(one.suppressed) suppressed" }
      text += "\n    \(Escape.terminal(actors(one, reduction)))\n"
    }
    for one in idle {
      text += "could not fire: \(Escape.terminal(one.title)) (\(one.level)): \(Escape.terminal(one.reason))\n"
    }
    return text
  }

  /// `ann 3, ben 2 and 4 others`
  private func actors(_ fired: Fired, _ reduction: Reduction) -> String {
    let named = fired.actors.map { id, count in
      (name: id == 0 ? "several or nobody" : String(decoding: reduction.texts.text(id), as: UTF8.self), count: count)
    }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    var parts = named.prefix(RulesReplay.actorsMax).map { "\($0.name) \($0.count)" }
    if named.count > parts.count { parts.append("and \(Amount.of(named.count - parts.count, "other"))") }
    return parts.joined(separator: ", ")
  }

  private func row(_ detection: Detection, _ fired: Fired, _ reason: String?, _ reduction: Reduction) -> [Cell] {
    func time(_ time: Int64) -> Cell { fired.times == EventTimes() ? .missing : .string(Timestamp.string(time)) }
    return [
      .string(detection.attributes.label), .string(detection.attributes.title),
      .string((detection.attributes.level ?? .medium).name), .count(UInt64(fired.alerts)),
      .count(UInt64(fired.suppressed)), time(fired.times.first), time(fired.times.last),
      fired.alerts == 0 ? .missing : .string(actors(fired, reduction)), reason.map { .string($0) } ?? .missing,
    ]
  }

  private func row(_ idle: IdleDetection) -> [Cell] {
    [
      .string(idle.rule), .string(idle.title), .string(idle.level), .count(0), .count(0), .missing, .missing, .missing,
      .string(idle.reason),
    ]
  }
}
