import Foundation
import Testing

/// A real server on loopback that answers as it is told, and remembers what it was sent.
final class Receiver {
  private let process = Process()
  private let input = Pipe()
  private let record: String
  let port: Int

  private static let script = DocumentedTests.root.appendingPathComponent("Tests/Servers/receiver.py").path

  init(_ modes: String, in folder: Folder, tls: (certificate: String, key: String)? = nil, path: String? = nil) throws {
    record = "\(folder.path)/record-\(UUID().uuidString)"
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    var arguments = ["python3", Receiver.script, record, modes]
    if let tls { arguments += ["--tls", tls.certificate, tls.key] }
    if let path { arguments.append(path) }
    process.arguments = arguments
    process.standardOutput = output
    process.standardInput = input
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)), "no server: \(line)")
  }

  deinit {
    // The thread that started it may have had other signals blocked, and so has the server then.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  struct Entry {
    let fields: [String: Any]

    var method: String { fields["method"] as? String ?? "" }
    var path: String { fields["path"] as? String ?? "" }
    var line: String { fields["line"] as? String ?? "" }
    var body: [String: Any] {
      let text = fields["body"] as? String ?? ""
      return (try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]) ?? [:]
    }
    var bodyText: String { fields["body"] as? String ?? "" }
    var time: Double { fields["time"] as? Double ?? 0 }
    func header(_ name: String) -> String? { (fields["headers"] as? [String: String])?[name] }
  }

  var entries: [Entry] {
    let text = (try? String(contentsOfFile: record, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]).map { Entry(fields: $0) }
    }
  }

  /// Waits for so many entries.
  func entries(_ count: Int, seconds: Double = 8) -> [Entry] {
    let end = Date().addingTimeInterval(seconds)
    while entries.count < count, Date() < end { usleep(20_000) }
    return entries
  }
}

/// A sweep with three alerts and its surroundings: rules, an archive, a state, a configuration.
struct Watchpost: Sendable {
  static let notify = URL(fileURLWithPath: Harrier.path).deletingLastPathComponent()
    .appendingPathComponent("harrier-notify").path

  static let rules = """
    title: Log stopped
    name: log_stopped
    logsource: {product: cloud}
    detection: {s: {action: StopLogging}, condition: s}
    level: critical
    ---
    title: User read
    name: user_read
    logsource: {product: cloud}
    detection: {s: {action: GetUser}, condition: s}
    level: low
    """

  let folder: Folder
  let state: String
  let logs: String

  init(in place: URL? = nil) throws {
    folder = try Folder(in: place)
    state = "\(folder.path)/state.db"
    logs = "\(folder.path)/logs"
    try folder.write("rules.yml", Self.rules)
    let stopped = Sample.event(2, action: "StopLogging").replacing("iam.amazonaws", with: "cloudtrail.amazonaws")
    try deliver("a.json", [Sample.event(0), Sample.event(1), stopped])
  }

  func deliver(_ name: String, _ events: [String]) throws {
    try folder.write("logs/\(name)", events.joined(separator: "\n") + "\n")
  }

  @discardableResult
  func configure(_ notify: String) throws -> String {
    let base = "accounts: [{id: '111122223333', environment: prod}]\nenvironments: {prod: {}}\n"
    return try folder.write("harrier.yaml", base + "notify:\n" + notify + "\n")
  }

  @discardableResult
  func sweep(_ more: String...) throws -> Harrier.Result { try sweep(more) }

  @discardableResult
  func sweep(_ more: [String]) throws -> Harrier.Result {
    try Harrier.run(
      [
        "sweep", logs, "--state", state, "--no-builtin", "--rules", "\(folder.path)/rules.yml", "--config",
        "\(folder.path)/harrier.yaml",
      ] + more)
  }

  /// Delivers what waits, as a timer would.
  @discardableResult
  func notify(_ more: String..., environment: [String: String] = [:]) throws -> Harrier.Result {
    try Tool.run(
      Self.notify, ["--state", state, "--config", "\(folder.path)/harrier.yaml"] + more, environment: environment)
  }

  func outbox(_ arguments: String...) throws -> [[String: Any]] {
    try Harrier.run(["outbox"] + arguments + ["--state", state, "--format", "jsonl"]).rows
  }
}
