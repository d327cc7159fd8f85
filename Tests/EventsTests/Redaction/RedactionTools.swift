/// What the redaction tests share: texts in and out of the redactor, JSON by Foundation, a seeded generator.
import Foundation

@testable import Events

func redacted(_ json: String) -> (text: String, count: Int) {
  let (bytes, count) = redacted(bytes: Array(json.utf8))
  return (String(decoding: bytes, as: UTF8.self), count)
}

func redacted(bytes: [UInt8]) -> ([UInt8], Int) {
  var out: [UInt8] = []
  let count = bytes.withUnsafeBytes { Redactor().redact($0, into: &out) }
  return (out, count)
}

func redactedText(_ text: String, key: String = "") -> (text: String, count: Int) {
  var out: [UInt8] = []
  var name = key
  var value = text
  let count = value.withUTF8 { value in
    name.withUTF8 { Redactor().redactText(UnsafeRawBufferPointer(value), key: UnsafeRawBufferPointer($0), into: &out) }
  }
  return (String(decoding: out, as: UTF8.self), count)
}

/// `value` as JSON text.
func json(_ value: Any) -> String {
  let options: JSONSerialization.WritingOptions = [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes]
  guard let bytes = try? JSONSerialization.data(withJSONObject: value, options: options) else { return "?" }
  return String(decoding: bytes, as: UTF8.self)
}

func parsed(_ text: String) -> Any? {
  try? JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed])
}

/// The same JSON in one spelling.
func canonical(_ text: String) -> String { parsed(text).map(json) ?? "not JSON: \(text)" }

struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
