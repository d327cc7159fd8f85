import Configuration
import Rules

/// A notice as the body of a web request, in the shape that the receiver expects.
///
/// Texts are plain everywhere, never markup: names in them were chosen by whoever is watched.
public struct WebhookBody {
  // Of a message each; services refuse longer ones. WeCom counts bytes of the text (2,048), Slack characters in a block
  // (3,000), DingTalk and Feishu bytes of the request (20,000), quotes and escapes of JSON included.
  private static let wecomBytesMax = 2000
  private static let slackBytesMax = 2900
  private static let requestBytesMax = 16_000

  public let bytes: [UInt8]
  /// What is put behind the address.
  public let query: String
  /// Names and values.
  public let headers: [(String, String)]

  /// - Parameter time: of sending, in milliseconds: a signature is good for some minutes only.
  public init(_ notice: Notice, _ shape: NotifyTarget.Shape, secret: String?, time: Int64) {
    let text = NoticeText(notice)
    var query = ""
    var headers: [(String, String)] = []
    switch shape {
    case .json:
      bytes = WebhookBody.json(notice)
      if let secret { headers.append(("Harrier-Signature", WebhookBody.signature(of: bytes, secret, time / 1000))) }
    case .slack: bytes = WebhookBody.slack(text)
    case .feishu: bytes = WebhookBody.feishu(text, secret, time / 1000)
    case .dingtalk:
      bytes = WebhookBody.plain("\(text.title)\n\(text.body)")
      if let secret { query = WebhookBody.dingtalkQuery(secret, time) }
    case .wecom:
      // There, `<@` calls members of the group.
      let words = "\(text.title)\n\(text.body)".replacing("<@", with: "< @")
      bytes = WebhookBody.plain(NoticeText.clipped(words, WebhookBody.wecomBytesMax))
    }
    self.query = query
    self.headers = headers
  }

  // MARK: Shapes

  private static func json(_ notice: Notice) -> [UInt8] {
    var json = JSONText()
    json.begin()
    json.member("harrier", Tool.version)
    json.member("kind", notice.isDigest ? "digest" : "alert")
    json.member("key", notice.key)
    json.member("change", notice.change)
    if notice.isDigest {
      json.member("total", notice.total)
      json.key("levels")
      json.begin()
      for level in Level.allCases.reversed() { json.member(named: level.name, notice.counts[level.rawValue]) }
      json.end()
      json.key("alerts")
      json.begin(UInt8(ascii: "["))
      var own = AlertJSON()
      for alert in notice.alerts { json.raw(own.line(alert).dropLast()) }
      json.end(UInt8(ascii: "]"))
    } else {
      json.key("alert")
      json.raw(notice.line)
    }
    json.end()
    json.line()
    return json.bytes
  }

  private static func slack(_ text: NoticeText) -> [UInt8] {
    var json = JSONText()
    json.begin()
    // What a notification on a phone shows. Here, as nowhere else, `<` begins markup.
    json.member("text", escaped(text.title))
    json.key("blocks")
    json.begin(UInt8(ascii: "["))
    for (kind, words) in [("header", text.title), ("section", NoticeText.clipped(text.body, slackBytesMax))]
    where !words.isEmpty {
      json.begin()
      json.member("type", kind)
      json.key("text")
      json.begin()
      json.member("type", "plain_text")
      json.member("text", words)
      json.member("emoji", false)
      json.end()
      json.end()
    }
    json.end(UInt8(ascii: "]"))
    json.end()
    return json.bytes
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  private static func feishu(_ text: NoticeText, _ secret: String?, _ seconds: Int64) -> [UInt8] {
    var json = JSONText()
    json.begin()
    if let secret {
      // The key is made of the time and the secret; what is signed is empty.
      let seal = Seal(key: Array("\(seconds)\n\(secret)".utf8))
      json.member("timestamp", "\(seconds)")
      json.member("sign", Base64.text(seal.code([])))
    }
    json.member("msg_type", "post")
    json.key("content")
    json.begin()
    json.key("post")
    json.begin()
    json.key("en_us")
    json.begin()
    json.member("title", text.title)
    json.key("content")
    json.begin(UInt8(ascii: "["))
    for line in NoticeText.clipped(text.body, requestBytesMax, asJSON: requestBytesMax).split(separator: "\n") {
      json.begin(UInt8(ascii: "["))
      json.begin()
      json.member("tag", "text")
      json.member("text", String(line))
      json.end()
      json.end(UInt8(ascii: "]"))
    }
    json.end(UInt8(ascii: "]"))
    json.end()
    json.end()
    json.end()
    json.end()
    return json.bytes
  }

  /// Of DingTalk and WeCom alike.
  private static func plain(_ text: String) -> [UInt8] {
    var json = JSONText()
    json.begin()
    json.member("msgtype", "text")
    json.key("text")
    json.begin()
    json.member("content", NoticeText.clipped(text, requestBytesMax, asJSON: requestBytesMax))
    json.end()
    json.end()
    return json.bytes
  }

  // MARK: Signatures

  private static func dingtalkQuery(_ secret: String, _ millis: Int64) -> String {
    let seal = Seal(key: Array(secret.utf8))
    let sign = Base64.text(seal.code(Array("\(millis)\n\(secret)".utf8)))
    let encoded = sign.replacing("+", with: "%2B").replacing("/", with: "%2F").replacing("=", with: "%3D")
    return "timestamp=\(millis)&sign=\(encoded)"
  }

  /// `t=SECONDS,v1=HEX`, of `SECONDS.BODY`.
  private static func signature(of body: [UInt8], _ secret: String, _ seconds: Int64) -> String {
    let code = Seal(key: Array(secret.utf8)).code(Array("\(seconds).".utf8) + body)
    var hex: [UInt8] = []
    for byte in code { hex += [Escape.hex(byte >> 4), Escape.hex(byte & 15)] }
    return "t=\(seconds),v1=\(String(decoding: hex, as: UTF8.self))"
  }
}
