// What the tests of this target share: random numbers with a seed, JSON to write, and short ways to run the matcher.

import Archive
import Events
import Foundation
import Rules

@testable import Matching

/// The same sequence for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
  mutating func pick<T>(_ list: [T]) -> T { list[Int.random(in: 0..<list.count, using: &self)] }
}

/// JSON as a test writes it: numbers keep their text.
indirect enum JSONValue {
  case string(String)
  case number(String)
  case bool(Bool)
  case null
  case array([JSONValue])
  case object([(String, JSONValue)])

  var text: String {
    switch self {
    case .string(let text): JSONValue.quoted(text)
    case .number(let text): text
    case .bool(let value): value ? "true" : "false"
    case .null: "null"
    case .array(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
    case .object(let pairs): "{" + pairs.map { JSONValue.quoted($0) + ":" + $1.text }.joined(separator: ",") + "}"
    }
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default:
        if scalar.value < 0x20 {
          result += String(format: "\\u%04x", scalar.value)
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}

/// Foundation has a predicate of its own.
typealias Predicate = Rules.Predicate

struct TestFailure: Error { let message: String }

/// Which of the rules match which of the events: by event, the positions of the rules in their order.
func matches(_ program: MatchProgram, _ events: [String], isLate: Bool = true) throws -> [[Int]] {
  try matches(program, ndjson: Array(events.joined(separator: "\n").utf8), isLate: isLate)
}

/// - Parameter isLate: the plan of the scan holds keys only; the other fields are read from single records.
func matches(_ program: MatchProgram, ndjson: [UInt8], isLate: Bool = true) throws -> [[Int]] {
  let plan = try isLate ? FieldPlan(sources: program.earlySources) : program.plan(also: [])
  var reader = try EventReader(plan: plan, nestingMax: 128)
  var batch = EventReader.makeBatch(plan)
  var tally = ReadTally()
  var matcher = try Matcher(try BoundProgram(program, plan: plan))
  var found: [[Int]] = []
  var block = ndjson + [UInt8](repeating: 0, count: EventReader.padding)
  let rows = Array(0..<UInt16(EventBatch.rowsMax))
  try block.withUnsafeMutableBufferPointer { bytes in
    reader.begin()
    reader.feed(bytes.baseAddress!, ndjson.count, last: true)
    var hasMore = true
    while hasMore {
      hasMore = try reader.next(&batch, &tally)
      let first = found.count
      found += [[Int]](repeating: [], count: batch.count)
      rows.withUnsafeBufferPointer { matcher.match(batch, rows: UnsafeBufferPointer(rebasing: $0[..<batch.count])) }
      for hit in matcher.hits { found[first + Int(hit.row)].append(program.entries[Int(hit.rule)].position) }
    }
  }
  guard tally.lossCount == 0 else { throw TestFailure(message: "\(tally.lossCount) events were not read") }
  return found
}

extension MatchProgram {
  /// One rule for each predicate, tried on every event; names are columns first, then paths.
  convenience init(predicates: [Predicate], names: FieldNames = .columns) {
    var builder = ProgramBuilder()
    let route = Route(providers: .max, names: names, guardian: nil)
    for (position, predicate) in predicates.enumerated() {
      builder.add(
        predicate, label: String(format: "%06d", position), position: position, route: route, file: "", line: 0)
    }
    self.init(builder)
  }
}
