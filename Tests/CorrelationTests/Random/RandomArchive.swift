/// Archives that make definitions meet: few names, times on a coarse grid, and whatever goes wrong in real logs.

import Events
import ReadingSupport

/// A random number, and choices by it.
struct Dice {
  private var generator: SeededGenerator

  init(_ seed: UInt64) { generator = SeededGenerator(seed) }

  mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }
  mutating func within(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
  /// True once in so many times.
  mutating func once(in count: Int) -> Bool { below(count) == 0 }
  mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }
  mutating func shuffled<T>(_ items: [T]) -> [T] { items.shuffled(using: &generator) }

  /// Some of the items, at least one, in their order or not.
  mutating func some<T>(_ items: [T], atMost: Int = .max) -> [T] {
    Array(shuffled(items).prefix(within(1...min(items.count, atMost))))
  }
}

/// How time goes in one archive.
struct Grid {
  var base: Int64
  /// Seconds from one tick to the next.
  var step: Int
  var ticks: Int
  /// For weeks: hours after the tick.
  var hours = 0
  /// The tick at which much happens, and how much: once in so many times.
  var burst: (tick: Int, share: Int)

  static let monday: Int64 = 1_767_571_200_000

  init(_ dice: inout Dice, isWeekly: Bool) {
    step = isWeekly ? 7 * 86_400 : dice.pick([1, 60, 600, 3600, 6 * 3600, 86_400, 7 * 86_400])
    ticks = dice.within(4...30)
    base = Grid.monday + Int64(dice.below(14)) * 43_200_000
    if step == 7 * 86_400 {
      ticks = dice.within(6...12)
      hours = dice.below(3)
    }
    burst = (dice.within(ticks / 2...ticks - 1), dice.pick([2, 4, 1000]))
  }

  mutating func time(_ dice: inout Dice) -> Int64 {
    let tick = dice.once(in: burst.share) ? burst.tick : dice.below(ticks)
    var time = base + Int64(tick * step) * 1000
    if hours > 0 { time += Int64(dice.below(hours + 1)) * 3_600_000 }
    if dice.once(in: 10) { time += Int64(dice.pick([-1, 1, 999])) }
    return time
  }

  var end: Int64 { base + Int64(ticks * step) * 1000 }
}

struct RandomArchive {
  static let actions = ["ListUsers", "GetObject", "PutObject", "AssumeRole", "DeleteTrail"]
  static let actors = ["alice", "Alice", "bob", "Ärger", "ärger", "kim", "\u{212A}im", "iris", "iriſ", "mallory", ""]
  static let tags = ["red", "RED", "blue", "Σ", "σ", "green"]
  static let numbers = [
    "1", "2", "3", "10", "-4", "0", "0.5", "2.25", "1000000000000", "0.1234567891", "\"7\"", "\"1.50\"", "\"-3\"",
    "1e2", "1e17", "\"-1E17\"", "\"many\"", "\"MANY\"", "null", "true",
  ]

  let grid: Grid
  /// When the events are read.
  let now: Int64
  /// Names within the archive's folder, and the text of each record in order.
  private(set) var files: [(name: String, events: [ReferenceEvent])] = []

  /// - Parameter padding: bytes of each record that mean nothing: so much that a file has several blocks.
  init(_ dice: inout Dice, count: Int, padding: Int = 0, isWeekly: Bool = false) {
    var grid = Grid(&dice, isWeekly: isWeekly)
    var all: [ReferenceEvent] = []
    for i in 0..<count {
      var event = RandomArchive.event(i, &grid, &dice)
      if dice.once(in: 12), let other = all.last {
        // Another event under a known id: the same key if nothing else of it differs.
        event = RandomArchive.event(i, &grid, &dice, like: other, isKeyShared: dice.once(in: 2))
      }
      if padding > 0 {
        event.content = event.content.dropLast() + ",\"padding\":\"\(String(repeating: "x", count: padding))\"}"
      }
      all.append(event)
    }
    let names = ["b.json", "a/z.json", "a/b.json", "B.json", "a.json", "c.jsonl"].prefix(dice.within(1...6))
    var contents = [[ReferenceEvent]](repeating: [], count: names.count)
    for event in all {
      contents[dice.below(names.count)].append(event)
      while dice.once(in: 8) { contents[dice.below(names.count)].append(event) }
    }
    self.grid = grid
    let day: Int64 = 86_400_000
    now = dice.pick([.max, grid.end, grid.end - day, grid.base + (grid.end - grid.base) / 2 - day, grid.base - 3 * day])
    files = zip(names, contents).map { (name: $0, events: $1) }
    number()
  }

  /// Records are numbered from 1 within a file.
  private mutating func number() {
    for i in files.indices {
      for j in files[i].events.indices {
        files[i].events[j].file = files[i].name
        files[i].events[j].record = j + 1
      }
    }
  }

  var events: [ReferenceEvent] { files.flatMap(\.events) }

  /// The same records in another order within each file.
  func shuffledWithin(_ dice: inout Dice) -> RandomArchive {
    var copy = self
    for i in copy.files.indices { copy.files[i].events = dice.shuffled(copy.files[i].events) }
    copy.number()
    return copy
  }

  /// Every file twice, the second one behind the first in the order of paths.
  func doubled() -> RandomArchive {
    var copy = self
    copy.files += files.map { (name: "~copy/\($0.name)", events: $0.events) }
    copy.number()
    return copy
  }

  // MARK: Writing

