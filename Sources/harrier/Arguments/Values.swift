import Archive
import Events
import Glibc
import Pipeline
import Reports

/// The values of flags, from text to what they mean.
extension Invocation {
  func number(_ flag: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = value(flag) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw UsageError("--\(flag) \(text): not a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A directory to write into: `-`, which elsewhere means a stream, is none.
  func directory(_ flag: String) throws(UsageError) -> String? {
    guard let path = value(flag) else { return nil }
    guard path != "-" else {
      throw UsageError("--\(flag) -: several files are written, which needs a directory", remedy: "--\(flag) DIR")
    }
    // As of a variable that is not set: a report that nobody finds.
    guard !path.isEmpty else { throw UsageError("--\(flag) needs a directory", remedy: "--\(flag) DIR") }
    return path
  }

  /// `512M`, `2GiB`, `1000000`: bytes, with units of 1,024.
  func size(_ flag: String) throws(UsageError) -> UInt64? {
    guard let text = value(flag) else { return nil }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count).lowercased().replacing("ib", with: "").replacing("b", with: "")
    let shifts = ["": 0, "k": 10, "m": 20, "g": 30, "t": 40]
    guard let number = UInt64(digits), let shift = shifts[unit], number > 0, number <= UInt64.max >> UInt64(shift + 1)
    else {
      throw UsageError("--\(flag) \(text): not a size", remedy: "write it like 512M or 2G")
    }
    return number << UInt64(shift)
  }

  func choice<C: CaseIterable & RawRepresentable>(_ flag: String, _ type: C.Type) throws(UsageError) -> C?
  where C.RawValue == String {
    guard let text = value(flag) else { return nil }
    guard let choice = C(rawValue: text) else {
      let all = C.allCases.map(\.rawValue)
      throw UsageError(
        "--\(flag) \(text): not one of \(all.joined(separator: ", "))\(Suggestion.among(all, for: text))")
    }
    return choice
  }

  func jobs() throws(UsageError) -> Int {
    try number("jobs", in: 1...256) ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  func provider() throws(UsageError) -> Provider? {
    guard let text = value("provider") else { return nil }
    let names = Provider.read.map(\.name)
    guard let provider = Provider(name: text) else {
      throw UsageError(
        "--provider \(text): not one of \(names.joined(separator: ", "))\(Suggestion.among(names, for: text))")
    }
    guard Provider.read.contains(provider) else {
      throw UsageError(
        "--provider \(text): its records are not recognised yet; those of \(names.joined(separator: ", ")) are")
    }
    return provider
  }

  /// Seconds east of UTC.
  func zone() throws(UsageError) -> Int {
    guard let text = value("tz") else { return 0 }
    if ["utc", "z", "gmt"].contains(text.lowercased()) { return 0 }
    let stamp = withText("1970-01-02T00:00:00\(text)") { Timestamp.parse($0) }
    guard stamp != Timestamp.missing, text.hasPrefix("+") || text.hasPrefix("-") else {
      throw UsageError("--tz \(text): not a zone", remedy: "write it as an offset like +08:00, or UTC")
    }
    return Int((86_400_000 - stamp) / 1000)
  }

  func range(zone: Int) throws(UsageError) -> TimeRange {
    let range = TimeRange(
      since: try moment("since", zone: zone) ?? .min, until: try moment("until", zone: zone) ?? .max)
    guard range.since < range.until else {
      throw UsageError("--since is not before --until: no event can be in between")
    }
    return range
  }

  /// Milliseconds.
  static var clock: Int64 {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
  }

  func moment(_ flag: String, zone: Int) throws(UsageError) -> Int64? {
    guard let text = value(flag) else { return nil }
    if let ago = Invocation.duration(text) {
      return Invocation.clock - ago
    }
    let epoch = withText(text) { Timestamp.parseEpoch($0) }
    if epoch != Timestamp.missing { return epoch }
    let stamp = withText(text) { Timestamp.parse($0, offsetSeconds: zone) }
    guard stamp != Timestamp.missing else {
      throw UsageError(
        "--\(flag) \(text): not a time", remedy: "write it like 2026-01-05, 2026-01-05T10:00:00Z, 1767607200, 24h or 7d"
      )
    }
    return stamp
  }

  /// `90s`, `15m`, `24h`, `7d`, `2w` in milliseconds.
  static func duration(_ text: String) -> Int64? {
    let units: [Character: Int64] = ["s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000]
    guard let last = text.last, let unit = units[last], let count = Int64(text.dropLast()), count > 0,
      count < Int64.max / 4 / unit
    else { return nil }
    return count * unit
  }

  private func withText<R>(_ text: String, _ body: (Text) -> R) -> R {
    Array(text.utf8).withUnsafeBufferPointer { body(Text(base: $0.baseAddress, count: $0.count)) }
  }
}
