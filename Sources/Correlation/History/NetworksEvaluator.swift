import Rules

/// `travel` without a location database: a group comes from many networks within a short time.
struct NetworksEvaluator: Evaluator {
  private let within: Int64
  private let networksMin: Int
  private var addresses: AddressTable
  private var window = WindowQueue()
  /// How many hits of the window come from each network.
  private var counts: [ValueNumber: Int] = [:]
  private var moment = Moment()

  init(_ settings: HistorySettings) {
    within = settings.within
    networksMin = settings.networks
    addresses = AddressTable(excluding: settings.exclude)
  }

  mutating func begin(_ context: GroupContext) {
    window.removeAll()
    // Emptying a table takes as long as it is large: it is not kept for the groups after this one.
    counts = [:]
    moment.reset()
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) {
    switch addresses.read(fact, context) {
    case .noAddress: _ = moment.noteValue(fact, isUsable: false, context)
    case .excluded: _ = moment.noteValue(fact, isUsable: true, context)
    case .address:
      _ = moment.noteValue(fact, isUsable: true, context)
      moment.append(fact, context)
    }
  }

  mutating func settle(_ time: Int64, _ context: GroupContext) {
    guard !moment.isEmpty else { return }
    while let first = window.first, time - first.fact.time > within { removeFirst(context) }
    let before = counts.count
    for fact in moment.facts {
      if window.isFull {
        context.counters.evicted += 1
        removeFirst(context)
      }
      window.append(fact)
      counts[network(of: fact, context), default: 0] += 1
    }
    if before < networksMin, counts.count >= networksMin {
      context.recorder.find(at: time, window.all, gap: Joining.gap, note: .networks(told(context), count: counts.count))
    }
    moment.clear()
  }

  private mutating func removeFirst(_ context: GroupContext) {
    let network = network(of: window.removeFirst(), context)
    guard let count = counts[network] else { return }
    counts[network] = count == 1 ? nil : count - 1
  }

  private mutating func network(of fact: GroupFact, _ context: GroupContext) -> ValueNumber {
    guard case .address(_, let network) = addresses.read(fact, context) else { return .none }
    return network
  }

  private mutating func told(_ context: GroupContext) -> [UInt32] {
    var networks: [ValueNumber] = []
    var texts: [UInt32] = []
    for fact in window.all where networks.count < Told.valuesMax {
      let network = network(of: fact, context)
      if networks.contains(network) { continue }
      networks.append(network)
      texts.append(context.recorder.texts.text(Derived.network(context.text(of: fact))))
    }
    return texts
  }

  mutating func end(_ context: GroupContext) {}
}
