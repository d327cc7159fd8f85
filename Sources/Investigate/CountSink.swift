import Archive
import Events
import Pipeline

/// Counts the distinct values of some columns: `--count-by F[,F]`.
///
/// A worker counts by symbols: for one column an array by dictionary number, for several a table of their tuples.
/// Texts meet when the workers' counts are merged.
public struct CountSink: Sink {
  private let columns: [Int]
  private var bySymbol: [UInt64] = []
  private var byTuple: [[UInt32]: UInt64] = [:]
  private var texts: [[UInt8]: UInt64] = [:]
  private var symbolTexts: [[UInt8]] = []

  /// - Parameter columns: places in the field plan.
  public init(columns: [Int]) { self.columns = columns }

  public mutating func begin(file: Int) {}

  public mutating func take(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>, file: Int) -> Bool {
    let column = columns[0]
    for row in rows {
      let id = Int(batch.symbol(column, Int(row)).raw)
      if id >= bySymbol.count { bySymbol.append(contentsOf: repeatElement(0, count: id + 1024 - bySymbol.count)) }
      bySymbol[id] += 1
    }
    while symbolTexts.count < batch.symbols.count {
      symbolTexts.append(Array(batch.symbols.text(Symbol(raw: UInt32(symbolTexts.count))).bytes))
    }
    return true
  }

  public mutating func end(file: Int, _ entry: FileEntry) {}

  public static func merge(_ sinks: [CountSink]) -> [([UInt8], UInt64)] {
    var all: [[UInt8]: UInt64] = [:]
    for sink in sinks {
      for (id, count) in sink.bySymbol.enumerated() where count > 0 { all[sink.symbolTexts[id], default: 0] += count }
    }
    return all.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key) }
      .map { ($0.key, $0.value) }
  }
}
