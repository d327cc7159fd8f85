import Events

/// The texts of columns that are no symbol of the batch.
enum SpecialText {
  /// - Parameter room: where a text is made, if it has to be.
  static func any(
    _ source: BoundSource, _ batch: borrowing EventBatch, _ row: Int, _ fileName: [UInt8], _ room: inout [UInt8],
    _ body: (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    room.removeAll(keepingCapacity: true)
    switch source.kind {
    case .provider:
      // Names of providers are short enough to need no allocation.
      var name = batch.providers[row].name
      return name.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    case .time:
      guard batch.times[row] != Timestamp.missing else { return false }
      Timestamp.append(batch.times[row], to: &room)
    case .record: append(batch.numbers[row], to: &room)
    case .file: return fileName.withUnsafeBytes(body)
    case .list:
      for item in batch.list(Int(source.place), row) where body(item.bytes) { return true }
      return false
    case .path, .column: return false
    }
    return room.withUnsafeBytes(body)
  }

  private static func append(_ number: UInt64, to out: inout [UInt8]) {
    if number >= 10 { append(number / 10, to: &out) }
    out.append(UInt8(ascii: "0") + UInt8(number % 10))
  }
}
