import Events
import Matching

/// Names the rules of security groups that an event opens or takes back, so that what is opened is told as closed only
/// when the same port is closed to the same network.
enum ConnectionReader {
  /// Where rules stand: those that are replaced, those that replace them, all of the request, and what the reply says
  /// was taken back. The action, at the end, says which of them counts.
  static let sources: [FieldSource] = [
    .path("requestParameters.OriginalSecurityGroupPolicySet"), .path("requestParameters.SecurityGroupPolicySet"),
    .path("requestParameters"), .path("responseElements.revokedSecurityGroupRuleSet"), .column(.action),
  ]

  /// - Parameter texts: the values of `sources`.
  static func names(_ texts: [Text]) -> [[UInt8]] {
    guard texts.count == sources.count else { return [] }
    let (replaced, set, request, reply, action) = (texts[0], texts[1], texts[2], texts[3], texts[4])
    let isChange = ["Modify", "Replace", "Update"].contains { action.hasPrefixIgnoringCase($0) }
    let asked = ConnectionRules(set.isEmpty ? request : set, manner(action))
    let opened = asked.opened
    if !opened.isEmpty, isChange || !isEnd(action) { return opened }
    if !replaced.isEmpty { return ConnectionRules(replaced).closed(isChange: false) }
    let closed = asked.closed(isChange: isChange)
    // Rules that are taken back by their numbers are spelled out in the reply.
    return closed.isEmpty && !reply.isEmpty ? ConnectionRules(reply).closed(isChange: false) : closed
  }

  private static func manner(_ action: Text) -> ConnectionRules.Manner {
    if action.contains("NetworkAcl") { return .list }
    return action.contains("FirewallRule") || action.contains("InstancePublicPorts") ? .machine : .group
  }

  private static func isEnd(_ action: Text) -> Bool {
    ["Revoke", "Delete", "Close"].contains { action.hasPrefixIgnoringCase($0) }
  }
}
