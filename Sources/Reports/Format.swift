/// How rows are written.
public enum Format: String, CaseIterable, Sendable {
  case table, jsonl, csv, tsv, markdown
}

/// One cell of a row.
public enum Cell: Sendable {
  case missing
  case text([UInt8])
  case number(Int64)
  case bool(Bool)
  case list([[UInt8]])

  public static func string(_ text: String) -> Cell { .text(Array(text.utf8)) }
  public static func count(_ value: UInt64) -> Cell { .number(Int64(clamping: value)) }
}
