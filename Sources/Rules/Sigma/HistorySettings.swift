// What Harrier's own correlation types are told besides rules, group and timespan.

/// One value for all types: each uses the parts that its keys name. Times are milliseconds.
public struct HistorySettings: Equatable, Sendable {
  public enum Measure: String, Sendable, CaseIterable {
    /// How many events there were.
    case volume
    /// Which part of the second rule's events the first rule's are.
    case share
  }

  /// When people work: minutes of the day, days with Monday as bit 0, and the offset of the zone.
  public struct Hours: Equatable, Sendable {
    public var startMinute: Int
    public var endMinute: Int
    public var days: UInt8
    public var offsetSeconds: Int
  }

  /// The field whose values are remembered or compared.
  public var field: String?
  /// How much must be known before anything is unusual.
  public var learning: Int64 = 0
  /// `first_seen`: silent if at least so many others had used the value before.
  public var unlessPeers: Int?
  /// `rare`: so many others make a value common.
  public var fewerThan = 0
  /// `rare`: with fewer others there is no telling what is common.
  public var peersMin = 0
  /// `rate`: how many times the usual, ...
  public var ratio = Number.int(1)
  /// ... and at least so many events.
  public var floor = 0
  public var measure = Measure.volume
  /// `travel`: kilometres per hour; and without places, so many networks within so much time.
  public var speed = 0
  public var networks = 0
  public var within: Int64 = 0
  /// `travel`: networks that say nothing of where a person is.
  public var exclude: [AddressRange] = []
  public var hours: Hours?
  /// `after`: for each value of the group, in lower case, when it should have ended.
  public var dates: [String: Int64] = [:]

  /// `unexpected`: what events are compared with.
  public var check: ExpectationCheck?

  public init() {}
}

extension Timespan {
  /// The same for text of an attribute that the rule's reader does not know; nil if it is no time span.
  public static func span(_ text: String) -> Int64? { try? milliseconds(text) }
}
