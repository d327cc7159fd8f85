/// The words of a page in one language: a table of `page/words.tsv`.
struct PageWords: Sendable {
  let language: Language
  /// In the order of the table.
  let all: [(key: String, word: String)]
  private let words: [String: String]

  init(_ language: Language) {
    self.language = language
    let column = language == .english ? 1 : 2
    let rows = PageFiles.words.split(separator: "\n").dropFirst().map { row in
      row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    all = rows.filter { $0.count > column }.map { (key: $0[0], word: $0[column]) }
    words = Dictionary(all.map { ($0.key, $0.word) }, uniquingKeysWith: { first, _ in first })
  }

  /// The key itself where the table has none, which a test would notice.
  subscript(_ key: String) -> String { words[key] ?? key }

  subscript(_ key: String, _ values: [String: String]) -> String {
    values.reduce(self[key]) { $0.replacing("{\($1.key)}", with: $1.value) }
  }

  /// Of the attribute `lang`.
  var tag: String { language == .english ? "en" : "zh-CN" }
}
