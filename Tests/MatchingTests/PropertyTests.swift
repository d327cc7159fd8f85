// Compiled matching gives what the plain walk over the tree gives, for thousands of conditions and events.

import Rules
import Testing

@testable import Matching

@Suite struct PropertyTests {
  // Fifty conditions share leaves, keys and caches in one program, as rules do.
  static let predicatesPerProgram = 50
  static let eventsPerPredicate = 4

  @Test(arguments: 1...40) func compiledMatchingEqualsThePlainWalk(_ seed: UInt64) throws {
    var generator = PairGenerator(random: SeededGenerator(seed))
    let predicates = (0..<Self.predicatesPerProgram).map { _ in generator.predicate() }
    var events: [String] = []
    for predicate in predicates {
      let event = generator.event(for: predicate)
      events.append(event.text)
      for _ in 1..<Self.eventsPerPredicate { events.append(generator.mutated(event).text) }
    }
    let program = MatchProgram(predicates: predicates)
    #expect(program.rejections.isEmpty)
    let found = try matches(program, events)
    #expect(found.count == events.count)
    #expect(try matches(program, events, isLate: false) == found)
    var positives = 0
    for (event, matched) in zip(events, found) {
      let naive = try NaiveEvaluator(event)
      let expected = predicates.indices.filter { naive.holds(predicates[$0]) }
      positives += expected.count
      if expected != matched {
        let wrong = Set(expected).symmetricDifference(matched).sorted()
        Issue.record("seed \(seed), \(wrong.map { "\(predicates[$0]) expected \(expected.contains($0))" }) on \(event)")
        return
      }
    }
    // A generator whose conditions never hold would prove nothing.
    #expect(positives > events.count)
  }

  @Test func theOrderOfEventsAndWarmCachesChangeNothing() throws {
    var generator = PairGenerator(random: SeededGenerator(99))
    let predicates = (0..<200).map { _ in generator.predicate() }
    let events = predicates.map { generator.event(for: $0).text }
    let program = MatchProgram(predicates: predicates)
    let once = try matches(program, events)
    let twice = try matches(program, events + events.reversed())
    #expect(Array(twice.prefix(events.count)) == once)
    #expect(Array(twice.suffix(events.count).reversed()) == once)
  }
}
