// Reads the keys of Harrier's own correlation types.

import Events

struct HistoryReader {
  let kind: CorrelationKind
  let body: YAMLNode
  let placeholders: Placeholders

  private static let day: Int64 = 86_400_000
  // Two weeks hold every weekday twice; a shorter history makes the first Monday look odd.
  private static let learningStandard = 14 * day
  // A value not seen for a quarter is as good as new.
  private static let memoryStandard = 90 * day
  private static let withinStandard: Int64 = 3_600_000
  // The cruising speed of an airliner.
  private static let speedStandard = 900
  private static let networksStandard = 3
  private static let peersStandard = 5

  static func keys(of kind: CorrelationKind) -> [String] {
    switch kind {
    case .firstSeen: ["field", "learning", "unless-peers"]
    case .rare: ["field", "learning", "fewer-than", "peers-min"]
    case .rate: ["learning", "measure"]
    case .travel: ["field", "speed", "fallback", "exclude"]
    case .overlap, .sameActor, .neverUsed, .interval: ["field"]
    case .outsideHours: ["hours", "days", "tz"]
    case .after: ["dates"]
    case .gap: ["learning"]
    case .unexpected: ["check"]
    default: []
    }
  }

  /// For types that can do without the key.
  static func standardTimespan(_ kind: CorrelationKind) -> Int64? {
    switch kind {
    case .firstSeen, .rare: memoryStandard
    case .travel, .outsideHours, .after: day
    case .unexpected: withinStandard
    // However short it was.
    case .interval: 0
    default: nil
    }
  }

  func settings() throws(RuleFault) -> HistorySettings {
    if let condition = body["condition"], kind != .rate {
      throw RuleFault(.badCorrelation, "type \(kind.rawValue) takes no 'condition'", line: condition.line)
    }
    var settings = HistorySettings()
    settings.learning = try span("learning") ?? HistoryReader.learningStandard
    switch kind {
    case .firstSeen:
      settings.field = try field()
      settings.unlessPeers = try count("unless-peers")
    case .rare:
      settings.field = try field()
      settings.fewerThan = try need(try count("fewer-than"), "fewer-than: 2")
      settings.peersMin = try count("peers-min") ?? HistoryReader.peersStandard
    case .rate: try readRate(&settings)
    case .travel: try readTravel(&settings)
    case .overlap, .sameActor: settings.field = try field()
    case .neverUsed, .interval: settings.field = body["field"] == nil ? nil : try field()
    case .outsideHours: settings.hours = try hours()
    case .after: settings.dates = try dates()
    case .unexpected: settings.check = try check()
    default: break
    }
    return settings
  }

  /// Some types mean something by the number of their rules.
  static func checkMembers(_ draft: CorrelationDraft, line: Int) throws(RuleFault) {
    guard let history = draft.history else { return }
    if let check = history.check, !check.looksAtEvents { return try checkSilence(draft, check, line: line) }
    let count = draft.references.count
    let meaning: (allowed: ClosedRange<Int>, words: String)? =
      switch draft.kind {
      case .neverUsed where history.field != nil, .interval where history.field != nil:
        (2...3, "two or three rules with a 'field': the beginning, the end of one value, and the end of all")
      case .unmatched, .neverUsed: (2...2, "two rules: what should be answered, and the answer")
      case .interval: (2...2, "two rules: what begins it, and what ends it")
      case .sameActor: (2...2, "two rules: the halves of what should take two")
      case .overstay: (1...3, "up to three rules: the start, the end, and use in between; or use alone")
      case .rate where history.measure == .share: (2...2, "two rules with 'measure: share': the part and the whole")
      default: nil
      }
    if let meaning, !meaning.allowed.contains(count) {
      throw RuleFault(.badCorrelation, "type \(draft.kind.rawValue) needs \(meaning.words)", line: line)
    }
    if draft.kind == .after, draft.groupBy.count != 1 {
      throw RuleFault(
        .badCorrelation, "type after needs one field in 'group-by', the one that 'dates' lists", line: line)
    }
    if draft.groupBy.isEmpty, draft.kind != .outsideHours {
      throw RuleFault(.badCorrelation, "type \(draft.kind.rawValue) needs 'group-by': whose history it is", line: line)
    }
  }

  /// Of what never happened there are no hits, and so neither rules nor a time span.
  private static func checkSilence(_ draft: CorrelationDraft, _ check: ExpectationCheck, line: Int) throws(RuleFault) {
    guard draft.references.isEmpty, draft.aliases.isEmpty else {
      throw RuleFault(
        .badCorrelation, "check \(check.rawValue) takes no 'rules': it is about what no event tells", line: line)
    }
    guard draft.groupBy == ["account"] else {
      throw RuleFault(.badCorrelation, "check \(check.rawValue) needs 'group-by: [account]'", line: line)
    }
  }

