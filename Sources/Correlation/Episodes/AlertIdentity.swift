import Archive
import Events

/// The ids of alerts: a hash of the rule, the group and the first event. A window may begin again with an event that began
/// an earlier one: then its number is part of the hash, so that no two alerts share an id.
struct AlertIdentity: ~Copyable {
  private var digest: Digest
  private var label: [UInt8] = []
  private var groupKey: [UInt8] = []
  /// How many alerts of the group have begun with an event.
  private var begun: [Hash128: UInt64] = [:]

  /// Nil without memory.
  init?() {
    guard let digest = Digest() else { return nil }
    self.digest = digest
  }

  mutating func begin(rule label: [UInt8]) { self.label = label }

  mutating func begin(group key: [UInt8]) {
    groupKey = key
    begun.removeAll(keepingCapacity: true)
  }

  /// - Parameter key: of the first event.
  mutating func id(_ key: Hash128) -> Hash128 {
    digest.begin()
    for part in [label, groupKey] {
      withUnsafeBytes(of: UInt64(part.count).littleEndian) { digest.update($0) }
      part.withUnsafeBytes { digest.update($0) }
    }
    withUnsafeBytes(of: key) { digest.update($0) }
    let earlier = begun[key, default: 0]
    begun[key] = earlier + 1
    if earlier > 0 { withUnsafeBytes(of: earlier.littleEndian) { digest.update($0) } }
    let words = digest.end().words
    return Hash128(words.0, words.1)
  }
}
