// Networks as they are written: one in the configuration, or a file with one on each line. Blank lines and what
// stands behind `#` or `;` do not count.

import Rules

enum AddressList {
  /// A feed of this many networks takes 320 MB; larger ones are no feeds.
  static let networksMax = 10_000_000
  /// A file that is no list is wrong on every line; the first ones tell enough.
  private static let errorsMax = 10

  /// Adds the networks of a file and gives their number.
  ///
  /// - Parameter origin: where the file is named: there it is told that it cannot be read.
  static func read(
    _ path: String, at origin: Origin, into builder: inout AddressSetBuilder, _ context: ReadingContext
  ) -> Int {
    let before = builder.count
    var errors = 0
    do throws(FileTrouble) {
      try LineFile.forEachLine(path) { (number, line) throws(FileTrouble) in
        guard let token = try token(of: line, number) else { return }
        if let refusal = add(token, to: &builder) {
          errors += 1
          guard errors <= errorsMax else {
            throw FileTrouble(message: "more lines like these; the rest was not read", line: number)
          }
          context.error(.badNetwork, refusal, .file(path, line: number))
        }
        guard builder.count <= networksMax else {
          throw FileTrouble(message: "more than \(networksMax) networks", line: number)
        }
      }
    } catch {
      if error.line > 0 {
        context.error(.tooManyErrors, error.message, .file(path, line: error.line))
      } else {
        context.error(.fileUnreadable, "\(path): \(error.message)", origin)
      }
    }
    return builder.count - before
  }

  /// The network on a line; nil if there is none.
  private static func token(
    of line: UnsafeRawBufferPointer, _ number: Int
  ) throws(FileTrouble) -> UnsafeRawBufferPointer? {
    var start = 0
    while start < line.count, isBlank(line[start]) { start += 1 }
    if start == line.count || isComment(line[start]) { return nil }
    var end = start
    while end < line.count, !isBlank(line[end]), !isComment(line[end]) { end += 1 }
    var rest = end
    while rest < line.count, isBlank(line[rest]) { rest += 1 }
    // With text behind it the whole line is shown as what it is: no network.
    if rest < line.count, !isComment(line[rest]) { end = line.count }
    return UnsafeRawBufferPointer(rebasing: line[start..<end])
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
  private static func isComment(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";") }

  /// Adds one network; else says why not.
  static func add(_ text: UnsafeRawBufferPointer, to builder: inout AddressSetBuilder) -> String? {
    // Only the usual form is read here; everything else goes through the reader of rules, which knows each refusal.
    let slash = text.lastIndex(of: UInt8(ascii: "/"))
    let head = UnsafeRawBufferPointer(rebasing: text[..<(slash ?? text.count)])
    if let address = IPAddress(bytes: head), address.isV6 == head.contains(UInt8(ascii: ":")) {
      let width = address.isV6 ? 128 : 32
      let length = slash.map { number(text[($0 + 1)...]) } ?? width
      if let length, length <= width, address.bits & hostMask(width - length) == 0 {
        builder.add(address, length: length)
        return nil
      }
    }
    return addCarefully(String(decoding: text, as: UTF8.self), to: &builder)
  }

  private static func number(_ digits: Slice<UnsafeRawBufferPointer>) -> Int? {
    guard !digits.isEmpty, digits.count <= 3 else { return nil }
    var value = 0
    for byte in digits {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  private static func hostMask(_ bits: Int) -> UInt128 {
    bits == 128 ? .max : (1 << UInt128(bits)) - 1
  }

  private static func addCarefully(_ text: String, to builder: inout AddressSetBuilder) -> String? {
    do throws(AddressRange.Refusal) {
      builder.add(try AddressRange(text))
      return nil
    } catch {
      switch error {
      case .hostBits(let range):
        return "\(Quoted(text)) is an address inside a network, not a network (did you mean '\(range)'?)"
      case .badLength:
        return "\(Quoted(text)) has no valid prefix length; write it like 10.0.0.0/8 or 2001:db8::/32"
      case .notAnAddress:
        return "\(Quoted(text)) is no network; write it like 10.0.0.0/8, 2001:db8::/32 or 192.0.2.1"
      }
    }
  }
}
