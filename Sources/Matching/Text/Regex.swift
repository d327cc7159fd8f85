import CRE2
import Rules

/// A compiled regular expression; linear in the text, whatever the pattern.
final class Regex: @unchecked Sendable {
  // @unchecked: RE2 may be searched with by several threads at once, and nothing else is done after `init`.

  struct Refusal: Error {
    let message: String
    /// In bytes of the pattern.
    let position: Int?
  }

  private static let messageBytes = 256

  private let handle: OpaquePointer

  init(_ pattern: RegexPattern) throws(Refusal) {
    var flags = 0
    if pattern.flags.contains(.ignoreCase) { flags |= Int(HR_IGNORE_CASE) }
    if pattern.flags.contains(.multiline) { flags |= Int(HR_MULTILINE) }
    if pattern.flags.contains(.dotMatchesLineBreaks) { flags |= Int(HR_DOT_ALL) }
    var position = -1
    var message = [CChar](repeating: 0, count: Regex.messageBytes)
    let bytes = Array(pattern.pattern.utf8)
    // SAFETY: the pattern is read within its count; the message is written within its own, ended by NUL.
    guard let made = hr_regex_new(bytes, bytes.count, UInt32(flags), &message, message.count, &position) else {
      let text = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw Refusal(message: text, position: position < 0 ? nil : position)
    }
    handle = made
  }

  deinit { hr_regex_free(handle) }

  func occurs(in text: UnsafeRawBufferPointer) -> Bool {
    // SAFETY: the text is read within its count.
    hr_regex_search(handle, text.baseAddress?.assumingMemoryBound(to: UInt8.self), text.count) != 0
  }
}
