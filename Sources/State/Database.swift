import CSQLite

/// One connection to one SQLite file, closed with its owner. Rollback journal, every commit on disk before it returns.
final class Database {
  // How long a command waits for another one that writes; a sweep writes for as long as its results take.
  static let patienceMillis: Int32 = 5000

  private let handle: OpaquePointer
  let path: String
  /// Compiled once, used again.
  private var statements: [String: Statement] = [:]

  /// - Parameter path: of a file that is there; nil makes a database that is gone with its owner.
  init(_ path: String?) throws(StateError) {
    var handle: OpaquePointer?
    let flags = path == nil ? SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY : 0
    let path = path ?? "memory"
    let code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_PRIVATECACHE | flags, nil)
    guard code == SQLITE_OK, let handle else {
      let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(handle)
      throw StateError(sqlite: code, message, path: path)
    }
    self.handle = handle
    self.path = path
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, Database.patienceMillis)
    // Content comes from whoever could write the file: nothing in it may call functions or change its own schema.
    for pragma in [
      "PRAGMA trusted_schema = OFF", "PRAGMA foreign_keys = OFF", "PRAGMA cell_size_check = ON", "PRAGMA mmap_size = 0",
      "PRAGMA cache_size = -8192", "PRAGMA synchronous = FULL", "PRAGMA temp_store = MEMORY",
    ] { try execute(pragma) }
  }

  deinit {
    statements.removeAll()
    sqlite3_close_v2(handle)
  }

  var error: String { String(cString: sqlite3_errmsg(handle)) }

  /// What a call that failed on this connection says of itself.
  func failure(_ code: Int32) -> StateError {
    StateError(sqlite: code, error, path: path, errorNumber: sqlite3_system_errno(handle))
  }

  /// Runs statements that give no rows.
  func execute(_ sql: String) throws(StateError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  func prepare(_ sql: String) throws(StateError) -> Statement {
    if let known = statements[sql] {
      known.reset()
      return known
    }
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK, let prepared else { throw failure(code) }
    let statement = Statement(prepared, self)
    statements[sql] = statement
    return statement
  }

  /// Binds values, runs a statement to its end.
  func run(_ sql: String, _ values: Value...) throws(StateError) {
    let statement = try prepare(sql)
    try statement.bind(values)
    while try statement.step() {}
    statement.reset()
  }

  /// The first column of the first row.
  func number(_ sql: String, _ values: Value...) throws(StateError) -> Int64? {
    let statement = try prepare(sql)
    try statement.bind(values)
    defer { statement.reset() }
    return try statement.step() ? statement.number(0) : nil
  }

  var lastRow: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Everything or nothing of what `body` writes.
  func transaction<T>(_ body: () throws(StateError) -> T) throws(StateError) -> T {
    try execute("BEGIN IMMEDIATE")
    do throws(StateError) {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      // A commit that failed may have been rolled back by SQLite itself.
      if sqlite3_get_autocommit(handle) == 0 { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
      throw error
    }
  }
}

/// What stands in a column.
enum Value {
  case null
  case number(Int64)
  case text(String)
  case bytes([UInt8])

  static func text(orNull text: String?) -> Value { text.map { .text($0) } ?? .null }
}

/// A compiled statement, freed with its owner. Rows are read with `step` and the columns of the row in hand.
final class Statement {
  private let handle: OpaquePointer
  private unowned let database: Database

  fileprivate init(_ handle: OpaquePointer, _ database: Database) {
    self.handle = handle
    self.database = database
  }

  deinit { sqlite3_finalize(handle) }

  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  func bind(_ values: [Value]) throws(StateError) {
    for (place, value) in values.enumerated() {
      let index = Int32(place + 1)
      let code =
        switch value {
        case .null: sqlite3_bind_null(handle, index)
        case .number(let number): sqlite3_bind_int64(handle, index, number)
        case .text(var text):
          text.withUTF8 { text in
            // SAFETY: SQLite copies the bytes before the call returns.
            text.withMemoryRebound(to: CChar.self) { hs_bind_text(handle, index, $0.baseAddress, Int64($0.count)) }
          }
        case .bytes(let bytes): bytes.withUnsafeBytes { hs_bind_blob(handle, index, $0.baseAddress, Int64($0.count)) }
        }
      guard code == SQLITE_OK else { throw database.failure(code) }
    }
  }

  /// Goes to the next row; false at the end.
  func step() throws(StateError) -> Bool {
    let code = sqlite3_step(handle)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      let failure = database.failure(code)
      reset()
      throw failure
    }
  }

  func number(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

  func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL }

  func bytes(_ column: Int) -> [UInt8] {
    guard let start = sqlite3_column_blob(handle, Int32(column)) else { return [] }
    // SAFETY: SQLite gives as many bytes as it says, valid until the next step; they are copied here.
    return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(column)))))
  }

  func text(_ column: Int) -> String { String(decoding: bytes(column), as: UTF8.self) }

  func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
}

extension Statement {
  /// As it stands in the row.
  func value(_ column: Int) -> State.ExportedValue {
    switch sqlite3_column_type(handle, Int32(column)) {
    case SQLITE_NULL: .missing
    case SQLITE_INTEGER: .number(number(column))
    default: .text(bytes(column))
    }
  }
}
