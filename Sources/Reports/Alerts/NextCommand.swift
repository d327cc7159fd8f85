import Correlation
import Events
import Rules

/// The command that shows more of an alert: what its group did from an hour before to an hour after, in the files that the
/// alert cites, or, where these are many, in their folders.
struct NextCommand {
  private static let margin: Int64 = 3_600_000
  // What fits a line that people read and paste. More files of one alert are most of what was swept of their folders.
  private static let filesMax = 8
  // Beyond so many a folder that holds them all is easier to read.
  private static let foldersMax = 3

  private let alert: AlertView

  init(_ alert: AlertView) { self.alert = alert }

  var bytes: [UInt8] {
    // What there is of other accounts tells where logs of this one should have been.
    if alert.episode.count == 0 { return Array("harrier sources PATH...".utf8) }
    var words = Words()
    words.say("harrier search ")
    words.say(alert.filter { Array(ShellText.quoted(filter).utf8) })
    if alert.episode.firstTime != Timestamp.missing {
      words.say(" --since ")
      words.say(inRange: alert.episode.firstTime - NextCommand.margin)
      words.say(" --until ")
      words.say(inRange: alert.episode.lastTime + NextCommand.margin)
    }
    words.say(NextCommand.tail(files))
    return words.bytes
  }

  // MARK: Filter

  private var filter: String {
    var parts: [Predicate] = []
    // With less than that in its group, the group is everybody.
    var isNarrow = false
    // A person's group bears a name and a star, which no event does: what all events share tells more.
    let isPerson = alert.group.contains { $0.name == Dimension.account.name && $0.value == [UInt8(ascii: "*")] }
    let known = isPerson ? [Dimension.account.name, Dimension.actor.name] : []
    for (fields, member) in zip(alert.detection.groupFields, alert.group)
    where !member.value.isEmpty && !known.contains(member.name) {
      parts.append(Predicate.any(fields.map { NextCommand.equals($0, member.value) }))
      if ![Dimension.provider, .account, .region].map(\.name).contains(member.name) { isNarrow = true }
    }
    let names = Set(alert.group.filter { !$0.value.isEmpty }.map(\.name)).subtracting(known)
    for dimension in [Dimension.account, .actor] where !names.contains(dimension.name) {
      guard dimension == .account || !isNarrow, let value = alert.shared(dimension) else { continue }
      parts.append(NextCommand.equals(dimension.name, value))
    }
    if parts.isEmpty, let address = alert.scene(.sourceIP) {
      parts.append(NextCommand.equals(Column.sourceIP.name, address))
    }
    return parts.isEmpty ? "*" : Filter.text(of: Predicate.all(parts))
  }

  private static func equals(_ name: String, _ value: [UInt8]) -> Predicate {
    let text = String(decoding: value, as: UTF8.self)
    switch FactField.Derivation(rawValue: name) {
    case .network, .publicNetwork:
      let test = (try? AddressRange(text)).map { ValueTest.network($0) }
      return .field(Column.sourceIP.name, test ?? .text(TextPattern(literal: text)))
    case .agentFamily: return .field(Column.userAgent.name, .text(TextPattern([.literal(Array(text.utf8)), .any])))
    case .addressFamily:
      let all = (try? AddressRange(text == Derived.version6 ? "::/0" : "0.0.0.0/0")).map { ValueTest.network($0) }
      return .field(Column.sourceIP.name, all ?? .text(TextPattern(literal: text)))
    case .person, .personAccount, .connection, .targetCount, .namedThing, nil:
      return .field(name, .text(TextPattern(literal: text)))
    }
  }

  // MARK: Paths

  /// The paths that a command ends with, each behind a space. A folder may hold what was not swept: it is named only in
  /// the place of many files.
  ///
  /// - Parameter cited: of the events that the alert cites.
  static func tail(_ cited: [[UInt8]]) -> [UInt8] {
    var files: [ShownFile] = []
    for path in cited where !files.contains(where: { $0.path == path }) { files.append(ShownFile(path)) }
    return tail(files)
  }

  private static func tail(_ files: [ShownFile]) -> [UInt8] {
    // What came through a pipe is gone.
    if files.isEmpty || files.contains(where: { $0.path == [UInt8(ascii: "-")] }) { return Array(" PATH...".utf8) }
    let words =
      files.count <= filesMax ? files.map(\.word) : folders(files.map(\.path)).map(ShellText.path)
    var tail: [UInt8] = []
    for word in words {
      tail.append(UInt8(ascii: " "))
      tail += word
    }
    return tail
  }

  private var files: [ShownFile] {
    var ranks: [UInt32] = []
    var files: [ShownFile] = []
    for event in alert.episode.cited where ranks.last != event.file && !ranks.contains(event.file) {
      ranks.append(event.file)
      let file = alert.file(event)
      // One that was replaced is another file of the same name.
      if !files.contains(where: { $0.path == file.path }) { files.append(file) }
    }
    return files
  }

  private static func folders(_ files: [[UInt8]]) -> [[UInt8]] {
    var folders: [[UInt8]] = []
    for file in files {
      let folder = folder(file)
      if !folders.contains(folder) { folders.append(folder) }
    }
    // A bare name has none.
    if folders.contains([]) { return files }
    guard folders.count > foldersMax else { return folders }
    let common = common(folders)
    return common.isEmpty ? folders : [common]
  }

  /// All before the last slash; nothing for a bare name, or one in the root.
  private static func folder(_ path: [UInt8]) -> [UInt8] {
    path.lastIndex(of: UInt8(ascii: "/")).map { Array(path[..<$0]) } ?? []
  }

  private static func common(_ folders: [[UInt8]]) -> [UInt8] {
    let parts = folders.map { $0.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) }
    var shared = parts[0][...]
    for other in parts.dropFirst() {
      let count = zip(shared, other).prefix { $0 == $1 }.count
      shared = shared.prefix(count)
    }
    return Array(shared.joined(separator: [UInt8(ascii: "/")]))
  }
}

/// Text for a shell that someone pastes it into. A path that is no UTF-8 is spelled out: `$'a\xff'`.
enum ShellText {
  /// In double quotes if that is easier to read and as safe.
  static func quoted(_ text: String) -> String {
    let isPlain = !text.contains { "\"$`\\!".contains($0) }
    return text.contains("'") && isPlain ? "\"\(text)\"" : "'" + text.replacing("'", with: "'\\''") + "'"
  }

  /// A path as a word of its own, which is no flag, no list and no standard input.
  static func path(_ path: [UInt8]) -> [UInt8] {
    let opening = path.first.map { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "@") } ?? false
    let whole = (opening ? Array("./".utf8) : []) + path
    let isWord = whole.allSatisfy { byte in
      byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || "/._-=:,+".utf8.contains(byte)
    }
    if isWord { return whole }
    return String(validating: whole, as: UTF8.self).map { Array(quoted($0).utf8) } ?? spelled(whole)
  }

  private static func spelled(_ path: [UInt8]) -> [UInt8] {
    var word = Array("$'".utf8)
    for byte in path {
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\\"): word += [UInt8(ascii: "\\"), byte]
      case 0x20..<0x7F: word.append(byte)
      default: word += Array("\\x".utf8) + [Escape.hex(byte >> 4), Escape.hex(byte & 15)]
      }
    }
    return word + [UInt8(ascii: "'")]
  }
}
