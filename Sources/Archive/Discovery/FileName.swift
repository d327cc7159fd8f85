/// The name of a file as the system knows it: bytes.
///
/// A Linux path is any byte string without NUL. It may hold newlines, escape sequences or broken UTF-8, so it becomes
/// text only for display, and then escaped. Order is by bytes, never by locale: every machine sorts alike.
///
/// Worked example: the bytes `61 0A FF C3 A9` are shown as `a\x0a\xffé`.

import Glibc

/// A path in bytes. One array, no cached text.
public struct FileName: Sendable, Hashable, Comparable {
  public let bytes: [UInt8]

  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The UTF-8 bytes of `text`.
  public init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// `folder` (which ends in a slash, or is empty) and `leaf` in one allocation of exactly their size.
  init(folder: [UInt8], leaf: UnsafeBufferPointer<UInt8>) {
    bytes = [UInt8](unsafeUninitializedCapacity: folder.count + leaf.count) { buffer, count in
      // SAFETY: the capacity asked for is the sum of both counts, and both parts are copied in full.
      _ = UnsafeMutableBufferPointer(rebasing: buffer[..<folder.count]).initialize(fromContentsOf: folder)
      _ = UnsafeMutableBufferPointer(rebasing: buffer[folder.count..<(folder.count + leaf.count)])
        .initialize(fromContentsOf: leaf)
      count = folder.count + leaf.count
    }
  }

  public static func < (left: FileName, right: FileName) -> Bool {
    left.bytes.withUnsafeBytes { a in
      right.bytes.withUnsafeBytes { b in
        // SAFETY: memcmp reads min(a.count, b.count) bytes of each; an empty buffer is not read at all.
        if let first = a.baseAddress, let second = b.baseAddress {
          let difference = memcmp(first, second, min(a.count, b.count))
          if difference != 0 { return difference < 0 }
        }
        return a.count < b.count
      }
    }
  }

  public func hash(into hasher: inout Hasher) {
    // SAFETY: the hasher only reads the array's own storage, within the closure.
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

extension FileName: CustomStringConvertible {
  /// The name for a terminal, a log line or a report: what could steer a terminal or hide text is written `\xNN`, and
  /// so is the backslash, which keeps two different names different on the screen.
  public var description: String {
    String(decoding: escaped(where: Self.mustEscape), as: UTF8.self)
  }

  /// Controls (C0, DEL, C1), line and paragraph separators, and the marks that reverse or hide the text around them.
  private static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: scalar == "\\"
    }
  }
}
