import Foundation
import TestSupport

/// Archives and rules that a seed makes: for what must hold whatever the events, the rules and the way they are cut.
struct RandomArchive {
  var random: SeededNumbers
  let rules: String
  /// The content of each file.
  let files: [String]
  let names: [String]
  /// The files that each run finds anew.
  let batches: [[Int]]

  /// - Parameter isInOrder: whether events come in the order of their times.
  init(seed: UInt64, isInOrder: Bool = false) {
    var random = SeededNumbers(seed)
    rules = RandomArchive.rules(&random)
    let events = RandomArchive.events(&random, isInOrder: isInOrder)
    let count = 1 + random.below(12)
    var files = [String](repeating: "", count: count)
    for (place, event) in events.enumerated() { files[place * count / events.count] += event + "\n" }
    self.files = files
    // Paths decide which of two copies is cited: their order has nothing to do with that of the runs.
    names = files.indices.map { "\(random.below(1_000_000))-\($0).json" }
    var order = Array(files.indices)
    if !isInOrder, random.below(2) == 0 { order.shuffle(using: &random) }
    var batches: [[Int]] = []
    while !order.isEmpty {
      let size = min(1 + random.below(3), order.count)
      batches.append(Array(order.prefix(size)))
      order.removeFirst(size)
    }
    self.batches = batches
    self.random = random
  }

  private static func rules(_ random: inout SeededNumbers) -> String {
    var text = ""
    for (name, action) in [("a", "A"), ("b", "B"), ("c", "C"), ("sa", "A"), ("sd", "D")] {
      text += """
        title: Rule \(name)
        name: \(name)
        status: test
        logsource: {product: aws, service: cloudtrail}
        detection: {one: {eventName: \(action)}, condition: one}
        ---

        """
    }
    var counting: [String] = []
    for (place, body) in CorrelationBodies.all.enumerated() where random.below(10) < 7 {
      let more = body.more.isEmpty ? "" : ", \(body.more)"
      let span = ["10m", "1h"][random.below(2)]
      if body.type.hasSuffix("_count") { counting.append("t\(place)") }
      text += correlation("t\(place)", "\(body.type), rules: [\(body.members)]", "timespan: \(span)\(more)")
    }
    guard !counting.isEmpty else { return text }
    let members = counting.joined(separator: ", ")
    return text + correlation("chain", "event_count, rules: [\(members)]", "timespan: 1h, condition: {gte: 2}")
  }

  private static func correlation(_ name: String, _ type: String, _ more: String) -> String {
    """
    title: Type \(name)
    name: \(name)
    status: test
    correlation: {type: \(type), group-by: [userIdentity.userName], \(more)}
    ---

    """
  }

  private static func events(_ random: inout SeededNumbers, isInOrder: Bool) -> [String] {
    let count = [30, 120, 300][random.below(3)]
    let minutes = [6 * 60, 3 * 1440, 6 * 1440 + 1000][random.below(3)]
    var events: [(time: Int, line: String)] = []
    for number in 0..<count {
      let time = random.below(minutes)
      let name = ["A", "A", "B", "B", "C", "D", "E"][random.below(7)]
      let user = ["alice", "ALICE", "bob", "carl"][random.below(4)]
      let value = random.below(7)
      let line = event(number, name, time, user, "203.0.\(random.below(4)).1", value)
      events.append((time, line))
      // Copies, and events that borrow the key of another.
      if random.below(10) == 0 { events.append((time, line)) }
      if random.below(30) == 0 { events.append((time, event(number, name, time, user, "198.51.100.1", value))) }
    }
    if isInOrder || random.below(2) == 0 { events.sort { $0.time < $1.time } } else { events.shuffle(using: &random) }
    return events.map(\.line)
  }

  private static func event(
    _ number: Int, _ name: String, _ minute: Int, _ user: String, _ address: String, _ value: Int
  ) -> String {
    let day = 5 + minute / 1440
    let time = String(format: "2026-01-%02dT%02d:%02d:00Z", day, minute / 60 % 24, minute % 60)
    return #"{"eventVersion":"1.08","eventTime":"\#(time)","eventSource":"iam.amazonaws.com","#
      + #""awsRegion":"us-east-1","eventName":"\#(name)","recipientAccountId":"111122223333","#
      + #""userIdentity":{"type":"IAMUser","userName":"\#(user)"},"eventID":"e\#(number)","#
      + #""sourceIPAddress":"\#(address)","requestParameters":{"n":\#(value)}}"#
  }
}

/// The same numbers for the same seed, everywhere.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
