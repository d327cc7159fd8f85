import Archive
import CMemory
import Correlation
import Events
import Matching
import Threads

public struct SweepOptions: Sendable {
  public var scan = ScanOptions()
  /// For everything that has to be kept.
  public var memory: UInt64 = 512 << 20
  public var temporaryDirectory = "/tmp"
  /// Milliseconds: what is more than a day later does not make time pass.
  public var now: Int64 = .max
  /// Fills the columns that no record holds.
  public var annotator: (any Annotator)?
  /// Milliseconds: earlier events are too late for anything but rules of single events.
  public var earliest: Int64 = .min
  /// By place of a file: how many records at its beginning were read before. They are counted, and nothing else.
  public var readBefore: [Int: UInt32] = [:]

  public init() {}
}

/// The map half of a sweep, made ready: rules compiled, fields planned.
public struct SweepMap {
  // Where hits are many, their fields are read with the rest; else the records of hits are read again.
  private static let callsPerMilleMin = 100.0
  // What is sealed may fill a sixth of the memory: it stays while alerts are made. Notes get a twelfth: their arrays grow by
  // doubling, and sorting and encoding take as much again twice.
  private static let sharesOfNotes: UInt64 = 1
  private static let sharesOfSealed: UInt64 = 2
  private static let shares: UInt64 = 12
  private static let dayMilliseconds: Int64 = 86_400_000

  public let program: MatchProgram
  private let detections: DetectionPlan
  private let taps: FactTaps
  private let options: SweepOptions
  private let plan: FieldPlan
  private let latePlan: FieldPlan?
  private let bound: BoundProgram

  public init(_ detections: DetectionPlan, _ options: SweepOptions) throws(ScanError) {
    self.detections = detections
    taps = FactTaps(detections)
    self.options = options
    // What only detections ask for that wait for the configuration is not looked for.
    program = MatchProgram(rules: detections.rules, aggregated: true) { !detections.taps[$0].isEmpty }
    let facts = FactReader.sources(detections)
    let isEarly = program.callsPerMille >= SweepMap.callsPerMilleMin
    do throws(PlanError) {
      var plan = try FieldPlan(
        sources: program.earlySources + (isEarly ? facts : []),
        also: Dimension.columns + EventIdentity.columns + [.mintedKey])
      plan.annotator = options.annotator
      self.plan = plan
      var latePlan = isEarly ? nil : try FieldPlan(sources: facts, also: [])
      latePlan?.annotator = options.annotator
      self.latePlan = latePlan
      bound = try BoundProgram(program, plan: plan)
    } catch {
      throw .plan(error)
    }
  }

  /// Reads files and gives what reduce needs of them.
  public func run(
    _ discovery: Discovery, progress: Progress, interrupted: @escaping @Sendable () -> Bool
  ) throws(ScanError) -> (part: Part, ledger: Ledger) {
    var scanOptions = options.scan
    if scanOptions.identity == nil { scanOptions.identity = .keyed(.random()) }
    var states: [SweepState] = []
    let layout = try layout()
    for _ in 0..<max(scanOptions.jobs, 1) { states.append(try state(layout)) }
    let ranks = pathRanks(discovery.files)
    let (sinks, ledger) = try scan(
      discovery, plan: plan, options: scanOptions, progress: progress, interrupted: interrupted
    ) { SweepSink(states[$0], ranks: ranks, files: discovery.files, readBefore: options.readBefore) }
    let part = try part(sinks, ledger, ranks)
    // What the workers had is free, but still the process's: alerts need the room.
    hm_give_back()
    return (part, ledger)
  }

  private func layout() throws(ScanError) -> SweepLayout {
    let taps = program.entries.map { self.taps.byRule[$0.position] }
    var dimensions = InlineArray<5, Int>(repeating: 0)
    for (place, column) in Dimension.columns.enumerated() { dimensions[place] = try index(of: column) }
    let share = options.memory / SweepMap.shares / UInt64(max(options.scan.jobs, 1))
    let (latest, overflow) = options.now.addingReportingOverflow(SweepMap.dayMilliseconds)
    return SweepLayout(
      detections: detections, taps: taps, dimensions: dimensions, eventID: try index(of: .eventID),
      mintedKey: try index(of: .mintedKey),
      account: try index(of: .account),
      latestTime: overflow ? .max : latest, earliestTime: options.earliest,
      notesMax: Int(clamping: share * SweepMap.sharesOfNotes),
      sealedMax: Int(clamping: share * SweepMap.sharesOfSealed),
      temporaryDirectory: options.temporaryDirectory)
  }

  private func index(of column: Column) throws(ScanError) -> Int {
    guard let place = plan.index(of: column) else { throw .plan(.lacksColumn(column)) }
    return place
  }

  private func state(_ layout: SweepLayout) throws(ScanError) -> SweepState {
    do throws(PlanError) {
      let late = try latePlan.map { plan throws(PlanError) in try LateReader(plan) }
      return SweepState(
        layout, try Matcher(bound), FactReader(detections, taps, plan: latePlan ?? plan, late: late))
    } catch {
      throw .plan(error)
    }
  }

  private func part(_ sinks: [SweepSink], _ ledger: Ledger, _ ranks: [UInt32]) throws(ScanError) -> Part {
    var files = [PartFile](repeating: PartFile(path: [], entry: FileEntry(), isLoss: false), count: ledger.files.count)
    for (place, file) in ledger.files.enumerated() {
      let entry = ledger.entries[place]
      files[Int(ranks[place])] = PartFile(
        path: file.name.bytes, entry: entry, isLoss: entry.isLoss(named: file.origin.isNamed))
    }
    let issues = ledger.issues.filter(\.isLoss).map { PartIssue(words: $0.description) }
    var part = Part(files: files, issues: issues, segments: [], highWater: Timestamp.missing, times: EventTimes())
    for result in inParallel(sinks, { $0.findings }) {
      let findings: WorkerFindings
      do throws(SpillError) { findings = try result.get() } catch { throw .spill(error) }
      part.times.merge(findings.times)
      part.highWater = max(part.highWater, findings.highWater)
      part.tooLate += findings.tooLate
      part.alreadySeen += findings.alreadySeen
      part.presence.merge(findings.presence)
      for store in findings.segments {
        do throws(SegmentError) { part.segments.append(try Segment(store)) } catch { throw .segment(error) }
      }
    }
    return part
  }
}

extension SweepSink {
  fileprivate var findings: Result<WorkerFindings, SpillError> {
    do throws(SpillError) { return .success(try finish()) } catch { return .failure(error) }
  }
}
