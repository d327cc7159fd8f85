import Events

/// Values that are made of several columns and paths at once, or of a whole request: who somebody is, which connections are
/// opened or closed, and how many things are named.
extension FactReader {
  mutating func make(
    _ derivation: FactField.Derivation, _ field: Int, _ batch: borrowing EventBatch, _ row: Int,
    _ segment: inout SegmentBuilder
  ) {
    let start = values.count
    switch derivation {
    case .person, .personAccount: readPerson(derivation, field, batch, row, &segment)
    case .connection:
      for name in ConnectionReader.names(texts(field, batch, row)) { append(segment.text(name), field, from: start) }
    case .targetCount:
      append(segment.text(Array(String(ThingReader.count(texts(field, batch, row))).utf8)), field, from: start)
    case .namedThing:
      for name in things(field, batch, row) { append(segment.text(name), field, from: start) }
    case .network, .publicNetwork, .addressFamily, .agentFamily: break
    }
  }

  private func things(_ field: Int, _ batch: borrowing EventBatch, _ row: Int) -> [[UInt8]] {
    let texts = texts(field, batch, row)
    let things = ThingReader.names(texts)
    // Whatever it is about, it is one thing, and not that of another event.
    return things.isEmpty ? [fileName + Array("#\(batch.numbers[row])".utf8)] : things
  }

  private mutating func readPerson(
    _ derivation: FactField.Derivation, _ field: Int, _ batch: borrowing EventBatch, _ row: Int,
    _ segment: inout SegmentBuilder
  ) {
    var texts: [Text] = []
    for bound in fields[field] {
      if case .column(let column) = bound { texts.append(batch.text(column, row)) }
    }
    if let person = people.person(texts) {
      append(segment.text(derivation == .person ? person : PersonReader.everywhere), field, from: values.count)
    } else if let own = derivation == .person ? texts.first : texts.last, !own.isEmpty {
      append(segment.text(own), field, from: values.count)
    }
  }

  /// What the columns and paths of a field say, in their order.
  private func texts(_ field: Int, _ batch: borrowing EventBatch, _ row: Int) -> [Text] {
    var texts: [Text] = []
    for bound in fields[field] {
      switch bound {
      case .column(let column): texts.append(batch.text(column, row))
      case .path(let path):
        let isThere = batch.pathValueCount(path, row) > 0
        texts.append(isThere ? batch.text(batch.pathValue(path, row, 0).symbol) : .none)
      default: break
      }
    }
    return texts
  }
}
