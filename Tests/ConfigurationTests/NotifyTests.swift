import Foundation
import Rules
import Testing

@testable import Configuration

/// Who is told of what, and what a target may look like.
@Suite struct NotifyTests {
  static func target(_ text: String) -> String { "notify:\n  targets:\n    t: {\(text)}\n  routes: [{to: t}]" }

  static let mistakes: [ErrorTests.Mistake] = [
    .init("notify:\n  target: {}", 2, .unknownKey, "did you mean 'targets'?"),
    .init(target("shape: slack"), 3, .missingKey, "needs 'url'"),
    .init(target("url: 'https://a.example/x', command: [/bin/true]"), 3, .duplicate, "make two targets of it"),
    .init(target("url: 'http://a.example/x'"), 3, .badValue, "is not encrypted"),
    .init(target("url: 'ftp://a.example/x'"), 3, .badValue, "must begin with https://"),
    .init(target("url: 'https://me:pw@a.example/x'"), 3, .badValue, "name and password"),
    .init(target("url: 'https:///x'"), 3, .badValue, "names no host"),
    .init(target("url: \"https://a.example/\\nx\""), 3, .badValue, "without blanks"),
    .init(target("url: 'https://a.example/x', shape: slak"), 3, .badValue, "did you mean 'slack'?"),
    .init(target("url: 'https://a.example/x', shape: slack, secret_env: X"), 3, .badValue, "is not signed"),
    .init(target("url: 'https://a.example/x', secret_env: X, secret_file: y"), 3, .duplicate, "leave one out"),
    .init(target("url: 'https://a.example/x', secret_env: 'A B'"), 3, .badValue, "environment variable"),
    .init(target("url: 'https://a.example/x', secret: abc"), 3, .unknownKey, "unknown key 'secret'"),
    .init(target("url: 'https://a.example/x', format: cef"), 3, .badValue, "'format' does not go with 'url'"),
    .init(target("syslog: 'udp://'"), 3, .badValue, "is no address"),
    .init(target("syslog: 'tcp://h:99999'"), 3, .badValue, "is no address"),
    .init(target("syslog: 'unix://relative'"), 3, .badValue, "is no address"),
    .init(target("syslog: 'udp://h', format: xml"), 3, .badValue, "none of rfc5424, cef"),
    .init(target("command: [tell]"), 3, .badValue, "there is no shell"),
    .init(target("command: []"), 3, .emptyValue, "is empty"),
    .init(target("mail: [a.example]"), 3, .badValue, "is no mail address"),
    .init(target("mail: ['-oQ/tmp@a.example']"), 3, .badValue, "is no mail address"),
    .init(target("mail: [a@b.example], from: 'a@b.example, c@d.example'"), 3, .badValue, "is no mail address"),
    .init(target("mail: [a@b.example], timeout: 2h"), 3, .badValue, "from 1s to 60s"),
    .init(target("mail: [a@b.example], rate: {messages: 0, per: 1m}"), 3, .badValue, "whole number from 1"),
    .init(target("mail: [a@b.example], rate: {messages: 5}"), 3, .missingKey, "needs 'per'"),
    .init("notify:\n  routes:\n    - {to: nobody}", 3, .unknownReference, "define it under 'targets'"),
    .init("notify:\n  routes:\n    - {level: high}", 3, .missingKey, "needs 'to'"),
    .init(target("mail: [a@b.example]").replacing("{to: t}", with: "{to: t, level: hgh}"), 4, .badValue, "'high'?"),
    .init(
      target("mail: [a@b.example]").replacing("{to: t}", with: "{to: t, classes: logon}"), 4, .badValue, "'login'?"),
    .init(
      target("mail: [a@b.example]").replacing("{to: t}", with: "{to: t, environments: prod}"), 4, .unknownReference,
      "unknown environment"),
    .init(target("mail: [a@b.example]").replacing("{to: t}", with: "{to: t, changes: old}"), 4, .badValue, "withdrawn"),
    .init("notify:\n  ping: {shape: json, url: 'https://a.example'}", 2, .unknownKey, "unknown key 'shape'"),
    .init("notify:\n  ping: {timeout: 3s}", 2, .missingKey, "needs 'url'"),
    .init("notify:\n  deadline: 9h", 2, .badValue, "time span"),
  ]

