import Events
import Rules

// Tests that compare two fields of one event. Only scalars take part; any value of the one with any of the other.

extension Matcher {
  mutating func refers(_ leaf: Int, _ batch: borrowing EventBatch, _ row: Int) -> Bool {
    guard let reference = program.references[leaf] else { return false }
    let ours = groups[Int(leaves[leaf].group)]
    let theirs = groups[Int(leaves[leaf].other)]
    if ours.isLate || theirs.isLate {
      guard let look = lateReader, lookAgain(look, batch, row) else { return false }
    }
    var left: [UInt8] = []
    var right: [UInt8] = []
    swap(&left, &scratch)
    swap(&right, &otherScratch)
    defer {
      swap(&left, &scratch)
      swap(&right, &otherScratch)
    }
    var made: [UInt8] = []
    var otherMade: [UInt8] = []
    for source in ours.first..<ours.end {
      let found = anyScalar(sources[source], ours.isLate, batch, row, &made) { text in
        put(text, reference.isCased, into: &left)
        for other in theirs.first..<theirs.end {
          let holds = anyScalar(sources[other], theirs.isLate, batch, row, &otherMade) { otherText in
            put(otherText, reference.isCased, into: &right)
            return Self.stands(reference.relation, left, right)
          }
          if holds { return true }
        }
        return false
      }
      if found { return true }
    }
    return false
  }

  private func put(_ text: UnsafeRawBufferPointer, _ isCased: Bool, into out: inout [UInt8]) {
    if isCased {
      out.removeAll(keepingCapacity: true)
      out.append(contentsOf: text)
    } else {
      CaseFolding.fold(text, into: &out)
    }
  }

  private static func stands(_ relation: FieldReference.Relation, _ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.withUnsafeBytes { text in
      switch relation {
      case .equals: left.count == right.count && text.holds(right, at: 0)
      case .startsWith: text.holds(right, at: 0)
      case .endsWith: left.count >= right.count && text.holds(right, at: left.count - right.count)
      case .contains: text.firstIndex(of: right, from: 0) != nil
      }
    }
  }

  private func anyScalar(
    _ source: BoundSource, _ isLate: Bool, _ batch: borrowing EventBatch, _ row: Int, _ room: inout [UInt8],
    _ body: (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    guard isLate, let lateReader else { return anyScalar(source, batch, row, &room, body) }
    return anyScalar(source, lateReader.batch, 0, &room, body)
  }

  private func anyScalar(
    _ source: BoundSource, _ batch: borrowing EventBatch, _ row: Int, _ room: inout [UInt8],
    _ body: (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    let place = Int(source.place)
    switch source.kind {
    case .path:
      for value in 0..<batch.pathValueCount(place, row) {
        let found = batch.pathValue(place, row, value)
        if found.kind == .null || found.kind == .object || found.kind == .array { continue }
        if body(batch.text(found.symbol).bytes) { return true }
      }
      return false
    case .column:
      let symbol = batch.symbol(place, row)
      return !symbol.isMissing && body(batch.text(symbol).bytes)
    default: return SpecialText.any(source, batch, row, fileName, &room, body)
    }
  }
}