  private func readRate(_ settings: inout HistorySettings) throws(RuleFault) {
    guard let condition = body["condition"], let pairs = condition.mapping else {
      throw RuleFault(.badCorrelation, "type rate needs 'condition: {ratio: 5, floor: 50}'", line: body.line)
    }
    for pair in pairs where pair.key != "ratio" && pair.key != "floor" {
      let hint = Suggestion.hint(for: pair.key, among: ["ratio", "floor"])
      throw RuleFault(.badCorrelation, "unknown key \(Quoted(pair.key)) in the condition\(hint)", line: pair.line)
    }
    guard let scalar = condition["ratio"]?.scalar, case .number(let ratio) = scalar.value, ratio.approximate > 1 else {
      throw RuleFault(.badCorrelation, "'ratio' must be a number above 1", line: condition.line)
    }
    if let fault = ExactNumber.fault(scalar) {
      throw RuleFault(.badCorrelation, "'ratio' \(fault)", line: condition.line)
    }
    settings.ratio = ratio
    settings.floor = try need(try HistoryReader.count(condition["floor"], "floor"), "floor: 50")
    if let node = body["measure"] {
      guard let measure = HistorySettings.Measure(rawValue: node.scalar?.text ?? "") else {
        throw RuleFault(.badCorrelation, "'measure' is volume or share", line: node.line)
      }
      settings.measure = measure
    }
  }

  private func readTravel(_ settings: inout HistorySettings) throws(RuleFault) {
    settings.field = body["field"] == nil ? "src_ip" : try field()
    settings.speed = try count("speed") ?? HistoryReader.speedStandard
    settings.networks = HistoryReader.networksStandard
    settings.within = HistoryReader.withinStandard
    if let node = body["fallback"] {
      for pair in node.mapping ?? [] where pair.key != "networks" && pair.key != "within" {
        let hint = Suggestion.hint(for: pair.key, among: ["networks", "within"])
        throw RuleFault(.badCorrelation, "unknown key \(Quoted(pair.key)) in 'fallback'\(hint)", line: pair.line)
      }
      guard let networks = try HistoryReader.count(node["networks"], "networks"), networks > 1,
        let within = node["within"]?.scalar?.text
      else {
        throw RuleFault(.badCorrelation, "'fallback' must be like {networks: 3, within: 1h}", line: node.line)
      }
      settings.networks = networks
      settings.within = try Timespan.milliseconds(within)
    }
    for text in try texts("exclude") {
      do {
        settings.exclude.append(try AddressRange(text))
      } catch {
        throw RuleFault(.badNetwork, "\(Quoted(text)) in 'exclude' is no network such as 10.0.0.0/8", line: body.line)
      }
    }
  }

  // MARK: Values

  private func field() throws(RuleFault) -> String {
    guard let name = body["field"]?.scalar?.text, !name.isEmpty else {
      throw RuleFault(.badCorrelation, "type \(kind.rawValue) needs a 'field'", line: body.line)
    }
    return name
  }

  private func check() throws(RuleFault) -> ExpectationCheck {
    let names = ExpectationCheck.allCases.map(\.rawValue)
    let text = body["check"]?.scalar?.text ?? ""
    if let check = ExpectationCheck(rawValue: text) {
      guard check.looksAtEvents || body["timespan"] == nil else {
        throw RuleFault(.badCorrelation, "check \(text) takes no 'timespan'", line: body["timespan"]?.line ?? body.line)
      }
      return check
    }
    let hint = Suggestion.hint(for: text, among: names)
    let known = hint.isEmpty ? "; there are \(names.joined(separator: ", "))" : hint
    throw RuleFault(
      .badCorrelation, "type unexpected needs a 'check', not \(Quoted(text))\(known)",
      line: body["check"]?.line ?? body.line)
  }

  private func span(_ key: String) throws(RuleFault) -> Int64? {
    guard let node = body[key] else { return nil }
    return try Timespan.milliseconds(node.scalar?.text ?? "")
  }

  private func count(_ key: String) throws(RuleFault) -> Int? { try HistoryReader.count(body[key], key) }

  private static func count(_ node: YAMLNode?, _ key: String) throws(RuleFault) -> Int? {
    guard let node else { return nil }
    guard case .number(.int(let value))? = node.scalar?.value, value > 0, value <= Int64(Int32.max) else {
      throw RuleFault(.badCorrelation, "'\(key)' must be a positive whole number", line: node.line)
    }
    return Int(value)
  }

