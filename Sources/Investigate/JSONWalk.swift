/// Visits every value of a record that is known to be valid JSON, with its path.
///
/// The path of a member of an array is the array's with `[]`: `resources[].ARN`. The walk never reads outside the bytes,
/// valid or not; on anything unexpected it ends.
struct JSONWalk: ~Copyable {
  enum Kind: UInt8, CaseIterable { case string, number, bool, null, object, array }

  private let bytes: UnsafeRawBufferPointer
  private var at = 0
  private(set) var path: [UInt8] = []
  private var keyStart = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The last key of the path, without the marks of arrays.
  var key: ArraySlice<UInt8> {
    var end = path.count
    while end >= 2, path[end - 1] == UInt8(ascii: "]"), path[end - 2] == UInt8(ascii: "[") { end -= 2 }
    return path[min(keyStart, end)..<end]
  }

  /// Calls the body with each value's kind and its bytes (a string without quotes, a container empty).
  mutating func run(_ body: (borrowing JSONWalk, Kind, UnsafeRawBufferPointer) -> Void) {
    blanks()
    value(isRoot: true, body)
  }

  private func peek() -> UInt8 { at < bytes.count ? bytes[at] : 0 }

  private mutating func blanks() {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
  }

  /// The content of the string that begins here.
  private mutating func string() -> UnsafeRawBufferPointer {
    at += 1
    let start = min(at, bytes.count)
    while at < bytes.count, bytes[at] != 0x22 { at += bytes[at] == 0x5C ? 2 : 1 }
    let end = min(at, bytes.count)
    at = min(at + 1, bytes.count)
    return UnsafeRawBufferPointer(rebasing: bytes[start..<max(start, end)])
  }

  private mutating func value(isRoot: Bool = false, _ body: (borrowing JSONWalk, Kind, UnsafeRawBufferPointer) -> Void)
  {
    switch peek() {
    case 0x22:
      let text = string()
      body(self, .string, text)
    case 0x7B:
      if !isRoot { body(self, .object, UnsafeRawBufferPointer(start: nil, count: 0)) }
      object(body)
    case 0x5B:
      body(self, .array, UnsafeRawBufferPointer(start: nil, count: 0))
      array(body)
    case 0: at = bytes.count
    default:
      let start = at
      while at < bytes.count, ![0x2C, 0x7D, 0x5D, 0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
      let text = UnsafeRawBufferPointer(rebasing: bytes[start..<at])
      let first = text.first ?? 0
      body(self, first == 0x6E ? .null : first == 0x74 || first == 0x66 ? .bool : .number, text)
    }
  }

  private mutating func object(_ body: (borrowing JSONWalk, Kind, UnsafeRawBufferPointer) -> Void) {
    at += 1
    let outer = path.count
    let outerKey = keyStart
    while at < bytes.count {
      blanks()
      if peek() == 0x7D { break }
      if peek() == 0x2C {
        at += 1
        continue
      }
      guard peek() == 0x22 else {
        at = bytes.count
        return
      }
      let key = string()
      if outer > 0 { path.append(UInt8(ascii: ".")) }
      keyStart = path.count
      path.append(contentsOf: key)
      blanks()
      guard peek() == 0x3A else {
        at = bytes.count
        return
      }
      at += 1
      blanks()
      value(body)
      path.removeLast(path.count - outer)
      keyStart = outerKey
    }
    at += 1
  }

  private mutating func array(_ body: (borrowing JSONWalk, Kind, UnsafeRawBufferPointer) -> Void) {
    at += 1
    let outer = path.count
    path.append(contentsOf: [UInt8(ascii: "["), UInt8(ascii: "]")])
    while at < bytes.count {
      blanks()
      if peek() == 0x5D { break }
      if peek() == 0x2C { at += 1 } else { value(body) }
    }
    path.removeLast(path.count - outer)
    at += 1
  }
}
