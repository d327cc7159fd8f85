import Matching

/// What a partial says of the fields that occurred.
extension FieldPresence {
  func write(to out: inout ByteWriter) {
    out.put(isOverfull)
    out.put(UInt32(rows.count))
    for (scope, row) in rows.sorted(by: { $0.key < $1.key }) {
      out.put(scope.provider)
      out.put(scope.account)
      for word in row.looked + row.seen { out.put(word) }
    }
  }

  /// - Parameter count: how many fields the rules ask for.
  init(_ input: inout ByteReader, count: Int) throws(PartialError) {
    self.init(count: count)
    if try input.flag() { overfill() }
    var last: Scope?
    // Two lengths and two rows of bits.
    for _ in 0..<(try input.count(of: 8 + words * 16)) {
      let scope = Scope(provider: try input.text(), account: try input.text())
      if let last, !(last < scope) { throw .damaged("its accounts are not in order") }
      last = scope
      var row = Row(words: words)
      for word in 0..<words { row.looked[word] = try input.take(UInt64.self) }
      for word in 0..<words { row.seen[word] = try input.take(UInt64.self) }
      guard isPossible(row) else { throw .damaged("a field was found that nobody asked for") }
      add(row, to: scope)
    }
  }

  /// Whether the bits are those of fields, and only what was looked for was found.
  private func isPossible(_ row: Row) -> Bool {
    let spare = words * 64 - count
    let last = row.looked.last ?? 0
    guard spare == 0 || last >> UInt64(64 - spare) == 0 else { return false }
    return zip(row.looked, row.seen).allSatisfy { $1 & ~$0 == 0 }
  }
}
