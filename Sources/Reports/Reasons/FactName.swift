extension Fact {
  /// As facts are called in `alerts.jsonl` and in the table of phrases.
  public enum Name: String, CaseIterable, Sendable {
    case field, value, values, distinct, usual, peers, other, event, having, count, median, deviation, buckets, ratio
    case floor, threshold, part, whole, rules, matched, missing, condition, of, number, percentile, networks
    case kilometres, speed, answer, nor, still, begun, ended, actor, person, check, target, origin
    case gt, gte, lt, lte, eq, neq
    case time, from, until, since, date, at, delivered
    case days, weekday, start, end, zone
    case account, region, country, expected, network, home, environment, reason, role, who, patterns, named
    case knownSince = "known_since"
    case timespan = "timespan_ms"
    case fewerThan = "fewer_than"
    case usualOf = "usual_of"
    case medianShare = "median_ppm"
    case deviationShare = "deviation_ppm"
    case share = "share_ppm"
    case thresholdShare = "threshold_ppm"
    case within = "within_ms"
    case atLeast = "at_least"
    case fromIP = "from_ip"
    case fromPlace = "from_place"
    case toIP = "to_ip"
    case toPlace = "to_place"
    case speedMax = "speed_max"
    case firstAt = "first_at"
    case otherAt = "other_at"
    case longest = "longest_ms"
    case actorIssuer = "actor_issuer"
    case localClock = "local_clock"
    case targetType = "target_type"
    case sourceIP = "src_ip"
    // Worked out when a sentence is made, and never kept.
    case elapsed
    case key
    case groupKey = "group_key"

    var form: Form {
      switch self {
      case .values, .usual, .networks, .expected, .network, .home, .patterns: .texts
      case .rules, .matched, .missing, .answer, .nor, .still: .titles
      case .distinct, .peers, .having, .count, .median, .deviation, .buckets, .floor, .threshold, .part, .whole, .of,
        .kilometres, .speed, .fewerThan, .atLeast, .speedMax:
        .number
      case .number, .percentile, .ratio, .gt, .gte, .lt, .lte, .eq, .neq: .decimal
      case .time, .from, .until, .since, .date, .at, .delivered, .knownSince, .firstAt, .otherAt: .time
      case .timespan, .within: .span
      case .longest, .elapsed: .elapsed
      case .share, .medianShare, .deviationShare, .thresholdShare: .share
      case .weekday: .weekday
      case .days: .weekdays
      case .condition: .condition
      case .begun, .ended: .deed
      case .key, .groupKey: .key
      case .field, .value, .other, .event, .actor, .person, .check, .target, .origin, .start, .end, .zone, .account,
        .region, .country, .environment, .reason, .role, .who, .usualOf, .fromIP, .fromPlace, .toIP, .toPlace,
        .actorIssuer, .localClock, .targetType, .sourceIP, .named:
        .text
      }
    }
  }
}
