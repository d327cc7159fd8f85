/// AWS CloudTrail: management, data, network activity, insight and aggregated events.
///
/// Columns about the one who acted are in `AWSIdentity`, how an event ended in `AWSOutcome`, the parameters that name
/// what it changed in `AWSTargets`. Paths in capitals (`Username`) belong to replies of LookupEvents, whose inner
/// event may be unreadable.
enum AWSCloudTrail {
  static let table = ProviderTable(
    provider: .aws,
    markers: [
      .init("awsRegion", 4), .init("eventSource", 4, endingIn: ".amazonaws.com", ".amazonaws.com.cn"),
      .init("recipientAccountId", 1), .init("eventVersion", 1),
      .init("insightDetails.eventSource", 4, endingIn: ".amazonaws.com"), .init("timeWindow.windowStart", 2),
      .init("CloudTrailEvent", 4),
    ],
    notEvents: ["digestStartTime", "digestS3Object"],
    recipes: general + AWSIdentity.recipes + AWSOutcome.recipes + AWSTargets.recipes)

  static let account = ["recipientAccountId", "accountId", "userIdentity.accountId"]

  /// - Parameter fields: begin with the paths of `account`.
  static func account(_ fields: Fields) -> Text {
    let own = fields.first(0, 1)
    if !own.isEmpty { return own }
    let account = fields[2]
    return account.matches("ANONYMOUS_PRINCIPAL") || account.matches("anonymous") ? .none : account
  }

  static let source = ["eventSource", "insightDetails.eventSource"]

  /// - Parameter base: where the paths of `source` begin.
  static func service(_ fields: Fields, base: Int) -> Text {
    let source = fields.first(base, base + 1)
    let length: Int
    if source.hasSuffix(".amazonaws.com") {
      length = source.count - 14
    } else {
      length = source.hasSuffix(".amazonaws.com.cn") ? source.count - 17 : source.count
    }
    let name = source.slice(0, length)
    // CloudWatch is the one service whose events carry another name than its own.
    return name.equals("monitoring") ? Text("cloudwatch") : fields.lowercased(name)
  }

  static let name = [
    "eventName", "insightDetails.eventName", "summary.primaryDimension.dimension",
    "summary.primaryDimension.statistics.name",
  ]

  /// - Parameter base: where the paths of `name` begin.
  static func action(_ fields: Fields, base: Int) -> Text {
    let name = fields.first(base, base + 1)
    if !name.isEmpty { return name }
    return fields[base + 2].equals("eventName") ? fields[base + 3] : .none
  }

  /// - Parameters: where `readOnly`, `eventSource` and the paths of `name` stand.
  static func rw(_ fields: Fields, readOnly: Int, source: Int, name: Int) -> Text {
    let readOnly = fields[readOnly]
    if readOnly.matches("true") { return Verbs.read }
    if readOnly.matches("false") { return Verbs.write }
    // Every step of a sign-in counts as a write, whatever it is called; newer versions say so themselves.
    if fields[source].equals("signin.amazonaws.com") { return Verbs.write }
    return Verbs.infer(action(fields, base: name))
  }

  static let kind = ["eventType", "eventCategory"]

  /// - Parameter fields: begin with the paths of `kind`.
  static func category(_ fields: Fields) -> Text {
    let type = fields[0]
    if type.equals("AwsConsoleSignIn") { return Category.auth }
    let category = fields[1]
    if category.equals("Insight") || type.equals("AwsCloudTrailInsight") { return Category.insight }
    if category.equals("Aggregated") || type.equals("AwsAggregatedEvent") { return Category.aggregate }
    if category.equals("NetworkActivity") || type.equals("AwsVpceEvent") { return Category.network }
    return category.equals("Data") ? Category.data : Category.management
  }

  /// Columns of the event itself.
  private static let general: [ProviderTable.Recipe] = [
    .time(["eventTime", "timeWindow.windowStart", "@timestamp"]) { EventTime.read($0.first(0, 1, 2)) },
    .text(.category, kind + ["managementEvent", "eventSource", "eventName"]) { fields in
      let category = category(fields)
      guard category.equals(Category.management) else { return category }
      if fields[3].equals("signin.amazonaws.com") { return Category.auth }
      return isData(fields) ? Category.data : category
    },
    .text(.account, account) { account($0) },
    .first(.region, "awsRegion"),
    .text(.service, source) { service($0, base: 0) },
    .text(.action, name) { action($0, base: 0) },
    .text(.rw, ["readOnly", "eventSource"] + name) { rw($0, readOnly: 0, source: 1, name: 2) },
    .text(.sourceIP, ["sourceIPAddress"]) { SourceAddress.ip($0[0]) },
    .text(.sourceLabel, ["sourceIPAddress"]) { SourceAddress.label($0[0]) },
    .first(.userAgent, "userAgent"),
    .first(.eventID, "eventID"),
    .first(.requestID, "requestID"),
  ]

  /// Versions before 1.07 have no category: there the action tells data events of S3 and Lambda from the others.
  private static func isData(_ fields: Fields) -> Bool {
    guard fields[1].isEmpty else { return false }
    if !fields[2].isEmpty { return fields[2].matches("false") }
    if fields[3].equals("lambda.amazonaws.com") { return fields[4].equals("Invoke") }
    guard fields[3].equals("s3.amazonaws.com") else { return false }
    let endings: [StaticString] = ["Object", "Objects", "ObjectAcl", "ObjectTagging", "Part", "MultipartUpload"]
    return endings.contains { fields[4].hasSuffix($0) }
  }
}
