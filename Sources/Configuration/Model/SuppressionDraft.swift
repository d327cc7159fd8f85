// The suppression that would hide an alert, as lines for the configuration: as narrow as the alert, and with an end.

import Events
import Rules

public enum SuppressionDraft {
  // A month is time enough to mend what causes an alert; then somebody looks again.
  public static let spanStandard: Int64 = 30 * 86_400_000

  /// - Parameters:
  ///   - rule: the id or title of the alert's rule.
  ///   - actor: nil if several did it.
  ///   - address: that all of its events share; nil if there are several.
  ///   - after: the last event of the alert.
  public static func yaml(
    rule: String, title: String, actor: [UInt8]?, account: [UInt8]?, address: [UInt8]?, after last: Int64
  ) -> String {
    // A suppression ends by the time of events: no date that could be written here would hide it.
    guard last != Timestamp.missing else {
      return "# \(comment(title)): its events have no time, so that no suppression can hide this alert\n"
    }
    let until = last + spanStandard
    var lines = ["suppressions:", "  - rule: \(quoted(rule))  # \(comment(title))"]
    if let actor, !actor.isEmpty {
      lines.append("    actor: \(quoted(Glob.escaped(String(decoding: actor, as: UTF8.self))))")
      if let account, !account.isEmpty {
        lines.append("    account: \(quoted(String(decoding: account, as: UTF8.self)))")
      }
    }
    if let address, let known = IPAddress(address) {
      let range = AddressRange(masking: known, to: known.isV6 ? 128 : 32)
      lines.append("    network: \(range)")
    } else {
      // One suppression must fit all events of the alert, and has one network.
      lines.append(
        "    # no network: its events come from several addresses, a service, or none; this hides from everywhere")
    }
    lines.append("    reason: 'say why'")
    lines.append("    until: \(Timestamp.string(until).prefix(10))")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Of an alert without events.
  public static func silence(title: String) -> String {
    "# \(comment(title)): it has no events that a suppression could be about; one of its rule alone hides all of its alerts\n"
  }

  /// In single quotes nothing but the quote itself means anything. Names are the attacker's: what would end the line is
  /// left to double quotes.
  private static func quoted(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\x" + (digits.count < 2 ? "0" : "") + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func comment(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
  }
}
