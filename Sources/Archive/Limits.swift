/// How much of anything one input may demand. All are adjustable; each default has its reason.
public struct Limits: Sendable {
  /// A parser holds about six times its longest record, and offsets in a block count in 32 bits.
  public static let recordBytesCeiling: UInt64 = 256 << 20

  /// A real event is some kilobytes; the largest that a provider writes is 1 MiB. A record of 16 MiB would make a
  /// worker hold 100 MiB.
  public var recordBytesMax = 4 << 20
  /// Real events nest about ten deep.
  public var nestingMax = 128
  /// Audit logs shrink 5 to 20 times, at best about 100; a bomb reaches 1,000.
  public var expansionRatioMax: UInt64 = 250
  /// Below this much output the ratio says nothing: a small file of equal lines is no bomb.
  public var expansionFreeBytes: UInt64 = 64 << 20
  /// What is read of one file, unpacked where it is packed. Months of a large organisation in one file stay below.
  public var expandedBytesMax: UInt64 = 1 << 40
  /// How much of a stream without a size may pass without a record in it. A real log begins at once; what goes on like
  /// this, such as zeros from a device, may have no end.
  public var unfruitfulBytesMax: UInt64 = 64 << 20
  /// zstd's own default: 128 MiB of window. More has to be asked for.
  public var zstdWindowLogMax: Int32 = 27
  /// Files open at the same time; each worker holds one.
  public var openFilesMax = 64

  public init() {}
}
