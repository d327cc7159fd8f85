import Correlation
import Glibc
import Reports
import Rules

/// What alerts as JSON may look like.
enum AlertSchema: String, CaseIterable { case native, ocsf }

extension Invocation {
  /// What the flags say of reports.
  func reports() throws(UsageError) -> ReportOptions {
    var options = ReportOptions()
    options.zone = try zone()
    options.jobs = try jobs()
    options.language = try choice("lang", Language.self) ?? .english
    options.alertFormat = try choice("alert-format", AlertSchema.self) == .ocsf ? .ocsf : .native
    for name in values["report"] ?? [] {
      guard let kind = ReportKind(rawValue: name) else {
        let all = ReportKind.allCases.map(\.rawValue)
        throw UsageError(
          "--report \(name): not one of \(all.joined(separator: ", "))\(Suggestion.among(all, for: name))")
      }
      options.kinds.insert(kind)
    }
    if !options.kinds.isEmpty, !has("out") {
      throw UsageError("--report writes files", remedy: "say where with --out DIR")
    }
    if has("lang"), !has("out") {
      throw UsageError("--lang is the language of report.html", remedy: "say where to write it with --out DIR")
    }
    options.kept = try keptReports()
    return options
  }

  /// `--keep-reports 30` or `--keep-reports 30d`.
  private func keptReports() throws(UsageError) -> KeptReports.Limit? {
    guard let text = value("keep-reports") else { return nil }
    guard has("out") else { throw UsageError("--keep-reports goes with --out DIR") }
    if let age = Invocation.duration(text) { return .age(age) }
    guard let count = Int(text), count >= 0 else {
      throw UsageError("--keep-reports \(text): neither a number nor a time span", remedy: "write it like 30 or 90d")
    }
    return .count(count)
  }
}

/// Places that cannot take what is to be written, refused before anything is read.
enum OutputPlace {
  private static let remedyOfDirectory = "name a directory that you may write to, or a new one in such a directory"
  private static let remedyOfFile = "name a file in a directory that is there and that you may write to"

  /// - Parameter directory: of `--out`; nil refuses nothing.
  static func check(_ directory: String?, _ options: ReportOptions) throws(UsageError) {
    guard let directory, let obstacle = ReportDirectory.obstacle(to: directory, options) else { return }
    throw refusal("--out \(directory)", obstacle, isNamed: obstacle.path == directory, remedyOfDirectory)
  }

  /// - Parameter file: of `-o`.
  static func check(file: String) throws(UsageError) {
    guard let obstacle = ReportFile(file).obstacle else { return }
    throw refusal("-o \(file)", obstacle, isNamed: obstacle.path == file, remedyOfFile)
  }

  private static func refusal(
    _ flag: String, _ obstacle: ReportError, isNamed: Bool, _ remedy: String
  ) -> UsageError {
    let place = isNamed ? "" : "\(obstacle.path): "
    return UsageError("\(flag): \(place)\(SystemMessage.of(obstacle.errorNumber))", remedy: remedy)
  }
}

extension Invocation {
  // Keys are some bytes; a log that was named by mistake is not read.
  private static let keyBytesMax = 1 << 16

  /// The key of `--pseudonymise`; nil without it.
  func pseudonyms() throws(UsageError) -> Pseudonyms? {
    guard let path = value("pseudonymise") else { return nil }
    let key: [UInt8]
    do throws(ReportError) {
      key = try SmallFile.bytes(path, bytesMax: Invocation.keyBytesMax)
    } catch {
      throw UsageError("--pseudonymise \(path): \(SystemMessage.of(error.errorNumber))")
    }
    guard let pseudonyms = Pseudonyms(key: key) else {
      throw UsageError(
        "--pseudonymise \(path): a key has at least \(Pseudonyms.keyBytesMin) bytes",
        remedy: "make one with: head -c 32 /dev/urandom > \(path)")
    }
    return pseudonyms
  }
}

extension Detecting {
  /// Everything that reports are made of.
  func content(_ findings: Findings, _ ledger: SummaryLedger) -> ReportContent {
    ReportContent(
      alerts: AlertList(findings), summary: summary(findings, ledger),
      inputs: findings.reduction.files.map(InputFile.init),
      rules: plan.fingerprint.hex, configuration: configuration.fingerprint)
  }

  func summary(_ findings: Findings, _ ledger: SummaryLedger) -> Summary {
    var summary = Summary(findings, ledger)
    summary.silentAccounts = Overview.silent(accounts, findings.reduction.silence.seen)
    summary.rejections = rejections
    return summary
  }

  /// Those of the configuration.
  var accounts: [SilentAccount] {
    configuration.accounts.map { SilentAccount(id: $0.id, name: $0.name, provider: $0.provider) }
  }
}

/// The working directory.
enum SystemDirectory {
  static var current: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }

  /// A path as it is from everywhere: whoever comes next may begin elsewhere.
  static func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(current)/\(path)" }
}
