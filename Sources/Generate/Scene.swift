// What one event is about: the texts, sub-templates, times and seeds that fill its record's slots. A worker owns one
// scene and changes it from event to event.

struct Scene {
  private var texts = [Text](repeating: .empty, count: TextSlot.allCases.count)
  private var parts = [TemplateID](repeating: .empty, count: PartSlot.allCases.count)
  /// Seconds since 1970.
  var time: Int64 = 0
  /// When the actor's session began, and when it ends.
  var created: Int64 = 0
  var expires: Int64 = 0
  /// The event's number in the archive, which makes its id.
  var number: UInt64 = 0
  var archiveSeed: UInt64 = 0
  var accountSeed: UInt64 = 0
  var sessionSeed: UInt64 = 0
  /// What the session's temporary credentials are made of: machines renew theirs, and stay in the same session.
  var credentialSeed: UInt64 = 0
  /// The session that an assumed role's new credentials will open.
  var targetSessionSeed: UInt64 = 0
  var eventSeed: UInt64 = 0
  var random = SplitMix64(seed: 0)

  subscript(_ slot: TextSlot) -> Text {
    @inline(__always) get { texts[Int(slot.rawValue)] }
    @inline(__always) set { texts[Int(slot.rawValue)] = newValue }
  }

  subscript(_ slot: PartSlot) -> TemplateID {
    @inline(__always) get { parts[Int(slot.rawValue)] }
    @inline(__always) set { parts[Int(slot.rawValue)] = newValue }
  }

  @inline(__always) func text(_ raw: UInt8) -> Text { texts[Int(raw)] }
  @inline(__always) func part(_ raw: UInt8) -> TemplateID { parts[Int(raw)] }

  /// Number of lasting things of one letter an account has, in powers of two: 2^9 instances, keys, tables and so on.
  private static let lastingThingsShift: UInt64 = 9

  /// The seed of what a tag names; see `ShapeSlot`.
  @inline(__always)
  mutating func seed(forTag tag: UInt8) -> UInt64 {
    switch tag {
    case 0: return random.next()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return mixed(eventSeed, UInt64(tag))
    case UInt8(ascii: "s"): return mixed(sessionSeed, 1)
    case UInt8(ascii: "a"): return mixed(credentialSeed, 1)
    case UInt8(ascii: "t"): return mixed(targetSessionSeed, 1)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): return mixed(accountSeed, UInt64(tag))
    default:
      // Halving the range a random number of times makes the low numbers, the popular things, come up more often.
      let draw = mixed(eventSeed, UInt64(tag))
      let halvings = min(UInt64((draw >> 32).trailingZeroBitCount), Scene.lastingThingsShift)
      let index = (draw & 0xFFFF) & ((1 << (Scene.lastingThingsShift - halvings)) - 1)
      return mixed(accountSeed, UInt64(tag) << 32 | index)
    }
  }
}
