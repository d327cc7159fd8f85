// Which files there are and how many events each holds: decided before the first is written, so that files can be
// written in any order by any number of workers.

/// The events of one account in one region.
struct Stream: Sendable {
  var realm: Int
  var account: Int
  var region: Int
  var weight: UInt64
  /// Where in the plan its files are, in the order of time.
  var files = 0..<0
}

struct FilePlan: Sendable {
  var stream: Int32
  var start: Int64
  var end: Int64
  /// Events besides the planted ones, and the number of the first in the archive.
  var background: UInt64 = 0
  var firstNumber: UInt64 = 0

  var window: Range<Int64> { start..<end }
}

struct Plan: Sendable {
  var world: World
  var start: Int64
  var end: Int64
  var streams: [Stream] = []
  /// One for each stream.
  var activities: [Activity] = []
  var files: [FilePlan] = []
  var planted = Planted()

  init(options: GenerateOptions) {
    world = World(seed: options.seed, providers: options.providers)
    start = options.start
    end = options.start + Int64(options.days) * CivilTime.secondsPerDay
    layStreams(files: options.files)
    cutFiles()
    var planter = Planter(plan: self, options: options)
    planted = planter.plant()
    for leaver in planted.leavers {
      world.realms[leaver.realm].accounts[leaver.account].actors[leaver.actor].activeUntil = leaver.time
    }
    shareOut(events: UInt64(options.events - planted.events.count))
  }

  /// Gives each provider its share of the files, at least one each as long as they last, and each of its streams a
  /// share of those. Streams that get none do not exist.
  private mutating func layStreams(files total: Int) {
    let weights = world.realms.map(\.weight)
    var shares = Plan.shares(of: total, weights: weights)
    for poor in shares.indices where shares[poor] == 0 {
      if let rich = shares.indices.max(by: { shares[$0] < shares[$1] }), shares[rich] > 1 {
        shares[rich] -= 1
        shares[poor] += 1
      }
    }
    for (realmNumber, realm) in world.realms.enumerated() {
      var candidates: [Stream] = []
      for (accountNumber, account) in realm.accounts.enumerated() {
        for (regionNumber, region) in realm.regions.enumerated() {
          candidates.append(
            Stream(
              realm: realmNumber, account: accountNumber, region: regionNumber,
              weight: account.weight * region.weight * realm.weight))
        }
      }
      let order = candidates.indices.sorted { (candidates[$1].weight, $0) < (candidates[$0].weight, $1) }
      let counts = Plan.shares(of: shares[realmNumber], weights: order.map { candidates[$0].weight })
      for (rank, index) in order.enumerated() where counts[rank] > 0 {
        var stream = candidates[index]
        let first = streams.last?.files.upperBound ?? 0
        stream.files = first..<first + counts[rank]
        streams.append(stream)
      }
    }
  }

  /// `total` in proportion to the weights, rounded down; what is left goes one each to the first, which are the
  /// heaviest when the weights are sorted.
  static func shares(of total: Int, weights: [UInt64]) -> [Int] {
    let sum = max(weights.reduce(0, +), 1)
    var counts = weights.map { Int(UInt64(total) * $0 / sum) }
    var left = total - counts.reduce(0, +)
    var index = 0
    while left > 0 {
      counts[index % counts.count] += 1
      index += 1
      left -= 1
    }
    return counts
  }

  private mutating func cutFiles() {
    files.reserveCapacity(streams.last?.files.upperBound ?? 0)
    let span = end - start
    for (number, stream) in streams.enumerated() {
      let realm = world.realms[stream.realm]
      let account = realm.accounts[stream.account]
      activities.append(
        Activity(seed: account.seed, start: start, end: end, zones: account.people.map { account.actors[$0].zone }))
      let count = Int64(stream.files.count)
      for index in 0..<count {
        let from = min(start + span * index / count, end - 1)
        // More files than seconds: neighbours share a second.
        let to = max(start + span * (index + 1) / count, from + 1)
        files.append(FilePlan(stream: Int32(number), start: from, end: to))
      }
    }
  }

  /// Shares the events that are not planted over the files by activity. The sums are cumulative, so that the rounding
  /// of one file is made good by the next and the total is exact.
  private mutating func shareOut(events: UInt64) {
    let weights = files.map { activities[Int($0.stream)].total($0.window) / 60 * streams[Int($0.stream)].weight + 1 }
    let sum = weights.reduce(0, +)
    var cumulative: UInt64 = 0
    var given: UInt64 = 0
    for index in files.indices {
      cumulative += weights[index]
      let upTo = sum.dividingFullWidth(events.multipliedFullWidth(by: cumulative)).quotient
      files[index].firstNumber = given
      files[index].background = upTo - given
      given = upTo
    }
  }
}