  /// As lines, or as an array of records, with white space here and there.
  func text(of file: Int) -> String {
    let records = files[file].events.map(\.content)
    if file % 2 == 0 {
      return records.enumerated().map { i, text in i % 5 == 3 ? text.replacing("{\"", with: "{ \"") : text }
        .map { $0 + "\n" }.joined()
    }
    return "{\"Records\": [\n"
      + records.enumerated().map { i, text in i % 4 == 1 ? "  " + text : text }
      .joined(separator: ",\n") + "]}\n"
  }
}

// MARK: Events

extension RandomArchive {
  private static func event(
    _ number: Int, _ grid: inout Grid, _ dice: inout Dice, like other: ReferenceEvent? = nil, isKeyShared: Bool = false
  ) -> ReferenceEvent {
    var event = ReferenceEvent()
    event.id = other?.id ?? (dice.once(in: 30) ? "" : "id-\(number)")
    event.action = dice.pick(actions)
    event.account = dice.once(in: 25) ? "" : dice.pick(["111122223333", "444455556666"])
    var stamp = RandomArchive.stamp(&grid, &dice)
    if isKeyShared, let other {
      event.action = other.action
      event.account = other.account
      stamp = (other.time, other.fields["eventTime"]?.first)
    }
    event.time = stamp.time
    var json = #"{"eventVersion":"1.08","eventSource":"iam.amazonaws.com","awsRegion":"us-east-1","number":\#(number)"#
    json += #","eventName":"\#(event.action)""#
    event.fields["eventName"] = [event.action]
    if let text = stamp.text {
      json += #","eventTime":"\#(text)""#
      event.fields["eventTime"] = [text]
    }
    if !event.id.isEmpty { json += #","eventID":"\#(event.id)""# }
    if !event.account.isEmpty { json += #","recipientAccountId":"\#(event.account)""# }
    event.fields["account"] = [event.account]
    event.fields["recipientAccountId"] = [event.account]
    json += identity(&event, &dice) + address(&event, &dice) + parameters(&event, &dice) + "}"
    event.content = json
    return event
  }

  private static func stamp(_ grid: inout Grid, _ dice: inout Dice) -> (time: Int64?, text: String?) {
    if dice.once(in: 25) { return (nil, dice.pick([nil, "never", "1969-12-31T23:59:59Z"])) }
    let time = dice.once(in: 25) ? 4_071_000_000_000 : dice.once(in: 50) ? 0 : grid.time(&dice)
    return (time, text(of: time))
  }

  /// `2026-01-05T10:00:00.000Z`, by counting days.
  private static func text(of time: Int64) -> String {
    var (year, days) = (1970, Int(time / 86_400_000))
    func length(_ year: Int) -> Int { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365 }
    while days >= length(year) {
      days -= length(year)
      year += 1
    }
    let months = [31, length(year) - 337, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var month = 0
    while days >= months[month] {
      days -= months[month]
      month += 1
    }
    func two(_ number: Int, _ width: Int = 2) -> String {
      String(repeating: "0", count: max(0, width - "\(number)".count)) + "\(number)"
    }
    let rest = Int(time % 86_400_000)
    let seconds = rest / 1000
    return "\(year)-\(two(month + 1))-\(two(days + 1))T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):"
      + "\(two(seconds % 60))" + (rest % 1000 == 0 ? "Z" : ".\(two(rest % 1000, 3))Z")
  }

  private static func identity(_ event: inout ReferenceEvent, _ dice: inout Dice) -> String {
    guard !dice.once(in: 12) else { return "" }
    let name = dice.pick(actors)
    event.fields["actor"] = [name]
    event.fields["userIdentity.userName"] = [name]
    return #","userIdentity":{"type":"IAMUser","userName":"\#(name)"}"#
  }

  private static func address(_ event: inout ReferenceEvent, _ dice: inout Dice) -> String {
    guard !dice.once(in: 12) else { return "" }
    if dice.once(in: 12) {
      event.fields["sourceIPAddress"] = ["cloudtrail.amazonaws.com"]
      return #","sourceIPAddress":"cloudtrail.amazonaws.com""#
    }
    let address = dice.pick(ReferenceAddress.all)
    event.fields["sourceIPAddress"] = [address.text]
    event.fields["src_ip"] = [address.text]
    event.fields["src_network"] = [address.network]
    return #","sourceIPAddress":"\#(address.text)""#
  }

  private static func parameters(_ event: inout ReferenceEvent, _ dice: inout Dice) -> String {
    var parts: [String] = []
    func add(_ name: String, _ raw: [String], isArray: Bool) {
      let values = raw.filter { $0 != "null" }.map { $0.hasPrefix("\"") ? String($0.dropFirst().dropLast()) : $0 }
      event.fields["requestParameters.\(name)"] = values
      parts.append("\"\(name)\":" + (isArray ? "[\(raw.joined(separator: ","))]" : raw[0]))
    }
    if !dice.once(in: 6) {
      let isArray = dice.once(in: 5)
      let count = isArray ? dice.below(4) : 1
      add("bytes", (0..<count).map { _ in dice.pick(numbers) }, isArray: isArray)
    }
    if !dice.once(in: 6) {
      var count = dice.below(4)
      if dice.once(in: 15) { count = dice.within(15...20) }
      let texts = count < 6 ? (0..<count).map { _ in dice.pick(tags) } : (0..<count).map { "tag\($0)" }
      add("tags", texts.map { "\"\($0)\"" }, isArray: true)
    }
    if dice.once(in: 2) { add("owner", ["\"\(dice.pick(actors))\""], isArray: false) }
    return parts.isEmpty ? "" : ",\"requestParameters\":{\(parts.joined(separator: ","))}"
  }
}
