// The buffer that events are written into before they are compressed. It is allocated once for each worker and used
// again for every file, so that writing an event allocates nothing.

/// A fixed run of bytes with a fill mark. Appending past the end is a broken invariant and traps: the writer drains
/// the sink whenever less than one event's room is left.
struct ByteSink: ~Copyable {
  private let base: UnsafeMutablePointer<UInt8>
  let capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    base = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit {
    base.deallocate()
  }

  var room: Int { capacity - count }

  mutating func removeAll() {
    count = 0
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    precondition(count < capacity, "event longer than its limit")
    // SAFETY: count < capacity was just checked; base points at capacity bytes.
    base[count] = byte
    count += 1
  }

  @inline(__always)
  mutating func append(from source: UnsafePointer<UInt8>, count length: Int) {
    precondition(length >= 0 && length <= capacity - count, "event longer than its limit")
    // SAFETY: length bytes fit, as just checked; the source is the lexicon's pool and never overlaps this buffer.
    (base + count).update(from: source, count: length)
    count += length
  }

  mutating func append(_ text: String) {
    for byte in text.utf8 { append(byte) }
  }

  /// Lends the written bytes for the length of the call.
  func withBytes<Failure: Error, Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // SAFETY: the first count bytes are initialised; the pointer does not outlive the call.
    try body(UnsafeBufferPointer(start: base, count: count))
  }
}

extension ByteSink {
  /// Decimal digits, padded with zeros to `width`.
  @inline(__always)
  mutating func append(decimal value: UInt64, width: Int = 1) {
    var divisor: UInt64 = 1
    var digits = 1
    var rest = value
    while rest >= 10 || digits < width {
      rest /= 10
      divisor &*= 10
      digits += 1
    }
    var remaining = value
    while divisor > 0 {
      append(UInt8(truncatingIfNeeded: 48 + remaining / divisor % 10))
      remaining %= divisor
      divisor /= 10
    }
  }

  /// `2026-01-05T09:30:00Z`
  mutating func append(instant epochSeconds: Int64) {
    let moment = CivilTime(epochSeconds: epochSeconds)
    append(decimal: UInt64(moment.year), width: 4)
    append(45)
    appendPair(moment.month)
    append(45)
    appendPair(moment.day)
    append(84)
    appendPair(moment.hour)
    append(58)
    appendPair(moment.minute)
    append(58)
    appendPair(moment.second)
    append(90)
  }

  @inline(__always)
  mutating func appendPair(_ value: Int) {
    append(UInt8(truncatingIfNeeded: 48 + value / 10))
    append(UInt8(truncatingIfNeeded: 48 + value % 10))
  }
}
