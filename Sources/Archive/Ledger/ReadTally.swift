/// Why bytes of a file yield no event.
public enum SkipReason: UInt8, CaseIterable, Sendable {
  case badRecord, notAnObject, tooDeep, tooLarge, cutShort, several, digest, truth

  public var name: String {
    switch self {
    case .badRecord: "bad record"
    case .notAnObject: "not an object"
    case .tooDeep: "nested too deep"
    case .tooLarge: "record too large"
    case .cutShort: "cut short"
    case .several: "several events in one record"
    case .digest: "digest of log files"
    case .truth: "truth of a generated archive"
    }
  }

  /// In a sentence: `2 bad records`.
  public func words(_ count: UInt32) -> String {
    let records = count == 1 ? "record" : "records"
    return switch self {
    case .badRecord: "\(count) bad \(records)"
    case .tooLarge: "\(count) \(records) too large"
    case .several: "\(count) \(records) of several events"
    case .notAnObject, .tooDeep, .cutShort, .digest, .truth: "\(count) \(records) \(name)"
    }
  }

  /// Whether an event may be lost with the bytes.
  public var isLoss: Bool { self != .digest && self != .truth }

  /// Whether the bytes may well be JSON.
  public var isLimit: Bool { self == .tooDeep || self == .tooLarge || !isLoss }
}

/// How events stand in a file.
public enum Container: Equatable, Sendable {
  case none, lines, array
  /// Inside an object, under the key with this number (`Containers.envelopes` in `Events`).
  case envelope(UInt8)
}

/// What was read of one file: every decompressed byte is a record's, framing's, or skipped for a reason.
public struct ReadTally: Sendable {
  /// Room for more providers than there are.
  public static let providersMax = 16

  public var records: UInt64 = 0
  public var recordBytes: UInt64 = 0
  public var framingBytes: UInt64 = 0
  public var skippedBytes: UInt64 = 0
  /// Those of them that are a loss.
  public var lostBytes: UInt64 = 0
  /// What passed since the last container ended, and was no record and no JSON beyond a limit.
  public var fruitlessBytes: UInt64 = 0
  /// By reason.
  public var skips = InlineArray<8, UInt32>(repeating: 0)
  public var duplicateKeys: UInt64 = 0
  public var firstTime = Int64.max
  public var lastTime = Int64.min
  public var untimed: UInt64 = 0
  /// Events by provider, at most 2^32 - 1 each.
  public var providers = InlineArray<16, UInt32>(repeating: 0)
  /// Where in the content the first loss begins, and its reason.
  public var firstLoss: (offset: UInt64, reason: SkipReason)?
  public var container = Container.none
  /// The content ended inside an array or an envelope.
  public var isUnclosed = false

  public init() {}

  public var skipCount: UInt64 {
    SkipReason.allCases.reduce(0) { $0 + UInt64(skips[Int($1.rawValue)]) }
  }

  /// Skips that mean loss: a digest is no loss.
  public var lossCount: UInt64 {
    SkipReason.allCases.reduce(0) { $0 + ($1.isLoss ? UInt64(skips[Int($1.rawValue)]) : 0) }
  }

  /// Every element that stood where a record stands.
  public var elements: UInt64 { records + skipCount }
}
