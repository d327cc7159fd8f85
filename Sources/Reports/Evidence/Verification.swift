import Archive
import Glibc

/// Checks the manifests of a report against each other, against the report's files, and against what was read.
public struct Verification {
  public enum State: String, Sendable {
    /// As the manifest says.
    case ok
    /// It has grown since; its beginning is as the manifest says.
    case grown
    /// It lies elsewhere now, unchanged.
    case moved
    case changed
    case missing
    case unreadable
    /// The manifest holds no hash, or a pseudonym instead of the name.
    case unchecked = "not checked"

    public var isFailure: Bool { self == .changed || self == .missing || self == .unreadable }
  }

  public enum Subject: String, Sendable { case manifest, report, input }

  public struct Line: Sendable {
    public let subject: Subject
    public let name: [UInt8]
    public let state: State
    public let note: String
  }

  public private(set) var lines: [Line] = []
  /// Of the whole chain.
  public private(set) var manifests = 0
  /// Where the chain begins, if what lies before it was removed on purpose.
  public private(set) var firstKept: Int?
  /// Of the newest manifest.
  public private(set) var voucher = Voucher.nobody
  private let directory: String
  private let witness: Witness?
  /// From the newest on.
  private var seals: [ManifestSeal] = []
  /// Where logs may have moved to; looked for when one is missing.
  private var moved: MovedInputs?

  public var isSound: Bool { !lines.contains { $0.state.isFailure } }

  /// The directory of a report.
  ///
  /// - Parameter path: it, or its `manifest.json`.
  public static func directory(of path: String) -> String {
    let isManifest = path.hasSuffix("/\(Manifest.fileName)") || path == Manifest.fileName
    let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    return !isManifest ? path : parent.isEmpty ? path.hasPrefix("/") ? "/" : "." : parent
  }

  /// - Parameters:
  ///   - path: the directory of a report, or its `manifest.json`.
  ///   - witness: what a state knows of it.
  public init(_ path: String, witness: Witness? = nil, interrupted: () -> Bool = { false }) {
    directory = Verification.directory(of: path)
    self.witness = witness
    let chain = chain()
    guard let newest = chain.first else { return }
    vouch()
    for file in newest["files"]?.list ?? [] { checkReport(file) }
    // A file that several runs have read is as the last of them says.
    var seen: Set<[UInt8]> = []
    let paths = Set(chain.flatMap(Verification.inputPaths))
    for manifest in chain {
      let base = manifest["run"]?["directory"]?.string ?? "."
      let isPseudonymised = manifest["pseudonymised"]?.bool ?? false
      for input in manifest["inputs"]?.list ?? [] where !interrupted() {
        guard let name = input["file"]?.bytes, seen.insert(name).inserted else { continue }
        checkInput(input, name, base: base, isPseudonymised: isPseudonymised, among: paths)
      }
    }
  }

  // MARK: The chain

  /// The manifests from the newest on, as far as each is what the one after it says.
  private mutating func chain() -> [JSONValue] {
    var result: [JSONValue] = []
    var name = Manifest.fileName
    var expected: String?
    var oldest = oldestOfNewest
    while true {
      guard let manifest = load(name, expected: expected) else { return result }
      result.append(manifest)
      manifests += 1
      guard let previous = manifest["previous"]?.string else { return result }
      expected = previous
      let sequence = (manifest["sequence"]?.integer ?? 1) - 1
      guard sequence >= 0, result.count <= Verification.chainMax else { return result }
      oldest = max(oldest, manifest["oldest"]?.integer ?? 1)
      if sequence < oldest {
        firstKept = sequence + 1
        return result
      }
      name = PreviousManifest.name(sequence)
    }
  }

  /// Of a report in `reports/`: manifests that were there with it may have been removed since, as the newest one says.
  private var oldestOfNewest: Int {
    guard KeptReports.holds(directory),
      let file = try? WholeFile("\(directory)/../../\(Manifest.fileName)", bytesMax: PreviousManifest.bytesMax)
    else { return 1 }
    return JSONValue(file.bytes)?["oldest"]?.integer ?? 1
  }

