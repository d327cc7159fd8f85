import Events

/// A sentence that grows; some of its parts are bytes of events.
struct Words {
  private(set) var bytes: [UInt8] = []
  /// Chinese has a space between its characters and words of other scripts, wherever they come together.
  private let isChinese: Bool

  init(_ language: Language = .english) { isChinese = language == .chinese }

  mutating func say(_ text: String) {
    if isChinese { space(before: text.utf8.first) }
    bytes += text.utf8
  }

  mutating func say(_ text: [UInt8]) {
    if isChinese { space(before: text.first) }
    bytes += text
  }

  private mutating func space(before next: UInt8?) {
    guard let next, let last = bytes.last else { return }
    // Each ideograph of everyday use takes three bytes; punctuation of full width has other first bytes.
    let isBehind = bytes.count > 2 && Words.ideographs.contains(bytes[bytes.count - 3]) && last >= 0x80
    if isBehind && Words.visible.contains(next) || Words.visible.contains(last) && Words.ideographs.contains(next) {
      bytes.append(0x20)
    }
  }

  private static let ideographs: ClosedRange<UInt8> = 0xE4...0xE9
  private static let visible: ClosedRange<UInt8> = 0x21...0x7E

  /// A time that a command takes, however far it was moved.
  mutating func say(inRange time: Int64) { Stamp.append(Stamp.inRange(time), to: &bytes) }

  /// `a`, `a and b`, `a, b and c`; beyond the most that are shown, how many more there are.
  mutating func list(_ items: [[UInt8]], of count: Int? = nil, last: String = " and ") {
    let rest = max(0, (count ?? items.count) - items.count)
    for (place, item) in items.enumerated() {
      if place > 0 { say(place == items.count - 1 && rest == 0 ? last : ", ") }
      say(item)
    }
    if rest > 0 { say(" and \(rest) more") }
  }

  /// Titles of rules: `'a', then 'b'`.
  mutating func titles(_ titles: [String], then: Bool = false, last: String = " and ") {
    let quoted = titles.map { Array("'\($0)'".utf8) }
    guard then else { return list(quoted, last: last) }
    for (place, title) in quoted.enumerated() {
      if place > 0 { say(", then ") }
      say(title)
    }
  }

  /// Takes back what was said behind a place.
  mutating func cut(to count: Int) { bytes.removeLast(bytes.count - count) }
}

/// Times as sentences say them: without a fraction that is zero.
enum Stamp {
  private static let beginning: Int64 = 0
  private static let end: Int64 = 253_402_300_799_999

  static func of(_ time: Int64) -> String {
    var text: [UInt8] = []
    append(time, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  static func append(_ time: Int64, to out: inout [UInt8]) {
    Timestamp.append(time, to: &out)
    guard out.suffix(noFraction.count).elementsEqual(noFraction) else { return }
    out.removeLast(noFraction.count)
    out.append(UInt8(ascii: "Z"))
  }

  private static let noFraction = Array(".000Z".utf8)

  static func inRange(_ time: Int64) -> Int64 { min(max(time, beginning), end) }
}
