import Foundation
import Testing

@testable import Events

/// One event and the class that it must get.
struct ClassCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let json: String
  let meaning: String

  init(_ name: String, _ json: String, _ meaning: String) {
    (testDescription, self.json, self.meaning) = (name, json, meaning)
  }

  static func aws(_ service: String, _ action: String, _ request: String = "null") -> String {
    #"{"awsRegion":"us-east-1","eventSource":"\#(service).amazonaws.com","eventName":"\#(action)","requestParameters":\#(request)}"#
  }

  static func alibaba(_ service: String, _ action: String, _ request: String = "{}") -> String {
    #"{"acsRegion":"cn-hangzhou","serviceName":"\#(service)","eventName":"\#(action)","requestParameters":\#(request)}"#
  }

  static func tencent(_ service: String, _ action: String, _ request: String = "{}") -> String {
    let text = request.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return
      #"{"eventRegion":"ap-guangzhou","actionType":"Write","resourceType":"\#(service)","eventName":"\#(action)","requestParameters":"\#(text)"}"#
  }

  static func policy(_ statement: String) -> String { #"{"bucketPolicy":{"Statement":[{\#(statement)}]}}"# }

  static let all: [ClassCase] = [
    ClassCase("a known action", aws("iam", "CreateAccessKey"), "credential_creation"),
    ClassCase("case of the action", aws("iam", "createaccesskey"), "credential_creation"),
    ClassCase("the same name in another service", aws("organizations", "AttachPolicy"), "organization_change"),
    ClassCase("the same name elsewhere", alibaba("ResourceManager", "AttachPolicy"), "policy_attachment"),
    ClassCase("one user, several services", alibaba("Ims", "CreateUser"), "identity_change"),
    ClassCase("unknown, reading", aws("new", "DescribeThings"), "inferred:discovery"),
    ClassCase("unknown, making", aws("new", "CreateThing"), "inferred:creation"),
    ClassCase("unknown, deleting", aws("new", "DeleteThing"), "inferred:destructive"),
    ClassCase("a record of a zone gone", alibaba("Alidns", "DeleteDomainRecord"), "destructive"),
    ClassCase("a record of a zone changed", alibaba("Alidns", "UpdateDomainRecord"), "inferred:change"),
    ClassCase("a record gone, elsewhere", tencent("dnspod", "DeleteRecord"), "destructive"),
    ClassCase("images gone by their numbers", aws("ecr", "BatchDeleteImage"), "destructive"),
    ClassCase("a disk given back", alibaba("Ecs", "ReleaseDisk"), "destructive"),
    ClassCase("a bucket made", aws("s3", "CreateBucket", #"{"x-amz-acl":"private"}"#), "inferred:creation"),
    ClassCase("unknown, changing", aws("new", "UpdateThing"), "inferred:change"),
    ClassCase("unknown verb", aws("new", "Frobnicate"), "inferred:other"),
    ClassCase(
      "login protection off", tencent("cam", "SetMfaFlag", #"{"LoginFlag":{"Phone":0,"Stoken":0}}"#), "mfa_removal"),
    ClassCase(
      "login protection on", tencent("cam", "SetMfaFlag", #"{"LoginFlag":{"Phone":0,"Stoken":1}}"#), "mfa_change"),
    ClassCase(
      "second factor not asked for", alibaba("Ims", "SetSecurityPreference", #"{"EnforceMFAForLogin":false}"#),
      "mfa_removal"),
    ClassCase(
      "second factor asked for", alibaba("Ims", "SetSecurityPreference", #"{"EnforceMFAForLogin":true}"#), "mfa_change"),
    ClassCase("detector off", aws("guardduty", "UpdateDetector", #"{"enable":false}"#), "monitoring_tamper"),
    ClassCase("detector on, by verb", aws("guardduty", "UpdateDetector", #"{"enable":true}"#), "inferred:change"),
    ClassCase("kept for a month", alibaba("Sls", "UpdateLogStore", #"{"ttl":30}"#), "logging_tamper"),
    ClassCase("kept for a year", alibaba("Sls", "UpdateLogStore", #"{"ttl":"365"}"#), "logging_change"),
    ClassCase("kept for no number", alibaba("Sls", "UpdateLogStore", #"{"ttl":"-1"}"#), "logging_change"),
    ClassCase(
      "opened to all", aws("ec2", "AuthorizeSecurityGroupIngress", #"{"cidrIp":"0.0.0.0/0"}"#), "network_exposure"),
    ClassCase(
      "opened to all under another name", aws("ec2", "AuthorizeSecurityGroupIngress", #"{"cidrIp":"208.1.2.3/0"}"#),
      "network_exposure"),
    ClassCase(
      "opened to IPv6", aws("ec2", "AuthorizeSecurityGroupIngress", #"{"a":[{"cidrIpv6":"::/0"}]}"#), "network_exposure"
    ),
    ClassCase(
      "opened for administration",
      aws("ec2", "AuthorizeSecurityGroupIngress", #"{"fromPort":22,"toPort":22,"cidrIp":"0.0.0.0/0"}"#),
      "admin_exposure"),
    ClassCase(
      "opened for web sites",
      aws("ec2", "AuthorizeSecurityGroupIngress", #"{"fromPort":443,"toPort":443,"cidrIp":"0.0.0.0/0"}"#),
      "network_exposure"),
    ClassCase(
      "opened in one of several permissions",
      alibaba(
        "Ecs", "AuthorizeSecurityGroup",
        #"{"Permissions.1.PortRange":"22/22","Permissions.1.SourceCidrIp":"0.0.0.0/0"}"#), "admin_exposure"),
    ClassCase(
      "refused in one of several permissions",
      alibaba(
        "Ecs", "AuthorizeSecurityGroup",
        #"{"Permissions":[{"PortRange":"22/22","SourceCidrIp":"0.0.0.0/0","Policy":"drop"}]}"#), "network_change"),
    ClassCase(
      "a rule of a list refuses",
      tencent(
        "vpc", "CreateSecurityGroupPolicies",
        #"{"SecurityGroupPolicySet":{"Ingress":[{"Port":"22","CidrBlock":"0.0.0.0/0","Action":"DROP"}]}}"#),
      "network_change"),
    ClassCase(
      "a rule is replaced by a narrow one",
      tencent(
        "vpc", "ReplaceSecurityGroupPolicies",
        #"{"OriginalSecurityGroupPolicySet":{"Ingress":[{"Port":"22","CidrBlock":"0.0.0.0/0"}]},"SecurityGroupPolicySet":{"Ingress":[{"Port":"22","CidrBlock":"10.0.0.0/8"}]}}"#
      ), "network_change"),
    ClassCase(
      "opened to some", aws("ec2", "AuthorizeSecurityGroupIngress", #"{"cidrIp":"10.0.0.0/8"}"#), "network_change"),
    ClassCase(
      "opened in JSON text",
      tencent(
        "vpc", "CreateSecurityGroupPolicies", #"{"SecurityGroupPolicySet":{"Ingress":[{"CidrBlock":"0.0.0.0/0"}]}}"#),
      "network_exposure"),
    ClassCase(
      "the second of two rules opens",
      tencent(
        "vpc", "CreateSecurityGroupPolicies",
        #"{"SecurityGroupPolicySet":{"Ingress":[{"CidrBlock":"10.0.0.0/8"},{"CidrBlock":"0.0.0.0/0"}]}}"#),
      "network_exposure"),
    ClassCase(
      "all may leave",
      tencent(
        "vpc", "CreateSecurityGroupPolicies", #"{"SecurityGroupPolicySet":{"Egress":[{"CidrBlock":"0.0.0.0/0"}]}}"#),
      "network_change"),
    ClassCase(
      "a network list opened to all",
      tencent("vpc", "ModifyNetworkAclEntries", #"{"NetworkAclEntrySet":{"Ingress":[{"CidrBlock":"0.0.0.0/0"}]}}"#),
      "network_exposure"),
    ClassCase(
      "all are refused by a network list",
      aws("ec2", "CreateNetworkAclEntry", #"{"cidrBlock":"0.0.0.0/0","egress":false,"ruleAction":"deny"}"#),
      "network_change"),
    ClassCase(
      "all may leave through a network list",
      aws("ec2", "ReplaceNetworkAclEntry", #"{"cidrBlock":"0.0.0.0/0","egress":true,"ruleAction":"allow"}"#),
      "network_change"),
    ClassCase(
      "all are let in by a network list",
      aws("ec2", "CreateNetworkAclEntry", #"{"cidrBlock":"0.0.0.0/0","egress":false,"ruleAction":"allow"}"#),
      "network_exposure"),
    ClassCase(
      "all are refused by a group",
      alibaba("Ecs", "AuthorizeSecurityGroup", #"{"Policy":"Drop","SourceCidrIp":"0.0.0.0/0"}"#), "network_change"),
    ClassCase(
      "TLS is a must",
      aws(
        "s3", "PutBucketPolicy",
        policy(#""Effect":"Deny","Principal":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}"#)),
      "data_access_change"),
    ClassCase(
      "everybody may",
      aws("s3", "PutBucketPolicy", policy(#""Effect":"Allow","Principal":"*","Action":"s3:GetObject""#)),
      "data_exposure"),
    ClassCase(
      "everybody may, spelled out",
      aws("s3", "PutBucketPolicy", policy(#""Principal": {"AWS": ["*"]}, "Effect": "Allow""#)), "data_exposure"),
    ClassCase(
      "everybody of the company may",
      aws(
        "s3", "PutBucketPolicy",
        policy(#""Effect":"Allow","Principal":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}"#)),
      "data_access_change"),
    ClassCase(
      "one may, all must not",
      aws(
        "s3", "PutBucketPolicy",
        policy(#""Effect":"Allow","Principal":{"AWS":"arn:aws:iam::1:root"}},{"Effect":"Deny","Principal":"*""#)),
      "data_access_change"),
    ClassCase(
      "everybody may, in JSON text",
      alibaba(
        "Oss", "PutBucketPolicy", #"{"policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":[\"*\"]}]}"}"#),
      "data_exposure"),
    ClassCase(
      "anyone may",
      tencent(
        "cos", "PutBucketPolicy",
        #"{"policy":{"statement":[{"effect":"allow","principal":{"qcs":["qcs::cam::anyone:anyone"]}}]}}"#),
      "data_exposure"),
    ClassCase(
      "everybody who speaks TLS may",
      aws(
        "s3", "PutBucketPolicy",
        policy(#""Effect":"Allow","Principal":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}"#)),
      "data_exposure"),
    ClassCase(
      "private, whatever its name",
      aws("s3", "PutBucketAcl", #"{"bucketName":"public-read-docs","x-amz-acl":["private"]}"#), "data_access_change"),
    ClassCase("public by name", aws("s3", "PutBucketAcl", #"{"x-amz-acl":["public-read"]}"#), "data_exposure"),
    ClassCase(
      "public by header",
      aws(
        "s3", "PutObjectAcl",
        #"{"AccessControlList":{"x_amz_grant_read":"uri=http://acs.amazonaws.com/groups/global/AllUsers"}}"#),
      "data_exposure"),
    ClassCase("public elsewhere", alibaba("Oss", "PutBucketAcl", #"{"Acl":"public-read-write"}"#), "data_exposure"),
    ClassCase(
      "a share taken back",
      alibaba("Ecs", "ModifyImageSharePermission", #"{"IsPublic":"false","RemoveAccount.1":"5"}"#),
      "data_access_change"),
    ClassCase(
      "a share given", alibaba("Ecs", "ModifyImageSharePermission", #"{"AddAccount.1":"5"}"#), "data_exposure"),
    ClassCase(
      "no share, whatever its name",
      tencent("cvm", "ModifyImageSharePermission", #"{"ImageId":"img-SHARE","Permission":"CANCEL"}"#),
      "data_access_change"),
    ClassCase(
      "a trail that records all", alibaba("Actiontrail", "UpdateTrail", #"{"EventRW":"All"}"#), "logging_change"),
    ClassCase(
      "a trail that records less", alibaba("Actiontrail", "UpdateTrail", #"{"EventRW":"Write"}"#), "logging_tamper"),
    ClassCase(
      "selectors that record less",
      aws(
        "cloudtrail", "PutEventSelectors",
        #"{"eventSelectors":[{"readWriteType":"All"},{"readWriteType":"ReadOnly"}]}"#), "logging_tamper"),
    ClassCase(
      "selectors that record more",
      aws(
        "cloudtrail", "PutEventSelectors",
        #"{"eventSelectors":[{"readWriteType":"All","includeManagementEvents":true,"excludeManagementEventSources":[]}]}"#
      ),
      "logging_change"),
    ClassCase(
      "selectors without calls",
      aws("cloudtrail", "PutEventSelectors", #"{"advancedEventSelectors":[{"fieldSelectors":[{"equals":["Data"]}]}]}"#),
      "logging_tamper"),
    ClassCase("a track switched on", tencent("cloudaudit", "ModifyAuditTrack", #"{"Status":1}"#), "logging_change"),
    ClassCase("a track switched off", tencent("cloudaudit", "ModifyAuditTrack", #"{"Status":0}"#), "logging_tamper"),
    ClassCase("null is no new bucket", aws("cloudtrail", "UpdateTrail", #"{"s3BucketName":null}"#), "logging_change"),
    ClassCase(
      "protection of calls off",
      tencent("cam", "SetMfaFlag", #"{"LoginFlag":{"Stoken":1},"ActionFlag":{"Stoken":0}}"#), "mfa_removal"),
    ClassCase("a new name", tencent("cvm", "ModifyInstancesAttribute", #"{"InstanceName":"x"}"#), "inferred:change"),
    ClassCase(
      "access log off", aws("s3", "PutBucketLogging", #"{"BucketLoggingStatus":{"xmlns":"x"}}"#), "logging_tamper"),
    ClassCase(
      "access log on", aws("s3", "PutBucketLogging", #"{"BucketLoggingStatus":{"LoggingEnabled":{}}}"#),
      "logging_change"),
  ]
}

struct ClassTests {
  private func classes(_ json: String, also columns: [Column] = []) throws -> [String?] {
    try EventTable.read(json, columns: [.class] + columns).map { $0["class"] }
  }

  @Test(arguments: ClassCase.all) func anActionHasItsClass(_ one: ClassCase) throws {
    #expect(try classes(one.json) == [one.meaning])
  }

  @Test func valuesDecideEachTimeAndNotOnlyTheFirst() throws {
    let open = ClassCase.aws("ec2", "AuthorizeSecurityGroupIngress", #"{"cidrIp":"0.0.0.0/0"}"#)
    let narrow = ClassCase.aws("ec2", "AuthorizeSecurityGroupIngress", #"{"cidrIp":"10.0.0.0/8"}"#)
    #expect(
      try classes([open, narrow, open].joined(separator: "\n"))
        == ["network_exposure", "network_change", "network_exposure"])
  }

  @Test func manyActionsInOneTableDoNotChangeEachOther() throws {
    let actions = (0..<20_000).map { $0 % 2 == 0 ? "Get\($0)" : "Delete\($0)" }
    let json = actions.map { ClassCase.aws("new", $0) }.joined(separator: "\n")
    let found = try classes(json + "\n" + json)
    #expect(found == (actions + actions).map { $0.hasPrefix("Get") ? "inferred:discovery" : "inferred:destructive" })
  }

  @Test func anEventOfNoKnownProviderHasAClassByItsVerbOrNone() throws {
    #expect(try classes(#"{"a":1}"#) == [nil])
  }

  @Test func aBrokenPolicyIsNoCrash() throws {
    for text in [#"\"Principal\":\"*\""#, #"{{{\"Principal\":\"*\""#, #"}}}\"Principal\":\"*\"}}}"#] {
      let json = ClassCase.alibaba("Oss", "PutBucketPolicy", #"{"policy":"\#(text)"}"#)
      #expect(try classes(json) == ["data_access_change"])
    }
  }

  @Test func everyEntryNamesServicesAndActions() {
    for entry in ClassEntries.aws + ClassEntries.alibaba + ClassEntries.tencent {
      #expect(!entry.services.isEmpty && !entry.actions.isEmpty)
    }
    #expect(ClassCatalogue.standard.count > 900)
  }
}
