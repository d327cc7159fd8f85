import Correlation
import Events

/// What an alert says, in Chinese, of its fields: who called what on what, from where, how often.
enum ChineseSentence {
  private static let actionsMax = 3

  static func of(_ alert: Alert) -> [UInt8] {
    var words = Words()
    words.say(alert.actor ?? Array((alert.group.contains { $0.name == "actor" } ? "未知主体" : "多个主体").utf8))
    if let issuer = alert.actorIssuer, issuer != alert.actor {
      words.say("（")
      words.say(issuer)
      words.say("）")
    }
    if let address = alert.sourceIP {
      words.say(" 从 ")
      words.say(address)
    }
    if let account = alert.account {
      words.say(" 在账户 ")
      words.say(account)
    }
    words.say(" 调用了 ")
    words.say(Array(alert.actions.prefix(actionsMax).joined(separator: Array("、".utf8))))
    if alert.actions.count > actionsMax { words.say(" 等 \(alert.actions.count) 种操作") }
    if let target = alert.target {
      words.say("，对象：")
      words.say(target)
    }
    if alert.count > 1 { words.say("，共 \(Amount.grouped(UInt64(alert.count))) 个事件") }
    if let outcome = alert.outcome { words.say("（\(name(outcome))）") }
    words.say("。")
    return words.bytes
  }

  private static func name(_ outcome: [UInt8]) -> String {
    switch String(decoding: outcome, as: UTF8.self) {
    case "success": "成功"
    case "denied": "被拒绝"
    case "failure": "失败"
    default: "结果未知"
    }
  }
}
