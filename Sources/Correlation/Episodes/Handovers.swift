import Events
import Matching

/// A key made another: whoever uses the second one belongs to whoever used the first.
public struct Handover: Sendable, Equatable {
  /// Keyed hashes of texts, as those of ties are.
  let maker: UInt64
  let minted: UInt64
  let time: Int64
}

/// Finds the handovers that stand behind alerts: who took the role whose session did it, whether or not any rule knows the
/// event in which it was taken.
///
///     alert with key K1    K1 made K2    K2 made K3    alert with key K3
///                          └────────── two handovers ─┘
///
/// Of all keys that an archive's events make few are those of alerts. They are looked up from the alerts backwards, one
/// link of the chain at a time.
struct Handovers {
  // Longer chains of roles than anyone builds; each link is a walk over all handovers.
  private static let linksMax = 8
  // A key is made once. Who forges more makings makes no story of them; the first ones count.
  private static let makingsMax = 16

  /// When a key was used in alerts, or made another that was.
  private struct Use {
    var first: Int64
    var last: Int64

    /// Whether an incident reaches from there to a moment.
    func isNear(_ time: Int64) -> Bool { first - IncidentJoining.gap <= time && time <= last + IncidentJoining.gap }
  }

  private var uses: [UInt64: Use] = [:]

  mutating func note(_ ties: Ties, from first: Int64, until last: Int64) {
    for tie in ties.all where tie.kind == .key { _ = note(tie.text, first, last) }
  }

  /// True if it tells something new.
  private mutating func note(_ key: UInt64, _ first: Int64, _ last: Int64) -> Bool {
    guard let known = uses[key] else {
      uses[key] = Use(first: first, last: last)
      return true
    }
    guard first < known.first || last > known.last else { return false }
    uses[key] = Use(first: min(first, known.first), last: max(last, known.last))
    return true
  }

  /// In the order of their times.
  ///
  /// - Parameter walk: begins a walk over all handovers.
  mutating func find(
    _ texts: inout TextIntake, _ walk: () throws(SegmentError) -> GroupWalk
  ) throws(SegmentError) -> [Handover] {
    var found: [Handover] = []
    for _ in 0..<Handovers.linksMax where !uses.isEmpty {
      found = try behind(&texts, try walk())
      var isLonger = false
      for one in found where note(one.maker, one.time, one.time) { isLonger = true }
      if !isLonger { break }
    }
    return found.sorted { ($0.time, $0.minted, $0.maker) < ($1.time, $1.minted, $1.maker) }
  }

  /// All handovers of keys that are known to be used near to them.
  private func behind(_ texts: inout TextIntake, _ handovers: GroupWalk) throws(SegmentError) -> [Handover] {
    var walk = handovers
    var result: [Handover] = []
    while try walk.nextGroup() {
      guard let text = GroupWalk.texts(walk.key).first else { continue }
      let minted = Ties.hash(folded: text)
      guard let use = uses[minted] else { continue }
      let first = result.count
      while let fact = try walk.next() {
        guard result.count - first < Handovers.makingsMax, use.isNear(fact.fact.time) else { continue }
        let source = Int(fact.source)
        guard let key = try texts.parts(ofTuple: fact.fact.value, source).first else { continue }
        let maker = Ties.hash(folded: CaseFolding.folded(try texts.part(key, source)))
        guard maker != minted, maker != 0 else { continue }
        let making = Handover(maker: maker, minted: minted, time: fact.fact.time)
        if !result[first...].contains(making) { result.append(making) }
      }
    }
    return result
  }
}
