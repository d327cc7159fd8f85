// One number for what is in force: equal for two files that say the same in other words, another one as soon as
// anything that could change an alert changes. Comments, order of keys and of lists, ways to write a time, and where
// files lie do not count; what stands in files of networks and tickets does.

import Archive

extension Configuration {
  /// The SHA-256 of the effective configuration in hexadecimal digits; nil if the library has no memory left.
  public var fingerprint: String? {
    guard case .mapping(let pairs, let origin) = settings else { return nil }
    // Who is told changes no alert.
    return Fingerprint.digest(of: Fingerprint.canonical(.mapping(pairs.filter { $0.key != "notify" }, origin)))
  }

  /// What some sections mean, in one form for all ways to write it.
  public func fingerprintText(of sections: [String]) -> String {
    guard case .mapping(let pairs, let origin) = settings else { return "" }
    return Fingerprint.canonical(.mapping(pairs.filter { sections.contains($0.key) }, origin))
  }
}

private enum Fingerprint {
  /// `{"a":1,"b":["x"]}` with sorted keys and members. Every list of a configuration is a set.
  static func canonical(_ setting: Setting) -> String {
    switch setting {
    case .text(let text, _): text.debugDescription
    case .path(let path, _): (path.split(separator: "/").last.map(String.init) ?? "").debugDescription
    case .number(let value, _): String(value)
    case .flag(let value, _): String(value)
    case .list(let items, _): "[\(items.map(canonical).sorted { bytes($0, $1) }.joined(separator: ","))]"
    case .mapping(let pairs, _):
      "{\(pairs.map { "\($0.key.debugDescription):\(canonical($0.value))" }.sorted { bytes($0, $1) }.joined(separator: ","))}"
    case .networks(let list, _): "networks(\(digest(of: list.set) ?? ""))"
    case .tickets(let list): "tickets(\(digest(of: list) ?? ""))"
    }
  }

  private static func bytes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  static func digest(of text: String) -> String? {
    guard var digest = Digest() else { return nil }
    Array(text.utf8).withUnsafeBytes { digest.update($0) }
    return digest.end().hex
  }

  /// Words are gathered so that the library is not called for each.
  private static let wordsPerUpdate = 1 << 14

  private static func digest(of set: AddressSet) -> String? {
    guard var digest = Digest() else { return nil }
    var words: [UInt64] = []
    words.reserveCapacity(wordsPerUpdate)
    set.forEachWord { word in
      words.append(word.littleEndian)
      guard words.count == wordsPerUpdate else { return }
      words.withUnsafeBytes { digest.update($0) }
      words.removeAll(keepingCapacity: true)
    }
    words.withUnsafeBytes { digest.update($0) }
    return digest.end().hex
  }

  private static func digest(of list: TicketList) -> String? {
    guard var digest = Digest() else { return nil }
    for ticket in list.tickets {
      let line = "\(ticket.who.debugDescription),\(ticket.whatText.debugDescription),\(ticket.from),\(ticket.to)\n"
      Array(line.utf8).withUnsafeBytes { digest.update($0) }
    }
    return digest.end().hex
  }
}
