// How Alibaba ActionTrail writes a record.

enum Alibaba {
  static let dialect = Dialect(
    provider: .alibaba,
    regions: [
      ("cn-hangzhou", "hz", 50), ("cn-shanghai", "sh", 25), ("cn-beijing", "bj", 15), ("ap-southeast-1", "sg", 10),
    ],
    weight: 2,
    peopleZones: [3, 3, 3, 4],
    record: record,
    loginRecord: loginRecord,
    kinds: kinds,
    noFault: "",
    faulted: #""errorCode":"<errorCode>","errorMessage":"<errorMessage>","#,
    loginFaulted: #""errorCode":"<errorCode>","errorMessage":"<errorMessage>","#,
    loginFailure: "",
    mfaUsed: ("true", "false"),
    mfaFlag: ("true", "false"),
    loginFaults: LoginFaults(
      password: Fault("LoginFailed", "login failed: user name or password is incorrect"),
      factor: Fault("LoginFailed.MFA", "login failed: MFA verification code is incorrect"),
      unknownUser: Fault("LoginFailed", "login failed: user does not exist")),
    noResources: "",
    consoleAgent: "<service>.console.aliyun.com",
    relays: [],
    verbs: verbs,
    denied: Fault("NoPermission", "You are not authorized to do this action. Action: <service>:<action>"),
    throttled: Fault("Throttling.User", "Request was denied due to user flow control."),
    noResponse: #"{"RequestId":"<eventIDUpper>"}"#,
    escapesPayload: false,
    dataCategory: ("Management", "Data"),
    readOnly: ("Read", "Write"),
    eventTypes: ("ApiCall", "ConsoleOperation", "AliyunServiceEvent", "ConsoleSignin"),
    services: services,
    profiles: profiles,
    accounts: [("prod", 65), ("test", 35)],
    cast: cast,
    ids: IDShapes(
      account: IDShape(prefix: "15", alphabet: decimalDigits, count: 14),
      user: IDShape(prefix: "2", alphabet: decimalDigits, count: 17),
      role: IDShape(prefix: "3", alphabet: decimalDigits, count: 17),
      key: IDShape(prefix: "LTAI5t", alphabet: mixedLetters, count: 18)),
    policies: ["AliyunECSReadOnlyAccess", "AliyunOSSReadOnlyAccess", "AliyunLogReadOnlyAccess"],
    trail: "org-trail",
    loginPages: ["https://homenew.console.aliyun.com/", "https://ecs.console.aliyun.com/home"],
    opening: "[",
    separator: ",",
    closing: "]"
  )

  private static let mixedLetters = Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

  private static let record =
    #"{"eventId":"<eventIDUpper>","eventVersion":"1","eventCategory":"<category>","responseElements":<response>,"#
    + #""eventSource":"<host>","requestParameters":<request>,"sourceIpAddress":"<ip>","userAgent":"<ua>","#
    + #""eventRW":"<readOnly>","eventType":"<eventType>","referencedResources":{<resources>},"#
    + #""userIdentity":<identity>,"serviceName":"<service>","additionalEventData":{"Scheme":"https","#
    + #""CallerBid":"26842"},"apiVersion":"<version>",<fault>"requestId":"<eventIDUpper>","eventTime":"<time>","#
    + #""isGlobal":<isGlobal>,"acsRegion":"<region>","recipientAccountId":"<account>","eventName":"<action>"}"#

  private static let loginRecord =
    #"{"eventId":"<eventIDUpper>","eventVersion":"1","eventCategory":"Management","eventSource":"<host>","#
    + #""sourceIpAddress":"<ip>","userAgent":"<ua>","eventRW":"Write","eventType":"ConsoleSignin","#
    + #""userIdentity":<identity>,"serviceName":"<service>","additionalEventData":{<extra>},<fault>"#
    + #""requestId":"<eventIDUpper>","eventTime":"<time>","isGlobal":true,"acsRegion":"<region>","#
    + #""recipientAccountId":"<account>","eventName":"<action>"}"#

  private static let context =
    #""sessionContext":{"attributes":{"mfaAuthenticated":"<mfa>","creationDate":"<created>"}}"#

  private static func role(session: String) -> KindSpec {
    KindSpec(
      identity:
        #"{"type":"assumed-role","accountId":"<account>","principalId":"<roleID>:\#(session)","#
        + #""userName":"<role>:\#(session)","accessKeyId":"STS.NT<base32:9@a><b36:10@a>",\#(context)}"#,
      whoami: "<role>",
      caller: #","stsTokenPrincipalName":"<role>/\#(session)","stsTokenPlayerUid":<account>"#)
  }

  private static let owner =
    #"{"type":"root-account","accountId":"<account>","principalId":"<account>","userName":"root""#

  private static let kinds: [ActorKind: KindSpec] = [
    .user: KindSpec(
      identity: #"{"type":"ram-user","accountId":"<account>","principalId":"<pid>","userName":"<name>","#
        + #""accessKeyId":"<key>"}"#,
      loginIdentity: #"{"type":"ram-user","accountId":"<account>","principalId":"<pid>","userName":"<name>"}"#,
      consoleIdentity: #"{"type":"ram-user","accountId":"<account>","principalId":"<pid>","userName":"<name>","#
        + #"\#(context)}"#,
      whoami: "<name>"),
    .root: KindSpec(identity: owner + #",\#(context)}"#, loginIdentity: owner + "}", whoami: "root"),
    .sso: role(session: "<session>"),
    .federated: role(session: "<session>"),
    .workload: role(session: "i-bp<b36:20@s>"),
    .bot: role(session: "<session>-<num:9@s>"),
    .role: role(session: "<session>"),
    .service: KindSpec(identity: owner + #",\#(context)}"#, whoami: "root"),
    .internalCall: role(session: "<session>"),
  ]
}
