/// Finds what a name means: the lookup behind `SecretTable`.
///
/// A record has some forty names and hardly ever a secret one, so the last four bytes of a name are first looked up in
/// a small bit set. Names that pass are compared from their end backwards, which meets the suffixes on the way:
///
///     "X-Amz_Security.Token" → n e k o t y t i r u c e s … ("securitytoken" is a suffix: found after 13 letters)
///
/// Case, separators and trailing digits are passed over while walking. A `.` or `/` also ends a name of its own, so
/// that `requestParameters.secretString` and `/prod/db/password` are seen for what they hold.
struct NameMeaning: OptionSet, Sendable {
  let rawValue: UInt16

  /// Everything below the name is secret.
  static let secret = NameMeaning(rawValue: 1)
  /// Numbers are secret too.
  static let code = NameMeaning(rawValue: 2)
  /// A value that is the id of a key stays.
  static let ambiguous = NameMeaning(rawValue: 4)
  /// An object is looked into and not secret as a whole.
  static let shallow = NameMeaning(rawValue: 512)
  /// Secret as a parameter of a text only.
  static let parameter = NameMeaning(rawValue: 8)
  /// A header, whose value is the rest of its line.
  static let header = NameMeaning(rawValue: 16)
  static let suffix = NameMeaning(rawValue: 32)
  static let exception = NameMeaning(rawValue: 64)
  static let pairName = NameMeaning(rawValue: 128)
  static let pairValue = NameMeaning(rawValue: 256)
  /// As a suffix, if a word begins there.
  static let lastWord = NameMeaning(rawValue: 1024)

  /// Whether a string below the name is replaced.
  var hides: Bool { contains(.secret) }
}

struct SecretIndex: Sendable {
  /// The longest name that is compared whole, in letters. The table's longest has 26.
  static let lettersMax = 32
  // Four times the names of the table, so that a probe rarely meets a second entry.
  private static let slotBits: UInt32 = 10
  // About one bit in thirty is set, so that few innocent names pass.
  private static let filterBits: UInt32 = 12
  private static let hashSeed: UInt32 = 2_166_136_261

  private struct Entry {
    var hash: UInt32
    var letters: [UInt8]
    var meaning: NameMeaning
  }

  private var entries: [Entry] = []
  private var slots: [UInt16]
  private var filter: [UInt64]
  // Bit n: some well-known token begins with the nth letter, in either case.
  private var tokenLetters: UInt32 = 0
  // Bit n: some suffix has n letters.
  private var suffixLengths: UInt64 = 0

  init() {
    slots = Array(repeating: 0, count: 1 << Int(Self.slotBits))
    filter = Array(repeating: 0, count: 1 << Int(Self.filterBits - 6))
    add(SecretTable.names, .secret)
    add(SecretTable.codes, [.secret, .code])
    add(SecretTable.ambiguous, [.secret, .ambiguous])
    add(SecretTable.shallow, [.secret, .shallow])
    add(SecretTable.suffixes, [.secret, .suffix])
    add(SecretTable.lastWords, .lastWord)
    add(SecretTable.exceptions, .exception)
    add(SecretTable.parameters, .parameter)
    add(SecretTable.headers, [.secret, .header])
    add(SecretTable.pairNames, .pairName)
    add(SecretTable.pairValues, .pairValue)
    for prefix in SecretTable.tokenPrefixes.map(\.prefix) + ["eyJ"] {
      for letter in prefix.utf8.prefix(1) { tokenLetters |= 1 << UInt32(lowered(letter) & 31) }
    }
  }

  /// Whether a token may begin with the byte.
  func opensToken(_ byte: UInt8) -> Bool { isLetter(byte) && tokenLetters >> UInt32(byte & 31) & 1 == 1 }

