import CEmbedded

/// The style, the script, the words, the titles and the phrases of reasons of `report.html`, from `page/`.
enum PageFiles {
  static let style = text(he_page_style())
  static let script = text(he_page_script())
  static let words = text(he_page_words())
  static let titles = text(he_page_titles())
  static let reasons = text(he_page_reasons())

  private static func text(_ file: he_file) -> String {
    // SAFETY: the bytes are a constant of the program.
    String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
  }
}
