/// Sigma's types against a reference that keeps all events in an array and says each definition of docs/CORRELATION.md
/// as it stands there: windows are filtered anew at every moment, sequences are tried one after another. It shares no code
/// with the engine below the rule's text.

import ReadingSupport
import Testing

@testable import Correlation

/// What a random correlation is made of, for the engine as text and for the reference as values.
struct Definition {
  enum Condition {
    case bounds([(word: String, limit: Int)])
    case all
    /// Sets of members each of which is enough, and members that must be absent.
    case anyOf([[Int]], text: String)
    case without(present: Int, absent: Int)
  }

  var type: String
  var members: [String]
  var span: Int64
  var condition: Condition
  var percent = 50

  static let names = ["a", "b", "c"]
  static let words = ["gt", "gte", "lt", "lte", "eq", "neq"]

  init(_ random: inout SeededGenerator) {
    let types = [
      "event_count", "value_count", "value_sum", "value_avg", "value_percentile", "value_median", "temporal",
      "temporal_ordered",
    ]
    type = types.randomElement(using: &random) ?? "temporal"
    span = Int64.random(in: 1...6, using: &random) * second
    members = Array(Definition.names.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)))
    condition = .all
    if type.hasPrefix("temporal") {
      members = Definition.names.shuffled(using: &random)
      condition = Definition.temporal(type, members, &random)
    } else {
      let limit = Int.random(in: 1...(type.hasPrefix("value_") && type != "value_count" ? 12 : 4), using: &random)
      var bounds = [(Definition.words.randomElement(using: &random) ?? "gte", limit)]
      if bounds[0].0 == "gt", Bool.random(using: &random) { bounds.append(("lte", limit + 2)) }
      condition = .bounds(bounds)
      percent = Int.random(in: 0...100, using: &random)
    }
    if type == "value_median" { percent = 50 }
  }

  private static func temporal(_ type: String, _ members: [String], _ random: inout SeededGenerator) -> Condition {
    let (x, y, z) = (members[0], members[1], members[2])
    switch Int.random(in: 0...4, using: &random) {
    case 0: return .all
    case 1: return .bounds([("gte", Int.random(in: 1...3, using: &random))])
    case 2: return .anyOf([[0, 2], [1, 2]], text: "(\(x) or \(y)) and \(z)")
    case 3: return .anyOf([[0], [1, 2]], text: "\(x) or (\(y) and \(z))")
    default:
      return type == "temporal" ? .without(present: 0, absent: 1) : .anyOf([[0, 1, 2]], text: "\(x) and \(y) and \(z)")
    }
  }

  /// The correlation's part of the rule's text.
  var text: String {
    var lines = ["group-by: [actor]", "timespan: \(span / second)s"]
    let field = type == "value_count" ? "src_ip" : "requestParameters.n"
    switch condition {
    case .all: break
    case .anyOf(_, let text): lines.append("condition: \(text)")
    case .without: lines.append("condition: (\(members[0]) or \(members[2])) and not \(members[1])")
    case .bounds(let bounds):
      var parts = bounds.map { "\($0.word): \($0.limit)" }
      if type.hasPrefix("value_") { parts.append("field: \(field)") }
      if type == "value_percentile" { parts.append("percentile: \(percent)") }
      lines.append("condition: {\(parts.joined(separator: ", "))}")
    }
    return lines.joined(separator: "\n")
  }
}

/// The reference.
struct Reference {
  struct Hit {
    var event: HistoryEvent
    var members: [Int]
    var number: Int?
  }

  let definition: Definition

  func alerts(_ events: [HistoryEvent]) -> [Found] {
    var groups: [String: [Hit]] = [:]
    var seen: Set<String> = []
    for event in events where seen.insert(event.id).inserted {
      let members = definition.members.indices.filter {
        event.name == definition.members[$0].uppercased() || event.name == "AB" && definition.members[$0] != "c"
      }
      guard !members.isEmpty, !event.group.isEmpty else { continue }
      let number = event.more.split(separator: "#").dropFirst().first.flatMap { Int($0) }
      groups[event.group.lowercased(), default: []].append(Hit(event: event, members: members, number: number))
    }
    let last = events.map(\.time).max() ?? 0
    return groups.flatMap { group, hits in
      if case .without = definition.condition { return absences(hits, group, last) }
      return episodes(hits, group)
    }
  }

  private func window(_ hits: [Hit], _ range: ClosedRange<Int64>) -> [Hit] {
    hits.filter { range.contains($0.event.time) }
  }

  private func episodes(_ hits: [Hit], _ group: String) -> [Found] {
    var found: [Found] = []
    var current: (time: Int64, ids: Set<String>)?
    let times = Set(hits.map(\.event.time))
    for moment in times.union(times.map { $0 + definition.span + 1 }).sorted() {
      let inside = window(hits, moment - definition.span...moment)
      let new = Set(hits.filter { $0.event.time == moment }.map(\.event.id))
      if !inside.isEmpty && holds(inside) {
        if current != nil {
          current?.ids.formUnion(new)
        } else if !new.isEmpty {
          current = (moment, Set(inside.map(\.event.id)))
        }
      } else if let ended = current {
        found.append(Found(ended.time, ended.ids.joined(separator: " "), group: group))
        current = nil
      }
    }
    return found
  }

