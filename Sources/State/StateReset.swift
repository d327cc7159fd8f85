import Glibc

extension State {
  // Whoever begins anew so often has another problem.
  private static let asideMax = 10_000

  /// Puts a state aside, damaged or not, so that the next sweep begins another one.
  ///
  /// - Returns: where it is now; nil if the file was gone already.
  public static func putAside(_ path: String, _ options: Options = Options()) throws(StateError) -> String? {
    try StatePlace.check(path, allowsNetwork: options.allowsNetwork)
    var status = stat()
    let isThere = stat(path, &status) == 0
    guard isThere || stat(path + ".lock", &status) == 0 else {
      throw StateError(.missing, "there is no state \(path)", remedy: "harrier sweep PATH... --state \(path) makes one")
    }
    let lock = try StateLock(path)
    defer { withExtendedLifetime(lock) {} }
    let aside = isThere ? try rename(path) : nil
    try lock.forgetState()
    return aside
  }

  /// With its journal, by which SQLite takes back what was left half-done. A second name first: nothing is ever replaced,
  /// and nothing is lost if this ends in between.
  private static func rename(_ path: String) throws(StateError) -> String {
    for number in 1...asideMax {
      let aside = "\(path).aside-\(number)"
      var status = stat()
      if stat("\(aside)-journal", &status) == 0 { continue }
      guard link(path, aside) == 0 else {
        if errno == EEXIST { continue }
        throw StateError(system: errno, "cannot put \(path) aside as \(aside)")
      }
      let hasJournal = link("\(path)-journal", "\(aside)-journal") == 0
      guard hasJournal || errno == ENOENT else {
        throw StateError(system: errno, "cannot put \(path)-journal aside")
      }
      guard unlink(path) == 0, !hasJournal || unlink("\(path)-journal") == 0 else {
        throw StateError(system: errno, "cannot put \(path) aside")
      }
      return aside
    }
    throw StateError(
      .failed, "\(path).aside-1 and \(asideMax - 1) more are there", remedy: "remove those you do not need")
  }
}
