import Archive
import Events
import Rules

/// `report.html`: one page that needs nothing but itself.
///
/// It is complete without its script: what happened, groups, the gravest alerts, heat map and coverage are written here. The
/// script adds filters, a timeline and views of actors and addresses. A policy forbids every other script, style and all
/// network; the texts of events never become markup.
struct HTMLReport {
  // Without a script nobody reads more; the other files hold all.
  static let staticAlertsMax = 500

  private let content: ReportContent
  private let options: ReportOptions
  private let words: PageWords
  private let tally: AlertTally

  /// - Parameter tally: what was counted of the alerts; nil counts it.
  init(_ content: ReportContent, _ options: ReportOptions, tally: AlertTally? = nil) {
    self.content = content
    self.tally = tally ?? AlertTally(content.alerts, content.summary)
    self.options = options
    words = PageWords(options.language)
  }

  func write(_ take: ([UInt8]) -> Void) {
    var page = HTMLText()
    head(&page)
    take(page.bytes)
    let parts = PageParts(content, options, words, tally)
    parts.write(take)
    page = HTMLText()
    tail(&page)
    take(page.bytes)
  }

  private func head(_ page: inout HTMLText) {
    page.raw("<!doctype html>\n<html lang=\"\(words.tag)\">\n<head>\n<meta charset=\"utf-8\">\n")
    page.single("meta", [("http-equiv", "Content-Security-Policy"), ("content", policy)])
    page.raw("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    page.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
    page.raw("<meta name=\"robots\" content=\"noindex\">\n")
    page.raw("<link rel=\"icon\" href=\"data:image/svg+xml,\(HTMLReport.icon)\">\n")
    page.element("title", [], "Harrier — \(words["title"])")
    page.raw("\n<style>\(PageFiles.style)</style>\n</head>\n<body>\n")
  }

  private func tail(_ page: inout HTMLText) {
    let chosen = content.alerts.gravest(PageData.alertsMax).sorted()
    page.raw("\n<script type=\"application/json\" id=\"data\">")
    let data = PageData(content, chosen, words: words, zone: options.zone, jobs: options.jobs)
    page.raw(data.bytes)
    page.raw("</script>\n<script>\(PageFiles.script)</script>\n</body>\n</html>\n")
  }

  /// Only the script and the style of this page; nothing from anywhere, nothing to anywhere.
  private var policy: String {
    "default-src 'none'; script-src 'sha256-\(HTMLReport.hash(PageFiles.script))'; style-src "
      + "'sha256-\(HTMLReport.hash(PageFiles.style))'; img-src data:; base-uri 'none'; form-action 'none'; "
      + "require-trusted-types-for 'script'"
  }

  private static func hash(_ text: String) -> String {
    var bytes: [UInt8] = []
    withUnsafeBytes(of: ReportHash.value(Array(text.utf8)).words) { bytes += $0 }
    return Base64.text(bytes)
  }

  // A harrier on the wing, as a picture of some bytes.
  private static let icon =
    "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cpath fill='%230f766e' "
    + "d='M2 11c6-1 9 1 14 7 5-6 8-8 14-7-5 2-8 5-10 10l-4 5-4-5C10 16 7 13 2 11z'/%3E%3C/svg%3E"
}

/// Base64 with padding.
enum Base64 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func text(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    for at in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - at)
      var group: UInt32 = 0
      for place in 0..<3 { group = group << 8 | (place < count ? UInt32(bytes[at + place]) : 0) }
      for place in 0..<4 {
        out.append(place <= count ? letters[Int(group >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
