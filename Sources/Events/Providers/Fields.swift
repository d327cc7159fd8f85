import CSimdJSON
import Glibc

/// Space for texts that a provider table makes (without escapes, in lower case). Reset with each batch of records.
struct Scratch: ~Copyable {
  // Most events need some hundred bytes; a larger text gets a chunk of its own.
  private static let chunkBytes = 64 * 1024

  private var chunks: [UnsafeMutableBufferPointer<UInt8>] = []
  private var used = 0

  deinit { for chunk in chunks { chunk.deallocate() } }

  mutating func reserve(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    if let chunk = chunks.last, let base = chunk.baseAddress, used + count <= chunk.count {
      defer { used += count }
      // SAFETY: the room behind `used` was checked just above.
      return base + used
    }
    let chunk = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(count, Scratch.chunkBytes))
    chunks.append(chunk)
    used = count
    return chunk.baseAddress.unsafelyUnwrapped
  }

  mutating func reset() {
    while chunks.count > 1 { chunks.removeLast().deallocate() }
    if let only = chunks.first, only.count > 4 * Scratch.chunkBytes {
      only.deallocate()
      chunks.removeAll()
    }
    used = 0
  }
}

/// The values of one record as the parser left them.
struct RecordView {
  let values: UnsafePointer<hj_value>
  let more: UnsafePointer<hj_value>?
  let block: UnsafePointer<UInt8>
  let side: UnsafePointer<UInt8>
  let scratch: UnsafeMutablePointer<Scratch>

  @inline(__always)
  func isPresent(_ slot: Int) -> Bool { values[slot].kind != UInt8(HJ_MISSING) }

  @inline(__always)
  func ends(_ slot: Int, _ endings: [StaticString]) -> Bool {
    if endings.isEmpty { return true }
    let text = raw(values[slot])
    for ending in endings where text.hasSuffix(ending) { return true }
    return false
  }

  /// The bytes of a value as they stand in the record: a string without its quotes, escapes and all.
  func raw(_ value: hj_value) -> Text {
    let base = value.flags & UInt8(HJ_SIDE) != 0 ? side : block
    // SAFETY: the parser gives ranges within the block or the side buffer, both alive until the next record.
    return Text(base: base + Int(value.start), count: Int(value.length))
  }

  /// What the value says as text: strings without escapes, numbers and booleans as written; nothing for null,
  /// objects and arrays.
  func text(_ value: hj_value) -> Text {
    switch Int(value.kind) {
    case HJ_STRING:
      let written = raw(value)
      guard let base = written.base, written.firstIndex(of: UInt8(ascii: "\\")) != nil else { return written }
      let out = scratch.pointee.reserve(written.count)
      // SAFETY: unescaping never lengthens a text, and that much room was reserved.
      return Text(base: UnsafePointer(out), count: hj_unescape(base, written.count, out))
    case HJ_NUMBER, HJ_TRUE, HJ_FALSE: return raw(value)
    default: return .none
    }
  }
}

/// The planned values that one recipe asked for, by their place in its list of paths.
public struct Fields {
  let view: RecordView
  let slots: UnsafePointer<UInt16>

  /// The first value of the path as text; empty when it is missing, null, or no scalar.
  public subscript(path: Int) -> Text {
    let value = view.values[Int(slots[path])]
    return value.kind == UInt8(HJ_MISSING) ? .none : view.text(value)
  }

  /// Whether the path is there, even as null.
  public func has(_ path: Int) -> Bool { view.isPresent(Int(slots[path])) }

  /// Whether the path is there, and not as null.
  func hasValue(_ path: Int) -> Bool {
    let kind = Int(view.values[Int(slots[path])].kind)
    return kind != HJ_MISSING && kind != HJ_NULL
  }

  /// Whether the value is an object or an array.
  public func isNested(_ path: Int) -> Bool {
    let kind = Int(view.values[Int(slots[path])].kind)
    return kind == HJ_OBJECT || kind == HJ_ARRAY
  }

  /// An object or array as the bytes of its JSON.
  public func json(_ path: Int) -> Text { view.raw(view.values[Int(slots[path])]) }

  /// Every value of the path: members of arrays, in the record's order.
  public func forEach(_ path: Int, _ body: (Text) -> Void) {
    var value = view.values[Int(slots[path])]
    guard value.kind != UInt8(HJ_MISSING) else { return }
    while true {
      body(view.text(value))
      guard value.next != 0, let more = view.more else { return }
      value = more[Int(value.next) - 1]
    }
  }

  /// Every value of the path, objects and arrays as the bytes of their JSON.
  func forEachWritten(_ path: Int, _ body: (Text) -> Void) {
    var value = view.values[Int(slots[path])]
    guard value.kind != UInt8(HJ_MISSING) else { return }
    while true {
      let kind = Int(value.kind)
      body(kind == HJ_OBJECT || kind == HJ_ARRAY ? view.raw(value) : view.text(value))
      guard value.next != 0, let more = view.more else { return }
      value = more[Int(value.next) - 1]
    }
  }

  /// The first text that is not empty among some paths. One function for each number of them: a list of arguments
  /// would be an array for each event.
  public func first(_ a: Int, _ b: Int) -> Text { self[a] ?? self[b] }
  public func first(_ a: Int, _ b: Int, _ c: Int) -> Text { self[a] ?? self[b] ?? self[c] }
  public func first(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Text { self[a] ?? self[b] ?? self[c] ?? self[d] }

  public func first(_ paths: Range<Int>) -> Text {
    for path in paths {
      let text = self[path]
      if !text.isEmpty { return text }
    }
    return .none
  }

  public func lowercased(_ text: Text) -> Text {
    if text.bytes.allSatisfy({ $0 == lowered($0) }) { return text }
    let out = view.scratch.pointee.reserve(text.count)
    for i in 0..<text.count { out[i] = lowered(text[i]) }
    return Text(base: UnsafePointer(out), count: text.count)
  }

  /// Two texts with something between them.
  public func joined(_ first: Text, _ separator: StaticString, _ second: Text) -> Text {
    let between = Text(separator)
    let out = view.scratch.pointee.reserve(first.count + between.count + second.count)
    var at = 0
    for part in [first, between, second] where part.count > 0 {
      // SAFETY: the sum of the three lengths was reserved.
      memcpy(out + at, part.base.unsafelyUnwrapped, part.count)
      at += part.count
    }
    return Text(base: UnsafePointer(out), count: at)
  }
}
