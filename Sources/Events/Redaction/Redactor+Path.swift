/// Values that are shown by their path, away from their record.
///
/// The last name of a path tells as much as it does inside the record. What else hides a value there is above or beside
/// it: `password.x.y` stands below a secret name, `environment.value` beside the `name` that says what it holds.
extension Redactor {
  /// Whether names above or beside the values of a path may make them secret, so that only their record can tell.
  public func needsRecord(path: String) -> Bool {
    let meanings = path.split(separator: ".").map { name in meaning(of: Array(name.utf8)) }
    return meanings.dropLast().contains { $0.hides } || meanings.contains { $0.contains(.pairValue) }
  }

  /// A text that stood at the end of a path, of which the record is not at hand: what might be secret is taken for it.
  public func redactText(_ text: UnsafeRawBufferPointer, path: String, into out: inout [UInt8]) {
    // SAFETY: the caller keeps the buffer for the length of the call; the span does not outlive it.
    let value = Span<UInt8>(_unsafeBytes: text)
    if needsRecord(path: path), !SecretMarks.stays(value, 0, value.count, under: .secret) {
      out.append(contentsOf: Self.mark)
      return
    }
    Array((path.split(separator: ".").last ?? "").utf8).withUnsafeBytes { _ = redactText(text, key: $0, into: &out) }
  }

  private func meaning(of name: [UInt8]) -> NameMeaning { index.meaning(of: name.span, 0, name.count) }
}
