import Archive
import Events
import Glibc

/// When, by what and where a report was made: the only part of it that depends on the clock and the machine.
public struct ManifestRun: Sendable {
  /// Milliseconds since 1970.
  public var finished: Int64
  /// Relative paths of inputs are seen from here.
  public var directory: String

  public init(finished: Int64, directory: String) {
    self.finished = finished
    self.directory = directory
  }
}

/// `manifest.json`: what was read, by which rules, and what was written, each with its SHA-256.
///
/// A manifest names the hash of the one before it in the same directory. That one is kept in `manifests/`, so that the chain
/// can be checked: whoever changes an old manifest has to change all that came after it.
public struct Manifest {
  public static let fileName = "manifest.json"
  static let version = 1

  let run: ManifestRun
  let content: ReportContent
  let files: [WrittenFile]
  let isPseudonymised: Bool

  func text(after previous: PreviousManifest?, oldest: Int = 1) -> [UInt8] {
    head + Manifest.link(to: previous, oldest: oldest) + tail
  }

  /// What stands before the link to the manifest before.
  public var head: [UInt8] {
    var json = JSONText()
    json.begin()
    json.member("manifest", Manifest.version)
    header(&json)
    return json.bytes
  }

  /// - Parameter oldest: the sequence of the first manifest that is kept; it is said where earlier ones were removed.
  static func link(to previous: PreviousManifest?, oldest: Int = 1) -> [UInt8] {
    let hash = previous.map { "\"\($0.sha256)\"" } ?? "null"
    let kept = oldest > 1 ? #","oldest":\#(oldest)"# : ""
    return Array(#","sequence":\#((previous?.sequence ?? 0) + 1)\#(kept),"previous":\#(hash),"#.utf8)
  }

  /// What stands behind it.
  public var tail: [UInt8] {
    var json = JSONText()
    json.begin()
    json.member("rules", content.rules)
    json.member("config", orNull: content.configuration.map { Array($0.utf8) })
    json.member("pseudonymised", isPseudonymised)
    json.member("complete", content.summary.isComplete)
    json.key("inputs")
    json.begin(UInt8(ascii: "["))
    for input in content.inputs {
      json.newline()
      write(input, &json)
    }
    json.end(UInt8(ascii: "]"))
    json.member("not_read", list: content.summary.issues.map { Array($0.utf8) })
    json.key("files")
    json.begin(UInt8(ascii: "["))
    for file in files {
      json.newline()
      json.begin()
      json.member("name", file.name)
      json.member("bytes", file.bytes)
      json.member("sha256", orNull: file.sha256.map { Array($0.utf8) })
      json.end()
    }
    json.end(UInt8(ascii: "]"))
    json.end()
    json.line()
    return Array(json.bytes.dropFirst())
  }

  private func header(_ json: inout JSONText) {
    json.key("run")
    json.begin()
    json.member("tool", Tool.name)
    json.member("version", Tool.version)
    json.member("finished", Timestamp.string(run.finished))
    json.member("directory", run.directory)
    json.end()
  }

  private func write(_ input: InputFile, _ json: inout JSONText) {
    json.begin()
    json.key("file")
    json.text(input.path)
    json.member("status", input.status)
    json.member("bytes", Int(clamping: input.bytes))
    json.member("sha256", orNull: input.sha256.map { Array($0.utf8) })
    json.member("records", Int(clamping: input.records))
    json.key("skipped")
    json.begin()
    for (name, count) in input.skips { json.member(named: name, count) }
    json.end()
    let times: [(StaticString, Int64)] = [("first_time", input.firstTime), ("last_time", input.lastTime)]
    for (name, time) in times {
      json.member(name, orNull: time == Timestamp.missing ? nil : Array(Timestamp.string(time).utf8))
    }
    json.end()
  }
}

/// The manifest that the next one follows.
struct PreviousManifest {
  // A manifest of a million files takes some hundreds of megabytes.
  static let bytesMax = 1 << 30
  static let directory = "manifests"

  let sequence: Int
  let sha256: String
  /// The sequence of the first manifest that it says is kept.
  let oldest: Int
  /// The names of the report's files.
  let files: [String]
  /// Whether the report told of any alert.
  let hasNews: Bool

  static func digits(_ sequence: Int) -> String {
    let digits = String(sequence)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  /// Where an old manifest is kept: `manifests/000007.json`.
  static func name(_ sequence: Int) -> String {
    "\(directory)/\(digits(sequence)).json"
  }

  /// Puts the manifest that is there aside, under a second name: it stays in its place until the next one replaces it.
  static func keep(in directory: ReportDirectory) throws(ReportError) -> PreviousManifest? {
    let path = "\(directory.path)/\(Manifest.fileName)"
    let file: WholeFile
    do throws(ReportError) {
      file = try WholeFile(path, bytesMax: bytesMax)
    } catch {
      if error.errorNumber == ENOENT { return nil }
      throw error
    }
    let manifest = JSONValue(file.bytes)
    let sequence = manifest?["sequence"]?.integer ?? 0
    let files = manifest?["files"]?.list ?? []
    let place = try ReportDirectory("\(directory.path)/\(PreviousManifest.directory)")
    let kept = "\(directory.path)/\(name(sequence))"
    if link(path, kept) != 0, errno != EEXIST { throw ReportError(path: kept, errorNumber: errno) }
    try place.sync()
    return PreviousManifest(
      sequence: sequence, sha256: file.sha256, oldest: manifest?["oldest"]?.integer ?? 1,
      files: files.compactMap { $0["name"]?.string },
      hasNews: files.contains { $0["name"]?.string == "alerts.jsonl" && $0["bytes"]?.integer ?? 0 > 0 })
  }
}

/// A small file with its hash.
struct WholeFile {
  let bytes: [UInt8]
  let sha256: String

  init(_ path: String, bytesMax: Int) throws(ReportError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ReportError(path: path, errorNumber: errno) }
    defer { close(descriptor) }
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ReportError(path: path, errorNumber: errno) }
      if count == 0 { break }
      all += piece[..<count]
      guard all.count <= bytesMax else { throw ReportError(path: path, errorNumber: EFBIG) }
    }
    bytes = all
    sha256 = ReportHash.hex(all)
  }
}

/// A file that is small enough to be held.
public enum SmallFile {
  public static func bytes(_ path: String, bytesMax: Int) throws(ReportError) -> [UInt8] {
    try WholeFile(path, bytesMax: bytesMax).bytes
  }
}

/// SHA-256 of what is there in full.
enum ReportHash {
  static func value(_ bytes: [UInt8]) -> SHA256Value {
    guard var digest = Digest() else { return SHA256Value(words: (0, 0, 0, 0)) }
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.end()
  }

  static func hex(_ bytes: [UInt8]) -> String { value(bytes).hex }
}
