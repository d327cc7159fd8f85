import Events

/// When a file was delivered, as its name says: providers write the moment into it. What a file holds happened before.
///
///     218007301253_CloudTrail_us-east-1_20230710T1145Z_7xgocspSowgK0Gto.json.gz      20230710T1145Z
///     Actiontrail_cn-hangzhou_20260108000000_1002_372_484683_2410f5b7a4d382a9.gz     20260108000000
///
/// Names without a zone are taken for UTC. Where they are local time of the east, which nobody documents, they lie later,
/// and nothing is found that is not there.
enum DeliveryStamp {
  private static let digitsMin = 12

  /// Milliseconds since 1970; nil if the name tells no moment.
  static func time(ofPath path: [UInt8]) -> Int64? {
    let name = path.suffix(from: path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)
    for part in name.split(whereSeparator: { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }) {
      if let time = moment(part) { return time }
    }
    return nil
  }

  /// `YYYYMMDDTHHMM[SS]Z` or `YYYYMMDDHHMMSS`.
  private static func moment(_ part: ArraySlice<UInt8>) -> Int64? {
    var digits = Array(part)
    if digits.last == UInt8(ascii: "Z"), digits.count > 8, digits[8] == UInt8(ascii: "T") {
      digits.removeLast()
      digits.remove(at: 8)
    } else if digits.count != 14 {
      return nil
    }
    guard digits.count == digitsMin || digits.count == 14, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    if digits.count == digitsMin { digits += "00".utf8 }
    func pair(_ place: Int) -> String { String(decoding: digits[place..<place + 2], as: UTF8.self) }
    let text = "\(pair(0))\(pair(2))-\(pair(4))-\(pair(6))T\(pair(8)):\(pair(10)):\(pair(12))Z"
    var bytes = Array(text.utf8)
    // SAFETY: the text is read within the call that keeps the array alive.
    let time = bytes.withUnsafeMutableBufferPointer {
      Timestamp.parse(Text(base: UnsafePointer($0.baseAddress), count: $0.count))
    }
    return time == Timestamp.missing ? nil : time
  }
}
