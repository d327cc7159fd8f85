import CSQLite
import Foundation

/// Everything that stands in a state, read without the program: one line for each row.
enum StateDump {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  static func of(_ path: String) throws -> [String] {
    var handle: OpaquePointer?
    defer { sqlite3_close_v2(handle) }
    guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK, let handle else {
      throw Failure(description: "cannot open \(path)")
    }
    let tables = try rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", handle)
    return try ["PRAGMA user_version", "PRAGMA integrity_check"].flatMap { try rows($0, handle) }
      + tables.flatMap { table in try rows("SELECT * FROM \(table)", handle).sorted().map { "\(table): \($0)" } }
  }

  static func rows(_ sql: String, at path: String) throws -> [String] {
    var handle: OpaquePointer?
    defer { sqlite3_close_v2(handle) }
    guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK, let handle else {
      throw Failure(description: "cannot open \(path)")
    }
    return try rows(sql, handle)
  }

  private static func rows(_ sql: String, _ handle: OpaquePointer) throws -> [String] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
      throw Failure(description: "\(sql): \(String(cString: sqlite3_errmsg(handle)))")
    }
    defer { sqlite3_finalize(statement) }
    var rows: [String] = []
    while true {
      let code = sqlite3_step(statement)
      if code == SQLITE_DONE { return rows }
      guard code == SQLITE_ROW else {
        throw Failure(description: "\(sql): \(String(cString: sqlite3_errmsg(handle)))")
      }
      rows.append((0..<sqlite3_column_count(statement)).map { text(statement, $0) }.joined(separator: "|"))
    }
  }

  private static func text(_ statement: OpaquePointer, _ column: Int32) -> String {
    if sqlite3_column_type(statement, column) != SQLITE_BLOB {
      return sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
    }
    guard let start = sqlite3_column_blob(statement, column) else { return "" }
    return Data(bytes: start, count: Int(sqlite3_column_bytes(statement, column))).base64EncodedString()
  }
}
