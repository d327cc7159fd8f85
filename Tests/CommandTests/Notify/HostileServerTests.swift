import Foundation
import Testing

/// Servers whose answers have no end, no sense or no hurry: nothing is read for ever, nobody waits for ever, and what the
/// server said of the message counts.
@Suite struct HostileServerTests {
  // Socket buffers of both sides take some megabytes at most.
  private static let sentMax = 32 << 20

  private struct Result {
    let told: Harrier.Result
    let seconds: Double
    let receiver: Receiver
    /// Keeps its folder.
    let post: Watchpost
  }

  private static func attempt(_ mode: String, shape: String = "json", timeout: Int = 3) throws -> Result {
    let post = try Watchpost()
    let receiver = try Receiver(mode, in: post.folder)
    let more = ", shape: \(shape)"
    let target = DeliveryTests.target(receiver, more).replacing("timeout: 1s", with: "timeout: \(timeout)s")
    try post.configure(DeliveryTests.config(target))
    let start = Date()
    let told = try Tool.run(Watchpost.notify, ["--try", "t", "--config", "\(post.folder.path)/harrier.yaml"])
    return Result(told: told, seconds: Date().timeIntervalSince(start), receiver: receiver, post: post)
  }

  @Test(arguments: ["endless-body", "endless-headers", "endless-header", "continue", "endless-500", "rubbish"])
  func answerWithoutAnEndIsReadForSomeKilobytesOnly(mode: String) throws {
    let result = try Self.attempt(mode)
    #expect(result.seconds < 2.5, "\(result.seconds)")
    let sent = try #require(result.receiver.entries(2).last?.fields["sent"] as? Int, "the server still sends")
    #expect(sent < Self.sentMax, "\(sent)")
  }

  @Test(arguments: [
    ("endless-body", true), ("endless-headers", true), ("endless-header", true), ("drip", true), ("drip-headers", true),
    ("long", true), ("short", true), ("chunks", true), ("early", true), ("endless-500", false), ("early-status", false),
    ("continue", false), ("rubbish", false), ("close", false),
  ])
  func statusSaysWhetherItWasTakenHoweverTheAnswerGoesOn(mode: String, isTaken: Bool) throws {
    let result = try Self.attempt(mode)
    #expect(result.told.code == (isTaken ? 0 : 3), "\(result.told.errors)")
    if mode == "endless-500" { #expect(result.told.errors.contains("answered 500"), "\(result.told.errors)") }
  }

  @Test(arguments: ["drip", "drip-headers", "drip-nothing", "drip-ding", "hang"])
  func answerThatComesByteByByteMeetsTheDeadline(mode: String) throws {
    let result = try Self.attempt(mode, shape: mode == "drip-ding" ? "dingtalk" : "json", timeout: 2)
    #expect(result.seconds < 4, "\(result.seconds)")
  }

  @Test(arguments: [
    ("dingtalk", "ding-drip", true), ("dingtalk", "drip-ding", false), ("feishu", "endless-body", false),
    ("wecom", "long", false),
  ])
  func serviceThatSaysAllInItsBodyIsHeardAsFarAsItCame(shape: String, mode: String, isTaken: Bool) throws {
    let result = try Self.attempt(mode, shape: shape, timeout: 2)
    #expect(result.told.code == (isTaken ? 0 : 3), "\(result.told.errors)")
  }

  /// A target that takes everything, but slowly, is not the only one.
  @Test func slowTargetLeavesTimeForTheOthers() throws {
    let post = try Watchpost()
    let events = (0..<12).map { Sample.event($0).replacing("111122223333", with: "1111222233\(30 + $0)") }
    try post.deliver("b.json", events)
    let (slow, quick) = (try Receiver("ding-drip", in: post.folder), try Receiver("200", in: post.folder))
    let other = DeliveryTests.target(quick).replacing("t: {", with: "u: {")
    try post.configure(
      DeliveryTests.config(
        DeliveryTests.target(slow, ", shape: dingtalk"), other, routes: "[{to: [t, u]}]", more: "  deadline: 9s"))
    try post.sweep("--no-notify", "-q")
    let count = try post.outbox("list", "--target", "u").count
    #expect(count > 12)
    #expect(try post.notify().code == 3)
    #expect(quick.entries.count == count)
    #expect(slow.entries.count > 3)
  }

  @Test(arguments: [
    ("feishu", "feishu-busy"), ("feishu", "feishu-limited"), ("dingtalk", "ding-busy"), ("wecom", "wecom-busy"),
  ])
  func serviceThatAsksForPatienceHasAPauseOfItsOwn(shape: String, mode: String) throws {
    let post = try Watchpost()
    let receiver = try Receiver(mode, in: post.folder)
    try post.configure(DeliveryTests.config(DeliveryTests.target(receiver, ", shape: \(shape)")))
    try post.sweep("--no-notify", "-q")
    #expect(try post.notify("--once").code == 3)
    // One message was tried; the two others wait for the service.
    #expect(receiver.entries.filter { !$0.method.isEmpty }.count == 1)
    let rows = try post.outbox("list")
    #expect(rows.map { $0["tries"] as? Int }.sorted { ($0 ?? 0) < ($1 ?? 0) } == [0, 0, 1])
  }

  @Test(arguments: ["url: 'http://slow.example/x', allow_http: true", "syslog: 'tcp://slow.example:601'"])
  func silentNameServerIsNotWaitedFor(target: String) throws {
    let post = try Watchpost()
    try post.configure(DeliveryTests.config("t: {\(target), timeout: 1s}"))
    let start = Date()
    let told = try Tool.run(
      Watchpost.notify, ["--try", "t", "--config", "\(post.folder.path)/harrier.yaml"],
      environment: ["LD_PRELOAD": Fault.library, "HARRIER_RESOLVER": "silent"])
    #expect(told.code == 3)
    #expect(Date().timeIntervalSince(start) < 4, "\(told.errors)")
  }
}
