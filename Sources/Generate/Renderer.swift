// Turns a scene and a template into bytes: the hot loop of the generator. No strings, no allocation.

struct Renderer {
  private let lexicon: Lexicon
  private let steps: [TemplateStep]
  private let ranges: [Range<Int32>]

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    steps = lexicon.steps
    ranges = lexicon.ranges
  }

  /// Templates nest record, part, part of a part; nothing nests deeper, so a cycle shows at once.
  private static let depthMax = 5

  func write(_ template: TemplateID, _ scene: inout Scene, to sink: inout ByteSink, depth: Int = 0) {
    precondition(depth < Renderer.depthMax, "templates nest too deeply")
    let range = ranges[Int(template.number)]
    for index in Int(range.lowerBound)..<Int(range.upperBound) {
      let step = steps[index]
      switch step.kind {
      case .literal: write(step.text, to: &sink)
      case .text: write(scene.text(step.slot), to: &sink)
      case .part: write(scene.part(step.slot), &scene, to: &sink, depth: depth + 1)
      case .value: writeValue(step, scene, to: &sink)
      case .shape: writeShape(step, &scene, to: &sink)
      }
    }
  }

  @inline(__always)
  private func write(_ text: Text, to sink: inout ByteSink) {
    sink.append(from: lexicon.bytes(of: text), count: Int(text.count))
  }

  /// Offset of the zone in which the Chinese vendors write local times.
  private static let chinaOffset: Int64 = 8 * 3600

  private func writeValue(_ step: TemplateStep, _ scene: Scene, to sink: inout ByteSink) {
    switch ValueSlot(rawValue: step.slot) {
    case .time: sink.append(instant: scene.time)
    case .created: sink.append(instant: scene.created)
    case .expires: sink.append(instant: scene.expires)
    case .epoch: sink.append(decimal: UInt64(scene.time))
    case .epochMillis: sink.append(decimal: UInt64(scene.time) * 1000 + scene.eventSeed % 1000)
    case .createdEpoch: sink.append(decimal: UInt64(scene.created))
    case .expiresEpoch: sink.append(decimal: UInt64(scene.expires))
    case .inAnHour: sink.append(instant: scene.time + 3600)
    case .localTime: writeLocal(scene.time, to: &sink)
    case .localExpires: writeLocal(scene.expires, to: &sink)
    case .eventID: sink.append(eventID: scene.number, seed: scene.archiveSeed, digits: hexLower)
    case .eventIDUpper: sink.append(eventID: scene.number, seed: scene.archiveSeed, digits: hexUpper)
    case .requestID: sink.append(uuid: mixed(scene.eventSeed, 3), mixed(scene.eventSeed, 4), digits: hexLower)
    case .requestIDUpper: sink.append(uuid: mixed(scene.eventSeed, 3), mixed(scene.eventSeed, 4), digits: hexUpper)
    case nil: preconditionFailure("unknown value slot")
    }
  }

  /// `2026-01-05 17:30:00`, China time.
  private func writeLocal(_ epochSeconds: Int64, to sink: inout ByteSink) {
    let moment = CivilTime(epochSeconds: epochSeconds + Renderer.chinaOffset)
    sink.append(decimal: UInt64(moment.year), width: 4)
    for (separator, value) in [(UInt8(45), moment.month), (45, moment.day), (32, moment.hour), (58, moment.minute)] {
      sink.append(separator)
      sink.appendPair(value)
    }
    sink.append(58)
    sink.appendPair(moment.second)
  }

  private func writeShape(_ step: TemplateStep, _ scene: inout Scene, to sink: inout ByteSink) {
    let seed = scene.seed(forTag: step.tag)
    let length = Int(step.amount)
    switch ShapeSlot(rawValue: step.slot) {
    case .hex: sink.append(characters: hexLower, count: length, seed: seed)
    case .hexUpper: sink.append(characters: hexUpper, count: length, seed: seed)
    case .num: sink.append(characters: decimalDigits, count: length, seed: seed)
    case .b36: sink.append(characters: alphanumericLower, count: length, seed: seed)
    case .base32: sink.append(characters: base32Upper, count: length, seed: seed)
    case .b64: sink.append(characters: base64Letters, count: length, seed: seed)
    case .uuid: sink.append(uuid: seed, mixed(seed), digits: hexLower)
    case .uuidUpper: sink.append(uuid: seed, mixed(seed), digits: hexUpper)
    case .int: sink.append(decimal: seed.multipliedFullWidth(by: UInt64(max(step.amount, 1))).high)
    case .ip10:
      sink.append("10.")
      sink.append(decimal: seed & 63)
      sink.append(46)
      sink.append(decimal: seed >> 8 & 255)
      sink.append(46)
      sink.append(decimal: 1 + (seed >> 16) % 254)
    case .pick:
      let words = lexicon.lists[length]
      write(words[Int(seed.multipliedFullWidth(by: UInt64(words.count)).high)], to: &sink)
    case nil: preconditionFailure("unknown shape slot")
    }
  }
}

/// The alphabets of random characters: 64 bytes each, repeated where the vendor's is shorter, so that six random bits
/// choose a character by one look-up.
struct Alphabet: Sendable {
  let characters: [UInt8]

  init(_ letters: String) {
    let bytes = Array(letters.utf8)
    characters = (0..<64).map { bytes[$0 % bytes.count] }
  }
}

let hexLower = Alphabet("0123456789abcdef")
let hexUpper = Alphabet("0123456789ABCDEF")
let decimalDigits = Alphabet("1234567890")
let alphanumericLower = Alphabet("abcdefghijklmnopqrstuvwxyz0123456789")
let base32Upper = Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
let base64Letters = Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

extension ByteSink {
  @inline(__always)
  mutating func append(characters alphabet: Alphabet, count length: Int, seed: UInt64) {
    var bits = seed
    for index in 0..<length {
      if index % 10 == 9 { bits = mixed(seed &+ UInt64(index)) }
      append(alphabet.characters[Int(bits & 63)])
      bits >>= 6
    }
  }

  /// A version 4 UUID from 128 random bits.
  mutating func append(uuid high: UInt64, _ low: UInt64, digits: Alphabet) {
    let first = (high & ~0xF000) | 0x4000
    let second = (low & ~(0b11 << 62)) | (0b10 << 62)
    for nibble in 0..<32 {
      if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 { append(45) }
      let word = nibble < 16 ? first : second
      append(digits.characters[Int(word >> UInt64(60 - nibble % 16 * 4) & 15)])
    }
  }

  /// The id of the archive's n-th event. Both halves are bijections of n, so two events share an id only if they agree
  /// in all 122 bits that a UUID leaves free.
  mutating func append(eventID number: UInt64, seed: UInt64, digits: Alphabet) {
    append(uuid: mixed(number ^ seed), mixed(number &+ mixed(seed)), digits: digits)
  }
}
