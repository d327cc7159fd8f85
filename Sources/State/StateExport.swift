/// What can be read of a state, row by row, for people and for other programs: also of a damaged one.
extension State {
  /// A table and its columns, as they are exported.
  public struct Exported: Sendable {
    public let kind: String
    public let columns: [String]
    let order: String
    /// What stands after `FROM`.
    let source: String
    let selected: String
  }

  public enum ExportedValue: Sendable {
    case missing
    case number(Int64)
    case text([UInt8])
  }

  public static let exported: [Exported] = [
    Exported(
      kind: "run",
      columns: [
        "id", "finished", "files", "events", "duplicates", "already_seen", "too_late", "rules", "configuration",
      ], order: "id", source: "run",
      selected: "id, finished, files, events, duplicates, already_seen, too_late, rules, configuration"),
    Exported(
      kind: "file", columns: ["path", "size", "sha256", "records", "run", "current"], order: "id", source: "file",
      selected: "path, size, lower(hex(sha256)), records, run, current"),
    Exported(
      kind: "alert", columns: ["id", "status", "replaced_by", "run", "alert"], order: "id", source: "alert",
      selected: """
        id, CASE status WHEN 0 THEN 'current' WHEN 1 THEN 'withdrawn' WHEN 2 THEN 'replaced' ELSE 'learned' END,
        replaced_by, run, line
        """),
    Exported(
      kind: "change", columns: ["run", "alert", "change", "replaces"], order: "run, alert", source: "change",
      selected: "run, alert, CASE kind WHEN 0 THEN 'new' WHEN 1 THEN 'updated' ELSE 'withdrawn' END, replaces"),
    Exported(
      kind: "decision", columns: ["alert", "original", "time", "verb", "verdict", "name", "note"], order: "id",
      source: "decision", selected: "alert, original, time, verb, verdict, name, note"),
  ]

  /// Gives the rows of a table in its order. Where one cannot be read, those behind it are given from the end on.
  ///
  /// - Returns: what could not be read; nil if everything was.
  public func export(_ table: Exported, _ take: ([ExportedValue]) -> Void) -> StateError? {
    var seen: Set<String> = []
    guard let failure = rows(table, ascending: true, &seen, take) else { return nil }
    _ = rows(table, ascending: false, &seen, take)
    return failure
  }

  private func rows(
    _ table: Exported, ascending: Bool, _ seen: inout Set<String>, _ take: ([ExportedValue]) -> Void
  ) -> StateError? {
    do throws(StateError) {
      let order = ascending ? table.order : table.order.replacing(",", with: " DESC,") + " DESC"
      let key = table.order.replacing(",", with: " || '/' ||")
      let rows = try database.prepare("SELECT \(table.selected), \(key) FROM \(table.source) ORDER BY \(order)")
      defer { rows.reset() }
      while try rows.step() {
        let key = rows.text(table.columns.count)
        // What comes from the other end ends where the way from the front ended.
        guard seen.insert(key).inserted else { return nil }
        take(table.columns.indices.map { rows.value($0) })
      }
      return nil
    } catch {
      return error
    }
  }
}
