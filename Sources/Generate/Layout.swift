// Where each provider puts its files and what it calls them.

//
// A folder that names a day promises that the file's events are of about that day: readers skip files by it. A window
// that would break the promise (few files for many days) goes into the folder above, as a merged export would.

/// The place of one file below the output directory. Alibaba's names hold counts known only after writing.
struct FileKey {
  var directory: String
  var name: String
}

enum Layout {
  /// Providers write some minutes after the fact; the name and folder carry that moment.
  static func delivery(_ file: FilePlan) -> Int64 {
    (file.end + 299) / 300 * 300
  }

  /// Whether the day of delivery speaks for the whole window: it began that day or the day before, which is what
  /// readers allow for deliveries that are late.
  static func isDated(_ file: FilePlan) -> Bool {
    delivery(file) / CivilTime.secondsPerDay - file.start / CivilTime.secondsPerDay <= 1
  }

  static func key(
    _ file: FilePlan, number: Int, plan: Plan, records: UInt64, decompressedBytes: UInt64
  ) -> FileKey {
    let stream = plan.streams[Int(file.stream)]
    let realm = plan.world.realms[stream.realm]
    let account = realm.accounts[stream.account].id
    let region = plan.world.lexicon.string(realm.regions[stream.region].name)
    let seed = mixed(realm.seed, UInt64(number) | 1 << 40)
    let moment = CivilTime(epochSeconds: delivery(file))
    let isDated = isDated(file)
    let day = isDated ? "/" + moment.digits(through: .day, separator: "/") : ""
    switch realm.provider {
    case .aws:
      let clock = moment.digits(through: .minute)
      let stamp = clock.prefix(8) + "T" + clock.suffix(4) + "Z"
      return FileKey(
        directory: "AWSLogs/\(account)/CloudTrail/\(region)\(day)",
        name: "\(account)_CloudTrail_\(region)_\(stamp)_\(letters(mixedCase, 16, seed)).json.gz")
    case .tencent:
      return FileKey(
        directory: "cloudaudit-\(account)" + (isDated ? "/" + moment.digits(through: .hour) : ""),
        name: "\(account)_\(region)_\(moment.digits(through: .second))_\(letters(hexLower, 16, seed)).gz")
    case .alibaba:
      let stamp = moment.digits(through: .second)
      return FileKey(
        directory: "AliyunLogs/Actiontrail/\(region)\(day)",
        name: "Actiontrail_\(region)_\(stamp)_1002_\(records)_\(decompressedBytes)_\(letters(hexLower, 32, seed)).gz")
    }
  }

  private static let mixedCase = Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

  private static func letters(_ alphabet: Alphabet, _ count: Int, _ seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    return IDShape(prefix: "", alphabet: alphabet, count: count).make(&random)
  }
}
