import CRE2
import Rules

/// A text pattern with wildcards, cut into the segments between its stars. Example: `a?c*de*` is
///
///     segments  [a ? c] [d e]      starts at the beginning, does not reach the end
///
/// Each segment is looked for at the leftmost place behind the one before; nothing is ever tried again, so the time is
/// linear in the text unless a segment holds `?`. No regular expression is made of it.
struct Glob: Sendable {
  enum Piece: Sendable {
    case literal([UInt8])
    case one
  }

  private let segments: [[Piece]]
  private let isTiedToStart: Bool
  private let isTiedToEnd: Bool
  let isCased: Bool

  init(_ pattern: TextPattern) {
    isCased = pattern.isCased
    var segments: [[Piece]] = []
    var segment: [Piece] = []
    for part in pattern.parts {
      switch part {
      case .literal(let bytes): segment.append(.literal(pattern.isCased ? bytes : CaseFolding.folded(bytes)))
      case .one: segment.append(.one)
      case .any:
        if !segment.isEmpty { segments.append(segment) }
        segment = []
      }
    }
    if !segment.isEmpty { segments.append(segment) }
    self.segments = segments
    isTiedToStart = pattern.parts.first != .any
    isTiedToEnd = pattern.parts.last != .any
  }

  /// - Parameter text: folded unless the pattern is cased.
  func matches(_ text: UnsafeRawBufferPointer) -> Bool {
    var at = 0
    var first = 0
    var last = segments.count
    if isTiedToStart {
      guard let segment = segments.first else { return text.isEmpty }
      guard let end = Glob.end(of: segment, text, 0) else { return false }
      if last == 1 && isTiedToEnd { return end == text.count }
      at = end
      first = 1
    }
    var limit = text.count
    if isTiedToEnd, last > first {
      guard let start = Glob.start(of: segments[last - 1], text), start >= at else { return false }
      limit = start
      last -= 1
    }
    while first < last {
      guard let end = Glob.find(segments[first], text, from: at, to: limit) else { return false }
      at = end
      first += 1
    }
    return true
  }

  /// Where the segment ends if it begins at `at`.
  private static func end(of segment: [Piece], _ text: UnsafeRawBufferPointer, _ at: Int) -> Int? {
    var at = at
    for piece in segment {
      switch piece {
      case .literal(let bytes):
        guard text.holds(bytes, at: at) else { return nil }
        at += bytes.count
      case .one:
        guard at < text.count else { return nil }
        at += UTF8Step.length(text, at)
      }
    }
    return at
  }

  /// Where the segment begins if it ends with the text.
  private static func start(of segment: [Piece], _ text: UnsafeRawBufferPointer) -> Int? {
    var at = text.count
    for piece in segment.reversed() {
      switch piece {
      case .literal(let bytes):
        guard at >= bytes.count, text.holds(bytes, at: at - bytes.count) else { return nil }
        at -= bytes.count
      case .one:
        guard at > 0 else { return nil }
        at -= UTF8Step.lengthBefore(text, at)
      }
    }
    return at
  }

  /// The end of the segment's leftmost occurrence.
  private static func find(_ segment: [Piece], _ text: UnsafeRawBufferPointer, from: Int, to limit: Int) -> Int? {
    let inside = UnsafeRawBufferPointer(rebasing: text[..<limit])
    var at = from
    while at <= limit {
      if case .literal(let bytes) = segment[0] {
        guard let found = inside.firstIndex(of: bytes, from: at) else { return nil }
        at = found
      }
      if let end = end(of: segment, inside, at) { return end }
      guard at < limit else { return nil }
      at += UTF8Step.length(inside, at)
    }
    return nil
  }
}

extension UnsafeRawBufferPointer {
  @inline(__always)
  func holds(_ bytes: [UInt8], at offset: Int) -> Bool {
    guard offset + bytes.count <= count else { return false }
    for i in bytes.indices where self[offset + i] != bytes[i] { return false }
    return true
  }

  /// - Complexity: O(*n*) in the text.
  func firstIndex(of needle: [UInt8], from start: Int) -> Int? {
    guard start <= count else { return nil }
    let rest = UnsafeRawBufferPointer(rebasing: self[start...])
    // SAFETY: both buffers are read within their counts.
    let found = needle.withUnsafeBufferPointer { bytes in
      hr_find(rest.baseAddress?.assumingMemoryBound(to: UInt8.self), rest.count, bytes.baseAddress, bytes.count)
    }
    return found < 0 ? nil : start + found
  }
}
