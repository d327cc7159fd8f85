// Which events a rule is tried on, and what its field names mean there.

import Events
import Rules
import Testing

@testable import Matching

@Suite struct RoutingTests {
  private static func providers(_ route: Route) -> [Provider] {
    Provider.allCases.filter { route.providers >> UInt32($0.rawValue) & 1 != 0 }
  }

  @Test(
    arguments: [
      ("aws", "cloudtrail", [Provider.aws]), ("AWS", nil, [.aws]), ("aws", "guardduty", []),
      ("aliyun", "actiontrail", [.alibaba]), ("alicloud", nil, [.alibaba]), ("qcloud", "cloudaudit", [.tencent]),
      ("azure", "activitylogs", [.azure]), ("azure", "signinlogs", [.entra]), ("azure", nil, [.azure, .entra]),
      ("gcp", "google_workspace.admin", [.gcp]), ("kubernetes", "audit", [.k8s]), ("huawei", "cts", [.huawei]),
      ("okta", "okta", [.okta]), ("github", "audit", []), ("windows", "security", []), ("m365", "audit", [.unknown]),
    ] as [(String, String?, [Provider])])
  func ruleGoesToTheLogsThatItNames(_ product: String, _ service: String?, _ expected: [Provider]) {
    #expect(Self.providers(Route(LogSource(product: product, service: service))) == expected)
  }

  @Test func ruleForTheCloudGoesEverywhere() {
    #expect(Self.providers(Route(LogSource(product: "cloud"))) == Provider.allCases)
  }

  @Test func ruleWithoutAProductNeverMeetsUnknownEvents() {
    #expect(Self.providers(Route(LogSource(service: "audit"))) == [.k8s])
  }

  @Test func unknownEventsMeetARuleForMicrosoft365OnlyWithItsKeys() throws {
    let rule = "title: T\nlogsource: {product: m365, service: audit}\ndetection:\n  s: {eventName: x}\n  condition: s\n"
    let program = MatchProgram(rules: RuleSet.parse(Array(rule.utf8), file: "t.yml").rules)
    let whole = #"{"RecordType":15,"Operation":"x","Workload":"Exchange","OrganizationId":"o"}"#
    #expect(try matches(program, [whole, #"{"Operation":"x"}"#, #"{"eventName":"x"}"#]) == [[0], [], []])
  }

  @Test func awsRuleMeetsNoUnknownEvent() throws {
    let rule = "title: T\nlogsource: {product: aws}\ndetection:\n  s: {eventName: x}\n  condition: s\n"
    let program = MatchProgram(rules: RuleSet.parse(Array(rule.utf8), file: "t.yml").rules)
    let aws = #"{"eventName":"x","eventSource":"s","awsRegion":"r","eventVersion":"1","recipientAccountId":"1"}"#
    #expect(try matches(program, [aws, #"{"eventName":"x"}"#]) == [[0], []])
  }

  @Test(arguments: [
    ("azure", "riskEventType", "properties.riskEventType"), ("azure", "properties.message", "operationName"),
    ("azure", "properties.result", "result"), ("gcp", "gcp.audit.method_name", "protoPayload.methodName"),
    ("gcp", "data.protoPayload.serviceName", "protoPayload.serviceName"),
    ("gcp", "eventService", "protoPayload.serviceName"),
    ("m365", "eventSource", "Workload"), ("kubernetes", "apiGroup", "objectRef.apiGroup"),
  ]) func productHasItsSpellings(_ product: String, _ name: String, _ path: String) {
    let paths = Spellings.paths(of: name, product: product)
    #expect(paths.first == name)
    #expect(paths.contains(path))
  }

  @Test func awsNamesAreTakenAsTheyAre() {
    #expect(Spellings.paths(of: "userIdentity.type", product: "aws") == ["userIdentity.type"])
  }
}
