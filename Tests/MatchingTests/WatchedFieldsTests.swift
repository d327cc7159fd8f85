// Which fields a condition cannot do without, and what is known of those that nobody has.

import Rules
import Testing

@testable import Matching

@Suite struct WatchedFieldsTests {
  /// What a rule lacks where no event has a field `x...`.
  @Test(
    arguments: [
      ("x = 1", ["x"]), ("a = 1 and x = 1", ["x"]), ("a = 1 or x = 1", []), ("x1 = 1 or x2 = 1", ["x1", "x2"]),
      ("x1 = 1 and x2 = 1", ["x1", "x2"]), ("not x = 1", []), ("a = 1 and not x = 1", []), ("x is null", []),
      ("not x is null", ["x"]), ("exists x", ["x"]), ("not exists x", []), ("not not x = 1", ["x"]),
      ("not (x is null or a = 1)", ["x"]), ("not (x is null and a = 1)", []), ("word", []), ("x = 1 or word", []),
      ("a|fieldref = x", ["x"]), ("x|fieldref = a", ["x"]), ("x ~ '^1'", ["x"]), ("x > 1", ["x"]),
      ("a = 1 and (x1 = 1 or (x2 = 1 and a = 2))", ["x1", "x2"]), ("a = 1 and (x1 = 1 or (a = 2 and b = 1))", []),
    ] as [(String, [String])])
  func conditionNeedsTheFieldsWithoutWhichItNeverHolds(_ filter: String, _ lacking: [String]) throws {
    let fields = WatchedFields(predicates: [try Filter.parse(filter)])
    #expect(fields.lacking(rule: 0) { fields.name($0).hasPrefix("x") } == lacking)
  }

  @Test func columnsAreNotWatched() throws {
    let fields = WatchedFields(predicates: [try Filter.parse("action = x and error_code = y and target = z and f = 1")])
    #expect(fields.count == 1)
  }

  private static let scopes = (0..<5000).map { FieldPresence.Scope(provider: [1], account: Array("\($0)".utf8)) }

  private static func presence(_ scopes: some Sequence<FieldPresence.Scope>) -> FieldPresence {
    var presence = FieldPresence(count: 3)
    for scope in scopes {
      var row = FieldPresence.Row(words: 1)
      row.looked[0] = 0b011
      row.seen[0] = 0b001
      presence.add(row, to: scope)
    }
    return presence
  }

  @Test func whatNobodyLookedForIsNotLacking() {
    let presence = Self.presence(Self.scopes.prefix(1))
    #expect((0..<4).filter { presence.isLacking($0, in: Self.scopes[0]) } == [1])
    #expect(!presence.isLacking(1, in: Self.scopes[1]))
  }

  @Test func tooManyAccountsSayNothingInWhateverOrderTheyCome() {
    let all = Self.presence(Self.scopes)
    #expect(all.isOverfull && !all.isLacking(1, in: Self.scopes[0]))
    for cut in [10, 2500, 4990] {
      var sum = Self.presence(Self.scopes[cut...])
      sum.merge(Self.presence(Self.scopes[..<cut]))
      #expect(sum == all)
    }
    let most = Self.presence(Self.scopes.prefix(4096))
    #expect(!most.isOverfull)
    var sum = most
    sum.merge(FieldPresence())
    sum.merge(most)
    #expect(sum == most)
  }
}
