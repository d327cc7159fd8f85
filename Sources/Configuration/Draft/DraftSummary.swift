// The counts of all workers together, in an order that depends on nothing but the archive.

import Events
import Rules

struct DraftSummary {
  struct Group {
    var caller: DraftCaller
    var events: UInt64 = 0
    var writes: UInt64 = 0
    var first = Int64.max
    var last = Int64.min
    var hours = [UInt64](repeating: 0, count: 168)
    var addresses: [IPAddress: UInt64] = [:]
    var hasManyAddresses = false
    var agents = DraftAgents()
    var signIns: UInt64 = 0
    var secondFactors: UInt64 = 0
  }

  struct AccountGroup {
    var account: DraftAccount
    var events: UInt64 = 0
    var regions: [String: UInt64] = [:]
  }

  var groups: [Group] = []
  var accounts: [AccountGroup] = []
  var isOverflown = false

  init(_ tallies: [DraftTally]) {
    var places: [DraftCaller: Int] = [:]
    var accountPlaces: [DraftAccount: Int] = [:]
    for tally in tallies {
      isOverflown = isOverflown || tally.isOverflown
      for (caller, counts) in zip(tally.callers, tally.tallies) {
        let place = places[caller] ?? groups.count
        if place == groups.count {
          places[caller] = place
          groups.append(Group(caller: caller))
        }
        groups[place].add(counts, tally.texts)
      }
      for (account, counts) in zip(tally.accounts, tally.accountTallies) {
        let place = accountPlaces[account] ?? accounts.count
        if place == accounts.count {
          accountPlaces[account] = place
          accounts.append(AccountGroup(account: account))
        }
        accounts[place].events += counts.events
        for (symbol, count) in counts.regions {
          accounts[place].regions[tally.texts[symbol] ?? "", default: 0] += count
        }
      }
    }
    groups.sort { ($0.caller.order).lexicographicallyPrecedes($1.caller.order) }
    accounts.sort { ($0.account.provider.rawValue, $0.account.id) < ($1.account.provider.rawValue, $1.account.id) }
  }
}

extension DraftCaller {
  fileprivate var order: [String] { [base, session, provider.name, account, type] }
}

extension DraftSummary.Group {
  fileprivate mutating func add(_ counts: DraftTally.Tally, _ texts: [UInt32: String]) {
    events += counts.events
    writes += counts.writes
    first = min(first, counts.first)
    last = max(last, counts.last)
    for hour in 0..<168 { hours[hour] += UInt64(counts.hours[hour]) }
    hasManyAddresses = hasManyAddresses || counts.hasManyAddresses
    for (symbol, count) in counts.addresses {
      guard let address = texts[symbol].flatMap({ IPAddress($0.utf8) }) else { continue }
      addresses[address, default: 0] += UInt64(count)
    }
    if addresses.count > DraftTally.addressesMax { hasManyAddresses = true }
    if hasManyAddresses { addresses = [:] }
    agents.add(counts.agents)
    signIns += counts.signIns
    secondFactors += counts.secondFactors
  }

  /// In how many of the 24 hours, and on how many of the 7 days, something happened.
  var spread: (hours: Int, days: Int) {
    let hourCount = (0..<24).count { hour in (0..<7).contains { hours[$0 * 24 + hour] > 0 } }
    let dayCount = (0..<7).count { day in (0..<24).contains { hours[day * 24 + $0] > 0 } }
    return (hourCount, dayCount)
  }

  private static let privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"].compactMap {
    try? AddressRange($0)
  }

  /// Round the clock, weekends included: as programs are, and in a month also people who are often called at night.
  var isTireless: Bool { events >= 50 && spread.hours >= 20 && spread.days == 7 }

  /// Networks for the addresses: a /24 (or /64) with several addresses stands for them, and private ones for all of
  /// their kind, since machines get a new one each time.
  var networks: [AddressRange] {
    var members: [AddressRange: [IPAddress]] = [:]
    for address in addresses.keys {
      if let own = Self.privateRanges.first(where: { $0.contains(address) }) {
        // Twice, so that the range is named whole.
        members[own] = [address, address]
        continue
      }
      members[AddressRange(masking: address, to: address.isV6 ? 64 : 24), default: []].append(address)
    }
    return members.flatMap { range, inside in
      inside.count > 1 ? [range] : inside.map { AddressRange(masking: $0, to: $0.isV6 ? 128 : 32) }
    }.sorted { ($0.network.isV6 ? 1 : 0, $0.network.bits) < ($1.network.isV6 ? 1 : 0, $1.network.bits) }
  }
}
