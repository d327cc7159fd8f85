import CSimdJSON
import Glibc

/// Recognises the records that their top-level keys leave open.
///
/// Most records say at the top whose they are, and nothing below has to be looked at. The others are read again with
/// all markers: that costs twice, for few.
struct SecondLook: ~Copyable {
  // A record that says this much with its top-level keys needs no second look.
  static let decisive = 8

  private let plan: RecognitionPlan
  private let parser: OpaquePointer
  private var buffer: [UInt8] = []

  init?(_ plan: RecognitionPlan, nestingMax: Int, recordBytesMax: Int) {
    guard let parser = hj_parser_new(plan.plan, UInt32(clamping: nestingMax), recordBytesMax) else { return nil }
    self.plan = plan
    self.parser = parser
  }

  deinit { hj_parser_free(parser) }

  /// The place of the table that the record belongs to.
  mutating func recognise(_ record: Text, _ scratch: UnsafeMutablePointer<Scratch>) -> Int? {
    let needed = record.count + Int(HJ_PADDING)
    if buffer.count < needed { buffer = [UInt8](repeating: 0, count: needed * 2) }
    let markers = plan.markers
    let parser = parser
    let found = buffer.withUnsafeMutableBufferPointer { bytes -> (table: Int, weight: Int, second: Int) in
      guard let base = bytes.baseAddress, let source = record.base else { return (-1, 0, 0) }
      // SAFETY: the buffer was made large enough for the record and the padding that the parser asks for.
      memcpy(base, source, record.count)
      memset(base + record.count, 0, Int(HJ_PADDING))
      var reread = hj_record()
      guard hj_reread(parser, base, record.count, &reread) == 1 else { return (-1, 0, 0) }
      let view = RecordView(
        values: hj_values(parser), more: hj_more(parser), block: UnsafePointer(base), side: hj_side(parser),
        scratch: scratch)
      return markers.heaviest(hj_present(parser), view)
    }
    return found.weight >= ProviderTable.certainty ? found.table : nil
  }
}
