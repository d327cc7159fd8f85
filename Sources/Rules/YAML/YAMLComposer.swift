// Builds a document's tree from parser events and enforces the limits. Aliases become copies (arrays are shared, so
// a copy costs nothing), but every later walk sees them written out, so what they add is counted and capped.

/// Composes the documents of one stream, one at a time.
struct YAMLComposer: ~Copyable {
  private enum Anchor {
    /// Still being composed: an alias to it would contain itself.
    case open
    case done(YAMLNode, nodes: Int)
  }

  private var parser: YAMLEventParser
  private var anchors: [String: Anchor] = [:]
  /// Values so far, aliases written out, earlier parts of the file included.
  private(set) var nodes: Int
  private var aliasNodes = 0
  /// Whether a document goes on where a key is given again. The first value counts.
  var toleratesDuplicates = false
  private(set) var duplicates: [YAMLFailure] = []
  /// The line of the latest event, where a failed document is resumed.
  private(set) var line = 1

  init(_ parser: consuming YAMLEventParser, nodes: Int) {
    self.parser = parser
    self.nodes = nodes
  }

  /// The next document, or nil at the end of the stream.
  mutating func nextDocument() throws(YAMLFailure) -> YAMLNode? {
    let start = try nextEvent()
    if start.kind == .end { return nil }
    anchors.removeAll(keepingCapacity: true)
    aliasNodes = 0
    let root = try node(try nextEvent(), depth: 0)
    _ = try nextEvent()
    return root
  }

  private mutating func nextEvent() throws(YAMLFailure) -> YAMLEventParser.Event {
    let event = try parser.next()
    line = event.line
    return event
  }

  private mutating func node(_ event: YAMLEventParser.Event, depth: Int) throws(YAMLFailure) -> YAMLNode {
    guard depth < YAMLLimits.depthMax else {
      throw fail(.tooDeep, "nested deeper than \(YAMLLimits.depthMax) levels", event)
    }
    nodes += 1
    guard nodes <= YAMLLimits.nodesMax else {
      throw fail(.tooManyNodes, "more than \(YAMLLimits.nodesMax) values in one file", event)
    }
    if event.kind == .alias { return try alias(event) }
    let before = nodes
    if let anchor = event.anchor { anchors[anchor] = .open }
    let content: YAMLNode.Content
    switch event.kind {
    case .sequenceStart: content = .sequence(try sequence(event, depth: depth))
    case .mappingStart: content = .mapping(try mapping(event, depth: depth))
    default: content = .scalar(try scalar(event))
    }
    let node = YAMLNode(content, line: event.line, column: event.column)
    if let anchor = event.anchor { anchors[anchor] = .done(node, nodes: nodes - before + 1) }
    return node
  }

  private mutating func alias(_ event: YAMLEventParser.Event) throws(YAMLFailure) -> YAMLNode {
    let name = event.anchor ?? ""
    switch anchors[name] {
    case .done(let node, let count):
      aliasNodes += count
      nodes += count
      guard aliasNodes <= YAMLLimits.aliasNodesMax else {
        throw fail(.aliasBomb, "aliases add more than \(YAMLLimits.aliasNodesMax) values", event)
      }
      return node
    case .open: throw fail(.aliasRecursion, "alias \(Quoted(name)) stands inside the value that it names", event)
    case nil: throw fail(.aliasUnknown, "alias \(Quoted(name)) has no anchor before it", event)
    }
  }

