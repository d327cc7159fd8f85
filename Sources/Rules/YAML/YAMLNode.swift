// The tree that a YAML document becomes: mappings in written order, sequences, scalars, each with its place.
//
// Example: `f: [1, 'x']` at line 7 is
//   mapping[ pair(key "f", line 7, value: sequence[ scalar("1", plain), scalar("x", quoted) ]) ]
// A scalar keeps its source text; what type the text has is asked of `YAMLScalar.value`, once, by whoever needs it.

/// A node of a YAML document, with the place where it starts.
public struct YAMLNode: Equatable, Sendable {
  public enum Content: Equatable, Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    case mapping([YAMLPair])
  }

  public var content: Content
  /// Counted from 1.
  public var line: Int
  /// Counted from 1.
  public var column: Int

  public init(_ content: Content, line: Int, column: Int) {
    self.content = content
    self.line = line
    self.column = column
  }

  public var scalar: YAMLScalar? {
    if case .scalar(let scalar) = content { return scalar }
    return nil
  }

  public var sequence: [YAMLNode]? {
    if case .sequence(let items) = content { return items }
    return nil
  }

  public var mapping: [YAMLPair]? {
    if case .mapping(let pairs) = content { return pairs }
    return nil
  }

  /// The value under a key of a mapping; nil for other nodes.
  /// - Complexity: O(*n*) in the number of pairs.
  public subscript(key: String) -> YAMLNode? {
    mapping?.first { $0.key == key }?.value
  }

  /// The number of values in the tree, this one included.
  /// - Complexity: O(*n*) in that number.
  var nodeCount: Int {
    switch content {
    case .scalar: 1
    case .sequence(let items): items.reduce(1) { $0 + $1.nodeCount }
    case .mapping(let pairs): pairs.reduce(1) { $0 + 1 + $1.value.nodeCount }
    }
  }

  /// The tree on one line, without its places: what two trees have in common that mean the same.
  public var meaningText: String {
    var text = ""
    writeMeaning(to: &text)
    return text
  }

  private func writeMeaning(to text: inout String) {
    switch content {
    case .scalar(let scalar):
      // Behind its length, so that no text can look like another tree.
      text += "\(scalar.text.utf8.count)\(scalar.isPlain ? "p" : "q")\(scalar.tag.rawValue):\(scalar.text)"
    case .sequence(let items):
      text += "["
      for item in items { item.writeMeaning(to: &text) }
      text += "]"
    case .mapping(let pairs):
      text += "{"
      for pair in pairs {
        text += "\(pair.key.utf8.count):\(pair.key)="
        pair.value.writeMeaning(to: &text)
      }
      text += "}"
    }
  }

  /// This tree with another laid over it: mappings are joined key by key, everything else is replaced.
  func overlaid(by top: YAMLNode) -> YAMLNode {
    guard case .mapping(let below) = content, case .mapping(let above) = top.content else { return top }
    var positions = Dictionary(below.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    var pairs = below
    for pair in above {
      if let position = positions[pair.key] {
        pairs[position].value = pairs[position].value.overlaid(by: pair.value)
        pairs[position].line = pair.line
      } else {
        positions[pair.key] = pairs.count
        pairs.append(pair)
      }
    }
    return YAMLNode(.mapping(pairs), line: line, column: column)
  }

  /// True for an empty value, `~` and `null`.
  public var isNull: Bool { scalar?.value == .null }

  /// What the node is, in words for messages.
  public var kindName: String {
    switch content {
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .scalar(let scalar): scalar.value.kindName
    }
  }
}

/// One entry of a mapping. Keys are text, whatever type YAML would give them.
public struct YAMLPair: Equatable, Sendable {
  public var key: String
  public var value: YAMLNode
  /// The line of the key, counted from 1.
  public var line: Int

  public init(key: String, value: YAMLNode, line: Int) {
    self.key = key
    self.value = value
    self.line = line
  }
}

/// Why a document could not be read.
public struct YAMLFailure: Error, Equatable, Sendable {
  public enum Code: String, Sendable {
    case syntax, notUTF8, tooBig, tooDeep, tooManyNodes, aliasBomb, aliasRecursion, aliasUnknown, duplicateKey
    case keyNotText, unsupportedTag, badMerge, outOfMemory, tooManyFailures
  }

  public var code: Code
  public var message: String
  /// Counted from 1.
  public var line: Int
}
