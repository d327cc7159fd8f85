import Events

/// Values that are made of several columns and paths at once: who somebody is, and which connections are opened or closed.
extension FactReader {
  mutating func readPerson(
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

  func connections(_ field: Int, _ batch: borrowing EventBatch, _ row: Int) -> [[UInt8]] {
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
    return ConnectionReader.names(texts)
  }
}
