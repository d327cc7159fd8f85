/// AWS CloudTrail: management, data, network, insight and aggregated events.
enum AWSCloudTrail {
  static let table = ProviderTable(
    provider: .aws,
    markers: [
      .init("awsRegion", 4), .init("eventSource", 2), .init("recipientAccountId", 1),
      .init("eventVersion", 1), .init("insightDetails", 3), .init("timeWindow.windowStart", 3),
    ],
    notEvents: ["digestStartTime", "digestS3Object"],
    recipes: [
      .time(["eventTime", "timeWindow.windowStart", "@timestamp"]) { Timestamp.parse($0.first(0, 1, 2)) },
      .first(.action, "eventName", "insightDetails.eventName"),
      .first(.eventID, "eventID", "eventId"),
    ])
}