  // A manifest each minute for more than a year.
  private static let chainMax = 1_000_000

  private mutating func load(_ name: String, expected: String?) -> JSONValue? {
    let file: WholeFile
    do throws(ReportError) {
      file = try WholeFile(place(of: name), bytesMax: PreviousManifest.bytesMax)
    } catch {
      let state: State = error.errorNumber == ENOENT ? .missing : .unreadable
      add(.manifest, Array(name.utf8), state, expected == nil ? "" : "the manifest after it names it")
      return nil
    }
    if let expected, file.sha256 != expected {
      add(.manifest, Array(name.utf8), .changed, "its SHA-256 is not the one that the manifest after it names")
      return nil
    }
    guard let value = JSONValue(file.bytes), value["manifest"]?.integer == Manifest.version else {
      add(.manifest, Array(name.utf8), .unreadable, "this is no manifest of Harrier's")
      return nil
    }
    seals.append(ManifestSeal(sequence: value["sequence"]?.integer ?? 1, sha256: file.sha256))
    add(.manifest, Array(name.utf8), .ok, "")
    return value
  }

  /// The manifests before that of a report in `reports/` lie with the newest report.
  private func place(of name: String) -> String {
    let own = "\(directory)/\(name)"
    let isOlder = name != Manifest.fileName && access(own, F_OK) != 0
    return isOlder && KeptReports.holds(directory) ? "\(directory)/../../\(name)" : own
  }

  private mutating func add(_ subject: Subject, _ name: [UInt8], _ state: State, _ note: String) {
    lines.append(Line(subject: subject, name: name, state: state, note: note))
  }

  // MARK: The newest one

  /// Each manifest is vouched for by the one after it; the newest one by whoever knows it from elsewhere.
  private mutating func vouch() {
    guard let own = seals.first else { return }
    if KeptReports.holds(directory) {
      let next = own.sequence + 1
      // Those that came after lie with the newest report.
      for name in [PreviousManifest.name(next), Manifest.fileName] {
        guard let file = try? WholeFile("\(directory)/../../\(name)", bytesMax: PreviousManifest.bytesMax),
          let value = JSONValue(file.bytes), value["sequence"]?.integer == next
        else { continue }
        guard value["previous"]?.string == own.sha256 else {
          return contradict("its SHA-256 is not the one that the manifest after it names")
        }
        voucher = .manifest(next)
        return
      }
    }
    guard let witness else { return }
    guard let known = witness.newest else {
      voucher = .notTheState("the state knows of no report here")
      return
    }
    if known.sequence == own.sequence {
      guard known.sha256 == own.sha256 else { return contradict("its SHA-256 is not the one that the state keeps") }
      voucher = .state
    } else if known.sequence > own.sequence {
      contradict("the state knows of a later one, manifest \(known.sequence)")
    } else if !seals.contains(where: { $0.sequence == known.sequence && $0.sha256 == known.sha256 }) {
      contradict("it does not follow manifest \(known.sequence), the newest that the state knows")
    } else if witness.isPending {
      voucher = .notTheState("its run was killed; the next sweep mends that")
    } else {
      contradict("no run of this state has written it: the newest is \(known.sequence)")
    }
  }

  private mutating func contradict(_ words: String) {
    voucher = .notTheState(words)
    lines[0] = Line(subject: .manifest, name: lines[0].name, state: .changed, note: words)
  }

  // MARK: Files

  private mutating func checkReport(_ file: JSONValue) {
    guard let name = file["name"]?.bytes else { return }
    // A name of the report's own directory, whatever a changed manifest may say.
    guard !name.contains(UInt8(ascii: "/")) else { return add(.report, name, .unreadable, "not a name in the report") }
    let path = Array("\(directory)/".utf8) + name
    let (state, note) = Verification.state(path, bytes: file["bytes"]?.integer, sha256: file["sha256"]?.string)
    add(.report, name, state == .grown ? .changed : state, note)
  }

