import Glibc

/// Normalised events: the planned columns of some consecutive records of one file.
///
/// Cells hold symbols (see `Symbol`). A batch of the plan [action, outcome] over two events looks like
///
///     cells      action:  [7, 9]      7 = "ConsoleLogin" in the worker's dictionary
///                outcome: [3, 2]
///     times      [1767607200000, 1767607201000]
///     providers  [aws, aws]
///
/// The bytes of the records themselves stay in the block until the next one is read.
public struct EventBatch: ~Copyable {
  // Large enough that the work per batch does not show, small enough that its columns stay in the cache.
  public static let rowsMax = 1024

  public private(set) var count = 0
  public let columns: [Column]
  /// The first record of the batch, counted from 1 within the file, skipped ones included.
  public internal(set) var times: [Int64]
  public internal(set) var providers: [Provider]
  /// The place of each record in its file, from 1.
  public internal(set) var numbers: [UInt64]
  /// What makes each event itself, and the hash of its compact form, where the reader was asked for them (see
  /// `EventIdentity`).
  public internal(set) var eventKeys: [Hash128]
  public internal(set) var contentHashes: [Hash128]
  @usableFromInline var cells: [UInt32]
  var listCounts: [UInt32]
  // Owned; written for each path of each row, so that a check for sharing would show.
  @usableFromInline let pathCells: UnsafeMutablePointer<PathCell>
  @usableFromInline var pathValues: [PathValue] = []
  /// The symbol that each path had last.
  var pathSymbols: [Symbol]
  /// The symbol that each column had last.
  private var lastSymbols: [Symbol]
  public let pathCount: Int
  var spans: [(start: UInt32, end: UInt32)]
  var locals: [(start: UInt32, length: UInt32)] = []
  var arena: [UInt8] = []
  public internal(set) var symbols: SymbolTable
  var block: UnsafePointer<UInt8>?
  /// Places of the columns that are lists.
  let listColumns: [Int]
  var classes: ClassCache
  /// By place among the columns that an annotator fills.
  var annotations: [AnnotationCache] = []

  init(columns: [Column], pathCount: Int) {
    let listColumns = columns.indices.filter { columns[$0].isList }
    self.columns = columns
    self.pathCount = pathCount
    pathCells = .allocate(capacity: EventBatch.rowsMax * max(pathCount, 1))
    pathCells.initialize(repeating: PathCell(first: 0, count: 0), count: EventBatch.rowsMax * max(pathCount, 1))
    pathSymbols = [Symbol](repeating: .missing, count: pathCount)
    lastSymbols = [Symbol](repeating: .missing, count: columns.count)
    symbols = SymbolTable()
    times = [Int64](repeating: Timestamp.missing, count: EventBatch.rowsMax)
    providers = [Provider](repeating: .unknown, count: EventBatch.rowsMax)
    numbers = [UInt64](repeating: 0, count: EventBatch.rowsMax)
    eventKeys = [Hash128](repeating: Hash128(0, 0), count: EventBatch.rowsMax)
    contentHashes = [Hash128](repeating: Hash128(0, 0), count: EventBatch.rowsMax)
    cells = [UInt32](repeating: 0, count: EventBatch.rowsMax * max(columns.count, 1))
    listCounts = [UInt32](repeating: 0, count: EventBatch.rowsMax * listColumns.count)
    spans = [(start: UInt32, end: UInt32)](repeating: (0, 0), count: EventBatch.rowsMax)
    self.listColumns = listColumns
    classes = ClassCache(isUsed: columns.contains(.class))
  }

  deinit { pathCells.deallocate() }

  public var isFull: Bool { count == EventBatch.rowsMax }

  /// The symbol of a column, given by its place in the plan.
  @inlinable
  public func symbol(_ column: Int, _ row: Int) -> Symbol {
    Symbol(raw: cells[column * EventBatch.rowsMax + row])
  }

  /// The symbols of a column for all rows of the batch.
  public func withSymbols<R>(_ column: Int, _ body: (UnsafeBufferPointer<UInt32>) -> R) -> R {
    cells.withUnsafeBufferPointer { all in
      body(UnsafeBufferPointer(rebasing: all[column * EventBatch.rowsMax..<column * EventBatch.rowsMax + count]))
    }
  }

  /// The text of a symbol of this batch, good until the next batch is read.
  public func text(_ symbol: Symbol) -> Text {
    guard symbol.isLocal else { return symbols.text(symbol) }
    let (start, length) = locals[Int(symbol.raw & ~Symbol.localBit)]
    return arena.withUnsafeBufferPointer { bytes in
      // SAFETY: the range was written into the arena, which does not change until the batch is filled again.
      Text(base: bytes.baseAddress.map { $0 + Int(start) }, count: Int(length))
    }
  }

  public func text(_ column: Int, _ row: Int) -> Text { text(symbol(column, row)) }

  /// The members of a column that is a list, given by its place in the plan.
  public func list(_ column: Int, _ row: Int) -> [Text] {
    guard let list = listColumns.firstIndex(of: column) else { return [] }
    let first = symbol(column, row).raw
    return (0..<listCounts[list * EventBatch.rowsMax + row]).map { text(Symbol(raw: first + $0)) }
  }

  /// The record as it stood in the file.
  public func record(_ row: Int) -> Text {
    let span = spans[row]
    // SAFETY: the span lies in the block, which the reader keeps until the batch has been used.
    return Text(base: block.map { $0 + Int(span.start) }, count: Int(span.end - span.start))
  }

  // MARK: Filling

  mutating func clear(block: UnsafePointer<UInt8>) {
    count = 0
    self.block = block
    locals.removeAll(keepingCapacity: true)
    pathValues.removeAll(keepingCapacity: true)
    arena.removeAll(keepingCapacity: true)
  }

  mutating func appendRow(provider: Provider, number: UInt64, start: UInt32, end: UInt32) -> Int {
    let row = count
    times[row] = Timestamp.missing
    providers[row] = provider
    numbers[row] = number
    for list in listColumns.indices { listCounts[list * EventBatch.rowsMax + row] = 0 }
    spans[row] = (start, end)
    for column in 0..<columns.count { cells[column * EventBatch.rowsMax + row] = 0 }
    count += 1
    return row
  }

  mutating func set(_ column: Int, _ row: Int, _ text: Text) {
    guard text.count > 0 else { return }
    cells[column * EventBatch.rowsMax + row] = symbol(of: text, column: column).raw
  }

  @inline(__always)
  private mutating func symbol(of text: Text, column: Int) -> Symbol {
    guard !columns[column].isUnique else { return keep(text) }
    // Records that follow each other often say the same.
    let last = lastSymbols[column]
    if symbols.text(last).equals(text) { return last }
    guard let symbol = symbols.intern(text) else { return keep(text) }
    lastSymbols[column] = symbol
    return symbol
  }

  /// Keeps a text in the batch itself.
  mutating func keep(_ text: Text) -> Symbol {
    let symbol = Symbol(raw: UInt32(locals.count) | Symbol.localBit)
    locals.append((UInt32(arena.count), UInt32(text.count)))
    arena.append(contentsOf: text.bytes)
    return symbol
  }

  mutating func appendToList(_ column: Int, _ row: Int, _ text: Text) {
    guard let list = listColumns.firstIndex(of: column) else { return }
    let symbol = keep(text)
    let count = list * EventBatch.rowsMax + row
    if listCounts[count] == 0 { cells[column * EventBatch.rowsMax + row] = symbol.raw }
    listCounts[count] += 1
  }
}