  @Test(arguments: mistakes) func mistakeIsRefusedAtItsLine(mistake: ErrorTests.Mistake) {
    let errors = reading(mistake.text).errors
    #expect(
      errors.contains {
        $0.origin.line == mistake.line && $0.code == mistake.code && $0.message.contains(mistake.words)
      }, "\(mistake.text)\n\(errors.map(\.description))")
  }

  static let estate = """
    accounts: [{id: '1', environment: prod}, {id: '2', environment: dev}]
    environments: {prod: {}, dev: {}}
    notify:
      targets:
        all: {syslog: 'udp://siem.example'}
        duty: {mail: [a@b.example]}
        logs: {command: [/bin/cat]}
        two: {command: [/bin/cat]}
      routes:
        - {to: all}
        - {level: high, environments: [prod], to: [duty, all]}
        - {classes: [login, logout], changes: [new], to: logs}
        - {accounts: ['2'], to: two}
    """

  @Test(arguments: [
    (Level.low, "", "", "", "all"), (.high, "", "", "", "all"), (.high, "", "prod", "", "all duty"),
    (.critical, "", "prod", "1", "all duty"), (.medium, "", "prod", "1", "all"), (.high, "", "dev", "2", "all two"),
    (.low, "logout", "", "", "all logs"), (.low, "elevation", "", "", "all"),
  ])
  func routesChooseByLevelClassEnvironmentAndAccount(
    level: Level, class: String, environment: String, account: String, told: String
  ) throws {
    let notify = try #require(try configuration(Self.estate).notify)
    func text(_ text: String) -> String? { text.isEmpty ? nil : text }
    let subject = Notify.Subject(
      level: level, change: .new, class: text(`class`), environment: text(environment), account: text(account))
    #expect(notify.targets(for: subject).sorted().joined(separator: " ") == told)
    let later = Notify.Subject(
      level: level, change: .updated, class: text(`class`), environment: text(environment), account: text(account))
    #expect(!notify.targets(for: later).contains("logs"))
  }

  @Test func secretsAndWhatStandsBehindTheHostAreNotShown() throws {
    let folder = try Folder()
    try folder.write("f.secret", "SEC-1\n")
    let text = """
      notify:
        targets:
          chat: {url: 'https://hooks.example/T0/SECRET', shape: slack}
          sign: {url_env: HOOK, shape: feishu, secret_file: f.secret}
        routes: [{to: [chat, sign]}]
        ping: {url: 'https://ping.example/SECRET'}
      """
    let path = try folder.write("h.yaml", text)
    let config = try #require(Configuration.load(path: path).configuration)
    let shown = config.settings.yaml
    #expect(!shown.contains("SEC"))
    #expect(shown.contains("url: 'https://hooks.example/...'"))
    #expect(shown.contains("secret_file: '\(folder.url.path)/f.secret'"))
    guard case .webhook(_, .feishu, let secret?) = try #require(config.notify?.target("sign")).way else {
      throw Refused(findings: ["no webhook"])
    }
    #expect(try secret.read() == "SEC-1")
  }

  @Test func aSecretThatOthersCanReadIsWarnedAbout() throws {
    let folder = try Folder()
    let file = try folder.write("s", "x")
    let text = "notify: {targets: {t: {url: 'https://a.example', secret_file: s}}, routes: [{to: t}]}"
    let path = try folder.write("h.yaml", text)
    chmod(file, 0o644)
    #expect(Configuration.load(path: path).findings.map(\.message).contains { $0.contains("read by others") })
    chmod(file, 0o600)
    #expect(Configuration.load(path: path).findings.isEmpty)
    let unused = "notify: {targets: {t: {mail: [a@b.example]}}}"
    #expect(reading(unused).findings.map(\.message) == ["no route leads to target 't': it is told nothing"])
  }

  @Test func whoIsToldChangesNoAlertAndSoNoFingerprint() throws {
    #expect(
      try configuration("timezone: UTC\n" + Self.estate.components(separatedBy: "notify:")[0]).fingerprint
        == configuration(Self.estate).fingerprint)
  }
}
