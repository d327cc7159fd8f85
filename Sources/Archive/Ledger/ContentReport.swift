/// How a file is compressed, told by its bytes.
public enum Compression: UInt8, Sendable, CaseIterable {
  case plain, gzip, zstd

  public var name: String { String(describing: self) }
}

/// What went wrong with the bytes of a file, and what to tell about it.
public enum ContentTrouble: UInt8, Sendable, CaseIterable {
  case none
  /// The compressed stream ends before it is complete.
  case truncated
  /// The compressed stream cannot be decoded from some byte on.
  case corrupt
  case windowTooLarge
  case expansionRatio
  case expansionTotal
  case readError
  /// The file became shorter while it was read.
  case shrank
  /// A stream without a size began with too much that is no record.
  case noRecord

  public var description: String {
    switch self {
    case .none: ""
    case .truncated: "the compressed data ends too early"
    case .corrupt: "the compressed data is corrupt"
    case .windowTooLarge: "zstd asks for a window larger than allowed"
    case .expansionRatio: "stopped: it expands more than the limit on the ratio allows"
    case .expansionTotal: "stopped: it holds more than the limit on content allows (--max-expanded)"
    case .readError: "reading failed"
    case .shrank: "the file was cut short while it was read"
    case .noRecord: "stopped: nothing in the beginning of this stream is a record"
    }
  }
}

/// What the decompressor saw of one file. The order of the fields leaves no room between them.
public struct ContentReport: Sendable {
  public var bytesIn: UInt64 = 0
  public var bytesOut: UInt64 = 0
  /// Where in the file the trouble begins.
  public var troubleOffset: UInt64 = 0
  /// Bytes behind the last member that are no member and not zero.
  public var trailingBytes: UInt64 = 0
  // Where it was not asked for, which is the rule, a pointer.
  private var contentDigest: [SHA256Value] = []
  public var sha256: SHA256Value?
  public var compression = Compression.plain
  public var trouble = ContentTrouble.none
  public var deletedWhileRead = false
  public var changedWhileRead = false
  public var members: UInt32 = 0
  public var badChecksums: UInt32 = 0
  public var errorNumber: Int32 = 0

  public init() {}

  public var contentSHA256: SHA256Value? {
    get { contentDigest.first }
    set { contentDigest = newValue.map { [$0] } ?? [] }
  }
}
