/// `@FILE`: a list of paths.
///
/// One path a line, or, where the list holds a NUL byte, one path up to each NUL (`find -print0`). Paths are relative to
/// the current directory and taken as they are: no globs, no `-`, no lists of lists. Empty lines are ignored. A line of a
/// list written on Windows ends in a carriage return; it is dropped where no file has the name with it.

import Glibc

public enum PathList {
  /// Over a million paths of 250 bytes. What is longer is a log given with `@` by mistake, or a device without end.
  static let bytesMax = 256 << 20
  /// One read; large enough that the calls cost nothing, small enough not to matter.
  static let chunkBytes = 256 << 10
  /// How soon an interrupt is seen while a pipe is silent.
  private static let patienceMillis: Int32 = 100

  /// Every path of the list, in its order.
  static func forEachPath(in list: [UInt8], _ body: ([UInt8]) -> Void) {
    let separator: UInt8 = list.contains(0) ? 0 : UInt8(ascii: "\n")
    for line in list.lazy.split(separator: separator) { body(Array(line)) }
  }

  /// The whole of an open list, or nil where it is longer than `bytesMax`.
  static func contents(
    of descriptor: Int32, calls: FileCalls, isCancelled: () -> Bool
  ) throws(FileFault) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: chunkBytes)
    while true {
      while !calls.wait(descriptor, patienceMillis) {
        if isCancelled() { throw FileFault(errno: EINTR) }
      }
      let outcome = chunk.withUnsafeMutableBytes { buffer -> Result<Int, FileFault> in
        // SAFETY: the buffer is the whole chunk, which nothing else uses meanwhile.
        do throws(FileFault) { return .success(try calls.read(descriptor, buffer)) } catch { return .failure(error) }
      }
      let count = try outcome.get()
      if count == 0 { return bytes }
      if bytes.count + count > bytesMax { return nil }
      bytes.append(contentsOf: chunk[..<count])
    }
  }
}

extension PathList {
  /// What the list in an ordinary file names; nothing where it cannot be read, which whoever discovers files reports.
  public static func paths(inFile name: [UInt8]) -> [[UInt8]] {
    let calls = FileCalls.live
    var paths: [[UInt8]] = []
    do throws(FileFault) {
      guard try calls.statusOfPath(name, follow: true).kind == .file else { return [] }
      let file = try calls.openPath(name, flags: O_RDONLY | O_NOCTTY | O_NONBLOCK)
      guard let list = try contents(of: file.descriptor, calls: calls, isCancelled: { false }) else { return [] }
      forEachPath(in: list) { paths.append($0) }
    } catch {
      return []
    }
    return paths
  }
}

extension Discoverer {
  /// - Parameter argument: the list's name with its `@`, for messages.
  mutating func take(list name: [UInt8], argument: [UInt8]) {
    do throws(FileFault) {
      guard let list = try contents(ofList: name, argument: argument) else { return }
      PathList.forEachPath(in: list) { take(line: $0) }
    } catch {
      report(argument, .listUnreadable, error)
    }
  }

  private mutating func contents(ofList name: [UInt8], argument: [UInt8]) throws(FileFault) -> [UInt8]? {
    let bytes: [UInt8]?
    if name == Array("-".utf8) {
      guard claimStandardInput(for: argument) else { return nil }
      bytes = try PathList.contents(of: STDIN_FILENO, calls: calls, isCancelled: options.isCancelled)
    } else {
      // Without waiting for somebody to write into a pipe: that is done where an interrupt is seen.
      let file = try calls.openPath(name, flags: O_RDONLY | O_NOCTTY | O_NONBLOCK)
      bytes = try PathList.contents(of: file.descriptor, calls: calls, isCancelled: options.isCancelled)
    }
    if bytes == nil { report(argument, .listTooLong) }
    return bytes
  }

  private mutating func take(line: [UInt8]) {
    guard let fault = take(path: line, origin: .listed, mayPrune: true) else { return }
    if line.last == UInt8(ascii: "\r") {
      let path = Array(line.dropLast())
      if path.isEmpty || take(path: path, origin: .listed, mayPrune: true) == nil { return }
      return report(path, .notFound, fault)
    }
    report(line, .notFound, fault)
  }
}
