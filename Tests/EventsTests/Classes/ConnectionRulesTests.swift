import Testing

@testable import Events

/// What the rules of a request open and take back.
struct ConnectionCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let json: String
  let names: [String]

  init(_ name: String, _ json: String, _ names: String...) {
    (testDescription, self.json, self.names) = (name, json, names)
  }
}

struct ConnectionRulesTests {
  private static func rules(_ json: String) -> ConnectionRules {
    // SAFETY: the text is read before the closure ends, and nothing of it is kept.
    Array(json.utf8).withUnsafeBufferPointer { ConnectionRules(Text(base: $0.baseAddress, count: $0.count)) }
  }

  private static func names(_ texts: [[UInt8]]) -> [String] { texts.map { String(decoding: $0, as: UTF8.self) } }

  @Test(arguments: [
    ConnectionCase("alone", #"{"fromPort":22,"toPort":22,"cidrIp":"0.0.0.0/0"}"#, "22 0.0.0.0/0"),
    ConnectionCase("ports are numbers in text", #"{"cidrIp":"0.0.0.0/0","fromPort":"22"}"#, "22 0.0.0.0/0"),
    ConnectionCase(
      "networks inside, in any order of keys",
      #"{"items":[{"ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]},"ipv6Ranges":{"items":[{"cidrIpv6":"::/0"}]},"fromPort":0,"toPort":65535,"ipProtocol":"tcp"}]}"#,
      "0-65535 0.0.0.0/0", "0-65535 ::/0"),
    ConnectionCase(
      "ports of another rule are not handed over",
      #"{"fromPort":22,"cidrIp":"10.0.0.0/8","ipPermissions":{"items":[{"fromPort":443,"cidrIp":"0.0.0.0/0"}]}}"#),
    ConnectionCase("all ports", #"{"ipProtocol":"-1","cidrIp":"0.0.0.0/0"}"#, "all 0.0.0.0/0"),
    ConnectionCase("no ports", #"{"ipProtocol":"icmp","fromPort":-1,"toPort":-1,"cidrIp":"0.0.0.0/0"}"#),
    ConnectionCase("ports not said", #"{"cidrIp":"0.0.0.0/0"}"#),
    ConnectionCase(
      "two halves", #"{"fromPort":22,"a":[{"cidrIp":"0.0.0.0/1"},{"cidrIp":"128.0.0.0/1"}]}"#, "22 0.0.0.0/1",
      "22 128.0.0.0/1"),
    ConnectionCase("a large company", #"{"fromPort":22,"cidrIp":"11.0.0.0/8"}"#),
    ConnectionCase("every address under another name", #"{"fromPort":22,"cidrIpv6":"0:0::0/0"}"#, "22 ::/0"),
    ConnectionCase("one address", #"{"fromPort":22,"cidrIp":"0.0.0.0"}"#),
    ConnectionCase("escaped", #"{"fromPort":22,"cidrIp":"0.0.0.0\/0"}"#, "22 0.0.0.0/0"),
    ConnectionCase(
      "members beside each other",
      #"{"Permissions.1.PortRange":"22/22","Permissions.2.PortRange":"443/443","Permissions.2.SourceCidrIp":"0.0.0.0/0","Permissions.1.SourceCidrIp":"0.0.0.0/0"}"#,
      "22 0.0.0.0/0"),
    ConnectionCase(
      "refused beside each other",
      #"{"Permissions.1.PortRange":"22/22","Permissions.1.SourceCidrIp":"0.0.0.0/0","Permissions.1.Policy":"Drop"}"#),
    ConnectionCase(
      "several ranges", #"{"Port":"80,3306,20-30","CidrBlock":"0.0.0.0/0"}"#, "3306 0.0.0.0/0", "20-30 0.0.0.0/0"),
    ConnectionCase("all by name", #"{"Port":"ALL","CidrBlock":"0.0.0.0/0"}"#, "all 0.0.0.0/0"),
    ConnectionCase("no ports means all in a list", #"{"Protocol":"TCP","CidrBlock":"0.0.0.0/0"}"#, "all 0.0.0.0/0"),
    ConnectionCase("any length of zero", #"{"Port":"22","CidrBlock":"0.0.0.0/16"}"#, "22 0.0.0.0/0"),
    ConnectionCase("refused", #"{"Ingress":[{"Port":"22","CidrBlock":"0.0.0.0/0","Action":"DROP"}]}"#),
    ConnectionCase("what leaves", #"{"Egress":[{"Port":"22","CidrBlock":"0.0.0.0/0","Action":"ACCEPT"}]}"#),
    ConnectionCase("calls and video", #"{"ipProtocol":"udp","fromPort":16384,"toPort":32767,"cidrIp":"0.0.0.0/0"}"#),
    ConnectionCase(
      "a desktop by UDP", #"{"ipProtocol":"17","fromPort":3389,"toPort":3389,"cidrIp":"0.0.0.0/0"}"#, "3389 0.0.0.0/0"),
    ConnectionCase("broken", #"{"fromPort":22,"cidrIp":"0.0.0.0/0""#, "22 0.0.0.0/0"),
    ConnectionCase(
      "ports that no machine has", #"{"fromPort":0,"toPort":9223372036854775807,"cidrIp":"0.0.0.0/0"}"#,
      "0-9223372036854775807 0.0.0.0/0"),
    ConnectionCase("a length that is none", #"{"fromPort":22,"cidrIp":"0.0.0.0/-1"}"#),
    ConnectionCase("no JSON", "0.0.0.0/0"),
    ConnectionCase("deeper than anything", String(repeating: "[", count: 5_000)),
  ])
  func isOpened(_ one: ConnectionCase) {
    let rules = Self.rules(one.json)
    #expect(Self.names(rules.opened) == one.names)
    #expect(rules.letsEverybodyAdministrate == !one.names.isEmpty)
  }

  @Test(arguments: [
    ConnectionCase("the rule", #"{"fromPort":22,"cidrIp":"0.0.0.0/0"}"#, "22 0.0.0.0/0"),
    ConnectionCase("a rule that refuses", #"{"PortRange":"22/22","SourceCidrIp":"0.0.0.0/0","Policy":"drop"}"#, "-"),
    ConnectionCase("another network", #"{"fromPort":22,"cidrIp":"10.0.0.0/8"}"#, "-"),
    ConnectionCase("another group", #"{"fromPort":22,"groups":{"items":[{"groupId":"sg-2"}]}}"#, "-"),
    ConnectionCase("a port, from wherever", #"{"Ingress":[{"Port":"22"}]}"#, "22 0.0.0.0/0", "22 ::/0"),
    ConnectionCase("what leaves, by number", #"{"Egress":[{"PolicyIndex":0}]}"#, "-"),
    ConnectionCase("what leaves", #"{"items":[{"isEgress":true,"fromPort":22,"cidrIpv4":"0.0.0.0/0"}]}"#, "-"),
    ConnectionCase("by number", #"{"Ingress":[{"PolicyIndex":0}]}"#),
    ConnectionCase("everybody, at no port in particular", #"{"cidrIp":"0.0.0.0/0"}"#),
  ])
  func isTakenBack(_ one: ConnectionCase) {
    #expect(Self.names(Self.rules(one.json).closed(isChange: false)) == one.names)
  }

  @Test(arguments: [
    ConnectionCase("narrowed", #"{"FromPort":22,"CidrIpv4":"10.0.0.0/8"}"#, "22 0.0.0.0/0", "22 ::/0"),
    ConnectionCase(
      "refused from now on", #"{"PortRange":"22/22","SourceCidrIp":"0.0.0.0/0","Policy":"drop"}"#, "22 0.0.0.0/0"),
    ConnectionCase("a port that does not count", #"{"FromPort":443,"CidrIpv4":"10.0.0.0/8"}"#, "-"),
    ConnectionCase("still open to everybody", #"{"FromPort":22,"CidrIpv4":"0.0.0.0/0"}"#, "-"),
  ])
  func isChanged(_ one: ConnectionCase) {
    #expect(Self.names(Self.rules(one.json).closed(isChange: true)) == one.names)
  }

  @Test func everybodyAtAnotherPortIsAnExposureAllTheSame() {
    #expect(Self.rules(#"{"fromPort":443,"cidrIp":"0.0.0.0/0"}"#).letsEverybodyIn)
    #expect(!Self.rules(#"{"fromPort":443,"cidrIp":"10.0.0.0/8"}"#).letsEverybodyIn)
  }

  /// Lists of networks know no connections, and machines' firewalls take a rule without a network for everybody's.
  @Test(arguments: [
    (
      ConnectionRules.Manner.list,
      #"{"egress":false,"ruleAction":"allow","cidrBlock":"0.0.0.0/0","aclProtocol":"6","portRange":{"from":22,"to":22}}"#,
      true, true
    ),
    (
      .list,
      #"{"egress":false,"ruleAction":"allow","cidrBlock":"0.0.0.0/0","aclProtocol":"6","portRange":{"from":1024,"to":65535}}"#,
      true, false
    ),
    (
      .list, #"{"egress":false,"ruleAction":"allow","cidrBlock":"0.0.0.0/0","aclProtocol":"-1","portRange":{}}"#, true,
      false
    ),
    (
      .list,
      #"{"egress":false,"ruleAction":"deny","cidrBlock":"0.0.0.0/0","aclProtocol":"6","portRange":{"from":22,"to":22}}"#,
      false, false
    ),
    (
      .list,
      #"{"egress":true,"ruleAction":"allow","cidrBlock":"0.0.0.0/0","aclProtocol":"6","portRange":{"from":22,"to":22}}"#,
      false, false
    ),
    (
      .list,
      #"{"IngressAclEntries.1.Port":"22/22","IngressAclEntries.1.SourceCidrIp":"0.0.0.0/0","EgressAclEntries.1.Port":"23/23","EgressAclEntries.1.DestinationCidrIp":"0.0.0.0/0"}"#,
      true, true
    ),
    (.list, #"{"EgressAclEntries":[{"Port":"22/22","SourceCidrIp":"0.0.0.0/0"}]}"#, false, false),
    (.machine, #"{"FirewallRules":[{"Protocol":"TCP","Port":"22"}]}"#, true, true),
    (.machine, #"{"FirewallRules":[{"Protocol":"TCP","Port":"443"}]}"#, true, false),
    (.machine, #"{"FirewallRules":[{"Protocol":"TCP","Port":"22","CidrBlock":"10.0.0.0/8"}]}"#, false, false),
    (.group, #"{"FirewallRules":[{"Protocol":"TCP","Port":"22"}]}"#, false, false),
  ])
  func aRuleMeansWhatItsKindMeans(manner: ConnectionRules.Manner, json: String, everybody: Bool, administrate: Bool) {
    let rules = Array(json.utf8).withUnsafeBufferPointer {
      ConnectionRules(Text(base: $0.baseAddress, count: $0.count), manner)
    }
    #expect(rules.letsEverybodyIn == everybody)
    #expect(rules.letsEverybodyAdministrate == administrate)
  }
}
