// The tree of settings as YAML, with each value's origin behind it, and as JSON, with the origins beside the values.

/// Texts that a YAML 1.1 reader takes back as they were.
public enum YAMLText {
  /// In quotes always: nothing is taken for a number, a date or a boolean.
  public static func quoted(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
      default: true
      }
    }
    guard !isPlain else { return "'" + text.replacing("'", with: "''") + "'" }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case " "..."~": result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return result + "\""
  }

  /// A key that needs no quotes has none.
  public static func key(_ text: String) -> String {
    let isWord = text.utf8.allSatisfy { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 == 0x5F }
    let reserved = ["yes", "no", "true", "false", "on", "off", "null", "y", "n"]
    return isWord && !text.isEmpty && !reserved.contains(text.lowercased()) ? text : quoted(text)
  }

  /// Text for a comment: one line, nothing that a terminal obeys.
  public static func comment(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      // To YAML a separator ends the line, and with it the comment.
      case .control, .format, .lineSeparator, .paragraphSeparator: result.append(" ")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

extension Setting {
  private static func amount(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

  /// YAML of a mapping, one value a line: `timezone: 'Asia/Shanghai'  # harrier.yaml:3`.
  public var yaml: String {
    var lines: [String] = []
    if case .mapping(let pairs, _) = self {
      for pair in pairs { Self.write(pair.value, YAMLText.key(pair.key) + ":", indent: "", &lines) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func write(_ setting: Setting, _ head: String, indent: String, _ lines: inout [String]) {
    let tail = "  # \(YAMLText.comment(setting.origin.description))"
    switch setting {
    case .text(let text, _): lines.append("\(indent)\(head) \(YAMLText.quoted(text))\(tail)")
    case .path(let path, _): lines.append("\(indent)\(head) \(YAMLText.quoted(path))\(tail)")
    case .number(let value, _): lines.append("\(indent)\(head) \(value)\(tail)")
    case .flag(let value, _): lines.append("\(indent)\(head) \(value)\(tail)")
    case .mapping(let pairs, _):
      guard !pairs.isEmpty else { return lines.append("\(indent)\(head) {}\(tail)") }
      lines.append("\(indent)\(head)")
      for pair in pairs { write(pair.value, YAMLText.key(pair.key) + ":", indent: indent + "  ", &lines) }
    case .list(let items, _):
      guard !items.isEmpty else { return lines.append("\(indent)\(head) []\(tail)") }
      lines.append("\(indent)\(head)")
      for item in items { writeItem(item, indent: indent + "  ", &lines) }
    case .networks(let list, _):
      guard !list.entries.isEmpty else { return lines.append("\(indent)\(head) []\(tail)") }
      lines.append("\(indent)\(head)")
      for entry in list.entries {
        let count = entry.text.hasPrefix("@") ? ": \(Self.amount(entry.count, "network"))" : ""
        let origin = YAMLText.comment("\(entry.origin)\(count)")
        lines.append("\(indent)  - \(YAMLText.quoted(entry.text))  # \(origin)")
      }
    case .tickets(let list):
      lines.append("\(indent)\(head)")
      lines.append(
        "\(indent)  file: \(YAMLText.quoted(list.path))\(tail): \(Self.amount(list.tickets.count, "ticket"))")
      lines.append("\(indent)  columns:")
      for (column, name) in zip(TicketList.columns, list.names) {
        lines.append("\(indent)    \(column): \(YAMLText.quoted(name))")
      }
    }
  }

  private static func writeItem(_ item: Setting, indent: String, _ lines: inout [String]) {
    guard case .mapping(let pairs, _) = item, !pairs.isEmpty else {
      return write(item, "-", indent: indent, &lines)
    }
    var inner: [String] = []
    for pair in pairs { write(pair.value, YAMLText.key(pair.key) + ":", indent: indent + "  ", &inner) }
    inner[0] = "\(indent)- \(inner[0].dropFirst(indent.utf8.count + 2))"
    lines += inner
  }

  // MARK: Flat

  /// What a leaf is, for JSON.
  public enum Leaf: Sendable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case emptyList
    case emptyMapping
  }

  /// Every value with its path (`accounts[0].name`), in the order of the tree.
  public var leaves: [(path: String, value: Leaf, origin: Origin)] {
    var result: [(path: String, value: Leaf, origin: Origin)] = []
    flatten("", &result)
    return result
  }

  private func flatten(_ path: String, _ result: inout [(path: String, value: Leaf, origin: Origin)]) {
    switch self {
    case .text(let text, _), .path(let text, _): result.append((path, .text(text), origin))
    case .number(let value, _): result.append((path, .number(value), origin))
    case .flag(let value, _): result.append((path, .flag(value), origin))
    case .tickets(let list): result.append((path, .text(list.path), origin))
    case .mapping(let pairs, _):
      if pairs.isEmpty { result.append((path, .emptyMapping, origin)) }
      for pair in pairs { pair.value.flatten(path.isEmpty ? pair.key : "\(path).\(pair.key)", &result) }
    case .list(let items, _):
      if items.isEmpty { result.append((path, .emptyList, origin)) }
      for (place, item) in items.enumerated() { item.flatten("\(path)[\(place)]", &result) }
    case .networks(let list, _):
      if list.entries.isEmpty { result.append((path, .emptyList, origin)) }
      for (place, entry) in list.entries.enumerated() {
        result.append(("\(path)[\(place)]", .text(entry.text), entry.origin))
      }
    }
  }
}
