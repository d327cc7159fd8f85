/// What makes an event itself: the key that its copies share, and a hash of its content, so that who borrows the key of
/// an event makes no copy of it.
import CSimdJSON

/// How contents are hashed. A reader that is given one fills `eventKeys` and `contentHashes` of its batches.
public enum EventIdentity: Sendable {
  /// Under a secret key: cheap, for hashes that are compared with others under the same key and shown to nobody.
  case keyed(HashKey)
  /// By SHA-256: for results that are exchanged between machines.
  case digest

  /// What keys are made of: the plan must hold these.
  public static let columns: [Column] = [.account, .eventID, .time, .action]
}

/// Gives the rows of one reader their keys and hashes. Contents are hashed without the white space between their
/// tokens: a pretty-printed copy is the same event.
final class Identifier {
  // Longer buffers are given back with the file that needed them.
  private static let compactBytesKept = 1 << 20

  private let keyed: KeyedHash?
  private let digest: ShortDigest
  private let account, eventID, action: Int
  private let begun: [EventKey]
  private var room: UnsafeMutableBufferPointer<UInt8>

  init(_ identity: EventIdentity, _ plan: FieldPlan) throws(PlanError) {
    guard let digest = ShortDigest() else { throw .outOfMemory }
    self.digest = digest
    switch identity {
    case .keyed(let key):
      guard let hash = KeyedHash(key) else { throw .outOfMemory }
      keyed = hash
    case .digest: keyed = nil
    }
    func place(_ column: Column) throws(PlanError) -> Int {
      guard let place = plan.index(of: column) else { throw .lacksColumn(column) }
      return place
    }
    account = try place(.account)
    eventID = try place(.eventID)
    action = try place(.action)
    _ = try place(.time)
    begun = Provider.allCases.map { EventKey($0) }
    room = .allocate(capacity: 0)
  }

  deinit { room.deallocate() }

  func shrink() { if room.count > Identifier.compactBytesKept { makeRoom(0) } }

  func identify(_ row: Int, of batch: inout EventBatch, _ event: Text, isCompact: Bool) {
    let text = isCompact ? event : compact(event)
    let content = keyed?.hash(text) ?? digest.hash(text)
    batch.contentHashes[row] = content
    let id = batch.text(eventID, row)
    if id.isEmpty {
      // Nothing else tells it from the next one.
      batch.eventKeys[row] = keyed == nil ? content : digest.hash(text)
      return
    }
    var key = begun[Int(batch.providers[row].rawValue)]
    batch.eventKeys[row] = key.of(
      account: batch.text(account, row), eventID: id, subKey: .none, time: batch.times[row],
      action: batch.text(action, row))
  }

  /// The text without white space between tokens, good until the next one.
  private func compact(_ event: Text) -> Text {
    if room.count < event.count { makeRoom(event.count * 2) }
    guard let base = event.base, let out = room.baseAddress else { return event }
    // SAFETY: the compact form is never longer than the text, and that much room there is.
    return Text(base: out, count: hj_compact(base, event.count, out))
  }

  private func makeRoom(_ count: Int) {
    room.deallocate()
    room = .allocate(capacity: count)
  }
}
