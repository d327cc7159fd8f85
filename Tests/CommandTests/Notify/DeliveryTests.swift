import Foundation
import Testing

/// What a sweep finds reaches people: from the outbox in the state, by harrier-notify, to servers on loopback that answer,
/// hang, fail and lead elsewhere.
@Suite struct DeliveryTests {
  static func target(_ receiver: Receiver, _ more: String = "", path: String = "/hook?key=SECRET") -> String {
    "t: {url: 'http://127.0.0.1:\(receiver.port)\(path)', allow_http: true, allow_private: true, pause: 1s, timeout: 1s\(more)}"
  }

  static func config(_ targets: String..., routes: String = "[{to: t}]", more: String = "") -> String {
    "  targets:\n" + targets.map { "    \($0)\n" }.joined() + "  routes: \(routes)\n" + more
  }

  @Test func alertsAreToldOnceEachUnderAKeyOfTheirOwn() throws {
    let post = try Watchpost()
    let receiver = try Receiver("200", in: post.folder)
    try post.configure(Self.config(Self.target(receiver)))
    let swept = try post.sweep("--no-notify", "--out", "\(post.folder.path)/out", "-q")
    #expect(swept.code == 0, "\(swept.errors)")
    #expect(receiver.entries.isEmpty)
    #expect(try post.outbox("list").count == 3)
    #expect(try post.notify().code == 0)
    let entries = receiver.entries(3)
    #expect(entries.count == 3)
    #expect(Set(entries.compactMap { $0.header("Idempotency-Key") }).count == 3)
    let lines = try String(contentsOfFile: "\(post.folder.path)/out/alerts.jsonl", encoding: .utf8).split(
      separator: "\n")
    for entry in entries {
      #expect(entry.method == "POST" && entry.path == "/hook?key=SECRET")
      #expect(entry.body["key"] as? String == entry.header("Idempotency-Key"))
      #expect(entry.body["change"] as? String == "new")
      // The alert stands in the body as in alerts.jsonl.
      #expect(lines.contains { entry.bodyText.contains($0) })
    }
    // Again: nothing is told twice, neither by another delivery nor by another sweep.
    try post.sweep("--no-notify", "-q")
    #expect(try post.notify().code == 0)
    #expect(receiver.entries.count == 3)
    #expect(try post.outbox("list", "--status", "sent").count == 3)
  }

  @Test func sweepStartsTheDeliveryAndDoesNotWaitForADeadTarget() throws {
    let post = try Watchpost()
    let (dead, alive) = (try Receiver("hang", in: post.folder), try Receiver("200", in: post.folder))
    let other = Self.target(alive).replacing("t: {", with: "u: {")
    let hanging = Self.target(dead).replacing("timeout: 1s", with: "timeout: 3s")
    try post.configure(Self.config(hanging, other, routes: "[{to: [t, u]}]", more: "  deadline: 6s"))
    let start = Date()
    let swept = try post.sweep("-q")
    #expect(swept.code == 0, "\(swept.errors)")
    #expect(Date().timeIntervalSince(start) < 2.9, "the sweep waited")
    // One dead target keeps nothing from the others.
    #expect(alive.entries(3).count == 3)
    #expect(try post.outbox("list", "--status", "waiting", "--target", "t").count == 3)
  }

  @Test func whatFailsIsTriedAgainAfterAPauseUnderTheSameKey() throws {
    let post = try Watchpost()
    let receiver = try Receiver("500,200", in: post.folder)
    try post.configure(Self.config(Self.target(receiver), routes: "[{level: high, to: t}]"))
    try post.sweep("--no-notify", "-q")
    #expect(try post.notify().code == 0)
    let entries = receiver.entries
    try #require(entries.count == 2)
    #expect(entries[0].header("Idempotency-Key") == entries[1].header("Idempotency-Key"))
    let pause = entries[1].time - entries[0].time
    #expect(pause >= 0.45 && pause < 3, "\(pause)")
  }

  @Test func targetThatAsksForPatienceIsGivenIt() throws {
    let post = try Watchpost()
    let receiver = try Receiver("429,200", in: post.folder)
    try post.configure(Self.config(Self.target(receiver), routes: "[{level: high, to: t}]"))
    try post.sweep("--no-notify", "-q")
    #expect(try post.notify().code == 0)
    let entries = receiver.entries
    try #require(entries.count == 2)
    #expect(entries[1].time - entries[0].time >= 1.95)
  }