  private mutating func add(_ names: [String], _ meaning: NameMeaning) {
    for name in names {
      let letters = Array(name.utf8.reversed())
      precondition(letters.count <= Self.lettersMax, "a name of the table is too long to be compared")
      let hash = letters.reduce(Self.hashSeed) { Self.mix($0, $1) }
      if let known = entries.firstIndex(where: { $0.letters == letters }) {
        entries[known].meaning.formUnion(meaning)
      } else {
        entries.append(Entry(hash: hash, letters: letters, meaning: meaning))
        var slot = Int(hash >> (32 - Self.slotBits))
        while slots[slot] != 0 { slot = (slot + 1) % slots.count }
        slots[slot] = UInt16(entries.count)
      }
      let isSuffix = !meaning.isDisjoint(with: [.suffix, .lastWord])
      if isSuffix { suffixLengths |= 1 << UInt64(letters.count) }
      if letters.count >= 4 {
        pass(letters)
      } else if letters.count == 3, isSuffix {
        for letter in UInt8(ascii: "a")...UInt8(ascii: "z") { pass(letters + [letter]) }
      }
    }
  }

  /// Lets names through the filter whose last letters, backwards, are these.
  private mutating func pass(_ letters: [UInt8]) {
    var tail: UInt32 = 0
    for letter in letters[0..<4] { tail = tail << 8 | UInt32(letter) }
    let bit = Self.filterBit(tail)
    filter[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  @inline(__always)
  private static func mix(_ hash: UInt32, _ letter: UInt8) -> UInt32 { (hash ^ UInt32(letter)) &* 16_777_619 }

  @inline(__always)
  private static func filterBit(_ tail: UInt32) -> Int { Int((tail &* 0x9E37_79B1) >> (32 - filterBits)) }

  /// The meaning of the name in `text[start..<end]`.
  @inline(__always)
  func meaning(of text: Span<UInt8>, _ start: Int, _ end: Int) -> NameMeaning {
    if end - start >= 4 {
      let tail =
        (UInt32(text[end - 1]) << 24 | UInt32(text[end - 2]) << 16 | UInt32(text[end - 3]) << 8 | UInt32(text[end - 4]))
        | 0x2020_2020
      // Four plain letters: anything else (digits, separators) is for the long way.
      if tail & 0x4040_4040 == 0x4040_4040, (tail &+ 0x0505_0505) & 0x8080_8080 == 0 {
        let bit = Self.filterBit(tail)
        if filter[bit >> 6] >> UInt64(bit & 63) & 1 == 0 { return [] }
      }
    }
    return compare(text, start, end)
  }

  @inline(never)
  private func compare(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> NameMeaning {
    var at = end
    while at > start, !isLetter(text[at - 1]) { at -= 1 }
    var letters = InlineArray<32, UInt8>(repeating: 0)
    var count = 0
    var hash = Self.hashSeed
    var found: NameMeaning = []
    while at > start, count < Self.lettersMax {
      at -= 1
      let byte = text[at]
      if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") {
        found.formUnion(entry(hash, letters, count))
        continue
      }
      guard !isSeparator(byte) else { continue }
      letters[count] = lowered(byte)
      hash = Self.mix(hash, letters[count])
      count += 1
      if suffixLengths >> UInt64(count) & 1 == 1 {
        let hit = entry(hash, letters, count)
        if hit.contains(.suffix) || (at > start && isSecret(hit, text[at - 1], text[at])) { found.formUnion(.secret) }
      }
    }
    if at == start { found.formUnion(entry(hash, letters, count)) }
    if found.contains(.exception) { return [] }
    return found
  }

  /// Whether a name ends in a secret's word that begins at `first`, behind `before`.
  private func isSecret(_ hit: NameMeaning, _ before: UInt8, _ first: UInt8) -> Bool {
    guard hit.contains(.lastWord) else { return false }
    let isHump = lowered(first) != first && (lowered(before) == before || !isLetter(before))
    return isSeparator(before) || isHump
  }

  private func entry(_ hash: UInt32, _ letters: borrowing InlineArray<32, UInt8>, _ count: Int) -> NameMeaning {
    var slot = Int(hash >> (32 - Self.slotBits))
    while slots[slot] != 0 {
      let candidate = entries[Int(slots[slot]) - 1]
      if candidate.hash == hash, candidate.letters.count == count {
        var same = true
        for i in 0..<count where candidate.letters[i] != letters[i] { same = false }
        if same { return candidate.meaning }
      }
      slot = (slot + 1) % slots.count
    }
    return []
  }

  @inline(__always)
  private func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: " ")
  }
}

@inline(__always)
func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
