// Writes one file at a time: background events in the order of time with the planted ones in between, into a buffer,
// through the compressor, to disk. A worker owns all it needs and shares nothing that changes.

/// What became of one file.
struct WrittenFile {
  var path: String
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

  private let run: Run
  private let renderer: Renderer
  private let extras: [Background.Extras]
  private var scene = Scene()
  private var sink = ByteSink(capacity: Worker.blockBytes + Worker.eventBytesMax)
  private var writer: GzipWriter

  init(run: Run) throws(GenerateError) {
    self.run = run
    renderer = Renderer(lexicon: run.plan.world.lexicon)
    extras = run.plan.world.realms.map(\.extras)
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
    let events = file.background
    // The folder is known at once; the name, for Alibaba, only at the end.
    let directory = Layout.key(file, number: number, plan: plan, records: 0, decompressedBytes: 0).directory
    let folder = run.options.outputDirectory + "/" + directory
    try run.makeDirectories(folder)
    let temporary = "\(folder)/.\(number).partial"
    try writer.begin(path: temporary)
    sink.removeAll()
    try writeEvents(number, file)
    try writer.write(&sink, finish: true)
    try writer.end()
    let key = Layout.key(
      file, number: number, plan: plan, records: events, decompressedBytes: writer.decompressedBytes)
    let path = "\(folder)/\(key.name)"
    try Files.rename(temporary, to: path)
    return WrittenFile(
      path: path, events: events, decompressedBytes: writer.decompressedBytes, compressedBytes: writer.compressedBytes)
  }

  private mutating func writeEvents(_ number: Int, _ file: FilePlan) throws(GenerateError) {
    let stream = run.plan.streams[Int(file.stream)]
    let stage = Stage(run.plan, stream: stream)
    let grammar = stage.realm.grammar
    let activity = run.plan.activities[Int(file.stream)]
    let background = Background(stage: stage, activity: activity, extras: extras[stream.realm])
    stage.open(&scene, archiveSeed: run.plan.world.archiveSeed)
    sink.append(grammar.opening)
    let fileSeed = mixed(stage.account.seed, UInt64(number) | 1 << 41)
    var walk = TimeWalk(activity: activity, window: file.window, count: file.background)
    for index in 0..<file.background {
      let nominal = walk.time(of: index)
      scene.eventSeed = mixed(fileSeed, index)
      scene.random = SplitMix64(seed: scene.eventSeed)
      scene.number = file.firstNumber + index
      let late = Int64(scene.random.below(Worker.disorderSeconds))
      scene.time = max(file.start, nominal - late)
      let template = background.next(&scene)
      if index > 0 { sink.append(grammar.separator) }
      renderer.write(template, &scene, to: &sink)
      if sink.room < Worker.eventBytesMax { try drain() }
    }
    if file.background > 0 || !grammar.opening.isEmpty { sink.append(grammar.closing) }
  }

  private mutating func drain() throws(GenerateError) {
    if run.shouldStop { throw .cancelled }
    try writer.write(&sink)
  }
}
