import Archive
import Events
import Pipeline
import Reports

/// What fields the raw records have: `fields`.
public struct FieldsSink: Sink {
  // Keys that are data (labels, tags) can make any number of paths; those beyond are counted together.
  static let pathsMax = 20_000

  struct Path: Sendable {
    var events: UInt64 = 0
    var lastEvent: UInt64 = 0
    var kinds = InlineArray<6, UInt64>(repeating: 0)
    var values = ValueSketch()

    /// How often there was a value.
    var met: UInt64 { kinds.indices.reduce(0) { $0 + kinds[$1] } }
  }

  private var paths: [[UInt8]: Path] = [:]
  private var events: UInt64 = 0
  private var valuesBeyond: UInt64 = 0
  private let redactor: Redactor?
  private var clean: [UInt8] = []

  public init(redactor: Redactor?) { self.redactor = redactor }

  public mutating func begin(file: Int) {}
  public mutating func end(file: Int, _ entry: FileEntry) {}

  public mutating func take(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>, file: Int) -> Bool {
    for row in rows {
      events += 1
      let record = batch.record(Int(row))
      guard let inner = record.quotedJSON else {
        walk(record.bytes)
        continue
      }
      inner.withUnsafeBytes { walk($0) }
    }
    return true
  }

  private mutating func walk(_ json: UnsafeRawBufferPointer) {
    // Only within its record a value shows whether it is secret.
    clean.removeAll(keepingCapacity: true)
    if let redactor, redactor.redact(json, into: &clean) > 0 {
      let record = clean
      record.withUnsafeBytes { note($0) }
    } else {
      note(json)
    }
  }

  private mutating func note(_ json: UnsafeRawBufferPointer) {
    var walk = JSONWalk(json)
    walk.run { walk, kind, text in note(walk.path, walk.key, kind, text) }
  }

  private mutating func note(
    _ path: [UInt8], _ key: ArraySlice<UInt8>, _ kind: JSONWalk.Kind, _ text: UnsafeRawBufferPointer
  ) {
    if paths[path] == nil, paths.count >= FieldsSink.pathsMax {
      valuesBeyond += 1
      return
    }
    let event = events
    let redactor = redactor
    update(&paths[path, default: Path()]) { entry in
      if entry.lastEvent != event { entry.events += 1 }
      entry.lastEvent = event
      entry.kinds[Int(kind.rawValue)] += 1
      guard kind != .object, kind != .array, kind != .null else { return }
      entry.values.insert(text) { FieldsSink.example(text, key, redactor) }
    }
  }

  private func update(_ entry: inout Path, _ body: (inout Path) -> Void) { body(&entry) }

  private static func example(
    _ text: UnsafeRawBufferPointer, _ key: ArraySlice<UInt8>, _ redactor: Redactor?
  ) -> [UInt8] {
    var out: [UInt8] = []
    if let redactor {
      key.withUnsafeBytes { _ = redactor.redactText(text, key: $0, into: &out) }
    } else {
      out = Array(text)
    }
    guard out.count > ValueSketch.exampleBytesMax else { return out }
    return Array(out.prefix(ValueSketch.exampleBytesMax)) + Array("…".utf8)
  }

  // MARK: Reduce

  public struct Summary: Sendable {
    public let events: UInt64
    public let valuesBeyond: UInt64
    public let rows: [[Cell]]
  }

  public static let names = ["field", "events", "fill", "types", "distinct", "examples"]

  public static func merge(_ sinks: [FieldsSink]) -> Summary {
    var all: [[UInt8]: Path] = [:]
    var events: UInt64 = 0
    var beyond: UInt64 = 0
    for sink in sinks {
      events += sink.events
      beyond += sink.valuesBeyond
      for (path, theirs) in sink.paths {
        var ours = all[path] ?? Path()
        ours.events += theirs.events
        for kind in 0..<6 { ours.kinds[kind] += theirs.kinds[kind] }
        ours.values.merge(theirs.values)
        all[path] = ours
      }
    }
    let sorted = all.sorted { a, b in
      a.value.events != b.value.events ? a.value.events > b.value.events : a.key.lexicographicallyPrecedes(b.key)
    }
    return Summary(events: events, valuesBeyond: beyond, rows: sorted.map { row($0.key, $0.value, events) })
  }

  private static func row(_ path: [UInt8], _ entry: Path, _ events: UInt64) -> [Cell] {
    let kinds = JSONWalk.Kind.allCases.filter { entry.kinds[Int($0.rawValue)] > 0 }
      .sorted { entry.kinds[Int($0.rawValue)] > entry.kinds[Int($1.rawValue)] }
    let perMille = entry.events * 1000 / max(events, 1)
    let examples = entry.values.examples.map(\.text)
    return [
      .text(path), .count(entry.events), .string("\(perMille / 10).\(perMille % 10)%"),
      .list(kinds.map { Array(String(describing: $0).utf8) }),
      // An estimate; a path has no more values than it was met.
      entry.values.distinct == 0 ? .missing : .count(min(entry.values.distinct, entry.met)),
      examples.isEmpty ? .missing : .list(examples),
    ]
  }
}
