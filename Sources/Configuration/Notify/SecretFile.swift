// Secrets where they are: in a file for its owner only, or in the environment. They are read when a message is sent, and go
// nowhere else.

import Glibc

extension SecretSource {
  public struct Trouble: Error { public let words: String }

  /// The text without white space around it.
  public func read() throws(Trouble) -> String {
    switch self {
    case .inline(let text): return text
    case .environment(let name):
      guard let value = getenv(name) else { throw Trouble(words: "the environment has no \(name)") }
      return try SecretFile.trimmed(Array(String(cString: value).utf8), "the variable \(name)")
    case .file(let path):
      var bytes: [UInt8]?
      do throws(FileTrouble) {
        bytes = try LineFile.content(path, bytesMax: SecretFile.bytesMax)
      } catch {
        throw Trouble(words: "\(path): \(error.message)")
      }
      guard let bytes else { throw Trouble(words: "\(path): is too long for a secret") }
      return try SecretFile.trimmed(bytes, path)
    }
  }
}

enum SecretFile {
  // An address with a key in it, or a key.
  static let bytesMax = 4096

  static func trimmed(_ bytes: [UInt8], _ what: String) throws(SecretSource.Trouble) -> String {
    let isSpace = { (byte: UInt8) in byte <= 0x20 }
    let text = bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
    guard !text.isEmpty else { throw SecretSource.Trouble(words: "\(what) is empty") }
    guard text.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw SecretSource.Trouble(words: "\(what) holds more than one word")
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// What is wrong with a file that holds a secret, as far as whoever asks can see.
  static func trouble(_ path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return "cannot be read here; whoever runs harrier-notify has to" }
    guard status.st_mode & S_IFMT == S_IFREG else { return "is no regular file" }
    return status.st_mode & 0o077 == 0 ? nil : "holds a secret and can be read by others; chmod 600"
  }
}

extension NotifyTarget {
  /// The files that hold its secrets.
  var files: [String] {
    let sources: [SecretSource?] =
      switch way {
      case .webhook(let url, _, let secret): [url, secret]
      case .ping(let url): [url]
      default: []
      }
    return sources.compactMap { if case .file(let path)? = $0 { path } else { nil } }
  }
}
