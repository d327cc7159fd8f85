import Events

// Reasons as they stand in `alerts.jsonl`: one object for each, with its kind and its facts.

extension Reason {
  func write(to json: inout JSONText) {
    json.begin()
    json.member("kind", kind.rawValue)
    if let group {
      json.key("group")
      json.begin()
      for (name, value) in group {
        json.key(Array(name.utf8))
        if value.isEmpty { json.null() } else { json.text(value) }
      }
      json.end()
    }
    facts.write(to: &json)
    json.end()
  }

  /// Nil for what is no reason, or one of a kind that only a newer version knows.
  init?(_ json: JSONValue) {
    guard case .object(let members) = json, let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)) else {
      return nil
    }
    self.init(kind, [Fact](members))
    if case .object(let members)? = json["group"] {
      group = members.map { (String(decoding: $0.name, as: UTF8.self), $0.value.bytes ?? []) }
    }
  }
}

extension [Fact] {
  fileprivate func write(to json: inout JSONText) {
    for fact in self {
      json.key([UInt8](fact.name.rawValue.utf8))
      switch fact.value {
      case .text(let text) where fact.name.form == .decimal: json.raw(text)
      case .text(let text): json.text(text)
      case .number(let number) where fact.name.form == .time:
        if number == Timestamp.missing { json.null() } else { json.time(number) }
      case .number(let number): json.number(Int(number))
      case .texts(let texts):
        json.begin(UInt8(ascii: "["))
        for text in texts { json.text(text) }
        json.end(UInt8(ascii: "]"))
      case .facts(let facts):
        json.begin()
        facts.write(to: &json)
        json.end()
      }
    }
  }

  fileprivate init(_ members: [(name: [UInt8], value: JSONValue)]) {
    self = members.compactMap { member in
      guard let name = Fact.Name(rawValue: String(decoding: member.name, as: UTF8.self)) else { return nil }
      return Fact(name: name, json: member.value)
    }
  }
}

extension Fact {
  /// Nil where the value is none of the name's form.
  fileprivate init?(name: Name, json: JSONValue) {
    self.name = name
    switch (name.form, json) {
    case (.text, .text(let text)), (.weekday, .text(let text)): value = .text(text)
    case (.decimal, .number(let text)): value = .text(Array(text.utf8))
    case (.texts, .list(let items)), (.titles, .list(let items)), (.weekdays, .list(let items)):
      value = .texts(items.compactMap(\.bytes))
    case (.time, .text), (.time, .null): value = .number(Alert.time(json))
    case (.number, .number), (.span, .number), (.elapsed, .number), (.share, .number):
      guard let number = json.integer else { return nil }
      value = .number(Int64(number))
    case (.condition, .object(let members)), (.deed, .object(let members)): value = .facts([Fact](members))
    default: return nil
    }
  }
}
