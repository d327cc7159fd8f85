import Events

/// The bytes of what is kept of an alert: numbers as short as they are. Whoever reads them is the process that wrote them.
///
///     0x96 0x01          150: seven bits a byte, the lowest first; the eighth says that there are more
///     0x03               -2 as a signed number: 0, -1, 1, -2 are 0, 1, 2, 3
struct RecordWriter {
  private(set) var bytes: [UInt8] = []

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  mutating func put(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func put(_ number: UInt32) { put(UInt64(number)) }

  mutating func put(signed number: Int64) { put(UInt64(bitPattern: number << 1 ^ number >> 63)) }

  /// Eight bytes: for what is as good as random.
  mutating func put(whole number: UInt64) { withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) } }

  mutating func put(_ hash: Hash128) {
    put(whole: hash.high)
    put(whole: hash.low)
  }

  mutating func put(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

  mutating func put<Element>(_ list: [Element], _ each: (inout RecordWriter, Element) -> Void) {
    put(UInt64(list.count))
    for element in list { each(&self, element) }
  }

  mutating func put(_ ids: [UInt32]) { put(ids) { $0.put($1) } }
}

/// Reads what a `RecordWriter` wrote, in the same order.
struct RecordReader {
  private let bytes: [UInt8]
  private var at: Int

  init(_ bytes: [UInt8], at: Int) {
    self.bytes = bytes
    self.at = at
  }

  mutating func number() -> UInt64 {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = bytes[at]
      at += 1
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
  }

  mutating func id() -> UInt32 { UInt32(truncatingIfNeeded: number()) }
  mutating func count() -> Int { Int(truncatingIfNeeded: number()) }

  mutating func signed() -> Int64 {
    let number = number()
    return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
  }

  mutating func whole() -> UInt64 {
    var number: UInt64 = 0
    for place in 0..<8 { number |= UInt64(bytes[at + place]) << UInt64(place * 8) }
    at += 8
    return number
  }

  mutating func hash() -> Hash128 {
    let high = whole()
    return Hash128(high, whole())
  }

  mutating func flag() -> Bool {
    at += 1
    return bytes[at - 1] != 0
  }

  mutating func list<Element>(_ each: (inout RecordReader) -> Element) -> [Element] {
    let count = count()
    var list: [Element] = []
    list.reserveCapacity(count)
    for _ in 0..<count { list.append(each(&self)) }
    return list
  }

  mutating func ids() -> [UInt32] { list { $0.id() } }
}
