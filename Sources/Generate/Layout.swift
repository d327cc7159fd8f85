// Where each provider puts its files and what it calls them.

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

  static func key(
    _ file: FilePlan, number: Int, plan: Plan, records: UInt64, decompressedBytes: UInt64
  ) -> FileKey {
    let stream = plan.streams[Int(file.stream)]
    let realm = plan.world.realms[stream.realm]
    let account = realm.accounts[stream.account].id
    let region = plan.world.lexicon.string(realm.regions[stream.region].name)
    let seed = mixed(realm.seed, UInt64(number) | 1 << 40)
    let moment = CivilTime(epochSeconds: delivery(file))
    let day = moment.digits(through: .day, separator: "/")
    switch realm.provider {
    case .aws:
      let clock = moment.digits(through: .minute)
      let stamp = clock.prefix(8) + "T" + clock.suffix(4) + "Z"
      return FileKey(
        directory: "AWSLogs/\(account)/CloudTrail/\(region)/\(day)",
        name: "\(account)_CloudTrail_\(region)_\(stamp)_\(letters(mixedCase, 16, seed)).json.gz")
    case .tencent:
      return FileKey(
        directory: "cloudaudit-\(account)/\(moment.digits(through: .hour))",
        name: "\(account)_\(region)_\(moment.digits(through: .second))_\(letters(hexLower, 16, seed)).gz")
    case .alibaba:
      let stamp = moment.digits(through: .second)
      return FileKey(
        directory: "AliyunLogs/Actiontrail/\(region)/\(day)",
        name: "Actiontrail_\(region)_\(stamp)_1002_\(records)_\(decompressedBytes)_\(letters(hexLower, 32, seed)).gz")
    }
  }

  private static let mixedCase = Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

  private static func letters(_ alphabet: Alphabet, _ count: Int, _ seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    return IDShape(prefix: "", alphabet: alphabet, count: count).make(&random)
  }
}