  @Test func afterAllTriesItIsADeadLetterThatCanBeTriedAgainOrDropped() throws {
    let post = try Watchpost()
    let receiver = try Receiver("400,400,200", in: post.folder)
    try post.configure(Self.config(Self.target(receiver, ", tries: 2"), routes: "[{level: high, to: t}]"))
    try post.sweep("--no-notify", "-q")
    let first = try post.notify()
    #expect(first.code == 3)
    #expect(first.errors.contains("1 given up") && !first.errors.contains("SECRET"), "\(first.errors)")
    let dead = try post.outbox("list", "--status", "dead")
    #expect(dead.count == 1)
    #expect((dead.first?["error"] as? String)?.contains("answered 400") == true)
    #expect(dead.first?["tries"] as? Int == 2)
    #expect(!"\(dead)".contains("SECRET"))
    #expect(try post.notify().code == 0)
    #expect(receiver.entries.count == 2)
    _ = try Harrier.run("outbox", "retry", "--state", post.state)
    #expect(try post.notify().code == 0)
    #expect(receiver.entries.count == 3)
    #expect(try Harrier.run("outbox", "drop", "--state", post.state).code == 2)
    #expect(try Harrier.run("outbox", "drop", "--state", post.state, "--target", "t").code == 0)
    #expect(try post.outbox("list").isEmpty)
  }

  @Test(arguments: [
    ("elsewhere", "leads to another host (http://other.example.invalid/...)"),
    ("metadata", "leads to another host"), ("moved", "write its new address"), ("here", "leads in circles"),
  ])
  func nobodyIsFollowedToAnotherHost(mode: String, words: String) throws {
    let post = try Watchpost()
    let receiver = try Receiver(mode, in: post.folder)
    try post.configure(Self.config(Self.target(receiver), routes: "[{level: high, to: t}]"))
    try post.sweep("--no-notify", "-q")
    let told = try post.notify("--once")
    #expect(told.code == 3)
    #expect(told.errors.contains(words), "\(told.errors)")
  }

  @Test func redirectWithinTheHostIsFollowed() throws {
    let post = try Watchpost()
    let receiver = try Receiver("here,200", in: post.folder)
    try post.configure(Self.config(Self.target(receiver), routes: "[{level: high, to: t}]"))
    try post.sweep("--no-notify", "-q")
    #expect(try post.notify("--once").code == 0)
    #expect(receiver.entries.map(\.path) == ["/hook?key=SECRET", "/moved"])
    #expect(receiver.entries.last?.bodyText.contains("Log stopped") == true)
  }

  @Test(arguments: [
    ("http://127.0.0.1:PORT/x", "allow_http: true", "loopback address; allow_private"),
    ("http://localhost:PORT/x", "allow_http: true", "loopback address"),
    ("http://[::ffff:127.0.0.1]:PORT/x", "allow_http: true", "loopback address"),
    ("http://169.254.169.254/x", "allow_http: true, allow_private: true", "metadata address"),
    ("http://100.100.100.200/x", "allow_http: true, allow_private: true", "metadata address"),
    ("http://2852039166/x", "allow_http: true, allow_private: true", "metadata address"),
    ("http://0xA9FEA9FE/x", "allow_http: true, allow_private: true", "metadata address"),
    ("http://0251.0376.0251.0376/x", "allow_http: true, allow_private: true", "metadata address"),
    ("http://169.254.43518/x", "allow_http: true, allow_private: true", "metadata address"),
    ("http://[::ffff:a9fe:a9fe]/x", "allow_http: true, allow_private: true", "metadata address"),
    ("http://[::169.254.169.254]/x", "allow_http: true, allow_private: true", "metadata address"),
    ("http://[fd00:ec2::254]/x", "allow_http: true, allow_private: true", "metadata address"),
    ("http://0:PORT/x", "allow_http: true, allow_private: true", "no address of a host"),
  ])
  func addressesAreCheckedAfterTheyWereResolved(url: String, flags: String, words: String) throws {
    let post = try Watchpost()
    let receiver = try Receiver("200", in: post.folder)
    let place = url.replacing("PORT", with: "\(receiver.port)")
    try post.configure(Self.config("t: {url: '\(place)', timeout: 1s, \(flags)}", routes: "[{level: high, to: t}]"))
    let told = try Tool.run(Watchpost.notify, ["--try", "t", "--config", "\(post.folder.path)/harrier.yaml"])
    #expect(told.code == 3)
    #expect(told.errors.contains(words), "\(told.errors)")
    #expect(receiver.entries.isEmpty)
  }

