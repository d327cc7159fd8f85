/// Why detections could not be evaluated, and what was not read, in Chinese: the sentences that `SummaryLedger`,
/// `Summary.unevaluated`, discovery and a report that is made again from a state make.
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
    ("an older version did not count what it read", "较早的版本没有统计它所读取的内容"),
    ("the records are no longer than the ~ that it learns from", "记录的时间跨度不超过它要学习的 ~"),
  ]

  // What is said of a path; some of these end with what the system says.
  private static let ofPaths: [(english: String, chinese: String)] = [
    ("no such file, and no file matches it as a glob", "没有此文件，作为通配模式也没有匹配的文件"),
    ("vanished or was replaced during the walk", "在遍历期间消失或被替换"), ("permission denied", "没有权限"),
    ("standard input can be read only once", "标准输入只能读取一次"), ("the list cannot be read", "名单无法读取"),
    ("longer than a list may be; without the '@' it is read as a log", "超过名单允许的长度；去掉 '@' 则按日志读取"),
    ("nested more than # directories deep; not entered", "目录嵌套超过 # 层，未进入"),
    ("what sweeps write here is no log: left out", "sweep 写在这里的内容不是日志，未读取"), ("cannot be read", "无法读取"),
  ]

  private static let ofReadings: [(english: String, chinese: String)] = [
    ("made of a list of alerts: what was read for them is not known", "由告警列表生成：为此读取了什么并不知道"),
    (
      "made again from the state: hours of the week, and directories that could not be read, are not kept",
      "由状态文件重新生成：其中不保存每周时段和无法读取的目录"
    ),
    (
      "counts and coverage are those of # events of #: an older version kept none",
      "计数与覆盖范围只包含 # 个事件（共 # 个）：较早的版本未保存"
    ),
  ]

  // What an earlier run has lost and could not say.
  private static let untold: [(english: String, chinese: String)] = [
    ("#: could not be read by run #, whose report was not delivered", "#：第 # 次运行无法读取，而该次运行的报告未送达"),
    (
      "#: not all of it could be read by run #, whose report was not delivered",
      "#：第 # 次运行未能读取其全部内容，而该次运行的报告未送达"
    ),
  ]

  private static let notices =
    ofReadings + untold + ofPaths.map { ("#: \($0)", "#：\($1)") } + ofPaths.map { ("#: \($0): #", "#：\($1)：#") }

  private static let units = [
    (" days", " 天"), (" day", " 天"), (" hours", " 小时"), (" hour", " 小时"), (" minutes", " 分钟"), (" minute", " 分钟"),
  ]

  /// Nil for what it does not know.
  static func of(_ reason: String) -> String? {
    whole[reason] ?? filled(reason, patterns)
  }

  /// The same for what was not read, with what the system said of it.
  static func notice(_ text: String) -> String? { filled(text, notices) { ChineseSystem.words[$0] ?? $0 } }

  private static func filled(
    _ reason: String, _ patterns: [(english: String, chinese: String)], word: (String) -> String = { $0 }
  ) -> String? {
    for (english, chinese) in patterns {
      let mark: Character = english.contains("~") ? "~" : "#"
      guard var values = values(reason, in: english.parts(mark)) else { continue }
      if mark == "~" { values = values.map { span in units.reduce(span) { $0.replacing($1.0, with: $1.1) } } }
      return zip(chinese.parts(mark), values.map(word) + [""]).map { $0 + $1 }.joined()
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
