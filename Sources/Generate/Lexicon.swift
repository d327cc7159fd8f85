// Every text that can appear in an event, compiled once before the first event: literals, names and word lists in one
// pool of bytes, templates as lists of steps over it. Writing an event is then copying and counting.
//
// Worked example: `{"id":"i-0<hex:16@i>","at":"<time>"}` compiles to
//   literal {"id":"i-0 | shape hex, amount 16, tag i | literal ","at":" | value time | literal "}

/// Collects texts and templates; `finished()` freezes them.
struct LexiconBuilder {
  private var pool: [UInt8] = []
  private var known: [String: Text] = [:]
  private var steps: [TemplateStep] = []
  private var ranges: [Range<Int32>] = [0..<0]
  private var compiled: [String: TemplateID] = ["": .empty]
  private var listNumbers: [String: UInt32] = [:]
  private var lists: [[Text]] = []

  mutating func text(_ value: String) -> Text {
    if let text = known[value] { return text }
    let bytes = Array(value.utf8)
    let text = Text(offset: UInt32(pool.count), count: UInt32(bytes.count))
    pool.append(contentsOf: bytes)
    known[value] = text
    return text
  }

  /// Registers the words that `<pick:NAME>` draws from.
  mutating func list(_ name: String, _ words: [String]) {
    precondition(!words.isEmpty && listNumbers[name] == nil, "word list \(name) is empty or there twice")
    listNumbers[name] = UInt32(lists.count)
    lists.append(words.map { text($0) })
  }

  /// Compiles a template. With `escaped` its literals are written as they look inside a JSON string.
  mutating func template(_ source: String, escaped: Bool = false) -> TemplateID {
    let cacheKey = escaped ? "\u{1}" + source : source
    if let id = compiled[cacheKey] { return id }
    let first = Int32(steps.count)
    var literal = ""
    var rest = Substring(source)
    while let open = rest.firstIndex(of: "<") {
      literal += rest[..<open]
      guard let close = rest[open...].firstIndex(of: ">") else {
        preconditionFailure("template without '>': \(source)")
      }
      appendLiteral(literal, escaped: escaped)
      literal = ""
      steps.append(step(named: String(rest[rest.index(after: open)..<close]), in: source))
      rest = rest[rest.index(after: close)...]
    }
    appendLiteral(literal + rest, escaped: escaped)
    precondition(ranges.count < Int(UInt16.max), "too many templates")
    let id = TemplateID(number: UInt16(ranges.count))
    ranges.append(first..<Int32(steps.count))
    compiled[cacheKey] = id
    return id
  }

  private mutating func appendLiteral(_ literal: String, escaped: Bool) {
    if literal.isEmpty { return }
    let bytes = escaped ? escapedJSON(literal) : literal
    steps.append(TemplateStep(kind: .literal, text: text(bytes)))
  }

  private func step(named name: String, in source: String) -> TemplateStep {
    if let slot = TextSlot.allCases.first(where: { "\($0)" == name }) {
      return TemplateStep(kind: .text, slot: slot.rawValue)
    }
    if let slot = PartSlot.allCases.first(where: { "\($0)" == name }) {
      return TemplateStep(kind: .part, slot: slot.rawValue)
    }
    if let slot = ValueSlot.allCases.first(where: { "\($0)" == name }) {
      return TemplateStep(kind: .value, slot: slot.rawValue)
    }
    let halves = name.split(separator: "@", maxSplits: 1)
    let shape = halves[0].split(separator: ":", maxSplits: 1)
    guard let slot = ShapeSlot.allCases.first(where: { "\($0)" == shape[0] }) else {
      preconditionFailure("unknown slot <\(name)> in template: \(source)")
    }
    let amountText = shape.count > 1 ? String(shape[1]) : "0"
    let amount = slot == .pick ? listNumbers[amountText] : UInt32(amountText)
    guard let amount else { preconditionFailure("bad amount in <\(name)> in template: \(source)") }
    let tag = halves.count > 1 ? halves[1].utf8.first ?? 0 : 0
    return TemplateStep(kind: .shape, slot: slot.rawValue, tag: tag, amount: amount)
  }

  consuming func finished() -> Lexicon {
    Lexicon(pool: pool, steps: steps, ranges: ranges, lists: lists)
  }
}

/// `"` and `\` preceded by a backslash; templates hold no control characters.
func escapedJSON(_ text: String) -> String {
  var escaped = ""
  for character in text {
    if character == "\"" || character == "\\" { escaped += "\\" }
    escaped.append(character)
  }
  return escaped
}

/// The frozen pool and templates, shared by all workers.
///
/// `@unchecked Sendable`: nothing changes after `init`, and the pool is freed only when the last reference goes.
final class Lexicon: @unchecked Sendable {
  let pool: UnsafePointer<UInt8>
  let steps: [TemplateStep]
  let ranges: [Range<Int32>]
  let lists: [[Text]]
  private let poolCount: Int

  init(pool bytes: [UInt8], steps: [TemplateStep], ranges: [Range<Int32>], lists: [[Text]]) {
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(bytes.count, 1))
    // SAFETY: copy has room for all bytes and is fully initialised here, before anyone can read it.
    copy.initialize(repeating: 0, count: max(bytes.count, 1))
    for (index, byte) in bytes.enumerated() { copy[index] = byte }
    pool = UnsafePointer(copy)
    poolCount = bytes.count
    self.steps = steps
    self.ranges = ranges
    self.lists = lists
  }

  deinit {
    pool.deallocate()
  }

  /// Where a text's bytes are.
  @inline(__always)
  func bytes(of text: Text) -> UnsafePointer<UInt8> {
    precondition(Int(text.offset) + Int(text.count) <= poolCount, "text outside the pool")
    // SAFETY: offset + count is inside the pool, as just checked.
    return pool + Int(text.offset)
  }

  /// A text made into a string, for plans and reports only.
  func string(_ text: Text) -> String {
    // SAFETY: the range is checked by bytes(of:), and the pool outlives the copy made here.
    String(decoding: UnsafeBufferPointer(start: bytes(of: text), count: Int(text.count)), as: UTF8.self)
  }
}