  /// Somebody's proxy would ask for any address, and read what is said there.
  @Test func proxiesOfTheEnvironmentAreNotUsed() throws {
    let post = try Watchpost()
    let (receiver, proxy) = (try Receiver("200", in: post.folder), try Receiver("200", in: post.folder))
    try post.configure(Self.config(Self.target(receiver)))
    let place = "http://127.0.0.1:\(proxy.port)"
    let told = try Tool.run(
      Watchpost.notify, ["--try", "t", "--config", "\(post.folder.path)/harrier.yaml"],
      environment: ["http_proxy": place, "https_proxy": place, "ALL_PROXY": place, "all_proxy": place, "no_proxy": ""])
    #expect(told.code == 0, "\(told.errors)")
    #expect(receiver.entries.count == 1 && proxy.entries.isEmpty)
  }

  @Test func certificatesAreChecked() throws {
    let post = try Watchpost()
    let (certificate, key) = ("\(post.folder.path)/c.pem", "\(post.folder.path)/k.pem")
    let made = try Tool.run(
      "/usr/bin/openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
        "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-out", certificate, "-keyout", key,
      ])
    try #require(made.code == 0, "\(made.errors)")
    let receiver = try Receiver("200", in: post.folder, tls: (certificate, key))
    func attempt(_ host: String, _ more: String) throws -> Harrier.Result {
      try post.configure(
        Self.config("t: {url: 'https://\(host):\(receiver.port)/x', allow_private: true, timeout: 2s\(more)}"))
      return try Tool.run(Watchpost.notify, ["--try", "t", "--config", "\(post.folder.path)/harrier.yaml"])
    }
    let unknown = try attempt("localhost", "")
    #expect(unknown.code == 3 && unknown.errors.lowercased().contains("certificate"), "\(unknown.errors)")
    // Known, and for another name.
    let misnamed = try attempt("127.0.0.1", ", ca_file: c.pem")
    #expect(misnamed.code == 3 && misnamed.errors.lowercased().contains("certificate"), "\(misnamed.errors)")
    #expect(receiver.entries.isEmpty)
    #expect(try attempt("localhost", ", ca_file: c.pem").code == 0)
    #expect(receiver.entries.count == 1)
  }

  @Test func beyondTheRateTheRestIsOneDigest() throws {
    let post = try Watchpost()
    let events = (0..<12).map { number in
      Sample.event(number, time: "2026-01-05T1\(number % 10):00:00Z").replacing(
        "111122223333", with: "1111222233\(30 + number)")
    }
    try post.deliver("b.json", events)
    let receiver = try Receiver("200", in: post.folder)
    let rated = Self.target(receiver, ", rate: {messages: 3, per: 1h}")
    try post.configure(Self.config(rated))
    try post.sweep("--no-notify", "-q")
    let filed = try post.outbox("list").count
    #expect(filed > 10)
    #expect(try post.notify("--once").code == 0)
    let bodies = receiver.entries.map(\.body)
    #expect(bodies.map { $0["kind"] as? String } == ["alert", "alert", "digest"])
    #expect((bodies[0]["alert"] as? [String: Any])?["level"] as? String == "critical")
    #expect(bodies[2]["total"] as? Int == filed - 2)
    #expect((bodies[2]["alerts"] as? [Any])?.count == filed - 2)
    // The hour is full: what comes now waits.
    try post.deliver("c.json", [Sample.event(50, action: "StopLogging", time: "2026-01-06T10:00:00Z")])
    try post.sweep("--no-notify", "-q")
    #expect(try post.notify("--once").code == 3)
    #expect(receiver.entries.count == 3)
  }

  @Test func routesDecideWhoIsTold() throws {
    let post = try Watchpost()
    let receiver = try Receiver("200", in: post.folder)
    let targets = ["a", "b", "c", "d"].map { Self.target(receiver, path: "/\($0)").replacing("t: {", with: "\($0): {") }
    let routes = """
      [{level: critical, to: a}, {environments: [prod], to: b}, {accounts: ['9'], to: c}, {classes: [logging_tamper], to: d}]
      """
    try post.configure("  targets:\n" + targets.map { "    \($0)\n" }.joined() + "  routes: \(routes)")
    try post.sweep("--no-notify", "-q")
    #expect(try post.notify().code == 0)
    let paths = receiver.entries.map(\.path).sorted()
    #expect(paths == ["/a", "/b", "/b", "/b", "/d"])
  }

  @Test func deadManIsPingedAfterEverySweepThatIsCompleted() throws {
    let post = try Watchpost()
    let receiver = try Receiver("200", in: post.folder)
    let ping = "  ping: {url: 'http://127.0.0.1:\(receiver.port)/alive', allow_http: true, allow_private: true}"
    try post.configure(ping)
    #expect(try post.sweep("-q").code == 0)
    #expect(receiver.entries(1).map { "\($0.method) \($0.path)" } == ["GET /alive"])
    // Nothing new is a sweep, too.
    #expect(try post.sweep("-q").code == 0)
    #expect(receiver.entries(2).count == 2)
    // A sweep that fails is none.
    #expect(try post.sweep("--rules", "/nowhere.yml").code == 2)
    #expect(try post.sweep("--dry-run").code == 0)
    usleep(200_000)
    #expect(receiver.entries.count == 2)
  }

  /// Whoever waits for the ping waits for somebody who watches the logs. What is damaged in them is told otherwise, once.
  @Test func deadManIsPingedThoughAFileIsDamagedAndNotWhenLogsAreGone() throws {
    let post = try Watchpost()
    let receiver = try Receiver("200", in: post.folder)
    let ping = "  ping: {url: 'http://127.0.0.1:\(receiver.port)/alive', allow_http: true, allow_private: true}"
    try post.configure(ping)
    try post.deliver("broken.json", ["{\"Records\":[", "}{"])
    #expect(try post.sweep("-q").code == 3)
    #expect(receiver.entries(1).count == 1)
    let elsewhere = "\(post.folder.path)/elsewhere"
    try FileManager.default.moveItem(atPath: post.logs, toPath: elsewhere)
    for more in [[], [elsewhere]] { #expect(try post.sweep(["-q"] + more).code == 3) }
    usleep(200_000)
    #expect(receiver.entries.count == 1)
    try FileManager.default.moveItem(atPath: elsewhere, toPath: post.logs)
    #expect(try post.sweep("-q").code == 0)
    #expect(receiver.entries(2).count == 2)
  }

  @Test func messageHoldsNoRealNameUnderPseudonyms() throws {
    let post = try Watchpost()
    let receiver = try Receiver("200", in: post.folder)
    try post.folder.write("key", String(repeating: "k", count: 32))
    try post.configure(Self.config(Self.target(receiver), routes: "[{accounts: ['111122223333'], to: t}]"))
    try post.sweep("--no-notify", "-q", "--pseudonymise", "\(post.folder.path)/key")
    #expect(try post.notify().code == 0)
    #expect(receiver.entries.count == 3)
    for entry in receiver.entries { #expect(!entry.bodyText.contains("111122223333")) }
  }

  @Test func onlyOneDeliversAtATime() throws {
    let post = try Watchpost()
    let receiver = try Receiver("hang", in: post.folder)
    let slow = Self.target(receiver).replacing("timeout: 1s", with: "timeout: 3s")
    try post.configure(Self.config(slow, routes: "[{level: high, to: t}]", more: "  deadline: 4s"))
    #expect(try post.sweep("-q").code == 0)
    _ = receiver.entries(1)
    let second = try post.notify()
    #expect(second.code == 75, "\(second.errors)")
    // A sweep goes on meanwhile: nothing of the state is held while somebody waits for a network.
    let start = Date()
    #expect(try post.sweep("--no-notify", "-q").code == 0)
    #expect(Date().timeIntervalSince(start) < 1.5)
  }

  @Test func mistakesOfTheCommandAreTold() throws {
    let post = try Watchpost()
    #expect(try Tool.run(Watchpost.notify, []).code == 2)
    #expect(try Tool.run(Watchpost.notify, ["--config", "/nowhere"]).code == 2)
    try post.configure(Self.config("t: {command: [/bin/cat]}"))
    let config = "\(post.folder.path)/harrier.yaml"
    #expect(try Tool.run(Watchpost.notify, ["--try", "x", "--config", config]).code == 2)
    #expect(try Tool.run(Watchpost.notify, ["--state", "/nowhere", "--config", config]).code == 4)
    #expect(try Tool.run(Watchpost.notify, ["--help"]).output.contains("--once"))
    #expect(try Tool.run(Watchpost.notify, ["--version"]).output.hasPrefix("harrier-notify "))
    #expect(try post.sweep("--no-notify").code == 0)
    #expect(try Harrier.run("sweep", post.logs, "--no-notify").code == 2)
  }
}
