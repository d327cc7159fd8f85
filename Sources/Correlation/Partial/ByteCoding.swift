/// Numbers and bytes as they stand in a partial: little-endian, each text behind its length.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put<T: FixedWidthInteger>(_ value: T) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func put(_ value: Bool) { bytes.append(value ? 1 : 0) }

  mutating func put(_ text: [UInt8]) {
    put(UInt32(text.count))
    bytes += text
  }

  /// Fills up to a multiple of eight.
  mutating func align() {
    while bytes.count % 8 != 0 { bytes.append(0) }
  }
}

/// Reads what a `ByteWriter` wrote; whatever does not fit is an error, never a crash.
struct ByteReader {
  private let bytes: [UInt8]
  private(set) var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func take<T: FixedWidthInteger>(_ type: T.Type) throws(PartialError) -> T {
    let count = MemoryLayout<T>.size
    guard bytes.count - at >= count else { throw .damaged("it ends too early") }
    var value: T = 0
    for i in (0..<count).reversed() { value = value << 8 | T(truncatingIfNeeded: bytes[at + i]) }
    at += count
    return value
  }

  mutating func flag() throws(PartialError) -> Bool { try take(UInt8.self) != 0 }

  mutating func text() throws(PartialError) -> [UInt8] {
    let count = Int(try take(UInt32.self))
    guard bytes.count - at >= count else { throw .damaged("it ends too early") }
    defer { at += count }
    return Array(bytes[at..<at + count])
  }

  /// A number of things that take at least `size` bytes each.
  mutating func count(of size: Int) throws(PartialError) -> Int {
    let count = Int(try take(UInt32.self))
    guard count <= (bytes.count - at) / max(size, 1) else { throw .damaged("it names more than it holds") }
    return count
  }
}

public enum PartialError: Error, Sendable {
  case system(Int32)
  /// A pipe, a directory, a device.
  case notAFile
  case notAPartial
  case version(UInt32)
  case damaged(String)
  case otherRules
}

extension PartialError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .system: "it cannot be read or written"
    case .notAFile: "it is no regular file: save the partial first"
    case .notAPartial: "it is no partial of 'harrier map'"
    case .version(let version): "it has version \(version) of the format; this Harrier reads version \(Partial.version)"
    case .damaged(let how): "it is damaged: \(how); make it again with 'harrier map'"
    case .otherRules:
      "it was made with other rules or people, or with the same in another order; "
        + "map and reduce must be given the same --rules, in the same order, and the same --config"
    }
  }
}
