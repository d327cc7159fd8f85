// The modifiers that rewrite a string's bytes: Base64, UTF-16, and the dash variants of Windows command lines.

extension ModifierSteps {
  static func encode(_ modifier: Modifier, _ value: SteppedValue) throws(RuleFault) -> SteppedValue {
    guard case .text(let pattern, _) = value else { throw mismatch(modifier, value, "a string") }
    switch modifier {
    case .windash: return try windash(pattern)
    case .wide, .utf16be, .utf16: return .text(utf16(modifier, pattern), source: nil)
    default: break
    }
    guard let bytes = pattern.literal else {
      throw RuleFault(.badModifier, "'\(modifier.rawValue)' cannot encode wildcards; escape them with a backslash")
    }
    if modifier == .base64 { return .text(with([.literal(Base64.encode(bytes))], pattern), source: nil) }
    var variants: [SteppedValue] = []
    for variant in try Base64.offsetVariants(bytes) {
      variants.append(.text(with([.literal(variant)], pattern), source: nil))
    }
    return .any(variants)
  }

  private static func with(_ parts: [TextPattern.Part], _ pattern: TextPattern) -> TextPattern {
    TextPattern(parts, isCased: pattern.isCased)
  }

  private static func utf16(_ modifier: Modifier, _ pattern: TextPattern) -> TextPattern {
    var parts: [TextPattern.Part] = modifier == .utf16 ? [.literal([0xFF, 0xFE])] : []
    for part in pattern.parts {
      guard case .literal(let text) = part else {
        parts.append(part)
        continue
      }
      var bytes: [UInt8] = []
      for unit in String(decoding: text, as: UTF8.self).utf16 {
        let low = UInt8(truncatingIfNeeded: unit)
        let high = UInt8(truncatingIfNeeded: unit >> 8)
        bytes.append(modifier == .utf16be ? high : low)
        bytes.append(modifier == .utf16be ? low : high)
      }
      parts.append(.literal(bytes))
    }
    return with(parts, pattern)
  }

  /// The characters that Windows programs accept before an option.
  private static let dashes: [Unicode.Scalar] = ["-", "/", "\u{2013}", "\u{2014}", "\u{2015}"]

  /// Replaces each `-` and `/` that starts a word by each of the dashes.
  private static func windash(_ pattern: TextPattern) throws(RuleFault) -> SteppedValue {
    var variants: [TextPattern] = [with([], pattern)]
    var found = 0
    for part in pattern.parts {
      guard case .literal(let text) = part else {
        for index in variants.indices { variants[index].append(part) }
        continue
      }
      let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
      for (index, scalar) in scalars.enumerated() {
        guard isOptionDash(scalars, index) else {
          let bytes = Array(String(scalar).utf8)
          for variant in variants.indices { variants[variant].append(.literal(bytes)) }
          continue
        }
        found += 1
        guard found <= SigmaLimits.windashDashesMax else {
          let limit = SigmaLimits.windashDashesMax
          throw RuleFault(.tooManyTests, "'windash' expands at most \(limit) dashes in one value; split the value")
        }
        variants = variants.flatMap { variant in
          dashes.map { dash in
            var copy = variant
            copy.append(.literal(Array(String(dash).utf8)))
            return copy
          }
        }
      }
    }
    return .any(variants.map { .text($0, source: nil) })
  }

  private static func isOptionDash(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    guard scalars[index] == "-" || scalars[index] == "/", index + 1 < scalars.count else { return false }
    return isWord(scalars[index + 1]) && (index == 0 || !isWord(scalars[index - 1]))
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}

/// Standard Base64 with padding.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    let digits = alphabet
    var index = 0
    while index < bytes.count {
      let count = bytes.count - index
      let second = count > 1 ? bytes[index + 1] : 0
      let third = count > 2 ? bytes[index + 2] : 0
      result.append(digits[Int(bytes[index] >> 2)])
      result.append(digits[Int(bytes[index] << 4 & 0x30 | second >> 4)])
      result.append(count > 1 ? digits[Int(second << 2 & 0x3C | third >> 6)] : UInt8(ascii: "="))
      result.append(count > 2 ? digits[Int(third & 0x3F)] : UInt8(ascii: "="))
      index += 3
    }
    return result
  }

  /// What the text looks like inside a longer text that is encoded, at each of the three alignments: without the
  /// characters at both ends that depend on the neighbours.
  static func offsetVariants(_ bytes: [UInt8]) throws(RuleFault) -> [[UInt8]] {
    let cutAtStart = [0, 2, 3]
    let cutAtEnd = [0, 3, 2]
    var variants: [[UInt8]] = []
    for offset in 0..<3 {
      let encoded = encode([UInt8](repeating: UInt8(ascii: " "), count: offset) + bytes)
      let end = encoded.count - cutAtEnd[(bytes.count + offset) % 3]
      guard cutAtStart[offset] < end else {
        throw RuleFault(.badModifier, "the value is too short for 'base64offset': nothing of it is certain")
      }
      variants.append(Array(encoded[cutAtStart[offset]..<end]))
    }
    return variants
  }
}
