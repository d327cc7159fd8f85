/// Why detections could not be evaluated, in Chinese: the sentences that `SummaryLedger` and `Summary.unevaluated` make.
enum ChineseReason {
  private static let whole = [
    "it is about logs that are not read": "所针对的日志未被读取",
    "no event of this kind was seen": "没有出现此类事件",
    "no event of this kind was seen, and how it is logged is a guess": "没有出现此类事件，且其记录方式仅为推测",
    "a list that they are about is not configured (harrier config init)": "所需的名单未配置（harrier config init）",
  ]

  // `#` stands for what is in between, in the order in which it comes; `~` for a time span.
  private static let patterns: [(english: String, chinese: String)] = [
    ("learning until # at the earliest, # at the latest", "仍在学习，最早到 #，最晚到 #"),
    ("learning until #", "仍在学习，到 # 为止"),
    ("no events of #", "没有 # 的事件"),
    ("events of this kind have no address in # whose place is known", "此类事件的 # 中没有位置已知的地址"),
    ("events of this kind lack #", "此类事件缺少 #"),
    ("the records are no longer than the ~ that it looks for", "记录的时间跨度不超过它要观察的 ~"),
    ("the records are no longer than the ~ that it learns from", "记录的时间跨度不超过它要学习的 ~"),
  ]

  private static let units = [
    (" days", " 天"), (" day", " 天"), (" hours", " 小时"), (" hour", " 小时"), (" minutes", " 分钟"), (" minute", " 分钟"),
  ]

  /// Nil for what it does not know.
  static func of(_ reason: String) -> String? {
    if let known = whole[reason] { return known }
    for (english, chinese) in patterns {
      let mark: Character = english.contains("~") ? "~" : "#"
      guard var values = values(reason, in: english.parts(mark)) else { continue }
      if mark == "~" { values = values.map { span in units.reduce(span) { $0.replacing($1.0, with: $1.1) } } }
      return zip(chinese.parts(mark), values + [""]).map { $0 + $1 }.joined()
    }
    return nil
  }

  private static func values(_ text: String, in fixed: [String]) -> [String]? {
    guard text.hasPrefix(fixed[0]) else { return nil }
    var rest = text.dropFirst(fixed[0].count)
    var values: [String] = []
    for (place, part) in fixed.enumerated().dropFirst() {
      let isLast = place == fixed.count - 1
      let found = part.isEmpty && isLast ? rest.endIndex..<rest.endIndex : rest.firstRange(of: part)
      guard let found, !isLast || found.upperBound == rest.endIndex else { return nil }
      values.append(String(rest[..<found.lowerBound]))
      rest = rest[found.upperBound...]
    }
    return values
  }
}

extension String {
  fileprivate func parts(_ mark: Character) -> [String] {
    split(separator: mark, omittingEmptySubsequences: false).map(String.init)
  }
}
