import Events

/// A notice as a mail: plain text, in base 64, so that neither a long line nor a dot alone on one can do harm.
public struct MailMessage {
  // RFC 2045: a line of base 64.
  private static let lineMax = 76
  // RFC 2047: an encoded word is at most 75 characters long, 12 of them for its frame; base 64 makes 4 of 3.
  private static let wordBytesMax = 45

  public let bytes: [UInt8]

  /// - Parameter host: of this machine: for the message's id, and for the sender if none is said.
  public init(_ notice: Notice, to recipients: [String], from sender: String, host: String, now: Int64) {
    let text = NoticeText(notice)
    let name = MailMessage.word(host)
    var lines = [
      "From: Harrier <\(sender.isEmpty ? "harrier@\(name)" : sender)>",
      "To: \(recipients.joined(separator: ",\n "))",
      "Subject: \(MailMessage.subject(text.title))",
      "Date: \(MailMessage.date(now))",
      "Message-ID: <\(MailMessage.word(notice.key))@\(name)>",
      "Auto-Submitted: auto-generated",
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: base64",
      "X-Harrier-Key: \(MailMessage.word(notice.key))",
      "X-Harrier-Level: \(notice.level.name)",
      "",
    ]
    let coded = Array(Base64.text(Array("\(text.title)\n\n\(text.body)\n".utf8)).utf8)
    for start in stride(from: 0, to: coded.count, by: MailMessage.lineMax) {
      lines.append(String(decoding: coded[start..<min(start + MailMessage.lineMax, coded.count)], as: UTF8.self))
    }
    bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private static func word(_ text: String) -> String {
    let kept = text.utf8.filter {
      ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || "-._".utf8.contains($0)
    }
    return kept.isEmpty ? "localhost" : String(decoding: kept, as: UTF8.self)
  }

  private static func subject(_ title: String) -> String {
    guard !title.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return title }
    var words: [String] = []
    var word = ""
    // By scalars: a character with many marks on it is longer than a word may be.
    for scalar in title.unicodeScalars {
      if word.utf8.count + scalar.utf8.count > wordBytesMax {
        words.append(word)
        word = ""
      }
      word.unicodeScalars.append(scalar)
    }
    words.append(word)
    return words.map { "=?utf-8?B?\(Base64.text(Array($0.utf8)))?=" }.joined(separator: "\n ")
  }

  /// `Mon, 05 Jan 2026 10:00:00 +0000`
  private static func date(_ time: Int64) -> String {
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let text = Timestamp.string(time)
    let parts = text.prefix(10).split(separator: "-")
    let month = parts.count == 3 ? Int(parts[1]) ?? 1 : 1
    let day = days[Int(max(0, time) / 86_400_000 % 7)]
    return "\(day), \(parts.last ?? "01") \(months[(month + 11) % 12]) \(parts.first ?? "1970") "
      + "\(text.dropFirst(11).prefix(8)) +0000"
  }
}
