/// Rules that sweeps with a state are tried with.
enum StateRules {
  /// Each event that stops a log.
  static func each(_ title: String, _ name: String) -> String {
    """
    title: \(title)
    name: \(name)
    status: test
    logsource: {product: aws, service: cloudtrail}
    detection: {one: {eventName: StopLogging}, condition: one}

    """
  }

  /// So many within an hour in one account.
  static func several(_ title: String, _ name: String, of rule: String, atLeast count: Int) -> String {
    """
    title: \(title)
    name: \(name)
    status: test
    correlation: {type: event_count, rules: [\(rule)], group-by: [recipientAccountId], timespan: 1h, condition: {gte: \(count)}}

    """
  }

  static func all(_ rules: String...) -> String { rules.joined(separator: "---\n") }
}
