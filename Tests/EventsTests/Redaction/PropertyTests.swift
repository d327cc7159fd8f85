/// Properties over seeded records: what was planted never appears, all else stays, and nothing traps.
import Foundation
import TestSupport
import Testing

@testable import Events

/// Builds a record and, beside it, what redaction should make of it.
private struct Planter {
  static let secret = "pLanT3d0Secret9value"
  var random: SplitMix

  private static let innocent = ["userName", "eventName", "items", "Condition", "k_1", "nextToken", "é", "a\"b", ""]
  private static let texts = [
    "", "x", "us-east-1", "arn:aws:iam::123456789012:role/Admin", "2026-01-05T10:00:00Z", "quote \" slash \\ / tab \t",
    "é 😀 \u{7F} \u{1}", "AKIAIOSFODNN7EXAMPLE", "a=b&c=d", "[1,2]", "{\"a\":\"b c\"}", "{broken", "alice@corp.example",
    "Mozilla/5.0 (X11; Linux x86_64) [S3Console/0.4]", "It's 5 o'clock", "true", "100%",
  ]
  private static let carriers = [
    "Bearer {}", "https://h/p?X-Amz-Signature={}&x=1", "user=a&password={}", "token xoxb-{}", "https://u:{}@h/",
    "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----", "{'password': '{}'}", "run --db-password {} now",
    "failed for {\"secretString\":\"{}\"} today", "eyJhbGciOiJI.eyJ{}.{}", "Cookie: {}", "password = \"{}\"",
  ]

  /// `plant`: a secret must lie somewhere within. `level`: JSON texts around.
  mutating func value(depth: Int, level: Int, plant: Bool) -> Any {
    guard plant else { return leaf(depth: depth) }
    switch depth == 0 ? Int.random(in: 4...5, using: &random) : Int.random(in: 0...5, using: &random) {
    case 0, 1: return object(depth: depth - 1, level: level, plant: true)
    case 2: return [leaf(depth: 0), value(depth: depth - 1, level: level, plant: true), leaf(depth: 0)]
    case 3 where level < Redactor.nestingMax:
      return json(object(depth: depth - 1, level: level + 1, plant: true))
    case 4:
      let carrier = Self.carriers.randomElement(using: &random) ?? ""
      // JSON inside a text is one more JSON text.
      if carrier.contains("{\""), level >= Redactor.nestingMax { return ["password": Self.secret] }
      return carrier.replacingOccurrences(of: "{}", with: Self.secret)
    default: return keyed()
    }
  }

  private mutating func object(depth: Int, level: Int, plant: Bool) -> [String: Any] {
    var members: [String: Any] = [:]
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      members[Self.innocent.randomElement(using: &random) ?? ""] = leaf(depth: 1)
    }
    members["member"] = value(depth: max(0, depth), level: level, plant: plant)
    return members
  }

  private mutating func keyed() -> Any {
    let names = SecretTable.names + SecretTable.codes + SecretTable.suffixes.map { "x_\($0)" }
    let name = names.randomElement(using: &random) ?? ""
    let key =
      Bool.random(using: &random) ? name : name.prefix(1).uppercased() + name.dropFirst().replacing("k", with: "-K")
    switch Int.random(in: 0...3, using: &random) {
    case 0: return [key: [Self.secret, SecretTable.codes.contains(name) ? false : 7] as [Any]]
    case 1: return [key: ["a": ["b": Self.secret + "\n\"\\"], "t": true] as [String: Any]]
    case 2: return [["name": key, "value": Self.secret], ["name": "Stage", "value": "prod"]]
    default: return [key: Self.secret]
    }
  }

  private mutating func leaf(depth: Int) -> Any {
    switch Int.random(in: 0...8, using: &random) {
    case 0: return Int.random(in: -9_999_999...9_999_999, using: &random)
    case 1: return Bool.random(using: &random)
    case 2: return NSNull()
    case 3 where depth > 0: return ["inner": leaf(depth: 0), "list": [leaf(depth: 0)]]
    default: return Self.texts.randomElement(using: &random) ?? ""
    }
  }
}

