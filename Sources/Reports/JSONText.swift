import Events

/// JSON as it is written: names and values one after another, commas where they belong.
struct JSONText {
  private(set) var bytes: [UInt8] = []
  private var needsComma = false

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
  mutating func key(_ name: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes += name.utf8
    bytes += [UInt8(ascii: "\""), UInt8(ascii: ":")]
    needsComma = false
  }

  /// A name that is data.
  mutating func key(_ name: [UInt8]) {
    separate()
    name.withUnsafeBytes { Escape.json($0, to: &bytes) }
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func text(_ value: [UInt8]) {
    separate()
    value.withUnsafeBytes { Escape.json($0, to: &bytes) }
  }

  mutating func text(_ value: String) { text(Array(value.utf8)) }

  /// JSON that was written before.
  mutating func raw(_ json: some Sequence<UInt8>) {
    separate()
    bytes += json
  }

  /// A number, `true`, `false` or `null`.
  mutating func word(_ value: some CustomStringConvertible) {
    separate()
    bytes += value.description.utf8
  }

  mutating func time(_ millis: Int64) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    Timestamp.append(millis, to: &bytes)
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

  mutating func member(_ name: String, _ value: String) {
    key(name)
    text(value)
  }

  /// `null` for a missing text.
  mutating func member(_ name: String, orNull value: [UInt8]?) {
    key(name)
    if let value, !value.isEmpty { text(value) } else { word("null") }
  }

  mutating func member(_ name: String, _ value: Int) {
    key(name)
    word(value)
  }

  mutating func member(_ name: String, _ value: Bool) {
    key(name)
    word(value)
  }

  mutating func member(_ name: String, list: [[UInt8]]) {
    key(name)
    begin(UInt8(ascii: "["))
    for item in list { text(item) }
    end(UInt8(ascii: "]"))
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }
}
