// How Tencent CloudAudit writes a record, in the shape it has had since 2021: epoch seconds, and JSON inside strings
// for the session, the request and the response.

enum Tencent {
  static let dialect = Dialect(
    provider: .tencent,
    regions: [
      ("ap-guangzhou", "gz", 50), ("ap-shanghai", "sh", 25), ("ap-beijing", "bj", 15), ("ap-singapore", "sg", 10),
    ],
    weight: 2,
    peopleZones: [3, 3, 3, 3, 4],
    record: record,
    loginRecord: record,
    kinds: kinds,
    noFault: #""errorCode":"0","errorMessage":"","apiErrorCode":0,"apiErrorMessage":"","#,
    faulted:
      #""errorCode":"0","errorMessage":"","apiErrorCode":"<errorCode>","apiErrorMessage":"<errorMessage>","#,
    loginFaulted:
      #""errorCode":"0","errorMessage":"","apiErrorCode":"<errorCode>","apiErrorMessage":"<errorMessage>","#,
    loginFailure: "",
    mfaUsed: ("1", "0"),
    mfaFlag: ("1", "0"),
    loginFaults: LoginFaults(
      password: Fault("AuthFailure", "login failed: wrong user name or password"),
      factor: Fault("AuthFailure.MFAFailure", "login failed: MFA code does not match"),
      unknownUser: Fault("AuthFailure", "login failed: wrong user name or password")),
    noResources: "*",
    consoleAgent: "SDK_NODEJS_0.2.1",
    relays: ["9.83.55.32", "9.146.20.17", "9.87.101.40", "9.138.6.211"],
    verbs: verbs,
    denied: Fault(
      "UnauthorizedOperation",
      "you are not authorized to perform operation (<service>:<action>) resource "
        + "(qcs::<service>:<region>:uin/<account>:*) has no permission"),
    throttled: Fault("RequestLimitExceeded", "Your current request times equals to the limit, please retry later."),
    noResponse: "",
    escapesPayload: true,
    dataCategory: ("0", "0"),
    readOnly: ("Read", "Write"),
    eventTypes: ("ApiCall", "ConsoleCall", "ApiCall", "ConsoleCall"),
    services: services,
    profiles: profiles,
    accounts: [("prod", 60), ("test", 40)],
    cast: cast,
    ids: IDShapes(
      account: IDShape(prefix: "1000", alphabet: decimalDigits, count: 8),
      user: IDShape(prefix: "1000", alphabet: decimalDigits, count: 8),
      role: IDShape(prefix: "46116860184", alphabet: decimalDigits, count: 8),
      key: IDShape(prefix: "AKID", alphabet: mixedLetters, count: 32)),
    policies: ["QcloudCVMReadOnlyAccess", "QcloudCOSDataReadOnly", "QcloudMonitorReadOnlyAccess"],
    trail: "org-track",
    loginPages: ["https://console.cloud.tencent.com/", "https://console.cloud.tencent.com/cvm/instance"],
    opening: "",
    separator: "\n",
    closing: "\n"
  )

  private static let mixedLetters = Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

  private static let record =
    #"{"userIdentity":<identity>,"eventRegion":"<region>","eventVersion":2,<fault>"requestID":"<requestID>","#
    + #""eventID":"<eventID>","apiVersion":"3.0","eventType":"<eventType>","actionType":"<readOnly>","#
    + #""httpMethod":"POST","userAgent":"<ua>","eventTime":<epoch>,"sourceIPAddress":"<ip>","eventSource":"<host>","#
    + #""resources":"[\"qcs::<service>:<region>:uin/<account>:<resources>\"]","resourceName":"<resources>","#
    + #""resourceSet":[],"requestParameters":"<request>","responseElements":"<response>","#
    + #""resourceType":"<service>","eventName":"<action>","sensitiveAction":"<extra>","eventPlatform":"0","tags":[""]}"#

  private static let session =
    #""sessionContext":"{\"token\":\"<b64:44@a><b36:40@a>\",\"ua\":\"<hex:32@s>\",\"userIp\":\"<userIP>\",\"uin\":<pid>,"#
    + #"\"ownerUin\":<account>,\"appId\":13<num:8@Y>,\"expireTime\":\"<localExpires>\",\"mfa\":<mfa>,"#
    + #"\"mfaExpireTime\":\"0000-00-00 00:00:00\",\"interfaceName\":\"\",\"hasPolicyFilter\":0,"#
    + #"\"policyFilter\":\"\",\"extraInfo\":\"\"}""#

  private static func user(_ type: String, principal: String, name: String, key: String, session: String) -> String {
    #"{"type":"\#(type)","principalId":"\#(principal)","accountId":"<account>","secretId":"\#(key)",\#(session),"#
      + #""userName":"\#(name)"}"#
  }

  private static let none = #""sessionContext":"""#
  private static let temporaryKey = "AKID<base32:12@a><b36:44@a>"

  /// A role's session: the numeric role id stands for it, and the session knows the account it was taken from.
  private static let role = user(
    "AssumedRole", principal: "<roleID>", name: "<role>", key: temporaryKey,
    session: #""sessionContext":"{\"userIp\":\"<userIP>\",\"uin\":<roleID>,\"ownerUin\":<account>,\"mfa\":0,"#
      + #"\"roleSessionName\":\"<session>\",\"expireTime\":\"<localExpires>\"}""#)

  private static let kinds: [ActorKind: KindSpec] = [
    .user: KindSpec(
      identity: user("CAMUser", principal: "<pid>", name: "<name>", key: "<key>", session: none),
      loginIdentity: user("CAMUser", principal: "<pid>", name: "<name>", key: "", session: session),
      consoleIdentity: user("CAMUser", principal: "<pid>", name: "<name>", key: temporaryKey, session: session),
      whoami: "<name>"),
    .root: KindSpec(
      identity: user(
        "Root", principal: "<account>", name: "root", key: temporaryKey,
        session: session.replacing("<pid>", with: "<account>")),
      loginIdentity: user(
        "Root", principal: "<account>", name: "root", key: "", session: session.replacing("<pid>", with: "<account>")),
      whoami: "root"),
    .sso: KindSpec(identity: role, whoami: "<role>"),
    .federated: KindSpec(identity: role, whoami: "<role>"),
    .workload: KindSpec(identity: role, whoami: "<role>"),
    .bot: KindSpec(identity: role, whoami: "<role>"),
    .role: KindSpec(identity: role, whoami: "<role>"),
    .service: KindSpec(identity: role, whoami: "<role>"),
    .internalCall: KindSpec(identity: role, whoami: "<role>"),
  ]
}
