// Which events a rule is tried on, and what its field names mean there.

import Events
import Foundation
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
    let source = LogSource(product: product, service: service)
    #expect(Self.providers(Route(source, read: .max)) == expected)
    let read = expected.filter { $0 == .unknown || LogFamily.readProviders.contains($0) }
    #expect(Self.providers(Route(source)) == read)
  }

  @Test func whatNoTableRecognisesIsNotRead() {
    #expect(LogFamily.readProviders == Set(ProviderTables.all.map(\.provider)))
    let nowhere = LogFamily.all.filter { !$0.isRead }
    for family in nowhere {
      let rule = LogSource(product: family.products.first, service: family.services.first)
      #expect(Route(rule).isNowhere, "\(family.title)")
    }
  }

  @Test(arguments: [
    ("cloudtrail", [Provider.aws]), ("actiontrail", [.alibaba]), ("audit", [.k8s]), ("signinlogs", [.entra]),
  ]) func ruleForTheCloudKeepsToTheServiceThatItNames(_ service: String, _ expected: [Provider]) {
    let route = Route(LogSource(product: "cloud", service: service), read: .max)
    #expect(Self.providers(route) == expected)
    #expect(route.names.sources(of: "action") == [.column(.action)])
    #expect((route.guardian != nil) == (service == "signinlogs"))
    // The guard is about the record's `category`, not about the column.
    #expect(route.guardian?.fields ?? [".category"] == [".category"])
  }

  @Test func ruleForTheCloudGoesEverywhere() {
    #expect(Self.providers(Route(LogSource(product: "cloud"))) == Provider.allCases)
  }

  @Test func ruleWithoutAProductNeverMeetsUnknownEvents() {
    #expect(Self.providers(Route(LogSource(service: "audit"), read: .max)) == [.k8s])
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

  @Test func pageOnMatchingSaysWhatIsRead() throws {
    let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: checkout.appendingPathComponent("docs/MATCHING.md"), encoding: .utf8)
    for family in LogFamily.all {
      let service = family.services.first ?? ""
      let rows = page.split(separator: "\n").filter { line in
        line.hasPrefix("| `") && family.products.contains { line.contains("`\($0)`") }
          && (line.contains("`\(service)`") || line.contains("google_workspace.*") || line.contains("any of its"))
      }
      #expect(rows.count == 1, "\(family.title)")
      #expect(rows.allSatisfy { $0.hasSuffix("| not yet |") != family.isRead }, "\(family.title)")
    }
  }
}
