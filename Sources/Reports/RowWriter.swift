/// Turns rows of cells into the bytes of a format.
///
/// The table format needs widths before the first row: they are given, or measured from rows that are all there.
public struct RowWriter: Sendable {
  public let format: Format
  public let names: [String]
  private let keys: [[UInt8]]
  private let widths: [Int]
  private let rightAligned: [Bool]

  /// - Parameter widths: cells of a terminal for each column; only the table format looks at them.
  public init(format: Format, names: [String], widths: [Int] = [], rightAligned: [Bool] = []) {
    self.format = format
    self.names = names
    self.widths = widths
    self.rightAligned = rightAligned
    keys = names.map { name in
      var key: [UInt8] = []
      Array(name.utf8).withUnsafeBytes { Escape.json($0, to: &key) }
      key.append(UInt8(ascii: ":"))
      return key
    }
  }

  public func header(to out: inout [UInt8]) {
    switch format {
    case .jsonl: return
    case .table: row(names.map { .string($0.uppercased()) }, to: &out)
    case .csv, .tsv: row(names.map { .string($0) }, to: &out)
    case .markdown:
      row(names.map { .string($0) }, to: &out)
      for index in names.indices {
        let isRight = index < rightAligned.count && rightAligned[index]
        out.append(contentsOf: Array((isRight ? "|---:" : "|---").utf8))
      }
      out.append(contentsOf: Array("|\n".utf8))
    }
  }

  public func row(_ cells: [Cell], to out: inout [UInt8]) {
    switch format {
    case .jsonl: json(cells, to: &out)
    case .csv: separated(cells, by: 0x2C, Escape.csv, to: &out)
    case .tsv: separated(cells, by: 0x09, Escape.tsv, to: &out)
    case .markdown:
      out.append(contentsOf: [0x7C, 0x20])
      for (index, cell) in cells.enumerated() {
        if index > 0 { out.append(contentsOf: [0x20, 0x7C, 0x20]) }
        plain(cell).withUnsafeBytes { Escape.markdown($0, to: &out) }
      }
      out.append(contentsOf: [0x20, 0x7C])
    case .table: table(cells, to: &out)
    }
    out.append(0x0A)
  }

  private func json(_ cells: [Cell], to out: inout [UInt8]) {
    out.append(UInt8(ascii: "{"))
    for (index, cell) in cells.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      out.append(contentsOf: keys[index])
      switch cell {
      case .missing: out.append(contentsOf: Array("null".utf8))
      case .text(let bytes): bytes.withUnsafeBytes { Escape.json($0, to: &out) }
      case .number(let value): out.append(contentsOf: Array(String(value).utf8))
      case .bool(let value): out.append(contentsOf: Array((value ? "true" : "false").utf8))
      case .list(let items):
        out.append(UInt8(ascii: "["))
        for (place, item) in items.enumerated() {
          if place > 0 { out.append(UInt8(ascii: ",")) }
          item.withUnsafeBytes { Escape.json($0, to: &out) }
        }
        out.append(UInt8(ascii: "]"))
      }
    }
    out.append(UInt8(ascii: "}"))
  }

  private func separated(
    _ cells: [Cell], by separator: UInt8, _ escape: (UnsafeRawBufferPointer, inout [UInt8]) -> Void,
    to out: inout [UInt8]
  ) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { out.append(separator) }
      // Numbers are ours: a minus in front of one is no formula.
      if case .number(let value) = cell {
        out.append(contentsOf: Array(String(value).utf8))
      } else {
        plain(cell).withUnsafeBytes { escape($0, &out) }
      }
    }
  }

  private func table(_ cells: [Cell], to out: inout [UInt8]) {
    var line = ""
    for (index, cell) in cells.enumerated() {
      if index > 0 { line += "  " }
      var shown: [UInt8] = []
      plain(cell).withUnsafeBytes { Escape.terminal($0, to: &shown) }
      let text = String(decoding: shown, as: UTF8.self)
      let width = index < widths.count ? widths[index] : Width.of(text)
      if index < rightAligned.count && rightAligned[index] {
        line += String(repeating: " ", count: max(0, width - Width.of(text))) + Width.fit(text, width, padded: false)
      } else {
        line += Width.fit(text, width, padded: index + 1 < cells.count)
      }
    }
    while line.hasSuffix(" ") { line.removeLast() }
    out.append(contentsOf: Array(line.utf8))
  }

  private func plain(_ cell: Cell) -> [UInt8] {
    switch cell {
    case .missing: []
    case .text(let bytes): bytes
    case .number(let value): Array(String(value).utf8)
    case .bool(let value): Array((value ? "true" : "false").utf8)
    case .list(let items): Array(items.joined(separator: [0x20]))
    }
  }

  /// Writes all rows; a table is as wide as they need, at most `terminalWidth`.
  ///
  /// - Parameter kept: columns that are not cut.
  public static func writeAll(
    _ rows: [[Cell]], names: [String], format: Format, rightAligned: [Bool], terminalWidth: Int,
    keeping kept: Set<Int> = [], to out: inout [UInt8]
  ) {
    var widths: [Int] = []
    if format == .table {
      widths = self.widths(rows, names: names)
      shrink(&widths, to: terminalWidth, keeping: kept)
    }
    let writer = RowWriter(format: format, names: names, widths: widths, rightAligned: rightAligned)
    writer.header(to: &out)
    for row in rows { writer.row(row, to: &out) }
  }

  /// How many cells each column would take.
  static func widths(_ rows: [[Cell]], names: [String]) -> [Int] {
    var widths = names.map { Width.of($0) }
    let writer = RowWriter(format: .table, names: names)
    for row in rows {
      for (index, cell) in row.enumerated() {
        var shown: [UInt8] = []
        writer.plain(cell).withUnsafeBytes { Escape.terminal($0, to: &shown) }
        widths[index] = max(widths[index], Width.of(String(decoding: shown, as: UTF8.self)))
      }
    }
    return widths
  }

  /// Takes from the widest column until the row fits, but not from those that say nothing when they are cut.
  public static func shrink(_ widths: inout [Int], to total: Int, keeping kept: Set<Int> = []) {
    let columnMin = 6
    let others = widths.indices.filter { !kept.contains($0) }
    while widths.reduce(2 * (widths.count - 1), +) > total {
      guard let widest = others.max(by: { widths[$0] < widths[$1] }), widths[widest] > columnMin else { return }
      widths[widest] -= 1
    }
  }
}
