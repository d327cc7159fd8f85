/// What a language does with the facts of a reason: lists, numbers, time spans, days, and whom it is about.
struct ReasonGrammar: Sendable {
  let language: Language
  /// By title that a rule has.
  private let titles: [String: String]

  static let english = ReasonGrammar(.english)
  static let chinese = ReasonGrammar(.chinese)

  static func of(_ language: Language) -> ReasonGrammar { language == .english ? english : chinese }

  private init(_ language: Language) {
    self.language = language
    titles = PageWords(language).titles
  }

  /// Between sentences.
  var separator: String { language == .english ? " " : "" }

  func title(_ title: [UInt8]) -> [UInt8] {
    guard language == .chinese else { return [0x27] + title + [0x27] }
    let text = String(decoding: title, as: UTF8.self)
    return Array("「\(titles[text] ?? text)」".utf8)
  }

  /// `a`, `a and b`, `a, b and c`; beyond the most that are shown, how many more there are.
  func say(_ items: [[UInt8]], of count: Int, _ joiner: PhraseTemplate.Joiner, _ words: inout Words) {
    let rest = max(0, count - items.count)
    for (place, item) in items.enumerated() {
      let isLast = place == items.count - 1 && rest == 0
      if place > 0 { words.say(between(isLast || joiner == .then ? joiner : .comma)) }
      words.say(item)
    }
    guard rest > 0 else { return }
    words.say(language == .english ? " and \(rest) more" : "等另外 \(rest) 个")
  }

  private func between(_ joiner: PhraseTemplate.Joiner) -> String {
    switch (language, joiner) {
    case (.english, .and): " and "
    case (.english, .or): " or "
    case (.english, .then): ", then "
    case (.english, .comma): ", "
    case (.chinese, .and): "和"
    case (.chinese, .or): "或"
    case (.chinese, .then): "，然后"
    case (.chinese, .comma): "、"
    }
  }

  func span(_ milliseconds: Int64) -> String {
    language == .english ? SpanWords.of(milliseconds) : SpanWords.chinese(milliseconds)
  }

  func elapsed(_ milliseconds: Int64) -> String {
    language == .english ? SpanWords.elapsed(milliseconds) : SpanWords.chineseElapsed(milliseconds)
  }

  /// - Parameter day: `mon`.
  func weekday(_ day: [UInt8], isShort: Bool) -> [UInt8] {
    guard let place = HoursWords.names.firstIndex(where: { $0.utf8.elementsEqual(day) }) else { return day }
    if language == .chinese { return Array("周\(Array("一二三四五六日")[place])".utf8) }
    return isShort ? day : Array(HoursWords.fullNames[place].utf8)
  }

  /// `at least`, in front of a number.
  func bound(_ name: Fact.Name) -> String {
    let words: (english: String, chinese: String) =
      switch name {
      case .gt: ("more than ", "多于 ")
      case .gte: ("at least ", "至少 ")
      case .lt: ("less than ", "少于 ")
      case .lte: ("at most ", "至多 ")
      case .neq: ("anything but ", "不等于 ")
      default: ("exactly ", "恰好 ")
      }
    return language == .english ? words.english : words.chinese
  }

  /// Account and actor that have been told already.
  func known(account: Bool, actor: Bool) -> String {
    switch (language, account, actor) {
    case (_, false, false): ""
    case (.english, true, false): "this account"
    case (.english, false, true): "this actor"
    case (.english, true, true): "this actor in this account"
    case (.chinese, true, false): "此账户"
    case (.chinese, false, true): "此主体"
    case (.chinese, true, true): "此账户中的此主体"
    }
  }
}
