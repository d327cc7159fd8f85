import Foundation
import Testing

/// Sweeps and deliveries that are killed, or whose calls fail, at any moment: everybody is told of everything at least once,
/// under the key that it has without a fault.
@Suite struct DeliveryFaultTests {
  private static let isTorture = StateRunsTests.isTorture

  private static func faults(_ calls: (changes: Int, looks: Int), kill: Int, others: Int) -> [Fault] {
    var faults: [Fault] = []
    for (offset, kind) in ["kill", "tear", "short", "ENOSPC", "EIO", "stuck"].enumerated() {
      let width = isTorture ? 1 : kind == "kill" ? kill : others
      faults += stride(from: 1 + offset % width, through: calls.changes, by: width).map { Fault(kind: kind, at: $0) }
    }
    return faults
      + stride(from: 1, through: calls.looks, by: isTorture ? 1 : others).map { Fault(kind: "read", at: $0) }
  }

  // MARK: From the sweep to the outbox

  /// A first sweep with a state of its own.
  private static func sweep(_ post: Watchpost, _ state: String, _ fault: Fault? = nil) throws -> Harrier.Result {
    try Harrier.run(
      [
        "sweep", post.logs, "--state", state, "--no-builtin", "--rules", "\(post.folder.path)/rules.yml", "--config",
        "\(post.folder.path)/harrier.yaml", "--no-notify", "--format", "jsonl", "-j", "1", "-q",
      ], environment: fault?.environment ?? [:])
  }

  private static func filed(_ state: String) throws -> [String] {
    try Harrier.run("outbox", "list", "--state", state, "--format", "jsonl").rows.map { row in
      "\(row["key"] ?? "") \(row["target"] ?? "") \(row["level"] ?? "") \(row["status"] ?? "")"
    }.sorted()
  }

  @Test func whatIsKnownIsFiledWhereverTheSweepWasKilled() throws {
    let post = try Watchpost(in: Folder.memory)
    try post.configure(
      DeliveryTests.config("t: {command: [/bin/cat]}", "u: {command: [/bin/cat]}", routes: "[{to: [t, u]}]"))
    let whole = "\(post.folder.path)/whole"
    #expect(try Self.sweep(post, whole).code == 0)
    let reference = try Self.filed(whole)
    #expect(reference.count == 6)
    let calls = try Fault.counted(post.folder) { try Self.sweep(post, "\(post.folder.path)/counted", $0) }
    let faults = Self.faults(calls, kill: 2, others: 12)
    #expect(faults.count(where: \.kills) > 15)
    let failures = Failures.of(faults) { fault in
      let state = "\(post.folder.path)/\(fault.kind)-\(fault.at)"
      let broken = try Self.sweep(post, state, fault)
      if let words = fault.unlike(broken, [0, 4]) { return words }
      let clean = try Self.sweep(post, state)
      if clean.code != 0 { return "the next run ended with \(clean.code): \(clean.errors)" }
      return try Self.filed(state) == reference ? nil : "other messages are filed"
    }
    #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
  }

  @Test func nextSweepStartsTheDeliveryThatAKilledOneCouldNot() throws {
    let post = try Watchpost()
    let receiver = try Receiver("200", in: post.folder)
    try post.configure(DeliveryTests.config(DeliveryTests.target(receiver)))
    let calls = try Fault.counted(post.folder) { try Self.sweep(post, "\(post.folder.path)/counted", $0) }
    // Everything is written; nothing was started.
    let killed = try Self.sweep(post, post.state, Fault(kind: "kill", at: calls.changes))
    #expect(killed.code == SIGKILL)
    #expect(try post.outbox("list", "--status", "waiting").count == 3)
    #expect(try post.sweep("-q").code == 0)
    #expect(Set(receiver.entries(3).compactMap { $0.header("Idempotency-Key") }).count == 3)
  }

  // MARK: From the outbox to the people

  private static func deliver(_ post: Watchpost, _ place: String, _ fault: Fault? = nil) throws -> Harrier.Result {
    try Tool.run(
      Watchpost.notify, ["--state", "\(place)/state", "--config", "\(place)/harrier.yaml"],
      environment: fault?.environment ?? [:])
  }

  /// A state with messages that wait, and where they are to go.
  private static func place(_ name: String, _ post: Watchpost, _ target: String) throws -> String {
    let place = "\(post.folder.path)/\(name)"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: post.state, toPath: "\(place)/state")
    try post.folder.write(
      "\(name)/harrier.yaml", "notify:\n" + DeliveryTests.config(target.replacing("/PLACE", with: "/\(name)")))
    return place
  }

  @Test func everyMessageArrivesWhateverBreaksTheDelivery() throws {
    let post = try Watchpost(in: Folder.memory)
    let receiver = try Receiver("200", in: post.folder)
    try post.configure(DeliveryTests.config(DeliveryTests.target(receiver)))
    try post.sweep("--no-notify", "-q")
    let keys = Set(try post.outbox("list").compactMap { $0["key"] as? String })
    #expect(keys.count == 3)
    let target = DeliveryTests.target(receiver, path: "/PLACE")
    let counted = try Self.place("counted", post, target)
    let calls = try Fault.counted(post.folder) { try Self.deliver(post, counted, $0) }
    let faults = Self.faults(calls, kill: 1, others: 9)
    #expect(faults.count(where: \.kills) > 30)
    var failures = Failures.of(faults) { fault in
      let place = try Self.place("\(fault.kind)-\(fault.at)", post, target)
      let broken = try Self.deliver(post, place, fault)
      if let words = fault.unlike(broken, [0, 3, 4]) { return words }
      let clean = try Self.deliver(post, place)
      if clean.code != 0 { return "the next one ended with \(clean.code): \(clean.errors)" }
      let rows = try Harrier.run("outbox", "list", "--state", "\(place)/state", "--format", "jsonl").rows
      return rows.count == 3 && rows.allSatisfy { $0["status"] as? String == "sent" } ? nil : "not all is crossed out"
    }
    let told = Dictionary(grouping: receiver.entries, by: \.path)
    for fault in faults {
      let entries = told["/\(fault.kind)-\(fault.at)"] ?? []
      if Set(entries.compactMap { $0.header("Idempotency-Key") }) != keys { failures.append("\(fault): lost") }
      // Only the one that was on its way is told again.
      if entries.count > 4 { failures.append("\(fault): told \(entries.count) times") }
      if entries.contains(where: { $0.body["key"] as? String != $0.header("Idempotency-Key") }) {
        failures.append("\(fault): two keys")
      }
    }
    #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
  }
}
