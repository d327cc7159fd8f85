// What a printed filter writes as `\u{9}`: characters that a terminal does not show, or that steer it. A backslash in front
// of one, or of what would be read as one, is written as `\u{5c}`, because two backslashes side by side are two.

enum FilterEscape {
  /// From `u` to `}`, with six digits.
  static let bytesMax = 9

  /// The text as it stands between quotes, but for the quotes in it.
  static func escaped(_ text: String) -> String {
    // Nearly every text is plain.
    guard text.unicodeScalars.contains(where: { $0 == "\\" || isHidden($0) }) else { return text }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      if scalar == "\\", next == "\\" {
        result.append(contentsOf: [scalar, next])
        index += 1
      } else if isHidden(scalar) || scalar == "\\" && (isHidden(next) || next == "u") {
        result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      } else {
        result.append(scalar)
      }
      index += 1
    }
    return String(result)
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? scalar.value < 0x20 || scalar.value == 0x7F : Quoted.printable(scalar).unicodeScalars.count > 1
  }
}
