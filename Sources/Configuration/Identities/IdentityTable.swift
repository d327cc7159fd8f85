// Finds what the configuration says about a name. Names without wildcards stand in a hash table over their bytes, so
// that a question costs one hash and no allocation; patterns are tried one after the other behind it. Callers that see
// the same names again and again keep the answer per symbol.

/// From names, perhaps of one account only, to small numbers.
struct IdentityTable: Sendable, Equatable {
  private struct Entry: Equatable {
    /// In lower case.
    var name: [UInt8]
    var account: [UInt8]?
    var value: Int
  }

  private struct Pattern: Equatable {
    var glob: Glob
    var account: [UInt8]?
    var value: Int
  }

  private var entries: [Entry] = []
  private var patterns: [Pattern] = []
  /// Positions in `entries` plus one, 0 for an empty slot; a power of two, at most half full.
  private var slots: [UInt32] = [0, 0]

  var isEmpty: Bool { entries.isEmpty && patterns.isEmpty }

  /// Adds a form of an identity. Gives the value that already stands for exactly the same name, if it is another.
  mutating func add(_ form: Identity.Form, value: Int) -> Int? {
    let account = form.account.map { Array($0.utf8) }
    let glob = Glob(form.name)
    guard let name = glob.literal else {
      patterns.append(Pattern(glob: glob, account: account, value: value))
      return nil
    }
    if let known = entry(named: name, account: account) { return known == value ? nil : known }
    insert(name, account, value)
    return nil
  }

  /// Adds a form beside others for the same name: for tables that are asked with `contains`.
  mutating func append(_ form: Identity.Form, value: Int) {
    let account = form.account.map { Array($0.utf8) }
    let glob = Glob(form.name)
    guard let name = glob.literal else {
      return patterns.append(Pattern(glob: glob, account: account, value: value))
    }
    insert(name, account, value)
  }

  private mutating func insert(_ name: [UInt8], _ account: [UInt8]?, _ value: Int) {
    entries.append(Entry(name: name, account: account, value: value))
    if entries.count * 2 > slots.count {
      slots = [UInt32](repeating: 0, count: slots.count * 4)
      for index in entries.indices { place(index) }
    } else {
      place(entries.count - 1)
    }
  }

  /// Whether some value of a name of an account passes a test.
  func contains(
    _ name: UnsafeRawBufferPointer, account: UnsafeRawBufferPointer, where isWanted: (Int) -> Bool
  ) -> Bool {
    guard !name.isEmpty else { return false }
    var slot = first(name)
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.name.count == name.count, isSame(entry.name, name),
        entry.account.map({ $0.elementsEqual(account) }) ?? true, isWanted(entry.value)
      {
        return true
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return patterns.contains {
      $0.glob.matches(name) && ($0.account.map { $0.elementsEqual(account) } ?? true) && isWanted($0.value)
    }
  }

  private func entry(named name: [UInt8], account: [UInt8]?) -> Int? {
    name.withUnsafeBytes { bytes in
      var slot = first(bytes)
      while slots[slot] != 0 {
        let entry = entries[Int(slots[slot]) - 1]
        if entry.name == name, entry.account == account { return entry.value }
        slot = (slot + 1) & (slots.count - 1)
      }
      return nil
    }
  }

  private mutating func place(_ index: Int) {
    var slot = entries[index].name.withUnsafeBytes { first($0) }
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(index + 1)
  }

  /// The value for a name of an account; names of that account go before names of any, both before patterns.
  func find(_ name: UnsafeRawBufferPointer, account: UnsafeRawBufferPointer) -> Int? {
    guard !name.isEmpty else { return nil }
    var anywhere: Int?
    if !entries.isEmpty {
      var slot = first(name)
      while slots[slot] != 0 {
        let index = Int(slots[slot]) - 1
        if entries[index].name.count == name.count, isSame(entries[index].name, name) {
          guard let wanted = entries[index].account else {
            anywhere = entries[index].value
            slot = (slot + 1) & (slots.count - 1)
            continue
          }
          if wanted.elementsEqual(account) { return entries[index].value }
        }
        slot = (slot + 1) & (slots.count - 1)
      }
    }
    if let anywhere { return anywhere }
    for pattern in patterns where pattern.glob.matches(name) {
      if let wanted = pattern.account, !wanted.elementsEqual(account) { continue }
      return pattern.value
    }
    return nil
  }

  private func isSame(_ folded: [UInt8], _ text: UnsafeRawBufferPointer) -> Bool {
    for index in 0..<folded.count where folded[index] != text[index].folded { return false }
    return true
  }

  /// FNV-1a over the letters in lower case. The table is built from the configuration only, so nobody else can make
  /// its chains long.
  private func first(_ text: UnsafeRawBufferPointer) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte.folded)) &* 0x0000_0100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
  }
}
