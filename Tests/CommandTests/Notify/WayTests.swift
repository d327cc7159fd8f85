import Foundation
import Testing

/// Ways other than webhooks, and the shapes that services answer to.
@Suite struct WayTests {
  static func post(_ target: String, _ more: String = "") throws -> Watchpost {
    let post = try Watchpost()
    try post.configure("  targets:\n    t: {\(target)}\n  routes: [{level: high, to: t}]\n\(more)")
    try post.sweep("--no-notify", "-q")
    return post
  }

  @Test(arguments: [
    ("feishu", "feishu-ok", true), ("feishu", "feishu-bad", false), ("dingtalk", "ding-ok", true),
    ("dingtalk", "ding-bad", false), ("wecom", "ding-ok", true), ("wecom", "ding-bad", false), ("slack", "200", true),
    ("feishu", "200", false),
  ])
  func servicesThatAnswer200ToEverythingAreReadToTheEnd(shape: String, mode: String, isTaken: Bool) throws {
    let folder = try Folder()
    let receiver = try Receiver(mode, in: folder)
    let post = try Self.post(
      "url: 'http://127.0.0.1:\(receiver.port)/x', shape: \(shape), allow_http: true, allow_private: true")
    let told = try post.notify("--once")
    #expect(told.code == (isTaken ? 0 : 3), "\(told.errors)")
    let error = try post.outbox("list").first?["error"] as? String
    #expect((error == nil) == isTaken)
    if mode == "feishu-bad" { #expect(error?.contains("19021: sign match fail") == true) }
  }

  @Test func secretsComeFromFilesAndTheEnvironmentAndAreShownNowhere() throws {
    let folder = try Folder()
    let receiver = try Receiver("ding-ok", in: folder)
    let post = try Self.post(
      "url_file: url, shape: dingtalk, secret_env: DING_SECRET, allow_http: true, allow_private: true")
    let missing = try post.notify("--once", environment: ["DING_SECRET": "SEC42"])
    #expect(missing.code == 3 && missing.errors.contains("cannot be read"), "\(missing.errors)")
    try post.folder.write("url", "http://127.0.0.1:\(receiver.port)/robot?access_token=TOKEN\n")
    _ = try Harrier.run("outbox", "retry", "--status", "waiting", "--state", post.state)
    let unset = try post.notify("--once")
    #expect(unset.code == 3 && unset.errors.contains("no DING_SECRET"), "\(unset.errors)")
    _ = try Harrier.run("outbox", "retry", "--status", "waiting", "--state", post.state)
    #expect(try post.notify("--once", environment: ["DING_SECRET": "SEC42"]).code == 0)
    let path = try #require(receiver.entries.first?.path)
    #expect(path.hasPrefix("/robot?access_token=TOKEN&timestamp="))
    #expect(path.contains("&sign=") && !path.contains("SEC42"))
    for words in [missing.errors, unset.errors, "\(try post.outbox("list"))"] { #expect(!words.contains("TOKEN")) }
    let shown = try Harrier.run("config", "show", "--config", "\(post.folder.path)/harrier.yaml").output
    #expect(shown.contains("DING_SECRET") && !shown.contains("TOKEN"))
  }

  @Test(arguments: ["rfc5424", "cef"]) func syslogGoesOverUDP(format: String) throws {
    let folder = try Folder()
    let receiver = try Receiver("syslog-udp", in: folder)
    let post = try Self.post("syslog: 'udp://127.0.0.1:\(receiver.port)', format: \(format)")
    #expect(try post.notify("--once").code == 0)
    let line = try #require(receiver.entries(1).first?.line)
    #expect(line.hasPrefix("<82>"))
    #expect(line.contains(format == "cef" ? "CEF:0|Harrier|harrier|" : "[harrier@32473 key=\""), "\(line)")
    #expect(line.contains("Log stopped"))
  }

  @Test func syslogOverTCPSaysHowLongAMessageIs() throws {
    let folder = try Folder()
    let receiver = try Receiver("syslog-tcp", in: folder)
    let post = try Self.post("syslog: 'tcp://127.0.0.1:\(receiver.port)'")
    #expect(try post.notify("--once").code == 0)
    let line = try #require(receiver.entries(1).first?.line)
    let length = try #require(Int(line.prefix { $0 != " " }))
    #expect(line.utf8.count == length + "\(length) ".utf8.count)
  }

  @Test func syslogGoesToASocketOfThisMachine() throws {
    let folder = try Folder()
    let receiver = try Receiver("syslog-unix", in: folder, path: "\(folder.path)/log")
    let post = try Self.post("syslog: 'unix://\(folder.path)/log'")
    #expect(try post.notify("--once").code == 0)
    #expect(receiver.entries(1).first?.line.hasPrefix("<82>1 2026-01-05T10:00:00.000Z ") == true)
  }

  @Test(arguments: ["udp://127.0.0.1:1", "tcp://127.0.0.1:1", "unix:///nowhere/log"])
  func closedReceiverOfSyslogIsNoDelivery(address: String) throws {
    let post = try Self.post("syslog: '\(address)'")
    #expect(try post.notify("--once").code == 3)
    #expect(try post.outbox("list", "--status", "waiting").count == 1)
  }

  @Test(arguments: ["udp://169.254.169.254:514", "tcp://[fe80::1]:601"])
  func syslogGoesToNoLinkLocalAddress(address: String) throws {
    let told = try Self.post("syslog: '\(address)'").notify("--once")
    #expect(told.code == 3 && told.errors.contains("link-local"), "\(told.errors)")
  }

  // MARK: Programs

  static func script(_ folder: Folder, _ text: String) throws -> String {
    let path = try folder.write("program", "#!/bin/sh\n\(text)\n")
    chmod(path, 0o755)
    return path
  }

  @Test func commandHasTheAlertOnItsInputAndNoShellAndNoSecret() throws {
    let folder = try Folder()
    let path = try Self.script(
      folder, "cat > \(folder.path)/in; echo \"$#:$1:$HARRIER_LEVEL:$HOOK\" > \(folder.path)/args")
    let post = try Self.post("command: ['\(path)', '$(id); `id` | x']")
    #expect(try post.notify("--once", environment: ["HOOK": "SECRET"]).code == 0)
    let input = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/in"))
    let body = try #require(try JSONSerialization.jsonObject(with: input) as? [String: Any])
    #expect((body["alert"] as? [String: Any])?["rule_id"] as? String == "Log stopped")
    #expect(try String(contentsOfFile: "\(folder.path)/args", encoding: .utf8) == "1:$(id); `id` | x:critical:\n")
  }

  @Test(arguments: [
    ("echo no room >&2; exit 7", "ended with 7: no room"), ("kill -9 $$", "ended with 137"),
    ("sleep 60 & sleep 60", "did not end in time"), ("exec cat /dev/zero >&2", "did not end in time"),
    ("cat /dev/zero >&2 & sleep 0.3; exit 5", "ended with 5"), ("exec cat /dev/zero", "did not end in time"),
  ])
  func commandThatFailsIsTriedAgain(text: String, words: String) throws {
    let folder = try Folder()
    let post = try Self.post("command: ['\(try Self.script(folder, text))'], timeout: 1s")
    let start = Date()
    let told = try post.notify("--once")
    #expect(told.code == 3 && told.errors.contains(words), "\(told.errors)")
    #expect(Date().timeIntervalSince(start) < 4)
    #expect(try post.outbox("list", "--status", "waiting").count == 1)
  }

  @Test func commandThatIsNotThereIsAnError() throws {
    let told = try Self.post("command: [/nowhere/tell]").notify("--once")
    #expect(told.code == 3 && told.errors.contains("No such file"), "\(told.errors)")
  }

  @Test func mailGoesThroughSendmail() throws {
    let folder = try Folder()
    let path = try Self.script(folder, "cat > \(folder.path)/mail; echo \"$@\" > \(folder.path)/args")
    let post = try Self.post("mail: [a@corp.example, b@corp.example], from: harrier@corp.example, sendmail: '\(path)'")
    #expect(try post.notify("--once").code == 0)
    let arguments = try String(contentsOfFile: "\(folder.path)/args", encoding: .utf8)
    #expect(arguments == "-i -f harrier@corp.example -- a@corp.example b@corp.example\n")
    let mail = try String(contentsOfFile: "\(folder.path)/mail", encoding: .utf8)
    let parts = mail.components(separatedBy: "\n\n")
    #expect(parts[0].contains("From: Harrier <harrier@corp.example>\nTo: a@corp.example,\n b@corp.example\n"))
    #expect(parts[0].contains("Subject: [harrier] CRITICAL: Log stopped\n"))
    let text = String(
      decoding: Data(base64Encoded: parts[1], options: .ignoreUnknownCharacters) ?? Data(), as: UTF8.self)
    #expect(text.contains("What: ") && text.contains("Rule: Log stopped\n"))
  }
}
