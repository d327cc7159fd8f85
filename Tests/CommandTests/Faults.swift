import Foundation

/// One call of a program that is made to fail (`Tests/Faults/faults.c`).
struct Fault: Sendable, CustomStringConvertible {
  static let library = URL(fileURLWithPath: Harrier.path).deletingLastPathComponent().path + "/libharrier-faults.so"

  let kind: String
  let at: Int
  /// Calls that look at a file whose name ends so are counted.
  var file = "/state"
  /// Where the numbers of calls are written.
  var counts: String?

  var kills: Bool { kind == "kill" || kind == "tear" }
  var description: String { "\(kind):\(at)" }
  var environment: [String: String] {
    let own = ["LD_PRELOAD": Fault.library, "HARRIER_FAULT": description, "HARRIER_FAULT_FILE": file]
    return counts.map { own.merging(["HARRIER_FAULT_COUNT": $0]) { $1 } } ?? own
  }

  /// What is wrong with the end of a program that this fault broke.
  ///
  /// - Parameter codes: with which it may end if it was not killed.
  func unlike(_ broken: Harrier.Result, _ codes: [Int32]) -> String? {
    if kills { return broken.code == SIGKILL ? nil : "it was not killed but ended with \(broken.code)" }
    return codes.contains(broken.code) ? nil : "it ended with \(broken.code): \(broken.errors)"
  }

  /// How many calls change something, and how many look at the state.
  static func counted(
    _ folder: Folder, _ run: (Fault) throws -> Harrier.Result
  ) throws -> (changes: Int, looks: Int) {
    let file = "\(folder.path)/count"
    let result = try run(Fault(kind: "count", at: 0, counts: file))
    guard result.code == 0 else { throw StateDump.Failure(description: "the run failed: \(result.errors)") }
    let numbers = try String(contentsOfFile: file, encoding: .utf8).split(whereSeparator: \.isWhitespace)
    guard numbers.count == 2, let changes = Int(numbers[0]), let looks = Int(numbers[1]) else {
      throw StateDump.Failure(description: "no calls were counted")
    }
    return (changes, looks)
  }
}

/// What went wrong with some of many faults that were tried at the same time.
final class Failures: @unchecked Sendable {
  // @unchecked: only used under its lock.
  private let lock = NSLock()
  private var words: [String] = []

  private init() {}

  /// - Parameter wrong: what is wrong after a fault; nil if nothing is.
  static func of(_ faults: [Fault], _ wrong: @Sendable (Fault) throws -> String?) -> [String] {
    let failures = Failures()
    DispatchQueue.concurrentPerform(iterations: faults.count) { place in
      let fault = faults[place]
      let words: String?
      do { words = try wrong(fault) } catch { words = "\(error)" }
      if let words { failures.lock.withLock { failures.words.append("\(fault): \(words)") } }
    }
    return failures.words.sorted()
  }
}
