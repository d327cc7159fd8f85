import Correlation
import Events

/// What an alert says, in Chinese: who called what on what, from where, how often, of its fields; then why it was raised,
/// of its reasons, and what is usual.
enum ChineseSentence {
  private static let actionsMax = 3
  private static let page = PageWords(.chinese)

  static func of(_ alert: Alert) -> [UInt8] {
    var words = Words(.chinese)
    let reasons = alert.reasons ?? []
    // What did not happen was done by nobody.
    if reasons.first?.kind != .silence, alert.count > 0 {
      opening(alert, reasons.first { $0.kind == .raisedBy }, &words)
    }
    let setting = ReasonTeller.Setting(
      time: alert.time, group: alert.group, account: alert.account, actor: alert.actor)
    words.say(ReasonTeller.text(reasons, setting, .chinese))
    words.say(HabitSentence.text(alert, .chinese))
    return words.bytes
  }

  private static func opening(_ alert: Alert, _ raised: Reason?, _ words: inout Words) {
    words.say(alert.actor ?? Array((alert.group.contains { $0.name == "actor" } ? "未知主体" : "多个主体").utf8))
    if let issuer = alert.actorIssuer, issuer != alert.actor {
      words.say("（")
      words.say(issuer)
      words.say("）")
    }
    let address = raised?.text(.sourceIP) ?? alert.sourceIP
    let target = raised?.text(.target) ?? alert.target
    if alert.count == 1 || raised?.text(.sourceIP) == nil { scene(address, raised, &words) }
    if let account = alert.account {
      words.say("在账户")
      words.say(account)
    }
    if alert.actions.isEmpty {
      words.say("进行了没有名称的操作")
    } else {
      words.say("调用了")
      words.say(Array(alert.actions.prefix(actionsMax).joined(separator: Array("、".utf8))))
      if alert.actions.count > actionsMax { words.say("等 \(alert.actions.count) 种操作") }
    }
    if raised?.text(.target) == nil { say("，对象：", target, &words) }
    if alert.count > 1 { words.say("，共 \(Amount.grouped(UInt64(alert.count))) 个事件") }
    if alert.count > 1, alert.hasTimes, alert.lastTime > alert.firstTime {
      words.say("，历时 \(SpanWords.chineseElapsed(alert.lastTime - alert.firstTime))")
    }
    if let outcome = alert.outcome { words.say("（\(page["outcome \(String(decoding: outcome, as: UTF8.self))"])）") }
    if let raised, raised.text(.sourceIP) != nil || raised.text(.target) != nil {
      words.say("；触发告警的事件")
      if raised.text(.sourceIP) != nil { scene(address, raised, &words) }
      say("，对象：", raised.text(.target), &words)
    }
    words.say("。")
  }

  private static func scene(_ address: [UInt8]?, _ raised: Reason?, _ words: inout Words) {
    guard let address else { return }
    words.say("从")
    words.say(address)
    guard let origin = raised?.text(.origin) else { return }
    words.say("（")
    words.say(origin)
    words.say("）")
  }

  private static func say(_ before: String, _ text: [UInt8]?, _ words: inout Words) {
    guard let text else { return }
    words.say(before)
    words.say(text)
  }
}

extension Alert {
  /// Whether a page in this language needs no English sentence: an alert of an older version has no facts to tell.
  func isToldInChinese(_ language: Language) -> Bool { language == .chinese && reasons != nil }
}
