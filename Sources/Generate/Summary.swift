// What a finished run reports, what a running one reports, and how to stop one.

import Synchronization

public struct GenerateSummary: Sendable, Equatable {
  public struct Planted: Sendable, Equatable {
    public var id: String
    public var kind: String
    public var provider: Provider
    public var events: Int
    /// A look-alike that must not raise an alarm.
    public var benign: Bool
  }

  public var files = 0
  public var events = 0
  /// Events that belong to incidents or look-alikes; included in `events`.
  public var plantedEvents = 0
  public var decompressedBytes: UInt64 = 0
  public var compressedBytes: UInt64 = 0
  public var planted: [Planted] = []
  /// Kinds that were asked for and for which the archive is too small.
  public var omitted: [IncidentKind] = []
}

public struct GenerateProgress: Sendable {
  public var filesDone: Int
  public var filesTotal: Int
  public var eventsDone: Int
  public var eventsTotal: Int
}

/// Set from another thread (a signal handler's thread, a test) to stop a run; looked at between blocks of events.
public final class GenerateCancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  public init() {}

  public func cancel() {
    flag.store(true, ordering: .relaxed)
  }

  public var isCancelled: Bool { flag.load(ordering: .relaxed) }
}
