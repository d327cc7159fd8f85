import Configuration

/// What a service thinks of a message, as its answer says: Feishu, DingTalk and WeCom say 200 to everything, and the rest in
/// the body.
public enum ServiceAnswer: Equatable, Sendable {
  case taken
  /// Too many messages, or it is out of order for a moment: nothing is wrong with this one.
  case busy(String)
  case refused(String)
  case unreadable(String)

  // What they say to whoever sends too much; -1 is "the system is busy".
  private static let feishuBusy = [11_232, 99_991_400]
  private static let dingtalkBusy = [-1, 130_101]
  private static let wecomBusy = [-1, 45_009, 45_033]
  // A code of Feishu for bad requests of all kinds; one kind is told from the others by its words.
  private static let feishuBad = 9499
  private static let wordsBytesMax = 200

  /// Nil for a shape whose receiver says everything with its status.
  public init?(_ shape: NotifyTarget.Shape, _ answer: [UInt8]) {
    guard shape.answersInBody else { return nil }
    let names = shape == .feishu ? (["code", "StatusCode"], ["msg", "StatusMessage"]) : (["errcode"], ["errmsg"])
    guard let json = JSONValue(answer) else {
      self = .unreadable("something else than JSON")
      return
    }
    guard let code = names.0.lazy.compactMap({ json[$0]?.integer }).first else {
      self = .unreadable("no code")
      return
    }
    guard code != 0 else {
      self = .taken
      return
    }
    let text = NoticeText.clean(names.1.lazy.compactMap { json[$0]?.bytes }.first ?? [])
    let words = NoticeText.clipped("code \(code): \(text)", ServiceAnswer.wordsBytesMax)
    self = ServiceAnswer.isBusy(shape, code, text) ? .busy(words) : .refused(words)
  }

  private static func isBusy(_ shape: NotifyTarget.Shape, _ code: Int, _ text: String) -> Bool {
    switch shape {
    case .feishu: feishuBusy.contains(code) || code == feishuBad && text.lowercased().contains("too many")
    case .dingtalk: dingtalkBusy.contains(code)
    case .wecom: wecomBusy.contains(code)
    case .json, .slack: false
    }
  }
}
