/// Which watched fields were looked for in the events of each account, and which of them some event had.
///
/// Bringing two together is the same in any order and however often, so copies of events and the cut of the work do not
/// show. Example, of three fields in two accounts:
///
///     aws 111    looked for [1 1 1]   seen [1 0 0]     the second and the third are lacking
///     aws 222    looked for [1 0 1]   seen [1 0 1]     nobody looked for the second: nothing is known of it
public struct FieldPresence: Sendable, Equatable {
  public struct Scope: Hashable, Sendable, Comparable {
    public var provider: [UInt8]
    public var account: [UInt8]

    public init(provider: [UInt8], account: [UInt8]) {
      self.provider = provider
      self.account = account
    }

    public static func < (a: Scope, b: Scope) -> Bool {
      a.provider == b.provider
        ? a.account.lexicographicallyPrecedes(b.account) : a.provider.lexicographicallyPrecedes(b.provider)
    }
  }

  /// One bit for each field.
  public struct Row: Sendable, Equatable {
    public var looked: [UInt64]
    public var seen: [UInt64]

    public init(words: Int) {
      looked = [UInt64](repeating: 0, count: words)
      seen = looked
    }
  }

  // Organisations have some hundred accounts; who forges account ids must not fill the memory.
  private static let scopesMost = 4096
  private static let bytesMax = 4 << 20

  /// How many fields there are.
  public let count: Int
  public private(set) var rows: [Scope: Row] = [:]
  /// There are more accounts than are watched: then nothing is said of any, as which came first is chance.
  public private(set) var isOverfull = false

  public init(count: Int = 0) { self.count = count }

  public var words: Int { (count + 63) / 64 }
  var scopesMax: Int { min(FieldPresence.scopesMost, FieldPresence.bytesMax / max(words * 16, 1)) }

  public mutating func overfill() {
    isOverfull = true
    rows = [:]
  }

  /// Adds what was noted of a scope.
  public mutating func add(_ row: Row, to scope: Scope) {
    guard !isOverfull, words > 0 else { return }
    var sum = rows[scope] ?? Row(words: words)
    for word in 0..<words {
      sum.looked[word] |= row.looked[word]
      sum.seen[word] |= row.seen[word]
    }
    rows[scope] = sum
    if rows.count > scopesMax { overfill() }
  }

  public mutating func merge(_ other: FieldPresence) {
    // Parts that were kept by an earlier run say nothing of fields.
    guard other.count > 0 else { return }
    if count == 0 {
      self = other
      return
    }
    if other.isOverfull { overfill() }
    for (scope, row) in other.rows { add(row, to: scope) }
  }

  /// Whether a field was looked for in a scope and never found.
  public func isLacking(_ field: Int, in scope: Scope) -> Bool {
    guard let row = rows[scope], field < count else { return false }
    let bit = UInt64(1) << UInt64(field % 64)
    return row.looked[field / 64] & bit != 0 && row.seen[field / 64] & bit == 0
  }
}
