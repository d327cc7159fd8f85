import Events

/// Which rules each text of the worker's dictionary calls up, index by index: worked out once for each text.
///
///     places   [symbol * indexes + index]     0 = not known yet, else 1 + the list's number
///     lists    starts [0, 0, 3, ...]          list 0 is the empty one
///     rules    [5, 2, 40, 41, none, 1, 17, ...]
///
/// A list is a sequence of runs: a leaf that all rules of the run need, how many rules, the rules. So one test skips
/// many rules.
struct CalledRules: Sendable {
  // 8 Mi places are 32 MiB; texts beyond are looked up each time. Real archives need some thousand symbols.
  private static let placesMax = 8 << 20
  // The same bound for the lists: many rules called up by each of many texts.
  private static let rulesMax = 4 << 20

  private let indexCount: Int
  private var places: [UInt32] = []
  private var starts: [UInt32] = [0, 0]
  private(set) var rules: [UInt32] = []

  init(indexCount: Int) { self.indexCount = indexCount }

  /// The list of a symbol; nil if it is not known.
  @inline(__always)
  func list(_ index: Int, _ symbol: UInt32) -> (first: Int, end: Int)? {
    let place = Int(symbol) * indexCount + index
    guard place < places.count else { return nil }
    let list = Int(places[place])
    guard list > 0 else { return nil }
    if list == 1 { return (0, 0) }
    return (Int(starts[list - 1]), Int(starts[list]))
  }

  /// Keeps the list of a symbol, if there is room.
  /// - Parameter guards: by rule, the leaf that it needs.
  mutating func note(_ called: [UInt32], _ index: Int, _ symbol: UInt32, symbolCount: Int, guards: [UInt32]) {
    let place = Int(symbol) * indexCount + index
    guard place < CalledRules.placesMax, rules.count + 3 * called.count <= CalledRules.rulesMax else { return }
    if place >= places.count {
      let wanted = max(place + 1, min(symbolCount * 2, 1 << 12) * indexCount, places.count * 2)
      places.append(contentsOf: repeatElement(0, count: min(wanted, CalledRules.placesMax) - places.count))
    }
    if called.isEmpty {
      places[place] = 1
      return
    }
    appendRuns(called, guards)
    starts.append(UInt32(rules.count))
    places[place] = UInt32(starts.count - 1)
  }

  private mutating func appendRuns(_ called: [UInt32], _ guards: [UInt32]) {
    var runs: [UInt32: [UInt32]] = [:]
    for rule in Set(called) { runs[guards[Int(rule)], default: []].append(rule) }
    // The guard of a single rule is as dear as the rule itself.
    var loose = runs.removeValue(forKey: ProgramBuilder.noGuard) ?? []
    for (guardian, members) in runs.sorted(by: { $0.key < $1.key }) {
      if members.count == 1 {
        loose += members
      } else {
        rules += [guardian, UInt32(members.count)] + members.sorted()
      }
    }
    if !loose.isEmpty { rules += [ProgramBuilder.noGuard, UInt32(loose.count)] + loose.sorted() }
  }
}
