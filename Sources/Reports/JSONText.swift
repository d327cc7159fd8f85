import Events

/// JSON as it is written: names and values one after another, commas where they belong.
struct JSONText {
  private(set) var bytes: [UInt8] = []
  private var needsComma = false
  private var clock = ClockText()

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  mutating func begin(_ bracket: UInt8 = UInt8(ascii: "{")) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  mutating func end(_ bracket: UInt8 = UInt8(ascii: "}")) {
    bytes.append(bracket)
    needsComma = true
  }

  /// A name of our own.
  mutating func key(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// A name that is data.
  mutating func key(_ name: [UInt8]) {
    separate()
    name.withUnsafeBytes { Escape.json($0, to: &bytes) }
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func key(named name: String) { key(Array(name.utf8)) }

  mutating func text(_ value: [UInt8]) {
    separate()
    value.withUnsafeBytes { Escape.json($0, to: &bytes) }
  }

  mutating func text(_ value: String) {
    separate()
    var value = value
    value.withUTF8 { Escape.json(UnsafeRawBufferPointer($0), to: &bytes) }
  }

  /// JSON that was written before.
  mutating func raw(_ json: some Sequence<UInt8>) {
    separate()
    bytes += json
  }

  mutating func number(_ value: Int) {
    separate()
    Decimals.append(value, to: &bytes)
  }

  mutating func null() {
    separate()
    bytes.append(contentsOf: [0x6E, 0x75, 0x6C, 0x6C])
  }

  /// `true`, `false`, or a number that was written before.
  mutating func word(_ value: some CustomStringConvertible) {
    separate()
    bytes += value.description.utf8
  }

  mutating func time(_ millis: Int64) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    clock.append(millis, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// A new line in front of the next item of a list, for whoever looks into the file.
  mutating func newline() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    bytes.append(0x0A)
    needsComma = false
  }

  mutating func line() {
    bytes.append(0x0A)
    needsComma = false
  }

  // MARK: Members

  mutating func member(_ name: StaticString, _ value: String) {
    key(name)
    text(value)
  }

  /// `null` for a missing text.
  mutating func member(_ name: StaticString, orNull value: [UInt8]?) {
    key(name)
    if let value, !value.isEmpty { text(value) } else { null() }
  }

  mutating func member(_ name: StaticString, _ value: Int) {
    key(name)
    number(value)
  }

  mutating func member(named name: String, _ value: Int) {
    key(named: name)
    number(value)
  }

  mutating func member(_ name: StaticString, _ value: Bool) {
    key(name)
    word(value)
  }

  mutating func member(_ name: StaticString, list: [[UInt8]]) {
    key(name)
    begin(UInt8(ascii: "["))
    for item in list { text(item) }
    end(UInt8(ascii: "]"))
  }

  mutating func member(_ name: StaticString, list: [String]) {
    key(name)
    begin(UInt8(ascii: "["))
    for item in list { text(item) }
    end(UInt8(ascii: "]"))
  }

  /// Writes a line at the end of what somebody else gathers.
  mutating func line(to out: inout [UInt8], _ body: (inout JSONText) -> Void) {
    swap(&bytes, &out)
    needsComma = false
    body(&self)
    line()
    swap(&bytes, &out)
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }
}

/// Whole numbers as text.
enum Decimals {
  static func append(_ value: Int, to out: inout [UInt8]) {
    if value >= 0, value < 10 { return out.append(0x30 + UInt8(value)) }
    if value < 0 { out.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    let start = out.count
    repeat {
      out.append(0x30 + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    out[start...].reverse()
  }
}

/// Times as `Timestamp` writes them. Alerts come in the order of time: the day is most often that of the last one.
struct ClockText {
  private static let day: Int64 = 86_400_000

  private var known: Int64 = -1
  /// `2026-01-05T`
  private var date: [UInt8] = []

  mutating func append(_ millis: Int64, to out: inout [UInt8]) {
    guard millis >= 0 else { return Timestamp.append(millis, to: &out) }
    let day = millis / ClockText.day
    if day != known {
      date = []
      Timestamp.append(day * ClockText.day, to: &date)
      date = Array(date.prefix { $0 != UInt8(ascii: "T") }) + [UInt8(ascii: "T")]
      known = day
    }
    out.append(contentsOf: date)
    let inDay = Int(millis % ClockText.day)
    let second = inDay / 1000
    ClockText.two(second / 3600, UInt8(ascii: ":"), to: &out)
    ClockText.two(second / 60 % 60, UInt8(ascii: ":"), to: &out)
    ClockText.two(second % 60, UInt8(ascii: "."), to: &out)
    out.append(0x30 + UInt8(inDay / 100 % 10))
    ClockText.two(inDay % 100, UInt8(ascii: "Z"), to: &out)
  }

  private static func two(_ value: Int, _ mark: UInt8, to out: inout [UInt8]) {
    out.append(0x30 + UInt8(value / 10))
    out.append(0x30 + UInt8(value % 10))
    out.append(mark)
  }
}
