// One target of `notify`: exactly one way, and what goes with it.

import Rules

struct TargetReader {
  private static let webhookKeys = [
    "url", "url_file", "url_env", "shape", "secret_file", "secret_env", "allow_http", "allow_private", "ca_file",
  ]
  private static let pingKeys = ["url", "url_file", "url_env", "allow_http", "allow_private", "ca_file", "timeout"]
  private static let syslogKeys = ["syslog", "format"]
  private static let mailKeys = ["mail", "from", "sendmail"]
  private static let commonKeys = ["rate", "timeout", "tries", "pause"]
  // A message to a person waits for nobody longer than this.
  private static let timeoutRange: ClosedRange<Int64> = 1_000...60_000
  private static let pauseRange: ClosedRange<Int64> = 1_000...3_600_000
  private static let standardSendmail = "/usr/sbin/sendmail"

  private let name: String
  private let section: Section
  private let reader: ConfigurationReader
  private var context: ReadingContext { reader.context }

  init?(_ pair: YAMLPair, _ reader: ConfigurationReader) {
    let keys = Self.webhookKeys + Self.syslogKeys + ["command"] + Self.mailKeys + Self.commonKeys
    guard let section = Section(pair.value, "target '\(pair.key)'", keys: keys, reader.context) else { return nil }
    let isWord = pair.key.utf8.contains { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
    let isPlain = pair.key.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    if !isWord || !isPlain {
      reader.context.error(
        .badValue, "\(Quoted(pair.key)) is no name for a target; write a word", line: pair.line)
    }
    (name, self.section, self.reader) = (pair.key, section, reader)
  }

  init?(ping pair: YAMLPair, _ reader: ConfigurationReader) {
    guard let section = Section(pair.value, "'ping'", keys: Self.pingKeys, reader.context) else { return nil }
    (name, self.section, self.reader) = (pair.key, section, reader)
  }

  func read() -> NotifyTarget? {
    let ways = ["url", "url_file", "url_env", "syslog", "command", "mail"].filter { section.has($0) }
    guard ways.count == 1 else {
      let message =
        ways.isEmpty
        ? "\(section.what) needs 'url', 'url_file' or 'url_env' (a webhook), 'syslog', 'command' or 'mail'"
        : "\(section.what) has \(ways.map { "'\($0)'" }.joined(separator: " and ")); make two targets of it"
      context.error(ways.isEmpty ? .missingKey : .duplicate, message, line: section.line)
      return nil
    }
    let way: NotifyTarget.Way?
    let own: [String]
    switch ways[0] {
    case "syslog": (way, own) = (syslog(), Self.syslogKeys)
    case "command": (way, own) = (command(), ["command"])
    case "mail": (way, own) = (mail(), Self.mailKeys)
    default: (way, own) = (webhook(), Self.webhookKeys)
    }
    for key in Self.webhookKeys + Self.syslogKeys + Self.mailKeys where section.has(key) && !own.contains(key) {
      context.error(.badValue, "'\(key)' does not go with '\(ways[0])'", line: section.keyLine(key))
    }
    guard let way else { return nil }
    return finish(NotifyTarget(name: name, way: way, origin: section.origin))
  }

  func readPing() -> NotifyTarget? {
    guard let url = address() else { return nil }
    return finish(NotifyTarget(name: name, way: .ping(url), origin: section.origin))
  }

  private func finish(_ given: NotifyTarget) -> NotifyTarget {
    var target = given
    target.allowsHTTP = section.flag("allow_http") ?? false
    target.allowsPrivate = section.flag("allow_private") ?? false
    target.authorities = section.text("ca_file").map { context.resolve($0.text) }
    switch target.way {
    case .syslog: break
    case .webhook(_, .dingtalk, _), .webhook(_, .wecom, _): target.rate = .ofRobots
    default: target.rate = .standard
    }
    if let rate = rate() { target.rate = rate }
    if let span = section.span("timeout", in: Self.timeoutRange) { target.timeoutMilliseconds = span }
    if let span = section.span("pause", in: Self.pauseRange) { target.pauseMilliseconds = span }
    if let node = section.node("tries") {
      let tries = WholeNumber.read(node, "'tries' of \(section.what)", in: 1...100, context)
      if let tries { target.tries = tries }
    }
    return target
  }

  private func rate() -> NotifyTarget.Rate? {
    guard let node = section.node("rate"),
      let section = Section(node, "'rate'", keys: ["messages", "per"], context),
      let count = section.node("messages") ?? missing("messages", section),
      let messages = WholeNumber.read(count, "'messages'", in: 1...100_000, context),
      let text = section.require("per", "a time span such as 10m"),
      let span = section.span("per", in: 1_000...86_400_000)
    else { return nil }
    return NotifyTarget.Rate(messages: messages, milliseconds: span, text: text.text)
  }

  private func missing(_ key: String, _ section: Section) -> YAMLNode? {
    context.error(.missingKey, "\(section.what) needs '\(key)': how many", line: section.line)
    return nil
  }

  // MARK: Webhooks

  private func webhook() -> NotifyTarget.Way? {
    guard let url = address() else { return nil }
    var shape = NotifyTarget.Shape.json
    if let text = section.text("shape") {
      let names = NotifyTarget.Shape.allCases.map(\.rawValue)
      guard let known = NotifyTarget.Shape(rawValue: text.text) else {
        let hint = Suggestion.hint(for: text.text, among: names)
        let message =
          "unknown shape \(Quoted(text.text))\(hint.isEmpty ? "; known are \(names.joined(separator: ", "))" : hint)"
        context.error(.badValue, message, line: text.line)
        return nil
      }
      shape = known
    }
    let secret = source("secret")
    if secret != nil, !shape.isSigned {
      let key = section.has("secret_file") ? "secret_file" : "secret_env"
      context.error(.badValue, "'\(shape.rawValue)' is not signed: leave '\(key)' out", line: section.keyLine(key))
    }
    return .webhook(url, shape, secret: secret)
  }

  private func address() -> SecretSource? {
    guard section.has("url") else {
      let source = source("url")
      if source == nil, !section.has("url_file"), !section.has("url_env") {
        context.error(.missingKey, "\(section.what) needs 'url', 'url_file' or 'url_env'", line: section.line)
      }
      return source
    }
    guard let text = section.text("url") else { return nil }
    do throws(WebAddress.Refusal) {
      _ = try WebAddress(text.text, allowsHTTP: section.flag("allow_http") ?? false)
    } catch {
      // The address itself may be a secret.
      context.error(.badValue, "'url' of \(section.what) \(error.words)", line: text.line)
      return nil
    }
    return .inline(text.text)
  }

  /// `KEY_file` or `KEY_env`.
  private func source(_ key: String) -> SecretSource? {
    if section.has("\(key)_file"), section.has("\(key)_env") {
      context.error(
        .duplicate, "\(section.what) has '\(key)_file' and '\(key)_env'; leave one out",
        line: section.keyLine("\(key)_env"))
      return nil
    }
    if let text = section.text("\(key)_file") { return .file(context.resolve(text.text)) }
    guard let text = section.text("\(key)_env") else { return nil }
    let isName = text.text.utf8.allSatisfy {
      ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 == 0x5F || $0 >= 0x30 && $0 <= 0x39
    }
    guard isName else {
      context.error(.badValue, "\(Quoted(text.text)) is no name of an environment variable", line: text.line)
      return nil
    }
    return .environment(text.text)
  }

  // MARK: Others

  private func syslog() -> NotifyTarget.Way? {
    guard let text = section.text("syslog") else { return nil }
    guard let address = SyslogAddress(text.text) else {
      let message =
        "'syslog' \(Quoted(text.text)) is no address; write udp://HOST:514, tcp://HOST:601 or unix:///dev/log"
      context.error(.badValue, message, line: text.line)
      return nil
    }
    guard let format = section.text("format") else { return .syslog(address, .rfc5424) }
    guard let known = NotifyTarget.SyslogFormat(rawValue: format.text) else {
      context.error(.badValue, "'format' \(Quoted(format.text)) is none of rfc5424, cef", line: format.line)
      return nil
    }
    return .syslog(address, known)
  }

  private func command() -> NotifyTarget.Way? {
    let words = section.texts("command")
    guard let program = words.first else {
      context.error(.emptyValue, "'command' of \(section.what) is empty", line: section.keyLine("command"))
      return nil
    }
    guard program.text.hasPrefix("/") else {
      let message =
        "the program \(Quoted(program.text)) needs its whole path: ['/usr/local/bin/tell', ...]; there is no shell"
      context.error(.badValue, message, line: program.line)
      return nil
    }
    return .command(words.map(\.text))
  }

  private func mail() -> NotifyTarget.Way? {
    let recipients = section.texts("mail")
    for text in recipients where !MailAddress.isOne(text.text) {
      context.error(.badValue, "\(Quoted(text.text)) is no mail address", line: text.line)
    }
    let sender = section.text("from")
    if let sender, !MailAddress.isOne(sender.text) {
      context.error(.badValue, "\(Quoted(sender.text)) is no mail address", line: sender.line)
    }
    let program = section.text("sendmail")
    if let program, !program.text.hasPrefix("/") {
      context.error(.badValue, "'sendmail' \(Quoted(program.text)) needs its whole path", line: program.line)
    }
    guard !recipients.isEmpty else {
      context.error(.emptyValue, "'mail' of \(section.what) is empty", line: section.keyLine("mail"))
      return nil
    }
    return .mail(
      .init(
        recipients: recipients.map(\.text), sender: sender?.text ?? "", program: program?.text ?? Self.standardSendmail)
    )
  }
}