  private func scalar(_ event: YAMLEventParser.Event) throws(YAMLFailure) -> YAMLScalar {
    guard let tag = event.tag else { return YAMLScalar(event.text, isPlain: event.isPlain) }
    switch tag {
    case "!", "tag:yaml.org,2002:str": return YAMLScalar(event.text, isPlain: false, tag: .string)
    case "tag:yaml.org,2002:int": return YAMLScalar(event.text, isPlain: event.isPlain, tag: .int)
    case "tag:yaml.org,2002:float": return YAMLScalar(event.text, isPlain: event.isPlain, tag: .float)
    case "tag:yaml.org,2002:bool": return YAMLScalar(event.text, isPlain: event.isPlain, tag: .bool)
    case "tag:yaml.org,2002:null": return YAMLScalar(event.text, isPlain: event.isPlain, tag: .null)
    default: throw fail(.unsupportedTag, "tag \(Quoted(tag)) is not supported here", event)
    }
  }

  private mutating func sequence(
    _ start: YAMLEventParser.Event, depth: Int
  ) throws(YAMLFailure) -> [YAMLNode] {
    if let tag = start.tag, tag != "!", tag != "tag:yaml.org,2002:seq" {
      throw fail(.unsupportedTag, "tag \(Quoted(tag)) is not supported here", start)
    }
    var items: [YAMLNode] = []
    while true {
      let event = try nextEvent()
      if event.kind == .sequenceEnd { return items }
      items.append(try node(event, depth: depth + 1))
    }
  }

  private mutating func mapping(
    _ start: YAMLEventParser.Event, depth: Int
  ) throws(YAMLFailure) -> [YAMLPair] {
    if let tag = start.tag, tag != "!", tag != "tag:yaml.org,2002:map" {
      throw fail(.unsupportedTag, "tag \(Quoted(tag)) is not supported here", start)
    }
    var pairs: [YAMLPair] = []
    var merged: [YAMLPair] = []
    var seen = KeySet()
    while true {
      let event = try nextEvent()
      if event.kind == .mappingEnd { break }
      let keyNode = try node(event, depth: depth + 1)
      guard case .scalar(let key) = keyNode.content else {
        throw fail(.keyNotText, "a key of a mapping must be text", event)
      }
      let value = try node(try nextEvent(), depth: depth + 1)
      if key.isPlain, key.text == "<<" {
        try merge(value, into: &merged, event)
        continue
      }
      guard seen.insert(key.text, existing: pairs) else {
        let failure = fail(.duplicateKey, "key \(Quoted(key.text)) is given twice", event)
        guard toleratesDuplicates else { throw failure }
        if duplicates.count < YAMLLimits.failuresMax { duplicates.append(failure) }
        continue
      }
      pairs.append(YAMLPair(key: key.text, value: value, line: event.line))
    }
    guard !merged.isEmpty else { return pairs }
    var names = Set(pairs.map(\.key))
    return merged.filter { names.insert($0.key).inserted } + pairs
  }

  /// `<<: *defaults` or `<<: [*a, *b]`: the earlier one wins, and a key written out wins over both.
  private func merge(
    _ value: YAMLNode, into merged: inout [YAMLPair], _ event: YAMLEventParser.Event
  ) throws(YAMLFailure) {
    switch value.content {
    case .mapping(let pairs): merged += pairs
    case .sequence(let items):
      for item in items {
        guard let pairs = item.mapping else { throw fail(.badMerge, "'<<' takes mappings only", event) }
        merged += pairs
      }
    case .scalar: throw fail(.badMerge, "'<<' takes mappings only", event)
    }
  }

  private func fail(_ code: YAMLFailure.Code, _ message: String, _ event: YAMLEventParser.Event) -> YAMLFailure {
    YAMLFailure(code: code, message: message, line: event.line)
  }
}

/// Tells repeated keys: by looking through the pairs while they are few, by a hash set beyond.
private struct KeySet {
  private static let scanMax = 12
  private var keys: Set<String> = []

  mutating func insert(_ key: String, existing pairs: [YAMLPair]) -> Bool {
    if keys.isEmpty {
      if pairs.contains(where: { $0.key == key }) { return false }
      guard pairs.count >= Self.scanMax else { return true }
      keys = Set(pairs.map(\.key))
    }
    return keys.insert(key).inserted
  }
}
