import Events
import Rules

// The evaluation of one rule on one row: nodes, then leaves, each at most once a row.

extension Matcher {
  /// Recurses once for each level of the condition, of which the rule's reader allows 64.
  mutating func holds(_ at: Int, _ batch: borrowing EventBatch, _ row: Int) -> Bool {
    let node = nodes[at]
    switch node.kind {
    case .leaf: return outcome(Int(node.leaf), batch, row)
    case .not: return !holds(at + 1, batch, row)
    case .and:
      var member = at + 1
      while member < Int(node.end) {
        if !holds(member, batch, row) { return false }
        member = Int(nodes[member].end)
      }
      return true
    case .or:
      var member = at + 1
      while member < Int(node.end) {
        if holds(member, batch, row) { return true }
        member = Int(nodes[member].end)
      }
      return false
    }
  }

  @inline(__always)
  mutating func outcome(_ leaf: Int, _ batch: borrowing EventBatch, _ row: Int) -> Bool {
    let known = memo[leaf]
    if known >> 1 == stamp { return known & 1 == 1 }
    let outcome = evaluate(leaf, batch, row)
    memo[leaf] = stamp << 1 | (outcome ? 1 : 0)
    return outcome
  }

  private mutating func evaluate(_ leaf: Int, _ batch: borrowing EventBatch, _ row: Int) -> Bool {
    let head = leaves[leaf]
    if head.kind == .keyword { return holdsForAnyValue(leaf, batch, row) }
    if head.kind == .reference { return refers(leaf, batch, row) }
    let group = Int(head.group)
    guard groups[group].isLate else { return evaluate(leaf, head.kind, group, batch, row) }
    guard let look = lateReader, lookAgain(look, batch, row) else { return head.kind == .null }
    return evaluate(leaf, head.kind, group, look.batch, 0)
  }

  private mutating func evaluate(
    _ leaf: Int, _ kind: Leaf.Kind, _ group: Int, _ batch: borrowing EventBatch, _ row: Int
  ) -> Bool {
    switch kind {
    case .exists: exists(group, batch, row)
    case .null: isNull(group, batch, row)
    default: anyValue(leaf, group, batch, row)
    }
  }

  /// Reads the row's record for the late fields, once.
  mutating func lookAgain(_ look: LateReader, _ batch: borrowing EventBatch, _ row: Int) -> Bool {
    if lookedAt == stamp { return look.batch.count > 0 }
    lookedAt = stamp
    return look.read(batch.record(row))
  }

  // MARK: Values

  private mutating func anyValue(_ leaf: Int, _ group: Int, _ batch: borrowing EventBatch, _ row: Int) -> Bool {
    let range = groups[group]
    for source in range.first..<range.end {
      let place = Int(sources[source].place)
      switch sources[source].kind {
      case .path:
        for value in 0..<batch.pathValueCount(place, row) {
          let found = batch.pathValue(place, row, value)
          switch found.kind {
          case .null: break
          case .object, .array: if passes(leaf, nested: batch.text(found.symbol)) { return true }
          default: if passes(leaf, found.symbol, batch) { return true }
          }
        }
      case .column:
        let symbol = batch.symbol(place, row)
        if !symbol.isMissing, passes(leaf, symbol, batch) { return true }
      default: if passes(leaf, special: sources[source], batch, row) { return true }
      }
    }
    return false
  }

  @inline(__always)
  private mutating func passes(_ leaf: Int, _ symbol: Symbol, _ batch: borrowing EventBatch) -> Bool {
    if !symbol.isLocal, let known = cache.outcome(leaf, symbol.raw) { return known }
    guard let tests = program.testSets[leaf] else { return false }
    let outcome = tests.matches(batch.text(symbol).bytes, &scratch)
    if !symbol.isLocal { cache.note(outcome, leaf, symbol.raw) }
    return outcome
  }

  private mutating func passes(
    _ leaf: Int, special source: BoundSource, _ batch: borrowing EventBatch, _ row: Int
  ) -> Bool {
    guard let tests = program.testSets[leaf] else { return false }
    var texts: [UInt8] = []
    swap(&texts, &compact)
    defer { swap(&texts, &compact) }
    return SpecialText.any(source, batch, row, fileName, &texts) { tests.matches($0, &scratch) }
  }

  /// An object passes if one of its leaves does, or its text without blanks.
  private mutating func passes(_ leaf: Int, nested json: Text) -> Bool {
    guard let tests = program.testSets[leaf] else { return false }
    return anyText(ofNested: json) { tests.matches($0, &$1) }
  }

  /// The texts that stand for an object: its leaves, then all of it without blanks between tokens. The second
  /// argument of the body is room for folding.
  mutating func anyText(
    ofNested json: Text, _ body: (UnsafeRawBufferPointer, inout [UInt8]) -> Bool
  ) -> Bool {
    var room: [UInt8] = []
    swap(&room, &scratch)
    defer { swap(&room, &scratch) }
    if leavesOfJSON.any(json.bytes, { body($0, &room) }) { return true }
    CompactJSON.write(json, into: &compact)
    return compact.withUnsafeBytes { body($0, &room) }
  }

  private mutating func holdsForAnyValue(_ leaf: Int, _ batch: borrowing EventBatch, _ row: Int) -> Bool {
    let search = wordSearchOf[leaf]
    guard search != MatchProgram.noSearch else { return anyLeaf(leaf, batch, row) }
    findWords(Int(search), batch, row)
    return memo[leaf] == stamp << 1 | 1
  }

  private mutating func anyLeaf(_ leaf: Int, _ batch: borrowing EventBatch, _ row: Int) -> Bool {
    guard let tests = program.testSets[leaf] else { return false }
    var room: [UInt8] = []
    swap(&room, &scratch)
    defer { swap(&room, &scratch) }
    let record = batch.record(row).bytes
    return tests.mayPass(inRecord: record, &room) && leavesOfJSON.any(record) { tests.matches($0, &room) }
  }

  // MARK: Presence

  func exists(_ group: Int, _ batch: borrowing EventBatch, _ row: Int) -> Bool {
    let range = groups[group]
    for source in range.first..<range.end {
      let place = Int(sources[source].place)
      switch sources[source].kind {
      case .path: if batch.pathValueCount(place, row) > 0 { return true }
      case .column, .list: if !batch.symbol(place, row).isMissing { return true }
      case .time: if batch.times[row] != Timestamp.missing { return true }
      case .provider, .record, .file: return true
      }
    }
    return false
  }

  private func isNull(_ group: Int, _ batch: borrowing EventBatch, _ row: Int) -> Bool {
    guard exists(group, batch, row) else { return true }
    let range = groups[group]
    for source in range.first..<range.end where sources[source].kind == .path {
      let place = Int(sources[source].place)
      for value in 0..<batch.pathValueCount(place, row) where batch.pathValue(place, row, value).kind == .null {
        return true
      }
    }
    return false
  }
}
