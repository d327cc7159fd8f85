/// Keeps secrets out of whatever leaves Harrier: it replaces their values and nothing else.
///
/// Audit records are handed to chats, tickets and other systems, and now and then hold a session token, a password or
/// a key. `Redactor` works on the bytes of a record, without decoding what it does not have to:
///
///     {"responseElements":{"credentials":{"accessKeyId":"ASIAX","sessionToken":"IQoJ..."}}}
///     {"responseElements":{"credentials":{"accessKeyId":"ASIAX","sessionToken":"[redacted]"}}}
///
/// Three looks are taken at a string, each only where the one before leaves it open:
///
/// 1. the key it stands under (`SecretTable`, `SecretIndex`, `Redactor+Walk`);
/// 2. JSON text inside it, escaped any number of times, which is decoded and walked like the record itself;
/// 3. marks of a secret in its text: `Bearer`, PEM blocks, JWTs, `name=value` (`Redactor+Text`, `SecretMarks`).
///
/// Ids of keys are what an investigation needs and stay. Where the look inside would go too deep the whole string is
/// replaced. The walk needs no valid JSON: what it cannot read it takes for text.
public struct Redactor: Sendable {
  /// JSON texts inside JSON texts that are still looked into; a policy in an event in an envelope makes three. Every
  /// level may decode the bytes below it anew, so the number also bounds the work.
  static let nestingMax = 4

  let index = Self.sharedIndex
  let scan = ScanBytes.words
  private static let sharedIndex = SecretIndex()
  /// What stands in the place of a secret.
  public static let shownMark = SecretTable.mark
  static let mark = Array(SecretTable.mark.utf8)
  static let quotedMark = Array("\"\(SecretTable.mark)\"".utf8)

  public init() {}

  /// Appends `json` (one record) to `out` with secret values replaced by `[redacted]`; returns how many were.
  ///
  /// What was valid JSON is valid JSON afterwards. Anything else is taken for text, and secrets in it are still sought.
  /// - Complexity: O(*n*) in the bytes of the record.
  public func redact(_ json: UnsafeRawBufferPointer, into out: inout [UInt8]) -> Int {
    // SAFETY: the caller keeps the buffer for the length of the call; the span does not outlive it.
    let text = Span<UInt8>(_unsafeBytes: json)
    let count = document(text, level: 0, into: &out)
    if count == 0 { append(text, 0, text.count, to: &out) }
    return count
  }

  /// The same for one plain (unescaped) text that stands under `key`, which may be empty.
  public func redactText(_ text: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer, into out: inout [UInt8]) -> Int {
    // SAFETY: the caller keeps both buffers for the length of the call; the spans do not outlive it.
    let value = Span<UInt8>(_unsafeBytes: text)
    // SAFETY: as above.
    let name = Span<UInt8>(_unsafeBytes: key)
    let meaning = index.meaning(of: name, 0, name.count)
    if meaning.hides {
      guard SecretMarks.stays(value, 0, value.count, under: meaning) else {
        out.append(contentsOf: Self.mark)
        return 1
      }
      append(value, 0, value.count, to: &out)
      return 0
    }
    let count = plain(value, level: 0, into: &out)
    if count == 0 { append(value, 0, value.count, to: &out) }
    return count
  }

  /// A text that should be JSON. Appends nothing and returns 0 where nothing is secret.
  func document(_ text: Span<UInt8>, level: Int, into out: inout [UInt8]) -> Int {
    var walked: [UInt8] = []
    var walk = Walk()
    while walk.at < text.count { step(&walk, text, level: level, into: &walked) }
    walk.edit.finish(text, into: &walked)
    if !walk.isLoose {
      if walk.edit.count > 0 { out.append(contentsOf: walked) }
      return walk.edit.count
    }
    if walk.edit.count == 0 { return sweep(text, level: level, embedded: false, into: &out) }
    let more = sweep(walked.span, level: level, embedded: false, into: &out)
    if more == 0 { out.append(contentsOf: walked) }
    return walk.edit.count + more
  }

  /// A plain text: the contents of a string, decoded. Appends nothing and returns 0 where nothing is secret.
  func plain(_ text: Span<UInt8>, level: Int, into out: inout [UInt8]) -> Int {
    var first = 0
    while first < text.count, isBlank(text[first]) { first += 1 }
    guard first < text.count, isDocument(text, first) else {
      return sweep(text, level: level, embedded: true, into: &out)
    }
    if level >= Self.nestingMax {
      // Too deep to be looked into: replaced whole if it can hold a key, else read as text.
      guard isNested(text) else { return sweep(text, level: level, embedded: false, into: &out) }
      out.append(contentsOf: Self.mark)
      return 1
    }
    return document(text, level: level + 1, into: &out)
  }

  /// Whether a text is to be read as JSON. One that was escaped once too often is not: `{\"a\":1}` is JSON in a text.
  private func isDocument(_ text: Span<UInt8>, _ first: Int) -> Bool {
    var next = first
    while next < text.count, isBlank(text[next]) || opensJSON(text[next]) { next += 1 }
    if next < text.count, text[next] == UInt8(ascii: "\\") { return false }
    return opensJSON(text[first]) || text[first] == UInt8(ascii: "\"")
  }

  /// The contents of a JSON string with escapes; what is appended is escaped again.
  func escaped(_ text: Span<UInt8>, _ start: Int, _ end: Int, level: Int, into out: inout [UInt8]) -> Int {
    var decoded: [UInt8] = []
    EscapedText.decode(text, start, end, into: &decoded)
    var changed: [UInt8] = []
    let count = plain(decoded.span, level: level, into: &changed)
    if count > 0 { EscapedText.encode(changed.span, into: &out) }
    return count
  }

  /// Whether a text at the last level may hold JSON with strings in it.
  func isNested(_ text: Span<UInt8>) -> Bool {
    for i in 0..<text.count where text[i] == UInt8(ascii: "\"") { return true }
    return false
  }
}

@inline(__always)
func opensJSON(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") }

@inline(__always)
func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 10 || byte == 13 || byte == 9 }

func append(_ text: Span<UInt8>, _ start: Int, _ end: Int, to out: inout [UInt8]) {
  guard start < end else { return }
  // SAFETY: the buffer is read within the call, and `extracting` has checked the bounds.
  text.extracting(start..<end).withUnsafeBufferPointer { out.append(contentsOf: $0) }
}

/// Replacements in one text: everything between them is copied in one piece, and nothing before the first.
struct Edit {
  private(set) var copied = 0
  private(set) var count = 0

  /// Takes the bytes up to `start` over, `replacement` for those up to `end`. What was taken already stays taken.
  mutating func replace(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, by replacement: [UInt8], count more: Int = 1,
    into out: inout [UInt8]
  ) {
    append(text, copied, max(start, copied), to: &out)
    out.append(contentsOf: replacement)
    copied = max(end, copied)
    count += more
  }

  /// Where in `out` the byte at `position`, not taken yet, will come to stand.
  func place(of position: Int, in out: [UInt8]) -> Int { out.count + position - copied }

  /// Counts a replacement that was made in `out` itself, with all bytes up to `position` taken.
  mutating func take(_ text: Span<UInt8>, upTo position: Int, into out: inout [UInt8]) {
    append(text, copied, position, to: &out)
    copied = max(position, copied)
    count += 1
  }

  func finish(_ text: Span<UInt8>, into out: inout [UInt8]) {
    if count > 0 { append(text, copied, text.count, to: &out) }
  }
}
