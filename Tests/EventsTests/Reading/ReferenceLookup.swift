/// What a path means in a record, written down a second time: slowly, on a tree, without a parser.

@testable import Events

/// JSON as a test makes it up. Objects keep the order of their keys and may repeat them.
indirect enum Tree {
  case scalar(PathValue.Kind, String)
  case object([(key: String, value: Tree)])
  case array([Tree])
  /// JSON as the text of a string.
  case text(Tree)

  /// As bytes of JSON.
  var json: String {
    switch self {
    case .scalar(.string, let text): quote(text)
    case .scalar(.null, _): "null"
    case .scalar(_, let text): text
    case .object(let members): "{" + members.map { quote($0.key) + ":" + $0.value.json }.joined(separator: ", ") + "}"
    case .array(let members): "[" + members.map(\.json).joined(separator: " ,") + "]"
    case .text(let inner): quote(inner.json)
    }
  }

  private func quote(_ text: String) -> String {
    var out = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"", "\\": out += "\\" + String(character)
      case "\n": out += "\\n"
      case "é": out += "\\u00e9"
      default: out.unicodeScalars.append(character)
      }
    }
    return out + "\""
  }
}

/// The values of one path in one record, by the rules of `plan.hpp`: literal keys first, then the shortest head; own
/// case before other case; what is wrapped before what stands around it; of equal keys in one object the last.
struct ReferenceLookup {
  private struct Way {
    var keys: ArraySlice<String>
    var rank: Int
  }

  private let ways: [Way]
  private let wrappers: Set<String>
  private let flatPrefix: String
  private struct Found {
    var rank: Int
    var isExact: Bool
    var isWrapped: Bool
    var value: PathText
  }

  private var found: [Found] = []
  private var meetsWrapper = false

  init(path: String, wrappers: [String], flatPrefix: String) {
    ways = Self.spellings(path.split(separator: ".", omittingEmptySubsequences: false).map(String.init))
      .enumerated().map { Way(keys: $1[...], rank: $0) }
    self.wrappers = Set(wrappers)
    self.flatPrefix = flatPrefix
  }

  static func spellings(_ parts: [String]) -> [[String]] {
    var all: [[String]] = [[parts.joined(separator: ".")]]
    for head in 1..<max(parts.count, 1) {
      let first: String = parts[..<head].joined(separator: ".")
      for rest in spellings(Array(parts[head...])) { all.append([first] + rest) }
    }
    return all
  }

  mutating func values(in record: Tree) -> [PathText] {
    found = []
    meetsWrapper = false
    visit(record, ways, isRoot: true, isExact: true, isWrapped: false, texts: 0)
    let best: Int = found.map { order($0) }.min() ?? 0
    var values: [PathText] = []
    for item in found where order(item) == best { values.append(item.value) }
    return values
  }

  private func order(_ item: Found) -> Int {
    var order = item.rank
    if meetsWrapper && !item.isWrapped { order += 1000 }
    if !item.isExact { order += 2000 }
    return order
  }

  private mutating func visit(
    _ tree: Tree, _ ways: [Way], isRoot: Bool, isExact: Bool, isWrapped: Bool, texts: Int
  ) {
    switch tree {
    case .scalar: break
    case .array(let members):
      for member in members {
        visit(member, ways, isRoot: isRoot, isExact: isExact, isWrapped: isWrapped, texts: texts)
      }
    case .text(let inner):
      if texts < 4 { visit(inner, ways, isRoot: isRoot, isExact: isExact, isWrapped: isWrapped, texts: texts + 1) }
    case .object(let members):
      for (place, member) in members.enumerated() {
        visit(member, members[(place + 1)...], ways, isRoot, isExact, isWrapped, texts)
      }
    }
  }

  /// A member, given those behind it in its object.
  private mutating func visit(
    _ member: (key: String, value: Tree), _ behind: ArraySlice<(key: String, value: Tree)>, _ ways: [Way],
    _ isRoot: Bool, _ isExact: Bool, _ isWrapped: Bool, _ texts: Int
  ) {
    var planned = Set(ways.compactMap(\.keys.first))
    if isRoot { planned.formUnion(wrappers) }
    meet(member, behind, key: member.key, isFlat: false, planned, ways, isRoot, isExact, isWrapped, texts)
    if isRoot, member.key.hasPrefix(flatPrefix), member.key != flatPrefix {
      let key = String(member.key.dropFirst(flatPrefix.count))
      meet(member, behind, key: key, isFlat: true, planned, ways, isRoot, isExact, isWrapped, texts)
    }
  }

  private mutating func meet(
    _ member: (key: String, value: Tree), _ behind: ArraySlice<(key: String, value: Tree)>, key: String, isFlat: Bool,
    _ planned: Set<String>, _ ways: [Way], _ isRoot: Bool, _ isExact: Bool, _ isWrapped: Bool, _ texts: Int
  ) {
    for name in planned where folds(name, key) {
      let isRepeated = behind.contains { repeats($0.key, name, isExact: name == key, isFlat) }
      if isFlat { meetsWrapper = true }
      let exact = isExact && name == key
      let inner = ways.filter { $0.keys.first == name }.map { Way(keys: $0.keys.dropFirst(), rank: $0.rank) }
      if isRoot && wrappers.contains(name) {
        meetsWrapper = true
        if !isRepeated { visit(member.value, self.ways, isRoot: true, isExact: exact, isWrapped: true, texts: texts) }
      }
      guard !isRepeated else { continue }
      let below = inner.filter { !$0.keys.isEmpty }
      let wrapped = isWrapped || isFlat
      if !below.isEmpty {
        visit(member.value, below, isRoot: false, isExact: exact, isWrapped: wrapped, texts: texts)
      }
      for way in inner where way.keys.isEmpty { take(member.value, way.rank, exact, wrapped) }
    }
  }

  /// Whether a key further on replaces this one: the same way of writing the same planned key.
  private func repeats(_ other: String, _ name: String, isExact: Bool, _ isFlat: Bool) -> Bool {
    var other = other
    if isFlat {
      guard other.hasPrefix(flatPrefix) else { return false }
      other = String(other.dropFirst(flatPrefix.count))
    }
    return isExact ? other == name : folds(name, other) && other != name
  }

  private mutating func take(_ tree: Tree, _ rank: Int, _ isExact: Bool, _ isWrapped: Bool) {
    if case .array(let members) = tree, !members.isEmpty {
      for member in members { take(member, rank, isExact, isWrapped) }
      return
    }
    found.append(Found(rank: rank, isExact: isExact, isWrapped: isWrapped, value: described(tree)))
  }

  private func described(_ tree: Tree) -> PathText {
    switch tree {
    case .scalar(let kind, let text): PathText(kind: kind, text: text)
    case .object: PathText(kind: .object, text: tree.json)
    case .array: PathText(kind: .array, text: tree.json)
    case .text(let inner): PathText(kind: .string, text: inner.json)
    }
  }

  private func folds(_ a: String, _ b: String) -> Bool {
    func fold(_ text: String) -> [UInt8] { text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 } }
    return fold(a) == fold(b)
  }
}
