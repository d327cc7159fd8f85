import Testing

@testable import Events

/// What policies in requests give away: column `grants`.
struct GrantTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let request: String
    let grants: String

    init(_ name: String, _ request: String, _ grants: String) {
      (testDescription, self.request, self.grants) = (name, request, grants)
    }
  }

  static let account = "111122223333"

  static func document(_ statements: String...) -> String {
    #"{"policyDocument":{"Version":"2012-10-17","Statement":[\#(statements.joined(separator: ","))]}}"#
  }

  static func trust(_ principal: String, _ condition: String = "{}") -> String {
    document(#"{"Effect":"Allow","Principal":\#(principal),"Action":"sts:AssumeRole","Condition":\#(condition)}"#)
  }

  static func allow(_ action: String, on resource: String = #""*""#, key: String = "Action") -> String {
    #"{"Effect":"Allow","\#(key)":\#(action),"Resource":\#(resource)}"#
  }

  static let principals: [Case] = [
    Case("everybody", trust(#""*""#), "everybody"),
    Case("everybody by kind", trust(#"{"AWS":"*"}"#), "everybody"),
    Case("everybody in a list", trust(#"["*"]"#), "everybody"),
    Case("anyone", trust(#"{"qcs":["qcs::cam::anyone:anyone"]}"#), "everybody"),
    Case("all accounts", trust(#"{"RAM":"acs:ram::*:root"}"#), "everybody"),
    Case(
      "all but one",
      document(#"{"Effect":"Allow","NotPrincipal":{"AWS":"111122223333"},"Action":"s3:*"}"#), "everybody"),
    Case("the own account", trust(#"{"AWS":"arn:aws:iam::111122223333:root"}"#), ""),
    Case("the own account by its id", trust(#"{"AWS":"111122223333"}"#), ""),
    Case("another account by its id", trust(#"{"AWS":"999999999999"}"#), "account:999999999999"),
    Case("a role of another account", trust(#"{"AWS":"arn:aws:iam::999999999999:role/x"}"#), "account:999999999999"),
    Case(
      "another account behind the own one",
      trust(#"{"AWS":["arn:aws:iam::111122223333:role/x","arn:aws:iam::999999999999:root"]}"#),
      "account:999999999999"),
    Case("a user elsewhere", trust(#"{"RAM":["acs:ram::9999999999999999:user/x"]}"#), "account:9999999999999999"),
    Case(
      "a user of another account", trust(#"{"qcs":["qcs::cam::uin/200000000099:uin/200000000100"]}"#),
      "account:200000000099"),
    Case("a user's id alone", trust(#"["202147604049351234"]"#), ""),
    Case("a service", trust(#"{"Service":"ec2.amazonaws.com"}"#), ""),
    Case("a provider of SAML", trust(#"{"Federated":"arn:aws:iam::111122223333:saml-provider/office"}"#), ""),
    Case(
      "nobody",
      document(#"{"Effect":"Deny","Principal":"*","Action":"s3:*"}"#), ""),
    Case(
      "everybody, and everybody is refused",
      document(
        #"{"Effect":"Allow","Principal":"*","Action":"s3:*"}"#,
        #"{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}"#), ""),
    Case(
      "everybody, and everybody is refused over HTTP",
      document(
        #"{"Effect":"Allow","Principal":"*","Action":"s3:*"}"#,
        #"{"Effect":"Deny","Principal":"*","Action":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}"#),
      "everybody"),
  ]

  private static let github =
    #"{"Federated":"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}"#
  private static let cluster =
    #"{"Federated":"arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1"}"#

  static let conditions: [Case] = [
    Case("over TLS", trust(#""*""#, #"{"Bool":{"aws:SecureTransport":"true"}}"#), "everybody"),
    Case("from anywhere", trust(#""*""#, #"{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}"#), "everybody"),
    Case(
      "from both halves of everywhere",
      trust(#""*""#, #"{"IpAddress":{"aws:SourceIp":["0.0.0.0/1","128.0.0.0/1"]}}"#), "everybody"),
    Case("from anywhere by IPv6", trust(#""*""#, #"{"IpAddress":{"acs:SourceIp":["::/0"]}}"#), "everybody"),
    Case("from a network", trust(#""*""#, #"{"IpAddress":{"acs:SourceIp":["192.0.2.0/24"]}}"#), ""),
    Case("from a network, elsewhere", trust(#""*""#, #"{"ip_equal":{"qcs:ip":["192.0.2.0/24"]}}"#), ""),
    Case("from all but a network", trust(#""*""#, #"{"NotIpAddress":{"aws:SourceIp":["192.0.2.0/24"]}}"#), "everybody"),
    Case("of an organization", trust(#""*""#, #"{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}"#), ""),
    Case("of any organization", trust(#""*""#, #"{"StringLike":{"aws:PrincipalOrgID":"*"}}"#), "everybody"),
    Case("of none", trust(#""*""#, #"{"StringEqualsIfExists":{"aws:PrincipalOrgID":"o-1"}}"#), "everybody"),
    Case(
      "of none in a list", trust(#""*""#, #"{"ForAllValues:StringLike":{"aws:PrincipalOrgPaths":"o-1/*"}}"#),
      "everybody"),
    Case("of an owner", trust(#""*""#, #"{"StringEquals":{"AWS:SourceOwner":"111122223333"}}"#), ""),
    Case("about a bucket", trust(#""*""#, #"{"ArnLike":{"aws:SourceArn":"arn:aws:s3:*:*:bucket"}}"#), "everybody"),
    Case("about a bucket by name", trust(#""*""#, #"{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::bucket"}}"#), ""),
    Case("with a tag", trust(#""*""#, #"{"StringEquals":{"aws:PrincipalTag/team":"x"}}"#), "everybody"),
    Case("by a shared provider", trust(github), "any_federated"),
    Case(
      "by a shared provider, for its usual audience",
      trust(github, #"{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"}}"#),
      "any_federated"),
    Case(
      "by a shared provider, of everybody",
      trust(github, #"{"StringLike":{"token.actions.githubusercontent.com:sub":"repo:*"}}"#), "any_federated"),
    Case(
      "by a shared provider, of one company",
      trust(github, #"{"StringLike":{"token.actions.githubusercontent.com:sub":"repo:company/*"}}"#), ""),
    Case(
      "by a provider of one's own, for its audience",
      trust(cluster, #"{"StringEquals":{"oidc.eks.eu-west-1.amazonaws.com/id/A1:aud":"sts.amazonaws.com"}}"#), ""),
    Case(
      "by a provider with a free name",
      trust(
        #"{"Federated":"acs:ram::111122223333:oidc-provider/ci"}"#,
        #"{"StringEquals":{"oidc:iss":"https://token.actions.githubusercontent.com","oidc:aud":"sts.aliyuncs.com"}}"#),
      "any_federated"),
  ]

  static let actions: [Case] = [
    Case("everything", document(allow(#""*""#)), "any_action"),
    Case("everything, second in a list", document(allow(#"["s3:GetObject","*"]"#)), "any_action"),
    Case("everything by service", document(allow(#"["*:*"]"#)), "any_action"),
    Case("everything of everything by name", document(allow(#""*""#, on: #""arn:aws:*:*:*:*""#)), "any_action"),
    Case(
      "everything but one thing is refused",
      document(allow(#""*""#), #"{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}"#), "any_action"),
    Case("everything in one bucket", document(allow(#""*""#, on: #""arn:aws:s3:::b/*""#)), ""),
    Case("one service", document(allow(#""s3:*""#)), ""),
    Case("nearly everything", document(allow(#"["s3:ListBucket"]"#, key: "NotAction")), "most_actions"),
    Case("rights", document(allow(#""iam:*""#)), "any_identity_action"),
    Case("rights of the account", document(allow(#""iam:*""#, on: #""arn:aws:iam::1:*""#)), "any_identity_action"),
    Case("rights of one user", document(allow(#""iam:*""#, on: #""arn:aws:iam::1:user/x""#)), ""),
    Case("rights elsewhere", document(allow(#"["ram:*"]"#, on: #""acs:ram:*:*:*""#)), "any_identity_action"),
    Case("rights with a prefix", document(allow(#"["name/cam:*"]"#)), "any_identity_action"),
    Case("reading of rights", document(allow(#""iam:Get*""#)), ""),
    Case("in lower case", #"{"policy":{"statement":{"effect":"allow","action":"*","resource":"*"}}}"#, "any_action"),
  ]

  static let places: [Case] = [
    Case(
      "in a text", #"{"p":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}"#,
      "any_action"),
    Case(
      "in a text in a text",
      #"{"a":"{\"b\":\"{\\\"Statement\\\":{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"*\\\"}}\"}"}"#, "any_action"),
    Case(
      "written for a URL",
      #"{"p":"%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C+%22Action%22%3A%22%2A%22%7D%7D"}"#, "any_action"),
    Case(
      "with the word hidden", #"{"p":"{\"St\\u0061t\\u0065ment\":{\"Effect\":\"Allow\",\"Action\":\"*\"}}"}"#,
      "any_action"),
    Case("cut off", #"{"p":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\"},{\"Effect\":\"De"}"#, "any_action"),
    Case("no policy", #"{"p":"a statement of 100%","q":["x"]}"#, ""),
    Case("no object", #"{"Statement":"Allow"}"#, ""),
  ]

  @Test(arguments: principals + conditions + actions + places)
  func grantsAreDecidedStatementByStatement(_ example: Case) throws {
    let event =
      #"{"awsRegion":"us-east-1","eventSource":"iam.amazonaws.com","eventName":"X","recipientAccountId":"\#(GrantTests.account)","requestParameters":\#(example.request)}"#
    let events = try EventTable.read(event, columns: [.grants, .resources])
    #expect(events.map { $0["grants"] ?? "" } == [example.grants])
  }

  @Test func manyAccountsAreCutOffAndEverybodyIsNot() throws {
    let names = (0..<100).map { "\"\(900_000_000_000 + $0)\"" }.joined(separator: ",")
    let event =
      #"{"awsRegion":"us-east-1","eventSource":"iam.amazonaws.com","eventName":"X","requestParameters":\#(GrantTests.trust(#"{"AWS":[\#(names),"*"]}"#))}"#
    let grants = try EventTable.read(event, columns: [.grants]).map { $0["grants"] ?? "" }.joined()
    #expect(grants.hasPrefix("everybody account:900000000000 "))
    #expect(grants.split(separator: " ").count == 17)
  }

  @Test func listsOfARowDoNotMix() throws {
    let event =
      #"{"awsRegion":"us-east-1","eventSource":"iam.amazonaws.com","eventName":"UpdateAssumeRolePolicy","requestParameters":{"roleName":"r","policyDocument":{"Statement":{"Effect":"Allow","Principal":"*"}}}}"#
    let row = try #require(try EventTable.read(event, columns: [.grants, .resources]).first)
    #expect(row["grants"] == "everybody")
    #expect(row["resources"] == "r")
  }

  @Test func deepNestingEnds() throws {
    let deep =
      String(repeating: "[", count: 60) + #"{"Statement":{"Effect":"Allow","Action":"*"}}"#
      + String(repeating: "]", count: 60)
    let text = String(repeating: "[", count: 10_000) + "statement"
    for request in [#"{"p":\#(deep)}"#, #"{"p":"\#(text)"}"#] {
      let event = #"{"awsRegion":"r","eventSource":"iam.amazonaws.com","requestParameters":\#(request)}"#
      #expect(try EventTable.read(event, columns: [.grants]).count <= 1)
    }
  }
}
