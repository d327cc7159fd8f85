/// The words of a page in one language: a column of `page/words.tsv`, and of `page/titles.tsv` for what the built-in
/// detections are called.
struct PageWords: Sendable {
  let language: Language
  /// In the order of the table.
  let all: [(key: String, word: String)]
  private let words: [String: String]
  /// By the title that a rule has.
  let titles: [String: String]

  init(_ language: Language) {
    self.language = language
    let column = language == .english ? 1 : 2
    let rows = PageWords.rows(PageFiles.words)
    all = rows.filter { $0.count > column }.map { (key: $0[0], word: $0[column]) }
    words = Dictionary(all.map { ($0.key, $0.word) }, uniquingKeysWith: { first, _ in first })
    titles = PageWords.titles(language)
  }

  static func titles(_ language: Language) -> [String: String] { language == .english ? [:] : chineseTitles }

  private static let chineseTitles = Dictionary(
    rows(PageFiles.titles).filter { $0.count == 2 }.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })

  static func rows(_ table: String) -> [[String]] {
    table.split(separator: "\n").dropFirst().map { row in
      row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// Why records were skipped: `cut short` stands under `skip cut short`.
  func skip(_ reason: String) -> String { words["skip \(reason)"] ?? reason }

  /// What a detection is called; rules that the table does not know keep the title that they have.
  ///
  /// - Returns: the title, and the attributes of what holds it.
  func title(_ own: String) -> (text: String, attributes: [(String, String)]) {
    titles[own].map { ($0, []) } ?? (own, language == .english ? [] : [("lang", "en")])
  }

  /// What was not read or not looked for.
  struct Notice {
    let text: String
    /// Of what holds the text.
    var attributes: [(String, String)] = []
    /// What has no other language: said beside the text, in English.
    var original: String?
  }

  /// What has no other language stays as it is.
  func notice(_ own: String) -> Notice {
    guard language == .chinese else { return Notice(text: own) }
    if let rejection = ChineseRejection.of(own) { return Notice(text: rejection.chinese, original: rejection.original) }
    return ChineseReason.notice(own).map { Notice(text: $0) } ?? Notice(text: own, attributes: [("lang", "en")])
  }

  /// The key itself where the table has none, which a test would notice.
  subscript(_ key: String) -> String { words[key] ?? key }

  subscript(_ key: String, _ values: [String: String]) -> String {
    values.reduce(self[key]) { $0.replacing("{\($1.key)}", with: $1.value) }
  }

  /// Of the attribute `lang`.
  var tag: String { language == .english ? "en" : "zh-CN" }
}