  private mutating func checkInput(
    _ input: JSONValue, _ name: [UInt8], base: String, isPseudonymised: Bool, among paths: Set<[UInt8]>
  ) {
    if isPseudonymised { return add(.input, name, .unchecked, "its name is a pseudonym") }
    guard let sha256 = input["sha256"]?.string else { return add(.input, name, .unchecked, "it was not read") }
    if name == [UInt8(ascii: "-")] { return add(.input, name, .unchecked, "it was read from a pipe") }
    let path = Verification.path(name, base: base)
    let (state, note) = Verification.state(path, bytes: input["bytes"]?.integer, sha256: sha256)
    guard state == .missing || state == .changed,
      let (place, isKnown) = moved(sha256, input["bytes"]?.integer, base, paths)
    else { return add(.input, name, state, note) }
    let shown = String(decoding: FileName(place).text, as: UTF8.self)
    // Who changes a log may have left a copy of it: only the state knows that the file itself went there.
    guard state == .missing || isKnown else {
      return add(.input, name, state, "\(note); what was read lies at \(shown)")
    }
    add(.input, name, .moved, "it lies at \(shown) now")
  }

  private static func path(_ name: [UInt8], base: String) -> [UInt8] {
    let bytes = FileName.named(name).bytes
    return bytes.first == UInt8(ascii: "/") ? bytes : Array("\(base)/".utf8) + bytes
  }

  private static func inputPaths(_ manifest: JSONValue) -> [[UInt8]] {
    guard manifest["pseudonymised"]?.bool != true else { return [] }
    let base = manifest["run"]?["directory"]?.string ?? "."
    return (manifest["inputs"]?.list ?? []).compactMap { $0["file"]?.bytes.map { path($0, base: base) } }
  }

  /// Where a file with this content lies: as the state has it, or beside the others.
  ///
  /// - Returns: besides, whether the state says so.
  private mutating func moved(
    _ sha256: String, _ bytes: Int?, _ base: String, _ paths: Set<[UInt8]>
  ) -> (place: [UInt8], isKnown: Bool)? {
    guard let bytes, bytes > 0 else { return nil }
    func isThere(_ place: [UInt8]) -> Bool { Verification.state(place, bytes: bytes, sha256: sha256).0 == .ok }
    for known in witness?.places[sha256] ?? [] {
      let place = known.first == UInt8(ascii: "/") ? known : Array("\(base)/".utf8) + known
      if !paths.contains(place), isThere(place) { return (place, true) }
    }
    let found = moved ?? MovedInputs(beside: paths)
    moved = found
    return found.candidates(bytes: bytes).first(where: isThere).map { ($0, false) }
  }

  private static func state(_ path: [UInt8], bytes: Int?, sha256: String?) -> (State, String) {
    guard let bytes, let sha256 else { return (.unchecked, "the manifest holds no hash of it") }
    let descriptor = (path + [0]).withUnsafeBufferPointer { name in
      name.withMemoryRebound(to: CChar.self) {
        $0.baseAddress.map { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) } ?? -1
      }
    }
    guard descriptor >= 0 else {
      let number = errno
      return number == ENOENT ? (.missing, "") : (.unreadable, String(cString: strerror(number)))
    }
    defer { close(descriptor) }
    guard let found = hash(descriptor, bytes: bytes) else { return (.unreadable, "reading failed") }
    if found.hex != sha256 { return (.changed, found.count < bytes ? "it is shorter" : "its SHA-256 is another") }
    return found.hasMore ? (.grown, "what was read of it is unchanged") : (.ok, "")
  }

  /// Of the first bytes of a file.
  private static func hash(_ descriptor: Int32, bytes: Int) -> (hex: String, count: Int, hasMore: Bool)? {
    guard var digest = Digest() else { return nil }
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    var count = 0
    while true {
      // One byte more than the manifest says, to see whether there is more.
      let wanted = min(piece.count, bytes - count + 1)
      let read = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, wanted) }
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { return nil }
      let own = min(read, bytes - count)
      piece.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[..<own])) }
      count += own
      if own < read { return (digest.end().hex, count, true) }
      if read == 0 { return (digest.end().hex, count, false) }
    }
  }
}
