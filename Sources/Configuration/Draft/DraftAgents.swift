// What the programs that a caller uses tell of it. Only what can be brought together in any order is kept, so that a
// draft is the same for any number of workers.

struct DraftAgents: Sendable {
  /// A remark has room for these; they are the first in alphabetical order.
  private static let namesMax = 3

  private(set) var isTool = false
  private(set) var isBrowser = false
  private(set) var names: [String] = []

  init() {}

  init(_ agent: String) {
    isTool = Words.isTool(agent)
    isBrowser = Words.isBrowser(agent)
    names = [String(agent.prefix { $0 != " " && $0 != "/" })]
  }

  mutating func add(_ other: DraftAgents) {
    isTool = isTool || other.isTool
    isBrowser = isBrowser || other.isBrowser
    names = Array(Set(names + other.names).sorted().prefix(Self.namesMax))
  }
}