  private func need(_ value: Int?, _ example: String) throws(RuleFault) -> Int {
    if let value { return value }
    throw RuleFault(.badCorrelation, "type \(kind.rawValue) needs a value such as '\(example)'", line: body.line)
  }

  /// A text or a list of texts, placeholders filled in.
  private func texts(_ key: String) throws(RuleFault) -> [String] {
    guard let node = body[key] else { return [] }
    var result: [String] = []
    for item in node.sequence ?? [node] {
      guard let text = item.scalar?.text else {
        throw RuleFault(.badCorrelation, "'\(key)' must be a text or a list of texts", line: item.line)
      }
      if let name = HistoryReader.placeholder(text) {
        result += try placeholders.lookUp(name)
      } else {
        result.append(text)
      }
    }
    return result
  }

  private static func placeholder(_ text: String) -> String? {
    text.count > 2 && text.hasPrefix("%") && text.hasSuffix("%") ? String(text.dropFirst().dropLast()) : nil
  }

  // MARK: Times

  private static let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  private func hours() throws(RuleFault) -> HistorySettings.Hours {
    let parts = (body["hours"]?.scalar?.text ?? "").split(separator: "-").map { HistoryReader.minute($0) }
    guard parts.count == 2, let start = parts[0], let end = parts[1], start != end else {
      throw RuleFault(.badCorrelation, "'hours' must be like \"08:00-19:00\"", line: body.line)
    }
    var days: UInt8 = 0
    for text in try texts("days") { days |= try HistoryReader.days(text, line: body.line) }
    let offset = try offset()
    return HistorySettings.Hours(
      startMinute: start, endMinute: end, days: days == 0 ? 0x1F : days, offsetSeconds: offset)
  }

  private static func minute(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":").compactMap { Int($0) }
    guard parts.count == 2, (0...24).contains(parts[0]), (0..<60).contains(parts[1]), parts[0] * 60 + parts[1] <= 1440
    else { return nil }
    return parts[0] * 60 + parts[1]
  }

  private static func days(_ text: String, line: Int) throws(RuleFault) -> UInt8 {
    let ends = text.lowercased().split(separator: "-").map { part in dayNames.firstIndex(of: String(part.prefix(3))) }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2 else {
      throw RuleFault(.badCorrelation, "'days' must be like mon-fri or [mon, tue]", line: line)
    }
    var result: UInt8 = 0
    var day = first
    while true {
      result |= 1 << UInt8(day)
      if day == last { return result }
      day = (day + 1) % 7
    }
  }

  private func offset() throws(RuleFault) -> Int {
    guard let node = body["tz"] else { return 0 }
    let text = node.scalar?.text ?? ""
    if text.lowercased() == "utc" || text == "Z" { return 0 }
    let base = "1970-01-02T00:00:00"
    var bytes = Array((base + text).utf8)
    let stamp = bytes.withUnsafeMutableBufferPointer { room in
      Timestamp.parse(Text(base: UnsafePointer(room.baseAddress), count: room.count))
    }
    guard stamp != Timestamp.missing, text.hasPrefix("+") || text.hasPrefix("-") else {
      throw RuleFault(.badCorrelation, "'tz' must be UTC or an offset such as \"+08:00\"", line: node.line)
    }
    return Int((86_400_000 - stamp) / 1000)
  }

  /// A mapping of names to dates, or a list of `name=date`, which a placeholder can give.
  private func dates() throws(RuleFault) -> [String: Int64] {
    var result: [String: Int64] = [:]
    if let pairs = body["dates"]?.mapping {
      for pair in pairs {
        result[pair.key.lowercased()] = try HistoryReader.date(pair.value.scalar?.text ?? "", line: pair.line)
      }
    } else {
      for text in try texts("dates") {
        guard let at = text.lastIndex(of: "=") else {
          throw RuleFault(.badCorrelation, "\(Quoted(text)) in 'dates' is not like name=2026-01-31", line: body.line)
        }
        let date = try HistoryReader.date(String(text[text.index(after: at)...]), line: body.line)
        result[text[..<at].lowercased()] = date
      }
    }
    guard !result.isEmpty else {
      throw RuleFault(.badCorrelation, "type after needs 'dates', such as {alice: 2026-01-31}", line: body.line)
    }
    return result
  }

  private static func date(_ text: String, line: Int) throws(RuleFault) -> Int64 {
    var bytes = Array(text.utf8)
    let time = bytes.withUnsafeMutableBufferPointer { room in
      Timestamp.parse(Text(base: UnsafePointer(room.baseAddress), count: room.count))
    }
    guard time != Timestamp.missing else {
      throw RuleFault(.badCorrelation, "\(Quoted(text)) in 'dates' is no date such as 2026-01-31", line: line)
    }
    return time
  }
}
