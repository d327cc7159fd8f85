import Archive
import Correlation
import Events
import Pipeline
import Reports
import Rules

/// `harrier rules explain --alert ID PATH...`: sweeps the paths again and shows how an alert came about, event by event.
struct AlertExplanation {
  // An id has 32 digits; so few tell alerts apart and can be typed.
  private static let digitsMin = 8

  private let archive: ArchiveRun
  private let console: Console
  private let detecting: Detecting
  private let id: String
  /// Only the suppression that would hide it.
  private let suppresses: Bool

  init(_ invocation: Invocation, _ console: Console, id: String, paths: ArraySlice<[UInt8]>) throws(UsageError) {
    guard id.count >= AlertExplanation.digitsMin, id.allSatisfy(\.isHexDigit) else {
      throw UsageError(
        "--alert \(id): not the id of an alert", remedy: "ids stand in alerts.jsonl; 8 digits are enough")
    }
    self.id = id.lowercased()
    self.console = console
    suppresses = invocation.has("suppress")
    detecting = try Detecting(invocation, console)
    archive = try ArchiveRun(invocation, console, paths: paths)
  }

  /// The rule that raised the alert, once the alert has been shown; nil if there is no such alert.
  func run() throws(UsageError) -> (code: ExitCode, rule: String?) {
    guard let (mapped, _) = try detecting.map(archive, identity: nil) else { return (.failed, nil) }
    let code = archive.conclude(mapped.ledger)
    if code == .interrupted { return (code, nil) }
    var options = detecting.reduceOptions
    // Without suppressions: an alert that is hidden can be explained, too.
    options.estate = Estate(detecting.configuration.withoutSuppressions, detecting.estate.locations)
    options.explained = { [id] in $0.hex.hasPrefix(id) }
    let reduction: Reduction
    do throws(SegmentError) {
      reduction = try reduce([mapped.part], plan: detecting.plan, options: options)
    } catch {
      if error.isInterruption { return (.interrupted, nil) }
      console.fail("could not finish: \(error.message)")
      return (.failed, nil)
    }
    let findings = Findings(
      detecting.plan, reduction, configuration: detecting.configuration,
      locations: detecting.estate.locations, redactor: archive.redactor)
    let places = reduction.episodes.indices.filter { reduction.episodes.id($0).hex.hasPrefix(id) }
    guard let place = places.first else {
      throw UsageError(
        "no alert of these paths has the id \(id)",
        remedy: "give the same paths, --rules, --config and --every-match as to the sweep: with or without "
          + "--every-match alerts have other ids")
    }
    guard places.count == 1 else { throw UsageError("\(places.count) alerts begin with \(id): give more digits") }
    let alert = findings.alert(place)
    if reduction.hasLostAlerts {
      console.fail("could not finish: \(SweepReport.lostAlerts)")
      return (.failed, nil)
    }
    if suppresses {
      console.results.write(Array(alert.suppression.utf8))
      return (code, nil)
    }
    console.results.write(AlertText.bytes(Alert(alert)))
    if alert.episode.count > 0 { console.results.write(AlertReplay.bytes(findings, place)) }
    return (code, alert.attributes.label)
  }
}
