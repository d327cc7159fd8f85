/// What joins an alert with others in one incident: who its events are by, in which sessions and with which keys; and what
/// of its scene not all of its events share.
///
/// Alerts have many events and few callers. What is kept of them does not depend on which of them came first or last.
public struct Ties: Sendable {
  enum Kind: UInt8 {
    case actor, issuer, session, key, minted

    var isOfCaller: Bool { self == .actor || self == .issuer }
  }

  struct Tie: Hashable, Sendable {
    let kind: Kind
    /// Of actors and issuers: where they acted, as the event's log has it.
    let account: UInt32
    /// Of actors and issuers the number of a text without case; of sessions and keys, which hardly repeat, a keyed hash of it.
    let text: UInt64
  }

  // As many as a chain of roles has, or an attacker who tries a few names: that is one story. An alert of more callers is
  // about all of them, and would make one incident of everybody.
  private static let callersMax = 4
  // An organisation's accounts that one caller goes through, or sessions. Whoever has more is found by the name.
  private static let tiesMax = 16

  /// Of each kind those that differ, without case.
  private(set) var all: [Tie] = []
  /// A bit for each kind of which there are more.
  private var cut: UInt8 = 0
  /// A bit for each field of the scene.
  private var mixed: UInt16 = 0

  init() {}

  /// Of a text without case, keyed anew in each process; 0 for no text.
  static func hash(folded text: [UInt8]) -> UInt64 {
    if text.isEmpty { return 0 }
    var hasher = Hasher()
    hasher.combine(text)
    return max(UInt64(bitPattern: Int64(hasher.finalize())), 1)
  }

  /// Whether the events differ in what one of them says; always false for what an alert tells of one event alone.
  public func isMixed(_ field: SceneField) -> Bool { mixed & 1 << UInt16(field.rawValue) != 0 }

  /// The long-lived key that all events were done with, if there is one.
  var onlyKey: UInt64? {
    guard !isMixed(.actorKey), !isCut(.key), !isCut(.session), !all.contains(where: { $0.kind == .session }) else {
      return nil
    }
    return all.first { $0.kind == .key }?.text
  }

  /// Whether it has more callers than it can be said to be about.
  var isOfMany: Bool { isCut(.actor) }

  func isCut(_ kind: Kind) -> Bool { cut & 1 << kind.rawValue != 0 }

  /// - Parameter first: of the event that the scene is told of.
  mutating func add(_ sight: TieSight, first: TieSight) {
    for field in TieSight.fields where sight[field] != first[field] { mixed |= 1 << UInt16(field.rawValue) }
    add(.actor, sight.account, UInt64(sight.actor))
    add(.issuer, sight.account, UInt64(sight.issuer))
    add(.session, 0, sight[.sessionKey])
    add(.key, 0, sight[.actorKey])
    add(.minted, 0, sight[.mintedKey])
  }

  private mutating func add(_ kind: Kind, _ account: UInt32, _ text: UInt64) {
    guard text != 0, !isCut(kind) else { return }
    let tie = Tie(kind: kind, account: account, text: text)
    guard !all.contains(tie) else { return }
    all.append(tie)
    let own = all.filter { $0.kind == kind }
    guard own.count > Ties.tiesMax || kind.isOfCaller && Set(own.map(\.text)).count > Ties.callersMax else { return }
    cut |= 1 << kind.rawValue
    all.removeAll { $0.kind == kind }
  }

  func write(to record: inout RecordWriter) {
    record.put(UInt64(cut))
    record.put(UInt64(mixed))
    record.put(all) { record, tie in
      record.put(UInt64(tie.kind.rawValue))
      record.put(tie.account)
      // Hashes are as long as they are.
      if tie.kind.isOfCaller { record.put(tie.text) } else { record.put(whole: tie.text) }
    }
  }

  init(from record: inout RecordReader) {
    cut = UInt8(truncatingIfNeeded: record.number())
    mixed = UInt16(truncatingIfNeeded: record.number())
    all = record.list { record in
      let kind = Kind(rawValue: UInt8(truncatingIfNeeded: record.number())) ?? .actor
      let account = record.id()
      return Tie(kind: kind, account: account, text: kind.isOfCaller ? record.number() : record.whole())
    }
  }
}

/// What of one event joins alerts, without case: what is equal is the same.
struct TieSight: Sendable, Equatable {
  /// Those of the scene that an alert tells only if all of its events share them.
  static let fields: [SceneField] = [.actorType, .actorKey, .actorIssuer, .sourceIP, .userAgent, .sessionKey]

  /// Numbers of texts, as are the next two.
  var account: UInt32 = 0
  var actor: UInt32 = 0
  var issuer: UInt32 = 0
  /// By `SceneField`: keyed hashes of texts; 0 for none.
  private var scene = SIMD16<UInt64>()

  subscript(_ field: SceneField) -> UInt64 {
    get { scene[field.rawValue] }
    set { scene[field.rawValue] = newValue }
  }
}
