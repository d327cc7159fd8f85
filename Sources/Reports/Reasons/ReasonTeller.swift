import Events

/// Tells reasons as sentences: which phrases a reason is told with is the same in every language, the phrases are not.
struct ReasonTeller {
  /// Of the alert, as far as reasons speak of it.
  struct Setting {
    var time: Int64
    var group: [(name: String, value: [UInt8])]
    var account: [UInt8]?
    var actor: [UInt8]?
  }

  let grammar: ReasonGrammar
  private let templates: [PhraseTemplate]
  private let setting: Setting
  private(set) var words: Words
  /// Of the reason that is being told.
  private(set) var facts: [Fact] = []
  private var group: [(name: String, value: [UInt8])] = []

  init(_ setting: Setting, _ language: Language) {
    self.setting = setting
    grammar = ReasonGrammar.of(language)
    words = Words(language)
    templates = PhraseTemplate.all(language)
  }

  /// All of them, one sentence after another.
  static func text(_ reasons: [Reason], _ setting: Setting, _ language: Language) -> [UInt8] {
    if reasons.isEmpty { return [] }
    var teller = ReasonTeller(setting, language)
    for reason in reasons where reason.kind != .raisedBy {
      if !teller.words.bytes.isEmpty { teller.words.say(teller.grammar.separator) }
      teller.tell(reason)
    }
    return teller.words.bytes
  }

  private mutating func tell(_ reason: Reason) {
    facts = reason.facts
    group = reason.group ?? setting.group
    sentence(reason.kind)
  }

  /// When the told alert was raised.
  var time: Int64 { facts.number(.time) ?? setting.time }

  func number(_ name: Fact.Name) -> Int64 { facts.number(name) ?? 0 }

  func has(_ name: Fact.Name) -> Bool { facts[name] != nil }

  // MARK: Phrases

  mutating func say(_ phrases: Phrase...) {
    for phrase in phrases { say(phrase, facts) }
  }

  private mutating func say(_ phrase: Phrase, _ facts: [Fact]) {
    for piece in templates[phrase.rawValue].pieces {
      switch piece {
      case .text(let text): words.say(text)
      case .fact(let name, let manner): say(name, manner, facts)
      }
    }
  }

  private mutating func say(_ name: Fact.Name, _ manner: PhraseTemplate.Manner, _ facts: [Fact]) {
    let start = words.bytes.count
    if case .between(let before, _) = manner { words.say(before) }
    let told = words.bytes.count
    say(name, manner: manner, facts)
    guard case .between(_, let after) = manner else { return }
    if words.bytes.count == told { words.cut(to: start) } else { words.say(after) }
  }

  private mutating func say(_ name: Fact.Name, manner: PhraseTemplate.Manner, _ facts: [Fact]) {
    switch name.form {
    case .key: return key(isNamed: name == .key)
    case .elapsed where name == .elapsed: return words.say(grammar.elapsed(elapsed))
    case .time where name == .time: return words.say(Stamp.of(time))
    default: break
    }
    guard let value = facts[name] ?? worked(name) else { return }
    switch value {
    case .text(let text): words.say(name.form == .weekday ? grammar.weekday(text, isShort: false) : text)
    case .texts(let texts): list(texts, name.form, manner, facts)
    case .number(let number): say(number, name.form, manner)
    case .facts(let inner) where name.form == .deed:
      say(inner[.actor] == nil ? .deedOfNobody : .deed, inner)
    case .facts(let inner): list(inner.map(bound), .text, manner, facts)
    }
  }

  private mutating func list(
    _ texts: [[UInt8]], _ form: Fact.Form, _ manner: PhraseTemplate.Manner, _ facts: [Fact]
  ) {
    let items =
      switch form {
      case .titles: texts.map(grammar.title)
      case .weekdays: texts.map { grammar.weekday($0, isShort: true) }
      default: texts
      }
    switch manner {
    case .joined(let joiner): grammar.say(items, of: items.count, joiner, &words)
    case .first(let count): grammar.say(items, of: Int(facts.number(count) ?? 0), .and, &words)
    default: grammar.say(items, of: items.count, .and, &words)
    }
  }

  private mutating func say(_ number: Int64, _ form: Fact.Form, _ manner: PhraseTemplate.Manner) {
    switch form {
    case .time: words.say(Stamp.of(number))
    case .span: words.say(grammar.span(number))
    case .elapsed: words.say(grammar.elapsed(number))
    // With one decimal, which is cut and not rounded.
    case .share: words.say("\(number / 10_000).\(number / 1_000 % 10) %")
    default:
      words.say(Amount.grouped(UInt64(clamping: number)))
      guard case .counted(let one, let many) = manner else { return }
      words.say(" ")
      words.say(number == 1 ? one : many)
    }
  }

  private func bound(_ fact: Fact) -> [UInt8] {
    guard case .text(let number) = fact.value else { return [] }
    return Array(grammar.bound(fact.name).utf8) + number
  }

  // MARK: What is worked out

  /// From when it began to when it ended, or was told.
  var elapsed: Int64 {
    switch facts.number(.until) {
    case let until?: until - (facts.number(.from) ?? number(.since))
    case nil: time - (facts.number(.since) ?? number(.date))
    }
  }

  private func worked(_ name: Fact.Name) -> Fact.Value? {
    guard name == .speed, elapsed > 0 else { return nil }
    return .number(number(.kilometres) * 3_600_000 / elapsed)
  }

  /// What the alert's group is: `this actor in this account`, `src_ip 203.0.113.7`. Nothing for a group of everything.
  ///
  /// - Parameter isNamed: whether the sentence has told account and actor before.
  private mutating func key(isNamed: Bool) {
    var parts: [[UInt8]] = []
    var (hasAccount, hasActor) = (false, false)
    for (name, value) in group where !value.isEmpty {
      let isOwn = name.hasPrefix("userIdentity.")
      if isNamed, value == setting.account, name == "account" || isOwn {
        hasAccount = true
      } else if isNamed, value == setting.actor, name == "actor" || isOwn {
        hasActor = true
      } else {
        parts.append(Array("\(name) ".utf8) + value)
      }
    }
    let known = grammar.known(account: hasAccount, actor: hasActor)
    if !known.isEmpty { parts.insert(Array(known.utf8), at: 0) }
    grammar.say(parts, of: parts.count, .and, &words)
  }
}
