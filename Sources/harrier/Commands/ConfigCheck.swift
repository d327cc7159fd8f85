import Configuration
import Correlation
import Glibc
import Matching
import Reports
import Rules

/// `harrier config check FILE`: what is wrong with a configuration, or unusual.
struct ConfigCheck {
  private let console: Console
  private let path: String
  private let failLevel: FailLevel
  private let rulePaths: [String]

  init(_ invocation: Invocation, _ console: Console, operands: ArraySlice<[UInt8]>) throws(UsageError) {
    let paths = try Invocation.texts(operands) + (invocation.values["config"] ?? [])
    guard paths.count == 1 else {
      throw UsageError("config check takes one file", remedy: "harrier config check FILE")
    }
    self.console = console
    path = paths[0]
    failLevel = try invocation.choice("fail-level", FailLevel.self) ?? .error
    rulePaths = invocation.values["rules"] ?? []
  }

  func run() throws(UsageError) -> ExitCode {
    let reading = Configuration.load(path: path)
    var findings = reading.findings
    if let configuration = reading.configuration {
      findings += configuration.expired(at: ConfigCheck.now())
      var locations: Locations?
      do throws(ConfigFinding) {
        locations = try Locations(configuration)
        findings += locations?.findings ?? []
      } catch {
        findings.append(error)
      }
      findings += ruleFindings(configuration, locations)
    }
    let text = findings.map { Escape.terminal($0.description) + "\n" }.joined()
    console.results.write(Array(text.utf8))
    console.note(summary(reading.configuration, findings))
    guard reading.configuration != nil else { return .usage }
    let worst = findings.map(\.severity).max()
    return worst.map { $0 >= failLevel.ofConfiguration } ?? false ? .nothing : .done
  }

  /// What comes up only where the configuration meets the rules: found as a sweep finds it.
  private func ruleFindings(_ configuration: Configuration, _ locations: Locations?) -> [ConfigFinding] {
    let (set, faults) = LoadedRules.fit(configuration, paths: rulePaths, isBuiltIn: true)
    let plan = DetectionPlan(set, estate: Estate(configuration, locations))
    let program = MatchProgram(rules: plan.rules, aggregated: true)
    // A rule that the lists make too big is left out of every sweep.
    let leftOut =
      set.diagnostics.filter { $0.severity == .error } + plan.rejections + program.rejections.map(\.diagnostic)
    let place = Origin.file(path, line: 0)
    return configuration.unknownRules(known: set.knownNames) + faults
      + leftOut.map { ConfigFinding(.error, .unusableRule, "a rule is left out: \($0)", at: place) }
  }

  private func summary(_ configuration: Configuration?, _ findings: [ConfigFinding]) -> String {
    let counts = ConfigFinding.Severity.allCases.reversed().map { severity in
      Amount.of(findings.count { $0.severity == severity }, severity.name)
    }.joined(separator: ", ")
    guard let configuration else { return counts }
    let fingerprint = configuration.fingerprint.map { ", sha256 \($0)" } ?? ""
    let people = configuration.people.count == 1 ? "1 person" : "\(configuration.people.count) people"
    return "\(Amount.of(configuration.accounts.count, "account")), \(people): \(counts)\(fingerprint)"
  }

  /// Milliseconds since 1970: what is over is over for whoever edits the file today.
  private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000
  }
}
