/// A reduce that nobody wants any more ends wherever it is.

import ReadingSupport
import Rules
import Synchronization
import Testing

@testable import Correlation

@Suite struct InterruptionTests {
  @Test func reduceEndsWheneverItIsAsked() throws {
    let plan = historyRules("event_count", "timespan: 1h\ngroup-by: actor\ncondition: {gte: 3}")
    let events = (0..<20_000).map { HistoryEvent("e\($0)", "A", Int64($0) * second, group: "g\($0 % 3)") }
    let part = try mapped([events], plan, now: 1000 * day)
    let asked = Mutex(0)
    var options = ReduceOptions()
    options.interrupted = {
      asked.withLock { $0 += 1 }
      return false
    }
    _ = try reduce([part], plan: plan, options: options)
    let times = asked.withLock { $0 }
    #expect(times > 8)
    for last in [1, 2, times / 2, times] {
      asked.withLock { $0 = 0 }
      options.interrupted = {
        asked.withLock { count in
          count += 1
          return count >= last
        }
      }
      do {
        _ = try reduce([part], plan: plan, options: options)
        Issue.record("nobody asked \(last) times")
      } catch {
        #expect(error.isInterruption)
      }
    }
  }
}
