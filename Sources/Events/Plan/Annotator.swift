/// Columns that no record holds: made of another column by those who know more, such as the environment of an account or
/// the country of an address. Each distinct value is asked about once, as long as the dictionary holds it.
public protocol Annotator: Sendable {
  /// The text for a column, made of the text of its source; nil if nothing is known.
  func text(_ column: Column, of source: Text) -> [UInt8]?
}

extension Column {
  /// What the column is made of, for columns that an `Annotator` fills.
  public var annotated: Column? {
    switch self {
    case .environment: .account
    case .sourceASN, .sourceCountry: .sourceIP
    default: nil
    }
  }
}

/// Where a batch has a column that is made of another.
struct AnnotatedColumn {
  let place: Int
  let column: Column
  let source: Int

  static func all(_ columns: [Column]) -> [AnnotatedColumn] {
    columns.enumerated().compactMap { place, column in
      guard let source = column.annotated.flatMap({ columns.firstIndex(of: $0) }) else { return nil }
      return AnnotatedColumn(place: place, column: column, source: source)
    }
  }
}

/// The answers for one column, by the symbol that was asked about.
struct AnnotationCache {
  // Addresses are the attacker's: the table is begun again before they fill the memory.
  private static let answersMax = 1 << 16

  private var answers: [UInt32: UInt32] = [:]

  func known(_ source: Symbol) -> Symbol? { answers[source.raw].map { Symbol(raw: $0) } }

  mutating func remember(_ source: Symbol, _ answer: Symbol) {
    guard !source.isLocal, !answer.isLocal else { return }
    if answers.count >= AnnotationCache.answersMax { answers.removeAll(keepingCapacity: true) }
    answers[source.raw] = answer.raw
  }
}

extension EventBatch {
  /// Fills a column of a row whose source is filled.
  mutating func annotate(_ row: Int, _ column: AnnotatedColumn, _ number: Int, by annotator: any Annotator) {
    let source = symbol(column.source, row)
    guard !source.isMissing else { return }
    while annotations.count <= number { annotations.append(AnnotationCache()) }
    if let known = annotations[number].known(source) {
      cells[column.place * EventBatch.rowsMax + row] = known.raw
      return
    }
    var answer = Symbol.missing
    if let bytes = annotator.text(column.column, of: text(source)), !bytes.isEmpty {
      // SAFETY: the text is copied into the dictionary or the batch before the closure ends.
      answer = bytes.withUnsafeBufferPointer { bytes in
        let text = Text(base: bytes.baseAddress, count: bytes.count)
        return symbols.intern(text) ?? keep(text)
      }
    }
    annotations[number].remember(source, answer)
    cells[column.place * EventBatch.rowsMax + row] = answer.raw
  }
}
