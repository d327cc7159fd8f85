/// A glob, taken apart.
///
/// `*` is any run of characters, `?` one character, `[a-z]` or `[!a-z]` one of (or none of) a set, `\` takes the next
/// character as it is; none of them matches a slash. `**` as a whole folder is any number of folders. A leading dot is
/// matched only by a dot, as in a shell: a quoted glob and one that the shell expanded mean the same.
///
/// Worked example: `logs/**/2024-*.gz` is the literal `logs`, any folders, the pattern `2024-*.gz`.

struct GlobPattern {
  enum Step: Equatable {
    case literal([UInt8])
    case pattern(NamePattern)
    /// `**`: no folder, or any chain of folders.
    case anyFolders
  }

  private(set) var steps: [Step] = []
  let isAbsolute: Bool
  /// A slash at the end asks for directories.
  let directoriesOnly: Bool
  /// `**` at the end stands for the files at any depth. The folders on the way would bring the same files again.
  let filesOnly: Bool

  /// Nil if `text` has no special character, and so can mean only itself.
  init?(_ text: [UInt8]) {
    let slash = UInt8(ascii: "/")
    isAbsolute = text.first == slash
    directoriesOnly = text.last == slash
    for part in text.split(separator: slash) {
      if part.elementsEqual("**".utf8) {
        if steps.last != .anyFolders { steps.append(.anyFolders) }
      } else {
        steps.append(NamePattern.step(Array(part)))
      }
    }
    filesOnly = steps.last == .anyFolders && !directoriesOnly
    if filesOnly { steps.append(.pattern(.anything)) }
    if steps.allSatisfy({ if case .literal = $0 { true } else { false } }) { return nil }
  }
}

/// The pattern of one name.
struct NamePattern: Equatable {
  private enum Token: Equatable {
    case one(UInt32)
    case anyOne
    case anyRun
    case set([ClosedRange<UInt32>], inverted: Bool)
  }

  private var tokens: [Token]

  /// `*`
  static let anything = NamePattern(tokens: [.anyRun])

  /// A pattern, or a literal without its backslashes if nothing in `text` is special.
  static func step(_ text: [UInt8]) -> GlobPattern.Step {
    var tokens: [Token] = []
    var literal: [UInt8] = []
    var isLiteral = true
    var position = 0
    while position < text.count {
      let start = position
      let token = nextToken(text, &position)
      if token == .anyRun, tokens.last == .anyRun { continue }
      tokens.append(token)
      if case .one = token {
        // Of an escaped character, only what follows the backslash.
        let isEscape = text[start] == UInt8(ascii: "\\") && position - start > 1
        literal.append(contentsOf: text[(isEscape ? start + 1 : start)..<position])
      } else {
        isLiteral = false
      }
    }
    return isLiteral ? .literal(literal) : .pattern(NamePattern(tokens: tokens))
  }

  private static func nextToken(_ text: [UInt8], _ position: inout Int) -> Token {
    switch text[position] {
    case UInt8(ascii: "*"):
      position += 1
      return .anyRun
    case UInt8(ascii: "?"):
      position += 1
      return .anyOne
    case UInt8(ascii: "["):
      // Without its closing bracket it is a character like any other.
      return set(text, &position) ?? .one(character(text, &position))
    default:
      return .one(escapedCharacter(text, &position))
    }
  }

  private static func set(_ text: [UInt8], _ position: inout Int) -> Token? {
    var next = position + 1
    let inverted = next < text.count && (text[next] == UInt8(ascii: "!") || text[next] == UInt8(ascii: "^"))
    if inverted { next += 1 }
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    // A closing bracket in first place is a member.
    while next < text.count, isFirst || text[next] != UInt8(ascii: "]") {
      isFirst = false
      let low = escapedCharacter(text, &next)
      if next + 1 < text.count, text[next] == UInt8(ascii: "-"), text[next + 1] != UInt8(ascii: "]") {
        next += 1
        let high = escapedCharacter(text, &next)
        // As in a shell, a range from high to low is empty.
        if low <= high { ranges.append(low...high) }
      } else {
        ranges.append(low...low)
      }
    }
    guard next < text.count else { return nil }
    position = next + 1
    return .set(ranges, inverted: inverted)
  }

  private static func escapedCharacter(_ text: [UInt8], _ position: inout Int) -> UInt32 {
    if text[position] == UInt8(ascii: "\\"), position + 1 < text.count { position += 1 }
    return character(text, &position)
  }

  /// The scalar at `position`; a byte that begins none is a character of its own, above all scalars.
  private static func character(_ text: some RandomAccessCollection<UInt8>, _ position: inout Int) -> UInt32 {
    let first = text[at: position]
    position += 1
    let size =
      switch first {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    if first < 0x80 { return UInt32(first) }
    let stray = 0x11_0000 + UInt32(first)
    guard size > 1, position + size - 1 <= text.count else { return stray }
    var scalar = UInt32(first) & (0x7F >> UInt32(size))
    for offset in 0..<(size - 1) {
      let byte = text[at: position + offset]
      guard byte & 0xC0 == 0x80 else { return stray }
      scalar = scalar << 6 | UInt32(byte & 0x3F)
    }
    position += size - 1
    return scalar
  }

  /// Whether all of `name` matches.
  ///
  /// - Complexity: O(name x pattern) at worst: only the last `*` met is ever extended.
  func matches(_ name: some RandomAccessCollection<UInt8>) -> Bool {
    if name.first == UInt8(ascii: "."), tokens.first != .one(UInt32(UInt8(ascii: "."))) { return false }
    var position = 0
    var token = 0
    var retry: (token: Int, position: Int)?
    while position < name.count {
      if token < tokens.count, tokens[token] == .anyRun {
        token += 1
        retry = (token, position)
        continue
      }
      var next = position
      let character = Self.character(name, &next)
      if token < tokens.count, Self.matches(tokens[token], character) {
        token += 1
        position = next
        continue
      }
      guard let last = retry else { return false }
      position = last.position
      _ = Self.character(name, &position)
      token = last.token
      retry = (token, position)
    }
    return tokens[token...].allSatisfy { $0 == .anyRun }
  }

  private static func matches(_ token: Token, _ character: UInt32) -> Bool {
    switch token {
    case .one(let wanted): character == wanted
    case .anyOne: true
    case .anyRun: false
    case .set(let ranges, let inverted): ranges.contains { $0.contains(character) } != inverted
    }
  }
}

extension RandomAccessCollection {
  fileprivate subscript(at offset: Int) -> Element { self[index(startIndex, offsetBy: offset)] }
}