@Suite struct PropertyTests {
  /// The two values are equal but for strings that had the secret and have a mark now; JSON text is compared as JSON.
  private func differ(_ before: Any?, _ after: Any?) -> String? {
    switch (before, after) {
    case (let a as [String: Any], let b as [String: Any]):
      guard a.keys.sorted() == b.keys.sorted() else { return "keys \(a.keys.sorted()) \(b.keys.sorted())" }
      return a.keys.lazy.compactMap { differ(a[$0], b[$0]) }.first
    case (let a as [Any], let b as [Any]):
      guard a.count == b.count else { return "counts" }
      return zip(a, b).lazy.compactMap { differ($0, $1) }.first
    case (let a as String, let b as String):
      if a == b { return nil }
      if a.contains(Planter.secret), b.contains("[redacted]") {
        guard let inner = parsed(a), a.hasPrefix("{") else { return nil }
        return differ(inner, parsed(b))
      }
      return "\(a) became \(b)"
    default:
      return json(before ?? "nil") == json(after ?? "nil") ? nil : "\(json(before ?? "nil")) \(json(after ?? "nil"))"
    }
  }

  @Test func aPlantedSecretNeverAppearsAndAllElseStays() {
    var planter = Planter(random: SplitMix(state: 20_260_105))
    for round in 0..<4000 {
      let record = json(["eventID": round, "r": planter.value(depth: round % 7, level: 0, plant: true)])
      let result = redacted(record)
      #expect(!result.text.contains(Planter.secret) && result.count > 0, "\(record)\n\(result.text)")
      let difference = differ(parsed(record), parsed(result.text))
      #expect(difference == nil, "\(difference ?? "")\n\(record)\n\(result.text)")
    }
  }

  @Test func aRecordWithoutSecretsKeepsItsBytes() {
    var planter = Planter(random: SplitMix(state: 7))
    for _ in 0..<2000 {
      let record = json(["r": (0..<6).map { _ in planter.value(depth: 2, level: 0, plant: false) }])
      let result = redacted(record)
      #expect(result.text == record && result.count == 0)
    }
  }

  @Test func whateverIsEscapedIsSeenThrough() {
    var random = SplitMix(state: 3)
    for round in 0..<500 {
      func spelled(_ text: String) -> String {
        text.utf16.map { unit in
          Bool.random(using: &random) && unit != 0
            ? "\\u" + String(repeating: "0", count: 4 - String(unit, radix: 16).count) + String(unit, radix: 16)
            : String(decoding: [unit], as: UTF16.self)
        }.joined()
      }
      let record =
        #"{"\#(spelled("newPassword"))":"\#(spelled(Planter.secret))","u":"\#(spelled("?sig=" + Planter.secret))"}"#
      let result = redacted(record)
      #expect(result.count == 2, "\(round) \(record)")
      let members = parsed(result.text) as? [String: String]
      #expect(members == ["newPassword": "[redacted]", "u": "?sig=[redacted]"])
    }
  }

  @Test func damagedBytesNeverTrapAndAreOtherwiseCopied() {
    var random = SplitMix(state: 99)
    var planter = Planter(random: SplitMix(state: 100))
    let alphabet = Array("\"\\{}[]:,=%'@ -eyJ.u0d8\n*_/".utf8) + [0, 0x80, 0xED, 0xA0, 0xFF]
    for round in 0..<6000 {
      var bytes = Array(json(["r": planter.value(depth: round % 5, level: 0, plant: true)]).utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...3, using: &random) {
        case 0: bytes[at] = alphabet.randomElement(using: &random) ?? 0
        case 1: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: at)
        case 2: bytes.remove(at: at)
        default: bytes.removeSubrange(at...)
        }
      }
      let (out, count) = redacted(bytes: bytes)
      if count == 0 { #expect(out == bytes) }
    }
  }

  @Test(arguments: [
    "{", "[", "\"", "\\\"", "{\"a\":", "{\\\"", "eyJ", "://", "password=", "password:'", "a@", "-----BEGIN PRIVATE KEY",
    "{\"value\":\"x\",\"name\":\"password\",\"o\":", "Bearer ", "'", " --", "=,", "%3d", "x[", "\"{\\\"a\\\":",
  ])
  func aLongRowOfOneThingTakesLinearTime(part: String) {
    let text = String(repeating: part, count: 200_000 / part.utf8.count)
    let time = processorTime {
      _ = redacted(text)
      _ = redacted(json(["k": text]))
      _ = redactedText(text, key: "k")
    }
    // Quadratic time would be minutes; the bound leaves room for a busy machine and an unoptimised build.
    #expect(time < .seconds(20))
  }
}
