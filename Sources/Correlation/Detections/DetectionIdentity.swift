import Archive

/// What tells a detection from others when rules change: hits that were kept are of use only to a detection that would
/// have noted the same ones, and would make the same of them.
///
/// Titles, levels and tags are no part of it: who words a rule anew need not learn again what is usual.
extension DetectionPlan {
  /// By detection.
  ///
  /// - Parameter configuration: of what is expected; what compares with it begins anew when it changes.
  public func identities(everyMatch: Bool, configuration: String) -> [SHA256Value] {
    var texts = detections.map { detection in
      // Of what never happened no hits are kept: what was found stays the same alert, whatever else is configured.
      guard detection.looksAtEvents else { return "\(detection.attributes.label)|\(detection.kind.meaningText)" }
      let expected = detection.comparesWithConfiguration ? configuration : ""
      return "\(everyMatch)|\(detection.attributes.label)|\(detection.kind.meaningText)|\(expected)"
    }
    for (position, taps) in taps.enumerated() {
      let rule = rules[position]
      for tap in taps {
        let group = tap.group.map { "\(fields[$0])" }
        let values = tap.values.map { "\(fields[$0])" }
        texts[tap.detection] += "\n\(rule.attributes.label)|\(tap.member)|\(rule.meaningText)|\(group)|\(values)"
      }
    }
    // Groups are made of the people behind the callers.
    let people = people?.fingerprintText(of: ["people", "accounts"]) ?? ""
    for (number, feeds) in feeds.enumerated() where !feeds.isEmpty {
      // What many ways lead to would be told once for each of them.
      let isLong = texts[number].utf8.count > DetectionPlan.fedBytesMax
      let text = isLong ? DetectionPlan.digest(texts[number]).hex : texts[number]
      for feed in feeds { texts[feed.detection] += "\n\(feed.member)<-\(text)" }
    }
    return zip(texts, detections).map { text, detection in
      DetectionPlan.digest(detection.looksAtEvents ? text + people : text)
    }
  }

  // No correlation of correlations that somebody wrote by hand comes near.
  private static let fedBytesMax = 1 << 16

  // Longer than any clock has run; a time less so much still is a time.
  private static let reachMax = Int64.max / 4

  private static func digest(_ text: String) -> SHA256Value {
    guard var digest = Digest() else { return SHA256Value(words: (0, 0, 0, 0)) }
    Array(text.utf8).withUnsafeBytes { digest.update($0) }
    return digest.end()
  }

  /// By detection: how far around an event it looks, in milliseconds. What lies further from an event than this is not
  /// changed by it.
  public func reaches() -> [Int64] {
    var reaches = detections.map(\.reach)
    for (number, feeds) in feeds.enumerated() {
      for feed in feeds {
        let (sum, overflow) = reaches[feed.detection].addingReportingOverflow(reaches[number])
        reaches[feed.detection] = overflow ? DetectionPlan.reachMax : min(sum, DetectionPlan.reachMax)
      }
    }
    return reaches
  }
}

extension Detection {
  /// Findings join while they are at most an hour apart; hits of one rule as long as it says.
  fileprivate var reach: Int64 {
    switch kind {
    case .single(let gap): gap
    case .correlation(let correlation): correlation.timespanMilliseconds + Joining.gap
    }
  }

  public var isOfSingleRule: Bool {
    if case .single = kind { return true }
    return false
  }

  fileprivate var comparesWithConfiguration: Bool {
    if case .correlation(let correlation) = kind { return correlation.kind == .unexpected }
    return false
  }

  /// Whether it compares with what was usual, or with what began, long before: its hits are kept longer.
  public var comparesWithHistory: Bool {
    guard case .correlation(let correlation) = kind else { return false }
    switch correlation.kind {
    case .firstSeen, .rare, .rate, .dormant, .gap, .interval: return true
    default: return false
    }
  }
}

extension Detection.Kind {
  fileprivate var meaningText: String {
    switch self {
    case .single(let gap): "single|\(gap)"
    case .correlation(let correlation): correlation.meaningText
    }
  }
}
