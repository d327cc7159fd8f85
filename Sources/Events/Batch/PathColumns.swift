/// One value of a raw path.
public struct PathValue: Sendable {
  public enum Kind: UInt8, Sendable {
    case string = 1
    case number, `true`, `false`, null, object, array
  }

  public let kind: Kind
  /// Strings without escapes, everything else as written; an empty string is the missing symbol.
  public let symbol: Symbol
}

/// Where the values of a path in a row stand.
@usableFromInline
struct PathCell: Sendable {
  @usableFromInline var first: UInt32
  @usableFromInline var count: UInt32
}

/// The values of raw paths. Two paths over three rows, the second leading through an array in row 1:
///
///     pathCells    path 0: (0, 1) (1, 1) (4, 0)      first value and number of values, by row
///                  path 1: (0, 0) (2, 2) (4, 0)
///     pathValues   [a, b, x, y]
extension EventBatch {
  @inlinable
  func pathCell(_ path: Int, _ row: Int) -> PathCell {
    precondition(path >= 0 && path < pathCount && row >= 0 && row < EventBatch.rowsMax)
    // SAFETY: path and row were checked against what was allocated.
    return pathCells[path * EventBatch.rowsMax + row]
  }

  /// How many values a raw path has in a row: several when it leads through arrays, none when it is not there.
  @inlinable
  public func pathValueCount(_ path: Int, _ row: Int) -> Int { Int(pathCell(path, row).count) }

  @inlinable
  public func pathValue(_ path: Int, _ row: Int, _ index: Int) -> PathValue {
    pathValues[Int(pathCell(path, row).first) + index]
  }

  // MARK: Filling

  /// Where the next value of a path will stand.
  var pathValuesEnd: UInt32 { UInt32(pathValues.count) }

  mutating func append(_ value: PathValue) { pathValues.append(value) }

  /// The values from `first` on are those of the path in the row.
  mutating func setPath(_ path: Int, _ row: Int, from first: UInt32) {
    precondition(path >= 0 && path < pathCount && row >= 0 && row < EventBatch.rowsMax)
    // SAFETY: path and row were checked against what was allocated.
    pathCells[path * EventBatch.rowsMax + row] = PathCell(first: first, count: pathValuesEnd - first)
  }

  /// Interns a text of a path, or keeps it in the batch when the dictionary has no room.
  mutating func symbol(of text: Text, path: Int) -> Symbol {
    guard !text.isEmpty else { return .missing }
    // Records that follow each other often say the same.
    let last = pathSymbols[path]
    if symbols.text(last).equals(text) { return last }
    guard let symbol = symbols.intern(text) else { return keep(text) }
    pathSymbols[path] = symbol
    return symbol
  }
}
