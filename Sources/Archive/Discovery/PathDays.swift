/// The day that a path tells, in the layouts in which the providers deliver logs.
///
/// A scan for one week need not open five years of files. But a path is only a name: whoever copied the archive may have
/// renamed it. So a day is read only where the layout is unmistakable, everything else counts as undated and is read, and
/// a caller widens the day by `pathDayMargin` before it skips anything.
///
///     provider   folders                                         where the day is believed
///     AWS        CloudTrail[-...]/<region>/YYYY/MM/DD/           anywhere in the path
///     Alibaba    Actiontrail[-...]/[<rd>/<acct>/]<region>/YYYY/MM/DD/  "
///     Huawei     CloudTraces/<region>/Y/M/D/   (not padded)             "
///     Azure      y=YYYY/m=MM/d=DD/                                      "
///     GCP        YYYY/MM/DD/                                     directly above the file
///     Tencent    YYYYMMDDHH/                                     directly above the file
///
/// The first four name their provider, so nothing below such a folder is of another day, and the folder can be left out
/// whole. A bare `2024/05/01/` may as well be a case folder with an archive inside: it speaks for the files directly in
/// it, and only where no surer layout speaks. Where several days are recognised, the answer spans them all.

/// Providers cut by their own clock and deliver late: a file holds events of the evening before or the morning after.
public let pathDayMargin: Int32 = 1

/// The days since 1970-01-01 that the folders of `name` tell, nil if none. The file's own name is not considered.
public func pathDays(of name: FileName) -> ClosedRange<Int32>? {
  guard let slash = name.bytes.lastIndex(of: UInt8(ascii: "/")) else { return nil }
  return daysOfFiles(in: name.bytes[..<slash])
}

/// The days of the files that lie directly in `folder`.
func daysOfFiles(in folder: some Sequence<UInt8>) -> ClosedRange<Int32>? {
  let path = FolderPath(folder)
  return path.markedDays() ?? path.bareDay()
}

/// The days of everything below `folder`, at any depth.
func daysOfEverything(below folder: some Sequence<UInt8>) -> ClosedRange<Int32>? {
  FolderPath(folder).markedDays()
}

/// A path's folders, from the outermost.
private struct FolderPath {
  /// Nothing is older than the first of these services (2006), and years past 2099 are numbers of another kind.
  static let years: ClosedRange<Int32> = 2006...2099

  private static let cloudTrail = [
    "CloudTrail", "CloudTrail-Insight", "CloudTrail-NetworkActivity", "CloudTrail-Aggregated", "CloudTrail-Digest",
  ]
  private static let actionTrail = ["Actiontrail", "Actiontrail-Insight"]

  private let bytes: [UInt8]
  private var folders: [Range<Int>] = []

  init(_ path: some Sequence<UInt8>) {
    bytes = Array(path)
    var start = 0
    for end in 0...bytes.count where end == bytes.count || bytes[end] == UInt8(ascii: "/") {
      let folder = start..<end
      start = end + 1
      if folder.isEmpty || bytes[folder].elementsEqual(".".utf8) { continue }
      // Where `..` leads, only the filesystem knows.
      if bytes[folder].elementsEqual("..".utf8) {
        folders = []
        continue
      }
      folders.append(folder)
    }
  }

  /// The day of a layout that names its provider; the span of all if there are several.
  func markedDays() -> ClosedRange<Int32>? {
    var days: ClosedRange<Int32>?
    for index in folders.indices {
      guard let day = markedDay(at: index) else { continue }
      days = min(days?.lowerBound ?? day, day)...max(days?.upperBound ?? day, day)
    }
    return days
  }

  private func markedDay(at index: Int) -> Int32? {
    let folder = bytes[folders[index]]
    if folder.starts(with: "y=".utf8) {
      return date(at: index, prefixes: ["y=", "m=", "d="])
    }
    if Self.cloudTrail.contains(where: { folder.elementsEqual($0.utf8) }) {
      return date(belowRegionAt: index + 1)
    }
    if Self.actionTrail.contains(where: { folder.elementsEqual($0.utf8) }) {
      return date(belowRegionAt: index + 1) ?? date(belowRegionAt: index + 3)
    }
    if folder.elementsEqual("CloudTraces".utf8) {
      return date(belowRegionAt: index + 1, padded: false)
    }
    return nil
  }

  /// Regions of all three are words joined by hyphens; a folder that is none belongs to someone's own layout.
  private func date(belowRegionAt index: Int, padded: Bool = true) -> Int32? {
    guard index < folders.count, bytes[folders[index]].contains(UInt8(ascii: "-")) else { return nil }
    return date(at: index + 1, padded: padded)
  }

  /// The day of the innermost folders, where they are nothing but a date.
  func bareDay() -> ClosedRange<Int32>? {
    let day = date(at: folders.count - 3) ?? folders.last.flatMap(hourFolder)
    return day.map { $0...$0 }
  }

  /// Year, month and day in three folders from `index` on.
  private func date(at index: Int, prefixes: [StaticString] = ["", "", ""], padded: Bool = true) -> Int32? {
    guard index >= 0, index + 3 <= folders.count,
      let year = number(folders[index], after: prefixes[0], digits: 4...4),
      let month = number(folders[index + 1], after: prefixes[1], digits: (padded ? 2 : 1)...2),
      let day = number(folders[index + 2], after: prefixes[2], digits: (padded ? 2 : 1)...2)
    else { return nil }
    return Self.day(year, month, day)
  }

  /// `YYYYMMDDHH` in one folder.
  private func hourFolder(_ folder: Range<Int>) -> Int32? {
    guard let value = number(folder, after: "", digits: 10...10), value % 100 < 24 else { return nil }
    let date = value / 100
    return Self.day(date / 10_000, date / 100 % 100, date % 100)
  }

  /// The decimal number that is all of `folder` after `prefix`.
  private func number(_ folder: Range<Int>, after prefix: StaticString, digits: ClosedRange<Int>) -> Int? {
    let size = prefix.utf8CodeUnitCount
    guard digits.contains(folder.count - size),
      prefix.withUTF8Buffer({ bytes[folder].starts(with: $0) })
    else { return nil }
    var value = 0
    for byte in bytes[folder].dropFirst(size) {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  /// Days since 1970-01-01 of a date of the Gregorian calendar; nil if there is no such day.
  private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int32? {
    guard years.contains(Int32(clamping: year)), (1...12).contains(month), day >= 1 else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[month - 1] else { return nil }
    let past = year - 1
    // Days before the year since the year 1, less the 719,162 before 1970.
    let before = past * 365 + past / 4 - past / 100 + past / 400 - 719_162
    return Int32(before + lengths[..<(month - 1)].reduce(0, +) + day - 1)
  }
}
