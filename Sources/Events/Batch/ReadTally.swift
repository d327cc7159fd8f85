/// Why bytes of a file yield no event.
public enum SkipReason: UInt8, CaseIterable, Sendable {
  case badRecord, notAnObject, tooDeep, tooLarge, cutShort, digest

  public var name: String {
    switch self {
    case .badRecord: "bad record"
    case .notAnObject: "not an object"
    case .tooDeep: "nested too deep"
    case .tooLarge: "record too large"
    case .cutShort: "cut short"
    case .digest: "digest, not an event"
    }
  }
}

/// What was read of one file: every decompressed byte is a record's, framing's, or skipped for a reason.
public struct ReadTally: Sendable {
  public var records: UInt64 = 0
  public var recordBytes: UInt64 = 0
  public var framingBytes: UInt64 = 0
  public var skippedBytes: UInt64 = 0
  public var skips = [UInt64](repeating: 0, count: SkipReason.allCases.count)
  public var duplicateKeys: UInt64 = 0
  public var firstTime = Int64.max
  public var lastTime = Int64.min
  public var untimed: UInt64 = 0
  /// Events by provider.
  public var providers = [UInt64](repeating: 0, count: Provider.allCases.count)
  /// Where the first skipped stretch begins in the decompressed content, and why it was skipped.
  public var firstSkip: (offset: UInt64, reason: SkipReason)?
  public var container = Container.none

  public init() {}

  public var skipCount: UInt64 { skips.reduce(0, +) }
  /// Skips that mean loss: a digest is no event and no loss.
  public var lossCount: UInt64 { skipCount - skips[Int(SkipReason.digest.rawValue)] }
  /// Every element that stood where a record stands.
  var elements: UInt64 { records + skipCount }
}

/// How events stand in a file.
public enum Container: Equatable, Sendable {
  case none, lines, array
  case envelope(UInt8)

  public var name: String {
    switch self {
    case .none: ""
    case .lines: "lines"
    case .array: "array"
    case .envelope(let index): String(describing: Containers.envelopes[Int(index)].key)
    }
  }
}
