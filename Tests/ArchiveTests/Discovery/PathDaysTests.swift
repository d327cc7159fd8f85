import Testing

@testable import Archive

/// 2024-03-02 is day 19,784 (checked with `date -d 2024-03-02 +%s`).
private let march2: Int32 = 19_784

@Suite struct PathDaysTests {
  @Test(arguments: [
    "AWSLogs/111122223333/CloudTrail/us-east-1/2024/03/02/111122223333_CloudTrail_x.json.gz",
    "p/AWSLogs/o-abc/111122223333/CloudTrail-Insight/eu-west-1/2024/03/02/x.json.gz",
    "/data/CloudTrail-Digest/us-gov-west-1/2024/03/02/x.json.gz",
    "AliyunLogs/Actiontrail/cn-hangzhou/2024/03/02/x.gz",
    "AliyunLogs/Actiontrail/rd-1/1234/cn-hangzhou/2024/03/02/x.gz",
    "AliyunLogs/Actiontrail-Insight/cn-hangzhou/2024/03/02/x.gz",
    "CloudTraces/cn-north-4/2024/3/2/system/x.json.gz",
    "CloudTraces/cn-north-4/2024/3/02/system/ECS/x.json.gz",
    "insights-activity-logs/resourceId=/SUBSCRIPTIONS/X/y=2024/m=03/d=02/h=07/m=00/PT1H.json",
    "cloudaudit.googleapis.com/activity/2024/03/02/08:00:00_08:59:59_S0.json",
    "2024/03/02/x",
    ".//2024//03/./02/x",
    "tencent/2024030223/x.gz",
    "cases/2023/01/01/AWSLogs/1/CloudTrail/us-east-1/2024/03/02/x.gz",
    "up/../2024/03/02/x",
  ])
  func providerFoldersTellTheDay(path: String) {
    #expect(pathDays(of: FileName(path)) == march2...march2)
  }

  @Test(arguments: [
    "", "x", "2024", "2024/03/02", "2024/03/02x/f", "2024/13/02/f", "2024/00/02/f", "2024/02/30/f", "2023/02/29/f",
    "2024/04/31/f", "2024/03/00/f", "2024/3/2/f", "24/03/02/f", "0001/01/01/f", "2100/01/01/f", "2005/12/31/f",
    "2024/03/02/more/f", "2024/03/02/../f", "tencent/2024030224/x", "tencent/2024133001/x", "tencent/20240302/x",
    "tencent/202403020/x", "tencent/20240302001/x", "1250000000/x", "y=2024/m=03/f", "y=2024/m=3/d=2/f",
    "Y=2024/m=03/d=02/f", "CloudTraces/cn-north-4/2024/3/f", "CloudTraces/nowhere/2024/3/2/s/f", "2024-03-02/f",
    "CloudTrail/us-east-1/+024/03/02/d/f", "CloudTrail-copy/us-east-1/2024/03/02/d/f", "CloudTrail/us-east-1/2024/03/f",
  ])
  func everythingElseIsUndated(path: String) {
    #expect(pathDays(of: FileName(path)) == nil)
  }

  @Test(
    arguments: [
      ("2024/02/29/f", 19_782), ("2024/03/01/f", 19_783), ("2023/12/31/f", 19_722), ("2024/01/01/f", 19_723),
      ("2006/01/01/f", 13_149), ("2099/12/31/f", 47_481), ("2000000000/f", nil),
    ] as [(String, Int32?)])
  func daysAreCountedFrom1970(path: String, day: Int32?) {
    #expect(pathDays(of: FileName(path)) == day.map { $0...$0 })
  }

  @Test func severalSureDaysAreSpanned() {
    let path = "y=2024/m=03/d=05/AWSLogs/1/CloudTrail/us-east-1/2024/03/02/x"
    #expect(pathDays(of: FileName(path)) == march2...(march2 + 3))
  }

  @Test(arguments: [
    ("CloudTrail/us-east-1/2024/03/02", true), ("CloudTraces/cn-north-4/2024/3/2/system", true),
    ("y=2024/m=03/d=02", true), ("cases/2024/03/02", false), ("2024030200", false),
    ("CloudTrail/us-east-1/2024/03", false),
  ])
  func onlyFoldersThatNameTheirProviderSpeakForAllBelow(folder: String, speaks: Bool) {
    #expect((daysOfEverything(below: folder.utf8) != nil) == speaks)
  }

  @Test func skippingWidensThePathDayByOne() throws {
    let names =
      (1...9).map { "CloudTrail/us-east-1/2024/03/0\($0)/a" } + ["gcp/2024/03/01/b", "gcp/2024/03/03/b", "plain"]
    let tree = try TemporaryTree(names)
    let outcome = tree.discover([""], options: DiscoveryOptions(dateRange: (march2 + 2)...(march2 + 3)))
    #expect(
      outcome.files == [3, 4, 5, 6].map { "CloudTrail/us-east-1/2024/03/0\($0)/a" } + ["gcp/2024/03/03/b", "plain"])
    #expect(
      outcome.issues == [1, 2, 7, 8, 9].map { "directorySkippedByDate CloudTrail/us-east-1/2024/03/0\($0)" } + [
        "fileSkippedByDate gcp/2024/03/01/b"
      ])
    #expect(outcome.discovery.directoriesSkippedByDate == 5)
    #expect(outcome.discovery.filesSkippedByDate == 1)
  }

  @Test func anArchiveInsideADatedCaseFolderIsRead() throws {
    let inside = "cases/2024/05/01/AWSLogs/1/CloudTrail/us-east-1/2024/03/02/a"
    let tree = try TemporaryTree([inside, "cases/2024/05/01/notes"])
    let outcome = tree.discover([""], options: DiscoveryOptions(dateRange: march2...march2))
    #expect(outcome.files == [inside])
    #expect(outcome.issues == ["fileSkippedByDate cases/2024/05/01/notes"])
  }

  @Test func openEndsOfTheRangeAreOpen() throws {
    let tree = try TemporaryTree(["2024/03/01/a", "2024/03/09/a"])
    let since = tree.discover([""], options: DiscoveryOptions(dateRange: (march2 + 2)...Int32.max))
    #expect(since.files == ["2024/03/09/a"])
    let until = tree.discover([""], options: DiscoveryOptions(dateRange: Int32.min...march2))
    #expect(until.files == ["2024/03/01/a"])
  }

  @Test func aFileNamedLiterallyIsReadWhateverItsPathSays() throws {
    let tree = try TemporaryTree(["2024/03/09/a", "2024/03/09/b"])
    try tree.write("list", Array(tree.path("2024/03/09/b").utf8))
    let options = DiscoveryOptions(dateRange: march2...march2)
    #expect(tree.discover(["2024/03/09/a"], options: options).files == ["2024/03/09/a"])
    #expect(tree.discover(["2024/03/09/*"], options: options).files == [])
    #expect(tree.discover(["@list"], options: options).issues == ["fileSkippedByDate 2024/03/09/b"])
    let both = tree.discover(["", "2024/03/09/a"], options: options)
    #expect(both.files == ["list", "2024/03/09/a"])
  }
}
