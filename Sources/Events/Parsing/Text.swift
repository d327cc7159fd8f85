import CSimdJSON
import Glibc

/// Bytes of a record that live until the next record is read: a pointer and a length, nothing owned.
///
/// Between the decompressor and a hit there is no `String`. Provider tables compare and cut texts; what they return
/// is copied into the batch or its dictionary at once.
public struct Text: @unchecked Sendable {
  // @unchecked: texts of static strings are shared by all workers and never written; all others stay on one worker.
  @usableFromInline let base: UnsafePointer<UInt8>?
  public let count: Int

  @inlinable
  public init(base: UnsafePointer<UInt8>?, count: Int) {
    self.base = base
    self.count = count
  }

  /// A literal. Its bytes are part of the program.
  @inlinable
  public init(_ literal: StaticString) {
    self.init(base: literal.utf8Start, count: literal.utf8CodeUnitCount)
  }

  public static let none = Text(base: nil, count: 0)

  @inlinable public var isEmpty: Bool { count == 0 }

  @inlinable
  public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  @inlinable
  public subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count)
    // SAFETY: the index was checked against the count that the text was made with.
    return base.unsafelyUnwrapped[index]
  }

  /// The part from `start` on, at most `length` bytes; bounds are clamped.
  public func slice(_ start: Int, _ length: Int = .max) -> Text {
    let from = min(max(start, 0), count)
    // SAFETY: `from` lies within the text.
    return Text(base: base.map { $0 + from }, count: min(length, count - from))
  }

  public func equals(_ literal: StaticString) -> Bool {
    literal.utf8CodeUnitCount == count && hasPrefix(literal)
  }

  public func equals(_ other: Text) -> Bool {
    guard count == other.count else { return false }
    guard count > 0, let base, let theirs = other.base else { return true }
    return memcmp(base, theirs, count) == 0
  }

  public func hasPrefix(_ literal: StaticString) -> Bool {
    let length = literal.utf8CodeUnitCount
    guard length <= count else { return false }
    guard length > 0, let base else { return true }
    return memcmp(base, literal.utf8Start, length) == 0
  }

  public func hasSuffix(_ literal: StaticString) -> Bool {
    let length = literal.utf8CodeUnitCount
    return length <= count && slice(count - length).equals(literal)
  }

  /// Equality that does not see the case of ASCII letters.
  public func matches(_ literal: StaticString) -> Bool {
    let length = literal.utf8CodeUnitCount
    return length == count && hasPrefixIgnoringCase(literal)
  }

  public func hasPrefixIgnoringCase(_ literal: StaticString) -> Bool {
    let length = literal.utf8CodeUnitCount
    guard length <= count else { return false }
    for i in 0..<length where lowered(self[i]) != lowered(literal.utf8Start[i]) { return false }
    return true
  }

  public func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    guard start < count, let base else { return nil }
    // SAFETY: `start` lies within the text and the search ends with it.
    guard let found = memchr(base + start, Int32(byte), count - start) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  public func lastIndex(of byte: UInt8) -> Int? {
    var i = count - 1
    while i >= 0 && self[i] != byte { i -= 1 }
    return i < 0 ? nil : i
  }

  public func contains(_ literal: StaticString) -> Bool {
    let length = literal.utf8CodeUnitCount
    guard length > 0, length <= count, let base else { return length == 0 }
    return hj_find(base, count, literal.utf8Start, length) >= 0
  }

  /// The first text that is not empty.
  public static func ?? (first: Text, second: @autoclosure () -> Text) -> Text {
    first.isEmpty ? second() : first
  }

  /// For output and tests: invalid UTF-8 is replaced.
  public var string: String { String(decoding: bytes, as: UTF8.self) }
}

@inlinable
func lowered(_ byte: UInt8) -> UInt8 {
  byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}

extension Text {
  /// The JSON in a record that is itself a JSON string; nil for any other record.
  public var quotedJSON: [UInt8]? {
    guard let base, count >= 2, self[0] == UInt8(ascii: "\"") else { return nil }
    return [UInt8](unsafeUninitializedCapacity: count - 2) { out, used in
      // SAFETY: the text between the quotes lies within this one; without escapes it is no longer than with them.
      if let to = out.baseAddress { used = hj_unescape(base + 1, count - 2, to) }
    }
  }
}
