/// First in, first out.
struct Queue<Element> {
  private static var slackMin: Int { 1024 }

  private var elements: [Element] = []
  private var start = 0

  var count: Int { elements.count - start }
  var isEmpty: Bool { count == 0 }
  var first: Element? { start < elements.count ? elements[start] : nil }
  /// Oldest first.
  var all: ArraySlice<Element> { elements[start...] }

  mutating func append(_ element: Element) { elements.append(element) }

  /// - Precondition: it is not empty.
  mutating func removeFirst() -> Element {
    let element = elements[start]
    start += 1
    if start == elements.count {
      removeAll()
    } else if start > Queue.slackMin && start * 2 > elements.count {
      elements.removeFirst(start)
      start = 0
    }
    return element
  }

  mutating func removeAll() {
    elements.removeAll(keepingCapacity: true)
    start = 0
  }

  /// The order of the others stays.
  mutating func removeAll(where isLeaving: (Element) -> Bool) {
    elements.removeFirst(start)
    start = 0
    elements.removeAll(where: isLeaving)
  }
}

/// The facts of a window, oldest first.
struct WindowQueue {
  // One attacker must not fill the memory with one window; thresholds are far below.
  static let countMax = 1 << 19

  private var facts = Queue<GroupFact>()

  var count: Int { facts.count }
  var isEmpty: Bool { facts.isEmpty }
  var isFull: Bool { count >= WindowQueue.countMax }
  var first: GroupFact? { facts.first }
  var all: ArraySlice<GroupFact> { facts.all }

  func suffix(_ count: Int) -> ArraySlice<GroupFact> { facts.all.suffix(count) }

  mutating func append(_ fact: GroupFact) { facts.append(fact) }

  /// If it is full, without the oldest, which is counted.
  mutating func append(_ fact: GroupFact, _ context: GroupContext) {
    if isFull {
      context.counters.evicted += 1
      _ = removeFirst()
    }
    append(fact)
  }

  mutating func removeFirst() -> GroupFact { facts.removeFirst() }
  mutating func removeAll() { facts.removeAll() }
  mutating func removeAll(where isLeaving: (GroupFact) -> Bool) { facts.removeAll(where: isLeaving) }
}
