import Archive
import Events
import Pipeline
import Reports

/// Counts the distinct values of some fields: `--count-by F[,F]`.
///
/// A worker counts by symbols: for one column an array by dictionary number, else a table of tuples of texts. Texts
/// meet when the workers' counts are merged; sums do not depend on who counted what.
public struct CountSink: Sink {
  private let cells: EventCells
  private let column: Int?
  private let names: [FoundFile]
  private var fileName: [UInt8] = []
  private var bySymbol: [UInt64] = []
  private var symbolTexts: [[UInt8]] = []
  private var byTuple: [[[UInt8]]: UInt64] = [:]
  public private(set) var events: UInt64 = 0

  public init(fields: [Field], plan: FieldPlan, offsetSeconds: Int, redactor: Redactor?, files: [FoundFile]) {
    cells = EventCells(fields: fields, plan: plan, format: .tsv, offsetSeconds: offsetSeconds, redactor: redactor)
    names = files
    if case .column(let only) = fields[0], fields.count == 1, EventCells.isSymbol(only) {
      column = plan.index(of: only)
    } else {
      column = nil
    }
  }

  public mutating func begin(file: Int) { fileName = names[file].name.text }

  public mutating func take(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>, file: Int) -> Bool {
    events += UInt64(rows.count)
    guard let column else {
      for row in rows {
        let tuple = cells.cells(batch, Int(row), fileName: fileName).map(CountSink.text)
        byTuple[tuple, default: 0] += 1
      }
      return true
    }
    for row in rows {
      let symbol = batch.symbol(column, Int(row))
      if symbol.isLocal {
        byTuple[[Array(batch.text(symbol).bytes)], default: 0] += 1
        continue
      }
      let id = Int(symbol.raw)
      if id >= bySymbol.count { bySymbol.append(contentsOf: repeatElement(0, count: id + 1024 - bySymbol.count)) }
      bySymbol[id] += 1
    }
    while symbolTexts.count < batch.symbols.count {
      symbolTexts.append(Array(batch.symbols.text(Symbol(raw: UInt32(symbolTexts.count))).bytes))
    }
    return true
  }

  private static func text(_ cell: Cell) -> [UInt8] {
    switch cell {
    case .missing: []
    case .text(let bytes): bytes
    case .number(let value): Array(String(value).utf8)
    case .bool(let value): Array((value ? "true" : "false").utf8)
    case .list(let items): Array(items.joined(separator: [0x20]))
    }
  }

  public mutating func end(file: Int, _ entry: FileEntry) {}

  /// All counts, the largest first, equal ones by their values.
  public static func merge(_ sinks: [CountSink]) -> [(values: [[UInt8]], count: UInt64)] {
    var all: [[[UInt8]]: UInt64] = [:]
    for sink in sinks {
      for (id, count) in sink.bySymbol.enumerated() where count > 0 { all[[sink.symbolTexts[id]], default: 0] += count }
      all.merge(sink.byTuple, uniquingKeysWith: +)
    }
    return all.map { (values: $0.key, count: $0.value) }.sorted { a, b in
      if a.count != b.count { return a.count > b.count }
      for (x, y) in zip(a.values, b.values) where x != y { return x.lexicographicallyPrecedes(y) }
      return false
    }
  }
}
