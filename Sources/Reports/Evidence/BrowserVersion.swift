/// Versions of browsers that look like addresses: since they tell less than they did, `Chrome/142.0.0.0`.
///
/// Only what cannot be the address of a machine passes for a version: three zeros at its end, behind the name of a browser,
/// and nothing that an alert came from. Anything else of four numbers stays an address: too much is hidden rather than too
/// little.
enum BrowserVersion {
  private static let names: Set<[UInt8]> = Set(
    [
      "Chrome", "Chromium", "HeadlessChrome", "Edg", "EdgA", "OPR", "Opera", "Vivaldi", "Brave", "YaBrowser",
      "SamsungBrowser", "QQBrowser", "Quark", "Safari", "Firefox", "Version",
    ].map { Array($0.utf8) })
  private static let zeros = Array(".0.0.0".utf8)

  /// - Parameters:
  ///   - place: of what looks like an address.
  ///   - addresses: that are known to be some.
  static func stands(in text: [UInt8], _ place: Range<Int>, _ addresses: Set<[UInt8]>) -> Bool {
    guard text[place].suffix(zeros.count) == zeros[...], !addresses.contains(Array(text[place])),
      place.lowerBound > 0, text[place.lowerBound - 1] == UInt8(ascii: "/"),
      place.upperBound == text.count || " ;,)\"'".utf8.contains(text[place.upperBound])
    else { return false }
    let name = text[..<(place.lowerBound - 1)].reversed().prefix { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
    return names.contains(name.reversed())
  }
}
