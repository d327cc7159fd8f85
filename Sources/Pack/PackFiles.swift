import CEmbedded

/// The files of `rules/`, as they were when the program was built.
extension Pack {
  static let embedded: [File] = (0..<he_rule_file_count()).map { place in
    let file = he_rule_file(place)
    // SAFETY: name and bytes are constants of the program.
    let bytes = UnsafeBufferPointer(start: file.bytes, count: file.count)
    return File(name: String(cString: file.name), text: String(decoding: bytes, as: UTF8.self))
  }
}
