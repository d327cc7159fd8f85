import Events

/// What became of an alert: its status, what runs told of it, and what people decided.
public struct AlertStory {
  public struct News {
    public var time: Int64
    public var change: String
    public var run: Int
    public var replaces: String?

    public init(time: Int64, change: String, run: Int, replaces: String?) {
      self.time = time
      self.change = change
      self.run = run
      self.replaces = replaces
    }
  }

  public struct Decision {
    public var time: Int64
    public var verb: String
    /// Names and texts, in the order of the line.
    public var texts: [(name: StaticString, text: String?)]

    public init(time: Int64, verb: String, texts: [(name: StaticString, text: String?)]) {
      self.time = time
      self.verb = verb
      self.texts = texts
    }
  }

  private let status: String
  private let news: [News]
  private let decisions: [Decision]

  public init(status: String, news: [News], decisions: [Decision]) {
    self.status = status
    self.news = news
    self.decisions = decisions
  }

  /// The line of an alert, as `alerts.jsonl` has it, with its story behind.
  public func added(to line: [UInt8]) -> [UInt8] {
    guard let end = line.lastIndex(of: UInt8(ascii: "}")) else { return line }
    var json = JSONText()
    json.begin()
    json.member("status", status)
    json.key("history")
    json.begin(UInt8(ascii: "["))
    for entry in news {
      json.begin()
      json.member("time", Timestamp.string(entry.time))
      json.member("change", entry.change)
      json.member("run", entry.run)
      json.member("replaces", orNull: entry.replaces.map { Array($0.utf8) })
      json.end()
    }
    json.end(UInt8(ascii: "]"))
    json.key("decisions")
    json.begin(UInt8(ascii: "["))
    for decision in decisions {
      json.begin()
      json.member("time", Timestamp.string(decision.time))
      json.member("verb", decision.verb)
      for (name, text) in decision.texts { json.member(name, orNull: text.map { Array($0.utf8) }) }
      json.end()
    }
    json.end(UInt8(ascii: "]"))
    json.end()
    return line[..<end] + [UInt8(ascii: ",")] + json.bytes.dropFirst() + [UInt8(ascii: "\n")]
  }
}
