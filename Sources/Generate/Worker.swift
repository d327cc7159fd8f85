// Writes one file at a time: background events in the order of time with the planted ones in between, into a buffer,
// through the compressor, to disk. A worker owns all it needs and shares nothing that changes.

/// What became of one file.
struct WrittenFile {
  var number: Int
  var events: UInt64
  var decompressedBytes: UInt64
  var compressedBytes: UInt64
}

struct Worker: ~Copyable {
  /// The longest record is about 5 KB; a record that outgrows this traps in the sink.
  static let eventBytesMax = 32 * 1024
  /// Handed to the compressor at a time: several times its window, well within a core's second-level cache.
  static let blockBytes = 256 * 1024
  /// Events lie up to this far from their place in the order of time, as deliveries are.
  private static let disorderSeconds: UInt64 = 20

  /// Within a long file, progress is told this often: some ten times a second.
  private static let eventsPerReport = 20_000

  private let run: Run
  private var unreported = 0
  private let renderer: Renderer
  private var scene = Scene()
  private var sink = ByteSink(capacity: Worker.blockBytes + Worker.eventBytesMax)
  private var writer: GzipWriter

  init(run: Run) throws(GenerateError) {
    self.run = run
    renderer = Renderer(lexicon: run.plan.world.lexicon)
    writer = try GzipWriter(level: run.options.level)
  }

  mutating func writeFile(_ number: Int) throws(GenerateError) -> WrittenFile {
    do throws(GenerateError) {
      return try write(number)
    } catch {
      writer.abandon()
      throw error
    }
  }

  private mutating func write(_ number: Int) throws(GenerateError) -> WrittenFile {
    let plan = run.plan
    let file = plan.files[number]
    let planted = plan.planted.events(ofFile: number)
    let events = file.background + UInt64(planted.count)
    // The folder is known at once; the name, for Alibaba, only at the end.
    let directory = Layout.key(file, number: number, plan: plan, records: 0, decompressedBytes: 0).directory
    let folder = run.options.outputDirectory + "/" + directory
    try run.makeDirectories(folder)
    let temporary = "\(folder)/.\(number).partial"
    try writer.begin(path: temporary)
    sink.removeAll()
    try writeEvents(number, file, planted)
    try writer.write(&sink, finish: true)
    try writer.end()
    let key = Layout.key(
      file, number: number, plan: plan, records: events, decompressedBytes: writer.decompressedBytes)
    try Files.rename(temporary, to: "\(folder)/\(key.name)")
    reportProgress()
    return WrittenFile(
      number: number, events: events, decompressedBytes: writer.decompressedBytes,
      compressedBytes: writer.compressedBytes)
  }

  private mutating func writeEvents(
    _ number: Int, _ file: FilePlan, _ planted: ArraySlice<PlantedEvent>
  ) throws(GenerateError) {
    let stream = run.plan.streams[Int(file.stream)]
    let stage = Stage(run.plan, stream: stream)
    let grammar = stage.realm.grammar
    let extras = stage.realm.extras
    let activity = run.plan.activities[Int(file.stream)]
    let background = Background(stage: stage, activity: activity, extras: extras)
    stage.open(&scene, archiveSeed: run.plan.world.archiveSeed)
    sink.append(grammar.opening)
    let fileSeed = mixed(stage.account.seed, UInt64(number) | 1 << 41)
    var waiting = planted
    var written: UInt64 = 0
    var walk = TimeWalk(activity: activity, window: file.window, count: file.background)
    for index in 0..<file.background {
      let nominal = walk.time(of: index)
      while let event = waiting.first, event.shot.time <= nominal {
        try write(event, stage, extras, after: &written, separator: grammar.separator)
        waiting.removeFirst()
      }
      scene.eventSeed = mixed(fileSeed, index)
      scene.random = SplitMix64(seed: scene.eventSeed)
      scene.number = file.firstNumber + index
      scene.time = max(file.start, nominal - Int64(scene.random.below(Worker.disorderSeconds)))
      try write(background.next(&scene), after: &written, separator: grammar.separator)
    }
    for event in waiting { try write(event, stage, extras, after: &written, separator: grammar.separator) }
    // Lines end with a newline each; an archive of lines with no event is an empty text.
    if written > 0 || !grammar.opening.isEmpty { sink.append(grammar.closing) }
  }

  private mutating func write(
    _ event: PlantedEvent, _ stage: Stage, _ extras: Background.Extras, after written: inout UInt64, separator: String
  ) throws(GenerateError) {
    scene.number = event.number
    scene.time = event.shot.time
    scene.eventSeed = mixed(run.plan.world.archiveSeed, event.number)
    scene.random = SplitMix64(seed: scene.eventSeed)
    try write(stage.perform(event.shot, extras: extras, &scene), after: &written, separator: separator)
  }

  private mutating func write(
    _ template: TemplateID, after written: inout UInt64, separator: String
  ) throws(GenerateError) {
    if written > 0 { sink.append(separator) }
    written += 1
    unreported += 1
    renderer.write(template, &scene, to: &sink)
    if sink.room < Worker.eventBytesMax { try drain() }
  }

  private mutating func drain() throws(GenerateError) {
    if run.shouldStop { throw .cancelled }
    try writer.write(&sink)
    if unreported >= Worker.eventsPerReport { reportProgress() }
  }

  private mutating func reportProgress() {
    run.advance(by: unreported)
    unreported = 0
  }
}
