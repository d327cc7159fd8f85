/// How the columns of a table share the width of a terminal.
///
/// Columns of which too little would be left to say anything are left out, the least important first; the others give way
/// where they are widest. A row is never wider than the terminal, unless a single column that is not cut already is.
public struct TableColumn: Sendable {
  public let name: String
  /// Cells below which it says nothing; nil for what is never cut, such as times and numbers.
  let cellsMin: Int?
  /// How soon it is left out: 0 last.
  let rank: Int
  /// How many times as wide as others it stays while all give way.
  let weight: Int
  let isRightAligned: Bool

  public init(_ name: String, cellsMin: Int? = nil, rank: Int, weight: Int = 1, isRightAligned: Bool = false) {
    self.weight = weight
    self.name = name
    self.cellsMin = cellsMin
    self.rank = rank
    self.isRightAligned = isRightAligned
  }
}

enum TableRoom {
  private static let gap = 2

  /// Which columns are shown, and in how many cells each.
  ///
  /// - Parameter widths: what each would take.
  static func share(_ total: Int, _ columns: [TableColumn], _ widths: [Int]) -> [(place: Int, width: Int)] {
    var places = Array(columns.indices)
    func least(_ place: Int) -> Int { columns[place].cellsMin.map { min($0, widths[place]) } ?? widths[place] }
    while places.count > 1, places.reduce(-gap, { $0 + least($1) + gap }) > total {
      guard let last = places.indices.max(by: { columns[places[$0]].rank < columns[places[$1]].rank }) else { break }
      places.remove(at: last)
    }
    var shown = places.map { (place: $0, width: widths[$0]) }
    func wide(_ column: (place: Int, width: Int)) -> Double {
      Double(column.width) / Double(columns[column.place].weight)
    }
    while shown.reduce(-gap, { $0 + $1.width + gap }) > total {
      let givers = shown.indices.filter { shown[$0].width > least(shown[$0].place) }
      guard let widest = givers.max(by: { wide(shown[$0]) < wide(shown[$1]) }) else { break }
      shown[widest].width -= 1
    }
    return shown
  }
}

extension RowWriter {
  /// Writes all rows: all columns, but in a table those that the terminal has room for.
  public static func writeAll(
    _ rows: [[Cell]], columns: [TableColumn], format: Format, terminalWidth: Int, to out: inout [UInt8]
  ) {
    var shown = columns.indices.map { (place: $0, width: 0) }
    if format == .table {
      shown = TableRoom.share(terminalWidth, columns, widths(rows, names: columns.map(\.name)))
    }
    let writer = RowWriter(
      format: format, names: shown.map { columns[$0.place].name }, widths: shown.map(\.width),
      rightAligned: shown.map { columns[$0.place].isRightAligned })
    writer.header(to: &out)
    for row in rows { writer.row(shown.map { row[$0.place] }, to: &out) }
  }
}
