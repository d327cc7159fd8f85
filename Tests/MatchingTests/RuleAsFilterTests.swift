// A rule that is written as a filter finds what the rule matches: no more events, and no fewer.

import Events
import Foundation
import Rules
import TestSupport
import Testing

@testable import Matching

@Suite struct RuleAsFilterTests {
  private static func rule(_ source: String, _ selection: String, condition: String = "s") -> Rule {
    let text = "title: T\nlogsource: \(source)\ndetection:\n  s: {\(selection)}\n  condition: \(condition)\n"
    return RuleSet.parse(Array(text.utf8), file: "t.yml").rules[0]
  }

  /// Which events the rule matches, and which the filter that it prints finds.
  private static func both(_ rule: Rule, _ events: [String]) throws -> (rule: [Bool], filter: [Bool]) {
    let filter = try Filter.parse(Filter.text(of: try #require(rule.asFilter)))
    let found = try matches(MatchProgram(rules: [rule]), events).map { !$0.isEmpty }
    return (found, try matches(MatchProgram(filter: filter), events).map { !$0.isEmpty })
  }

  private static let marks =
    #""eventVersion":"1.08","eventSource":"s3.amazonaws.com","eventName":"X","awsRegion":"us-east-1","eventID":"1""#

  @Test(arguments: [
    "region: eu-raw, resources|exists: true", "account: foo", "resources.ARN|contains: 'arn:'",
    "resources|contains: 'AWS::S3'", "region|fieldref: account", "region: null", "environment|exists: false",
  ]) func rawKeysThatColumnsAreNamedAfterStayRaw(_ selection: String) throws {
    let events = [
      "{\(Self.marks),\"region\":\"eu-raw\",\"account\":\"foo\",\"resources\":[{\"ARN\":\"arn:x\",\"type\":\"AWS::S3::B\"}]}",
      "{\(Self.marks),\"account\":\"a\",\"region\":\"A\"}", "{\(Self.marks)}", #"{"region":"eu-raw","account":"foo"}"#,
    ]
    let found = try Self.both(Self.rule("{product: aws}", selection), events)
    #expect(found.rule == found.filter)
    #expect(found.rule.contains(true))
    #expect(!found.rule[3])
  }

  @Test func filterNamesTheProviderAndTheMarksOfAProduct() throws {
    let rule = Self.rule("{product: m365, service: audit}", "eventSource: Exchange, eventName: [New-InboxRule, x]")
    let whole =
      #"{"RecordType":1,"Operation":"New-InboxRule","Workload":"Exchange","OrganizationId":"o","CreationTime":"x"}"#
    let found = try Self.both(rule, [whole, #"{"Operation":"x","Workload":"Exchange"}"#])
    #expect(found.rule == [true, false])
    #expect(found.filter == found.rule)
    #expect(Filter.text(of: try #require(rule.asFilter)).hasPrefix("provider = unknown and "))
  }

  /// A field is missing if it is under none of its names, and null if it is under one.
  @Test(arguments: [
    ("Status: null", [true, true, true, true, false]), ("Status|exists: true", [false, true, true, true, true]),
    ("Status|neq: null", [false, false, false, false, true]), ("Status|neq: ok", [true, true, true, false, true]),
    ("Status: [null, ok]", [true, true, true, true, false]),
    ("Status|fieldref: eventName", [false, false, true, false, true]),
  ]) func spellingsOfAFieldAreOneField(_ selection: String, _ expected: [Bool]) throws {
    let marks = #""RecordType":1,"Operation":"x","Workload":"W","OrganizationId":"o""#
    let events = [
      "", #","Status":null"#, #","Status":null,"ResultStatus":"x""#, #","Status":["ok",null]"#, #","ResultStatus":"X""#,
    ].map { "{\(marks)\($0)}" }
    let found = try Self.both(Self.rule("{product: m365}", selection), events)
    #expect(found.rule == expected)
    #expect(found.filter == expected)
  }

  @Test func ruleForLogsThatAreNotReadHasNoFilter() {
    #expect(Self.rule("{product: windows}", "a: 1").asFilter == nil)
    #expect(Self.rule("{product: cloud}", "action: x").asFilter == .field("action", .text(TextPattern(literal: "x"))))
  }

  @Test(.enabled(if: Shared.isPresent)) func printedFilterOfEveryPublishedRuleFindsWhatTheRuleMatches() throws {
    let rules = RuleSet.load(paths: [Shared.path("data/sigma/rules")]).rules
    #expect(rules.count > 300)
    var random = PairGenerator(random: SeededGenerator(7))
    var samples = ["azure_activity", "entra", "gcp_audit", "k8s_audit", "okta_system_log"].flatMap(Self.sample)
    samples += ["aws_cloudtrail", "alibaba_actiontrail", "tencent_cloudaudit", "huawei_cts"].flatMap(Self.sample)
    var positives = 0
    for rule in rules {
      let names = Route(rule.logsource).names
      let text = Filter.text(of: names.written(rule.predicate))
      let read = try Filter.parse(text)
      #expect(read == names.written(rule.predicate), "\(rule.title)")
      let paths = read.mapFields { $0.hasPrefix(".") ? String($0.dropFirst()) : $0 }
      let made = (0..<6).map { _ in random.event(for: paths) }
      let events = samples + made.map(\.text) + made.map { random.mutated($0).text }
      let found = try matches(MatchProgram(predicates: [rule.predicate], names: names), events)
      #expect(try matches(MatchProgram(predicates: [read]), events) == found, "\(rule.title): \(text)")
      positives += found.count { !$0.isEmpty }
    }
    #expect(positives > rules.count)
  }

  private static func sample(_ name: String) -> [String] {
    let data = FileManager.default.contents(atPath: Shared.path("formats/samples/\(name).ndjson")) ?? Data()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
