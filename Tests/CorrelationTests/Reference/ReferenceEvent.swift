/// The events of the naive reference: everything in memory, one value each, nothing shared with the engine.

import Archive

/// An event, or (to a correlation of correlations) an alert.
struct ReferenceEvent {
  /// By the name under which rules ask for it.
  var fields: [String: [String]] = [:]
  /// Milliseconds; nil without a usable one.
  var time: Int64?
  var id = ""
  var account = ""
  var action = ""
  /// The record without white space.
  var content = ""
  var file = ""
  var record = 0
  var key = ReferenceKey(high: 0, low: 0)
  /// Of an alert: the events that it brings where it is a hit.
  var brings: [ReferenceEvent] = []

  /// Two events are the same only if they stand in the same place, whatever their keys are.
  var place: ReferencePlace { ReferencePlace(file: file, record: record) }

  var order: (Int64, ReferenceKey, [UInt8], Int) { (time ?? .min, key, Array(file.utf8), record) }
}

struct ReferencePlace: Hashable, CustomStringConvertible {
  var file: String
  var record: Int

  var description: String { "\(file.split(separator: "/").last ?? "-")#\(record)" }
}

/// 128 bits by which events of one moment are ordered.
struct ReferenceKey: Hashable, Comparable {
  var high: UInt64
  var low: UInt64

  static func < (a: ReferenceKey, b: ReferenceKey) -> Bool { (a.high, a.low) < (b.high, b.low) }

  /// As the format says: six byte strings, each as its length and its words, multiplied into two lanes.
  static func of(provider: String, account: String, id: String, time: Int64?, action: String) -> ReferenceKey {
    var lanes: (UInt64, UInt64) = (0x6A09_E667_F3BC_C908, 0xBB67_AE85_84CA_A73B)
    func mix() {
      let p = lanes.0.multipliedFullWidth(by: 0x3C6E_F372_FE94_F82B)
      lanes = (p.low, lanes.1 ^ p.high)
      let q = lanes.1.multipliedFullWidth(by: 0xA54F_F53A_5F1D_36F1)
      lanes = (lanes.0 ^ q.high, q.low)
    }
    func add(_ words: [UInt64]) {
      lanes = (lanes.0 ^ words[0], lanes.1 ^ words[1])
      mix()
    }
    func add(text: String) {
      var words = [UInt64(text.utf8.count)]
      let bytes = Array(text.utf8)
      for start in stride(from: 0, to: bytes.count, by: 8) {
        words.append(
          bytes[start..<min(start + 8, bytes.count)].reversed().reduce(0) { $0 << 8 | UInt64($1) })
      }
      if words.count % 2 == 1 { words.append(0) }
      for at in stride(from: 0, to: words.count, by: 2) { add([words[at], words[at + 1]]) }
    }
    for text in [provider, account, id, ""] { add(text: text) }
    add([8, UInt64(bitPattern: time ?? .min)])
    add(text: action)
    for _ in 0..<3 { mix() }
    return ReferenceKey(high: lanes.0, low: lanes.1)
  }

  /// The first half of the SHA-256 of some bytes.
  static func digest(_ bytes: [UInt8]) -> ReferenceKey {
    var digest = Digest()!
    bytes.withUnsafeBytes { digest.update($0) }
    let words = digest.end().words
    return ReferenceKey(high: words.0, low: words.1)
  }
}

/// What is left when copies are gone.
struct ReferenceArchive {
  var events: [ReferenceEvent] = []
  var duplicates = 0
  var conflicts = 0
  var highWater: Int64?

  /// - Parameter now: what is more than a day later does not make time pass.
  init(_ all: [ReferenceEvent], now: Int64) {
    var keyed = all
    for i in keyed.indices {
      let event = keyed[i]
      keyed[i].key =
        event.id.isEmpty
        ? .digest(Array(event.content.utf8))
        : .of(provider: "aws", account: event.account, id: event.id, time: event.time, action: event.action)
    }
    for event in keyed {
      let copies = keyed.filter { $0.key == event.key && $0.content == event.content }
      let isFirst = copies.allSatisfy { other in
        (Array(event.file.utf8), event.record) <= (Array(other.file.utf8), other.record)
      }
      if isFirst { events.append(event) } else { duplicates += 1 }
    }
    // Each content of a key beyond the first is a conflict.
    for (_, same) in Dictionary(grouping: events, by: \.key) { conflicts += same.count - 1 }
    let limit = now.addingReportingOverflow(86_400_000)
    highWater = all.compactMap(\.time).filter { limit.overflow || $0 <= limit.partialValue }.max()
  }
}

private func <= (a: ([UInt8], Int), b: ([UInt8], Int)) -> Bool {
  a.0 == b.0 ? a.1 <= b.1 : a.0.lexicographicallyPrecedes(b.0)
}

func isOrdered(_ a: ReferenceEvent, _ b: ReferenceEvent) -> Bool {
  let (x, y) = (a.order, b.order)
  if x.0 != y.0 { return x.0 < y.0 }
  if x.1 != y.1 { return x.1 < y.1 }
  if x.2 != y.2 { return x.2.lexicographicallyPrecedes(y.2) }
  return x.3 < y.3
}

/// Text without case: ASCII, and the few others that the generator uses.
func withoutCase(_ text: String) -> String {
  let others: [Unicode.Scalar: Unicode.Scalar] = [
    "Ä": "ä", "\u{212A}": "k", "ſ": "s", "Σ": "σ", "ς": "σ", "ẞ": "ß",
  ]
  var result = ""
  for scalar in text.unicodeScalars {
    if scalar.value >= 65 && scalar.value <= 90 {
      result.unicodeScalars.append(Unicode.Scalar(scalar.value + 32)!)
    } else {
      result.unicodeScalars.append(others[scalar] ?? scalar)
    }
  }
  return result
}

/// Whether billionths are of a number with more than 17 digits before the point.
func isTooLarge(_ number: Int128) -> Bool { number.magnitude >= 100_000_000_000_000_000_000_000_000 }

/// Billionths of a number as it is written, further decimals cut; nil for what is no number.
func billionths(_ text: String) -> Int128? {
  var rest = Substring(text)
  let isNegative = rest.hasPrefix("-")
  if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
  var exponent = 0
  if let at = rest.firstIndex(where: { $0 == "e" || $0 == "E" }) {
    guard let value = Int(rest[rest.index(after: at)...]) else { return nil }
    exponent = value
    rest = rest[..<at]
  }
  let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
  guard parts.count <= 2, !parts[0].isEmpty, parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
  else { return nil }
  let fraction = parts.count == 2 ? String(parts[1]) : ""
  var value = Int128(parts[0] + fraction)!
  var scale = 9 + exponent - fraction.count
  while scale > 0 {
    value *= 10
    scale -= 1
  }
  while scale < 0 {
    value /= 10
    scale += 1
  }
  return isNegative ? -value : value
}
