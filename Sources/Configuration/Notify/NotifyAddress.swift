// Addresses of targets as they are written: what is taken, and why what is not is refused.

/// The address of a webhook: `https://host[:port]/path?query`. What stands behind the host is often a secret.
public struct WebAddress: Sendable, Equatable {
  public struct Refusal: Error { public let words: String }

  // Longer ones are none that a service hands out.
  private static let bytesMax = 2048

  public let text: String
  public let scheme: String
  public let host: String

  public init(_ text: String, allowsHTTP: Bool) throws(Refusal) {
    guard text.utf8.count <= Self.bytesMax, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw Refusal(words: "must be plain text without blanks")
    }
    let scheme = text.prefix { $0 != ":" }.lowercased()
    guard scheme == "https" || scheme == "http", text.dropFirst(scheme.count).hasPrefix("://") else {
      throw Refusal(words: "must begin with https://")
    }
    guard scheme == "https" || allowsHTTP else {
      throw Refusal(
        words: "is not encrypted; write https://, or 'allow_http: true' if everybody on the way may read it")
    }
    let rest = text.dropFirst(scheme.count + 3)
    let authority = rest.prefix { !"/?#".contains($0) }
    guard !authority.contains("@") else { throw Refusal(words: "must not hold a name and password") }
    let isBracketed = authority.hasPrefix("[")
    let host = isBracketed ? authority.dropFirst().prefix { $0 != "]" } : authority.prefix { $0 != ":" }
    guard !host.isEmpty, !authority.contains("\\") else { throw Refusal(words: "names no host") }
    self.text = text
    self.scheme = scheme
    self.host = String(host)
  }

  /// The part that is no secret.
  public var shown: String {
    let rest = text.dropFirst(scheme.count + 3)
    let authority = rest.prefix { !"/?#".contains($0) }
    return "\(scheme)://\(authority)\(authority.count < rest.count ? "/..." : "")"
  }
}

extension SyslogAddress {
  private static let standardPorts = ["udp": 514, "tcp": 601]
  // Of `sockaddr_un`, with its end.
  private static let pathBytesMax = 107

  init?(_ text: String) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    if text.hasPrefix("unix://") {
      let path = String(text.dropFirst(7))
      guard path.hasPrefix("/"), path.utf8.count <= Self.pathBytesMax else { return nil }
      self = .unix(path)
      return
    }
    let kind = String(text.prefix { $0 != ":" })
    guard let standard = Self.standardPorts[kind], text.dropFirst(3).hasPrefix("://") else { return nil }
    let rest = text.dropFirst(6)
    var host = rest.prefix { $0 != ":" }
    var tail = rest.dropFirst(host.count)
    if rest.hasPrefix("[") {
      host = rest.dropFirst().prefix { $0 != "]" }
      tail = rest.dropFirst(host.count + 2)
    }
    var port = standard
    if !tail.isEmpty {
      guard tail.first == ":", let number = Int(tail.dropFirst()), (1...65_535).contains(number) else { return nil }
      port = number
    }
    guard !host.isEmpty, !host.contains("/") else { return nil }
    self = kind == "udp" ? .udp(host: String(host), port: port) : .tcp(host: String(host), port: port)
  }
}

enum MailAddress {
  /// One that no header and no argument list takes for something else.
  static func isOne(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.hasPrefix("-") && text.utf8.count <= 254
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>,;:()\"\\[]".utf8.contains($0) }
  }
}
