// What tells people from programs, each sign in the words in which the draft gives it as its reason.
//
// A sign counts as one, whichever it is. That somebody is active round the clock says little by itself: in a month many
// people are, and only then is it asked what else looks like a program. Example:
//
//     Admin/ann.lee   at all hours                             against   named like a person, a browser, changing networks
//     sync-agent      at all hours, steadily, one network      against   nothing

import Rules

struct DraftSigns {
  /// Offices, homes and trains: who is seen in so many networks carries the device around.
  private static let networksMin = 4
  /// Of all events, in percent, that the quietest eight hours of the day hold where work is steady; all alike they would
  /// hold 33. Of people who work at night, too, they hold less than 20.
  private static let steadyPercentMin: UInt64 = 24

  private(set) var ofPerson: [String] = []
  private(set) var ofMachine: [String] = []

  init(_ group: DraftSummary.Group) {
    let caller = group.caller
    let name = caller.session.isEmpty ? caller.base : caller.session
    if caller.isSingleSignOn { ofPerson.append("comes by single sign-on") }
    if Words.isPersonal(name) { ofPerson.append("named like a person") }
    if group.signIns > 0 { ofPerson.append("signs in on the console") }
    if group.secondFactors > 0 { ofPerson.append("uses a second factor") }
    if group.agents.isBrowser { ofPerson.append("uses a browser") }
    let networks = group.networks
    if group.hasManyAddresses || networks.count >= Self.networksMin { ofPerson.append("changes networks") }
    guard group.isTireless else { return }
    ofMachine.append("active round the clock")
    if Self.isSteady(group) { ofMachine.append("as much at night as by day") }
    if networks.count == 1, !group.hasManyAddresses { ofMachine.append("one network") }
    if group.agents.names.count == 1, !group.agents.isBrowser { ofMachine.append("one program") }
  }

  private init() {}

  var isPerson: Bool { !ofPerson.isEmpty && ofPerson.count >= ofMachine.count }

  /// The signs that any of some identities shows, in their order.
  static func together(_ groups: [DraftSummary.Group]) -> DraftSigns {
    groups.reduce(into: DraftSigns()) { all, group in
      let own = DraftSigns(group)
      all.ofPerson += own.ofPerson.filter { !all.ofPerson.contains($0) }
      all.ofMachine += own.ofMachine.filter { !all.ofMachine.contains($0) }
    }
  }

  private static func isSteady(_ group: DraftSummary.Group) -> Bool {
    let byHour = (0..<24).map { hour in (0..<7).reduce(UInt64(0)) { $0 + group.hours[$1 * 24 + hour] } }
    let quietest = (0..<24).map { from in (0..<8).reduce(UInt64(0)) { $0 + byHour[(from + $1) % 24] } }.min() ?? 0
    return quietest * 100 >= byHour.reduce(0, +) * steadyPercentMin
  }
}