  private func absences(_ hits: [Hit], _ group: String, _ last: Int64) -> [Found] {
    var found: [Found] = []
    var current: (time: Int64, ids: Set<String>, held: Int64)?
    func close() {
      if let current { found.append(Found(current.time, current.ids.joined(separator: " "), group: group)) }
      current = nil
    }
    for moment in Set(hits.map(\.event.time)).sorted() where last > moment + definition.span {
      let inside = window(hits, moment...moment + definition.span)
      let isThere = inside.contains { $0.members.contains(0) || $0.members.contains(2) }
      guard isThere, !inside.contains(where: { $0.members.contains(1) }) else {
        close()
        continue
      }
      if let held = current?.held, moment - held > definition.span { close() }
      let new = Set(hits.filter { $0.event.time == moment }.map(\.event.id))
      current = (current?.time ?? moment + definition.span, (current?.ids ?? []).union(new), moment)
    }
    close()
    return found
  }

  private func holds(_ inside: [Hit]) -> Bool {
    let numbers = inside.compactMap(\.number).sorted()
    switch definition.type {
    case "event_count": return bounds { inside.count - $0 }
    case "value_count": return bounds { Set(inside.compactMap { $0.event.value?.lowercased() }).count - $0 }
    case "value_sum": return !numbers.isEmpty && bounds { numbers.reduce(0, +) - $0 }
    case "value_avg": return !numbers.isEmpty && bounds { numbers.reduce(0, +) - $0 * numbers.count }
    case "value_percentile", "value_median":
      guard !numbers.isEmpty else { return false }
      let place = (numbers.count - 1) * definition.percent
      let (low, rest) = (numbers[place / 100], place % 100)
      let high = rest == 0 ? low : numbers[place / 100 + 1]
      return bounds { low * 100 + (high - low) * rest - $0 * 100 }
    default: return sequence(inside)
    }
  }

  private func sequence(_ inside: [Hit]) -> Bool {
    let isOrdered = definition.type == "temporal_ordered"
    let every = definition.members.indices.map { $0 }
    switch definition.condition {
    case .all: return reached(every, inside, isOrdered)
    case .anyOf(let sets, _): return sets.contains { reached($0, inside, isOrdered) }
    case .without: return false
    case .bounds:
      let parts = (0..<1 << every.count).map { mask in every.filter { mask >> $0 & 1 == 1 } }
      let most = parts.filter { reached($0, inside, isOrdered) }.map(\.count).max() ?? 0
      return bounds { most - $0 }
    }
  }

  private func reached(_ members: [Int], _ inside: [Hit], _ isOrdered: Bool) -> Bool {
    var after = Int64.min
    for member in members {
      let times = inside.filter { $0.members.contains(member) && (!isOrdered || $0.event.time > after) }.map(
        \.event.time)
      guard let first = times.min() else { return false }
      after = first
    }
    return true
  }

  private func bounds(_ difference: (Int) -> Int) -> Bool {
    guard case .bounds(let bounds) = definition.condition else { return false }
    return bounds.allSatisfy { bound in
      let sign = difference(bound.limit)
      switch bound.word {
      case "gt": return sign > 0
      case "gte": return sign >= 0
      case "lt": return sign < 0
      case "lte": return sign <= 0
      case "eq": return sign == 0
      default: return sign != 0
      }
    }
  }
}

@Suite struct ReferenceTests {
  static func events(_ random: inout SeededGenerator) -> [HistoryEvent] {
    (0..<Int.random(in: 1...30, using: &random)).map { number in
      let name = ["A", "B", "C", "AB", "X"].randomElement(using: &random) ?? "A"
      // Half seconds: equal times and the edges of windows are frequent.
      let time = Int64.random(in: 0...40, using: &random) * 500 + (Int.random(in: 0...9, using: &random) == 0 ? 1 : 0)
      let group = ["alice", "ALICE", "bob", ""].randomElement(using: &random) ?? "bob"
      let value = Bool.random(using: &random) ? "10.0.0.\(Int.random(in: 1...4, using: &random))" : nil
      var event = HistoryEvent("e\(number)", name, time, value, group: group)
      if Int.random(in: 0...3, using: &random) > 0 {
        let count = Int.random(in: -3...9, using: &random)
        event.more = ##","requestParameters":{"n":\##(count),"m":"#\##(count)#"}"##
      }
      return event
    }
  }

  @Test(arguments: 1...(isTorture ? 400 : 8)) func engineDecidesWhatTheDefinitionsSay(seed: Int) throws {
    var random = SeededGenerator(UInt64(seed))
    var alerts = 0
    for _ in 0..<20 {
      let definition = Definition(&random)
      let plan = historyRules(definition.type, rules: definition.members, definition.text)
      let events = Self.events(&random)
      let found = try decide(events, plan).found
      let expected = Reference(definition: definition).alerts(events)
      alerts += expected.count
      #expect(
        Set(found.map { "\($0.group.lowercased()) \($0.time) \($0.events)" })
          == Set(expected.map { "\($0.group) \($0.time) \($0.events)" }),
        "\(definition.type) \(definition.members) \(definition.text)\n\(events.map(\.line).joined(separator: "\n"))")
      #expect(found.count == expected.count)
    }
    #expect(alerts > 0)
  }
}
