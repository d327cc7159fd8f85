import Events
import Matching

/// Names the rules of security groups that an event opens or takes back, so that what is opened is told as closed only
/// when the same port is closed to the same network.
enum ConnectionReader {
  /// Where rules stand: those that are replaced, those that replace them, all of the request, what the reply says was
  /// taken back, and all of the reply. The action, at the end, says which of them counts.
  static let sources: [FieldSource] = [
    .path("requestParameters.OriginalSecurityGroupPolicySet"), .path("requestParameters.SecurityGroupPolicySet"),
    .path("requestParameters"), .path("responseElements.revokedSecurityGroupRuleSet"), .path("responseElements"),
    .column(.action),
  ]

  /// - Parameter texts: the values of `sources`.
  static func names(_ texts: [Text]) -> [[UInt8]] {
    guard texts.count == sources.count else { return [] }
    let (replaced, set, request, taken, reply) = (texts[0], texts[1], texts[2], texts[3], texts[4])
    let action = texts[5]
    let isChange = ["Modify", "Replace", "Update"].contains { action.hasPrefixIgnoringCase($0) }
    let asked = ConnectionRules(set.isEmpty ? request : set, manner(action))
    let opened = asked.opened
    let named = RuleNumbers(request)
    let numbers = named.numbers
    if !opened.isEmpty, isChange || !isEnd(action) {
      let known = numbers.isEmpty ? RuleNumbers(reply) : named
      return opened.map { ConnectionName.written($0, known.numbers(opening: $0)) }
    }
    if !replaced.isEmpty {
      return ConnectionRules(replaced).closed(isChange: false).map { ConnectionName.written($0, numbers) }
    }
    var closed = asked.closed(isChange: isChange)
    // Rules that are taken back by their numbers are spelled out in the reply.
    if closed.isEmpty, !taken.isEmpty { closed = ConnectionRules(taken).closed(isChange: false) }
    if closed.isEmpty { return ConnectionName.written(onlyNumbers: numbers) }
    return closed.map { ConnectionName.written($0, numbers) }
  }

  private static func manner(_ action: Text) -> ConnectionRules.Manner {
    if action.contains("NetworkAcl") { return .list }
    return action.contains("FirewallRule") || action.contains("InstancePublicPorts") ? .machine : .group
  }

  private static func isEnd(_ action: Text) -> Bool {
    ["Revoke", "Delete", "Close"].contains { action.hasPrefixIgnoringCase($0) }
  }
}
