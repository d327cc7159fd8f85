/// A correlation of each type over rules `a`, `b` and `c`: what stands below `timespan`, on one line.
public enum CorrelationBodies {
  public static let all: [(type: String, members: String, more: String)] = [
    ("event_count", "a, b", "condition: {gte: 3}"),
    ("value_count", "a", "condition: {field: sourceIPAddress, gte: 2}"),
    ("value_sum", "a", "condition: {field: requestParameters.n, gte: 3}"),
    ("value_median", "a", "condition: {field: requestParameters.n, gte: 3}"),
    ("temporal", "a, b", "condition: a and not b"), ("temporal_ordered", "a, b, c", "condition: {gte: 2}"),
    ("temporal_ordered", "a, b", ""), ("first_seen", "a", "field: sourceIPAddress, learning: 1h"),
    ("rare", "a", "field: sourceIPAddress, learning: 1h, fewer-than: 2, peers-min: 1"),
    ("rate", "a", "condition: {ratio: 2, floor: 2}, learning: 1h"),
    ("rate", "a, b", "measure: share, condition: {ratio: 2, floor: 2}, learning: 1h"),
    ("travel", "a", "field: sourceIPAddress, fallback: {networks: 2, within: 1h}"), ("dormant", "a", ""),
    ("never_used", "a, b", ""), ("unmatched", "a, b", ""), ("overlap", "a", "field: sourceIPAddress"),
    ("overstay", "a, b", ""), ("overstay", "a, b, c", ""),
    ("overstay", "a", ""),
    ("outside_hours", "a", "hours: '08:00-19:00', days: mon-fri"), ("after", "a", "dates: {alice: 2026-01-06}"),
    ("same_actor", "a, b", "field: sourceIPAddress"), ("gap", "a", "learning: 1h"),
    ("interval", "a, b", ""),
  ]
}
