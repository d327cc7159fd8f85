/// Which rule of a security group is taken back: by port and network, or by the number of the rule where both are known.

import Events
import Testing

@testable import Correlation

@Suite struct ConnectionNameTests {
  @Test(arguments: [
    ("22 0.0.0.0/0", "22 0.0.0.0/0", true),
    ("22 0.0.0.0/0", "22 ::/0", false),
    ("22 0.0.0.0/0", "22 0.0.0.0/0 sgr-1", true),
    ("22 0.0.0.0/0 sgr-1", "22 0.0.0.0/0", true),
    ("22 0.0.0.0/0 sgr-2", "22 0.0.0.0/0 sgr-1", false),
    ("- sgr-1", "22 0.0.0.0/0 sgr-1", true),
    ("- sgr-2", "22 0.0.0.0/0", false),
    ("-", "22 0.0.0.0/0 sgr-1", false),
    ("* sgr-1", "22 0.0.0.0/0 sgr-3 sgr-1", true),
    ("* sgr-2", "22 0.0.0.0/0 sgr-1", false),
    ("* sgr-2", "22 0.0.0.0/0", true),
  ])
  func takingBackEndsWhatItNames(taken: String, opened: String, isEnd: Bool) {
    #expect(ConnectionName(Array(taken.utf8)).ends(ConnectionName(Array(opened.utf8))) == isEnd)
  }

  /// Request, reply and action, and the names that they give.
  @Test(arguments: [
    (
      #"{"fromPort":22,"cidrIp":"0.0.0.0/0"}"#,
      #"{"securityGroupRuleSet":{"items":[{"securityGroupRuleId":"SGR-9"}]}}"#,
      "AuthorizeSecurityGroupIngress", ["22 0.0.0.0/0 sgr-9"]
    ),
    (#"{"fromPort":22,"cidrIp":"0.0.0.0/0"}"#, "", "AuthorizeSecurityGroupIngress", ["22 0.0.0.0/0"]),
    (
      #"{"securityGroupRuleIds":{"items":[{"securityGroupRuleId":"sgr-1"},{"securityGroupRuleId":"sgr-2"}]}}"#, "",
      "RevokeSecurityGroupIngress", ["* sgr-1 sgr-2"]
    ),
    (#"{"SecurityGroupRuleId.1":"sgr-1"}"#, "", "RevokeSecurityGroup", ["* sgr-1"]),
    (#"{"SecurityGroupRuleId":["sgr-1"]}"#, "", "RevokeSecurityGroup", ["* sgr-1"]),
    (#"{"Ingress":[{"PolicyIndex":7}]}"#, "", "DeleteSecurityGroupPolicies", []),
  ])
  func aValueHasTheNumbersThatTheLogTells(request: String, reply: String, action: String, names: [String]) {
    func with(_ texts: [String], _ held: [Text], _ body: ([Text]) -> Void) {
      guard let first = texts.first else { return body(held) }
      // SAFETY: the text is read before the closure ends.
      Array(first.utf8).withUnsafeBufferPointer {
        with(Array(texts.dropFirst()), held + [Text(base: $0.baseAddress, count: $0.count)], body)
      }
    }
    with(["", "", request, "", reply, action], []) { texts in
      #expect(ConnectionReader.names(texts).map { String(decoding: $0, as: UTF8.self) } == names)
    }
  }
}
