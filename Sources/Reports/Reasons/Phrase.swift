/// The phrases that reasons are told with: rows of `page/reasons.tsv`, one column for each language.
///
/// A place in a phrase is a fact, and how it is told:
///
///     {field}                as its form says
///     {rules:or}             a list joined by `or`, `then` or `comma` instead of `and`
///     {values/distinct}      a list of which only the first are named
///     {peers#other#others}   a number with a noun
///     {key| for |}           what stands before and behind it, where it is known at all
enum Phrase: Int, CaseIterable {
  case eventsOne, events, alertsOne, alerts, eventsOrAlertsOne, eventsOrAlerts, differentOne, different, rulesInOrder
  case sum, average, median, percentile, asks, asksOf
  case matched, matchedInOrder, inThisOrder, full, absent, missing
  case newSince, newWithin, usualAlways, usualOne, usualMany, usualOf, peersNone, peers
  case newKey, newKeySince, newKeyValues
  case rare, rareOneWithout, rareOneWith, rareNone, rareSome, rareAsks
  case rate, share, sameHour, ownPeriods, everyone, rateAsks, shareAsks
  case networks, travel, travelSpeed, travelAtOnce, travelAllows
  case quiet, answerAfter, answerAround, answerWithAfter, answerWithAround, nor, overstay, notEnded
  case overlap, sameActor, sameActorEvent, silence, silenceOpen, silenceLongest
  case lasted, lasts, valueLasted, valueLasts, begun, ended, notEndedYet, deed, deedOfNobody
  case afterLater, afterAtOnce, outsideHours
  case personalHours, commonHours, frozen, frozenForAll, noTicket, neverApproved, outsideWindow, offboarded
  case fromTheFuture, region, country, network, blocked, environment, name, role, ownRole, oneself, onePerson
  case silentAccount
  case usualProgram, approvedWindow, further
}

/// A phrase in one language, taken apart.
struct PhraseTemplate: Sendable {
  enum Joiner: String { case and, or, then, comma }

  enum Manner {
    case plain
    case joined(Joiner)
    case first(of: Fact.Name)
    case counted(one: [UInt8], many: [UInt8])
    case between([UInt8], [UInt8])
  }

  enum Piece {
    case text([UInt8])
    case fact(Fact.Name, Manner)
  }

  let pieces: [Piece]

  /// Nil for a place that names no fact.
  init?(_ text: String) {
    var pieces: [Piece] = []
    for (number, part) in text.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
      var rest = part
      if number > 0 {
        guard let end = part.firstIndex(of: "}"), let piece = PhraseTemplate.place(part[..<end]) else { return nil }
        pieces.append(piece)
        rest = part[part.index(after: end)...]
      }
      if !rest.isEmpty { pieces.append(.text(Array(rest.utf8))) }
    }
    self.pieces = pieces
  }

  private static func place(_ text: Substring) -> Piece? {
    let end = text.firstIndex { ":/#|".contains($0) } ?? text.endIndex
    guard let name = Fact.Name(rawValue: String(text[..<end])) else { return nil }
    guard end < text.endIndex else { return .fact(name, .plain) }
    let parts = text[text.index(after: end)...].split(separator: text[end], omittingEmptySubsequences: false)
    let bytes = parts.map { Array($0.utf8) }
    switch (text[end], parts.count) {
    case (":", 1): return Joiner(rawValue: String(parts[0])).map { .fact(name, .joined($0)) }
    case ("/", 1): return Fact.Name(rawValue: String(parts[0])).map { .fact(name, .first(of: $0)) }
    case ("#", 2): return .fact(name, .counted(one: bytes[0], many: bytes[1]))
    case ("|", 2): return .fact(name, .between(bytes[0], bytes[1]))
    default: return nil
    }
  }

  /// By number of the phrase.
  static func all(_ language: Language) -> [PhraseTemplate] { language == .english ? english : chinese }

  private static let english = read(column: 1)
  private static let chinese = read(column: 2)

  private static func read(column: Int) -> [PhraseTemplate] {
    var rows: [String: String] = [:]
    for row in PageWords.rows(PageFiles.reasons) where row.count > column { rows[row[0]] = row[column] }
    return Phrase.allCases.map { phrase in
      // A test says that no phrase is missing.
      rows["\(phrase)"].flatMap { PhraseTemplate($0) } ?? PhraseTemplate(pieces: [.text(Array("\(phrase)".utf8))])
    }
  }

  private init(pieces: [Piece]) { self.pieces = pieces }
}
