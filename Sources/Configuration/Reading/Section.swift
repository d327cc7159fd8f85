// A mapping whose keys are known. Whatever is not known is an error, so that nothing is accepted and ignored, and
// whatever has the wrong kind says what it should be.

import Rules

struct Section {
  let context: ReadingContext
  let line: Int
  /// What the mapping is, for messages: `an account`.
  let what: String
  private let pairs: [YAMLPair]

  /// Nil, with an error, if the node is no mapping.
  init?(_ node: YAMLNode, _ what: String, keys: [String], _ context: ReadingContext) {
    guard let pairs = node.mapping else {
      context.error(
        .wrongKind, "\(what) must be a mapping with \(Self.list(keys)), not \(node.kindName)", line: node.line)
      return nil
    }
    for pair in pairs where !keys.contains(pair.key) {
      let hint = Suggestion.hint(for: pair.key, among: keys)
      let known = hint.isEmpty ? "; known are \(Self.list(keys))" : hint
      context.error(.unknownKey, "unknown key \(Quoted(pair.key)) in \(what)\(known)", line: pair.line)
    }
    self.pairs = pairs
    self.what = what
    self.context = context
    line = node.line
  }

  /// A mapping whose keys are names of somebody's own.
  init?(free node: YAMLNode, _ what: String, _ context: ReadingContext) {
    guard let pairs = node.mapping else { return nil }
    self.pairs = pairs
    self.what = what
    self.context = context
    line = node.line
  }

  private static func list(_ keys: [String]) -> String { keys.map { "'\($0)'" }.joined(separator: ", ") }

  var origin: Origin { context.origin(line) }

  func has(_ key: String) -> Bool { pairs.contains { $0.key == key } }

  func node(_ key: String) -> YAMLNode? { pairs.first { $0.key == key }?.value }

  func keyLine(_ key: String) -> Int { pairs.first { $0.key == key }?.line ?? line }

  /// The text of a value, which may look like a number or a date; an error if it is there and empty or no scalar.
  func text(_ key: String) -> Located? {
    guard let node = node(key) else { return nil }
    return Self.text(node, "'\(key)' of \(what)", context)
  }

  static func text(_ node: YAMLNode, _ name: String, _ context: ReadingContext) -> Located? {
    guard let scalar = node.scalar else {
      context.error(.wrongKind, "\(name) must be a text, not \(node.kindName)", line: node.line)
      return nil
    }
    guard !scalar.text.isEmpty, !node.isNull else {
      context.error(.emptyValue, "\(name) is empty; give it a value or leave it out", line: node.line)
      return nil
    }
    return Located(text: scalar.text, line: node.line)
  }

  func require(_ key: String, _ remedy: String) -> Located? {
    guard has(key) else {
      context.error(.missingKey, "\(what) needs '\(key)': \(remedy)", line: line)
      return nil
    }
    return text(key)
  }

  /// The members of a list; one text stands for a list of one.
  func texts(_ key: String) -> [Located] {
    items(key).compactMap { Self.text($0, "a member of '\(key)' of \(what)", context) }
  }

  func items(_ key: String) -> [YAMLNode] {
    guard let node = node(key) else { return [] }
    guard let items = node.sequence else {
      guard !node.isNull else {
        context.error(.emptyValue, "'\(key)' of \(what) is empty; give it a value or leave it out", line: node.line)
        return []
      }
      return [node]
    }
    return items
  }

  /// True or false as YAML has it.
  func flag(_ key: String) -> Bool? {
    guard let node = node(key) else { return nil }
    if case .bool(let value) = node.scalar?.value { return value }
    context.error(.wrongKind, "'\(key)' of \(what) must be true or false, not \(node.kindName)", line: node.line)
    return nil
  }

  func moment(_ key: String) -> Int64? {
    guard let text = text(key) else { return nil }
    if let time = context.moment(text.text) { return time }
    let message =
      "'\(key)' of \(what): \(Quoted(text.text)) is no time; write it like 2026-01-05 or 2026-01-05T10:00:00Z"
    context.error(.badTime, message, line: text.line)
    return nil
  }

  func requireMoment(_ key: String, _ remedy: String) -> Int64? {
    guard has(key) else {
      context.error(.missingKey, "\(what) needs '\(key)': \(remedy)", line: line)
      return nil
    }
    return moment(key)
  }
}

/// Whole numbers in the decimal digits that they are written with.
enum WholeNumber {
  static func read(
    _ node: YAMLNode, _ name: String, in range: ClosedRange<Int>, _ context: ReadingContext
  ) -> Int? {
    guard let text = node.scalar?.text, let value = Int(text), range.contains(value) else {
      let message = "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)"
      context.error(.badValue, message, line: node.line)
      return nil
    }
    return value
  }
}
