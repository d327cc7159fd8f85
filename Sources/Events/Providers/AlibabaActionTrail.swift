/// Alibaba Cloud ActionTrail: events in OSS files, LookupEvents replies and Log Service exports.
///
/// Versions differ in types (`eventVersion` is a number or a text) and in what is there at all: old events lack
/// `acsRegion` and `eventRW`, sign-ins of the account itself lack `errorCode`. The parameters that name what was
/// changed are in `AlibabaTargets`.
enum AlibabaActionTrail {
  static let table = ProviderTable(
    provider: .alibaba,
    markers: [
      .init("acsRegion", 4), .init("eventSource", 4, endingIn: ".aliyuncs.com", ".aliyun.com", ".alibabacloud.com"),
      .init("serviceName", 2), .init("referencedResources", 2), .init("eventRW", 2),
      .init("requestParameters.AcsProduct", 2), .init("requestParameters.AcsHost", 2),
      .init("userIdentity.type", 4, endingIn: "root-account", "ram-user", "assumed-role", "cloudsso-user"),
    ],
    recipes: general + identity + ending + AlibabaTargets.recipes)

  // MARK: The event

  static let account = ["recipientAccountId", "userIdentity.accountId", "owner_id"]

  static let source = ["serviceName", "insightDetails.serviceName", "requestParameters.AcsProduct", "eventSource"]

  /// - Parameter base: where the paths of `source` begin.
  static func service(_ fields: Fields, base: Int) -> Text {
    let name = fields.first(base, base + 1, base + 2)
    if !name.isEmpty { return fields.lowercased(name) }
    // Sign-in pages are named by URL, buckets by host: neither begins with a service.
    let host = fields[base + 3]
    if host.contains("://") { return .none }
    if host.contains(".oss-") { return Text("oss") }
    var end = 0
    while end < host.count, host[end] != UInt8(ascii: "."), host[end] != UInt8(ascii: "-") { end += 1 }
    return fields.lowercased(host.slice(0, end))
  }

  static let name = ["eventName", "insightDetails.eventName"]

  /// - Parameters: where `eventRW` and the paths of `name` stand.
  static func rw(_ fields: Fields, eventRW: Int, name: Int) -> Text {
    let rw = fields[eventRW]
    if rw.matches("Read") { return Verbs.read }
    if rw.matches("Write") { return Verbs.write }
    return Verbs.infer(fields.first(name, name + 1))
  }

  private static let kind = ["eventType", "eventCategory", "insightDetails"]

  /// - Parameter fields: begin with the paths of `kind`.
  private static func category(_ fields: Fields) -> Text {
    let type = fields[0]
    if type.equals("ConsoleSignin") || type.equals("ConsoleSignout") { return Category.auth }
    if type.equals("AliyunServiceEvent") { return Category.platform }
    if fields[1].matches("Insight") || fields.has(2) { return Category.insight }
    return fields[1].matches("Data") ? Category.data : Category.management
  }

  private static let general: [ProviderTable.Recipe] = [
    .time(["eventTime", "__time__"]) { EventTime.read($0.first(0, 1)) },
    .text(.category, kind) { category($0) },
    .first(.account, "recipientAccountId", "userIdentity.accountId", "owner_id"),
    .text(.region, ["isGlobal", "acsRegion"]) { $0[0].matches("true") ? Text("global") : $0[1] },
    .text(.service, source) { service($0, base: 0) },
    .first(.action, "eventName", "insightDetails.eventName"),
    .text(.rw, ["eventRW"] + name) { rw($0, eventRW: 0, name: 1) },
    .text(.sourceIP, ["sourceIpAddress"]) { SourceAddress.ip($0[0]) },
    .text(.sourceLabel, ["sourceIpAddress"]) { SourceAddress.label($0[0]) },
    .first(.userAgent, "userAgent"),
    .first(.eventID, "eventId"),
    .first(.requestID, "requestId"),
  ]

  // MARK: Who acted

  static let who = [
    "userIdentity.type", "userIdentity.accountId", "userIdentity.userName", "userIdentity.principalId",
    "additionalEventData.loginAccount",
  ]

  /// - Parameter base: where the paths of `who` begin.
  static func actorType(_ fields: Fields, base: Int) -> ActorType {
    let type = fields[base]
    if type.equals("ram-user") { return .user }
    if type.equals("assumed-role") { return .role }
    // Another account acts as itself, under its root identity.
    if type.equals("root-account") || type.hasPrefix("alibaba-cloud-acc") { return .root }
    if type.hasSuffix("-user") { return .federated }
    if type.equals("system") || type.hasSuffix("service") { return .service }
    let account = fields[base + 1]
    return type.isEmpty && !account.isEmpty && fields[base + 3].equals(account) ? .root : .unknown
  }

  /// - Parameter base: where the paths of `who` begin.
  static func actor(_ fields: Fields, base: Int) -> Text {
    if actorType(fields, base: base) == .root { return Text("root") }
    return fields.first(base + 2, base + 4)
  }

  private static let identity: [ProviderTable.Recipe] = [
    .text(.actorType, who) { actorType($0, base: 0).text },
    .text(.actor, who) { actor($0, base: 0) },
    .first(.actorID, "userIdentity.principalId"),
    .first(.actorAccount, "userIdentity.accountId"),
    .first(.actorKey, "userIdentity.accessKeyId"),
    .first(.actorIssuer, "requestParameters.stsTokenPrincipalName"),
    .text(.sessionKey, ["userIdentity.accessKeyId"]) { fields in
      let key = fields[0]
      return key.hasPrefix("STS.") || key.hasPrefix("TMP.") ? key : .none
    },
    .text(.crossAccount, account + ["requestParameters.stsTokenPlayerUid"]) { fields in
      // The identity names the account that owns the role; the one who took the role may come from another.
      let caller = fields[3]
      let actor = caller.count >= accountDigitsMin ? caller : fields[1]
      return CrossAccount.between(actor, fields.first(0, 1, 2))
    },
  ]

  // Ids of accounts have sixteen digits; shorter numbers are Alibaba Cloud's own services.
  private static let accountDigitsMin = 15

  // MARK: How it ended

  private static func code(_ text: Text) -> Text { text.matches("null") ? .none : text }

  private static func message(_ text: Text) -> Text {
    text.matches("success") || text.matches("null") ? .none : text
  }

  /// The codes that Alibaba Cloud's own alert on unauthorised calls counts, misspelling included, and those of OSS
  /// and Log Service.
  private static func isRefusal(_ code: Text) -> Bool {
    let prefixes: [StaticString] = [
      "NoPermission", "Forbidden", "Forbbiden", "AccessForbidden", "NotAuthorized", "InvalidAuthorization",
      "AccessDenied", "Unauthorized",
    ]
    return prefixes.contains { code.hasPrefix($0) }
  }

  private static let ending: [ProviderTable.Recipe] = [
    .text(.outcome, kind + ["errorCode", "errorMessage"]) { fields in
      if category(fields).equals(Category.insight) { return Outcome.unknown }
      let code = code(fields[3])
      if code.isEmpty { return message(fields[4]).isEmpty ? Outcome.success : Outcome.failure }
      return isRefusal(code) ? Outcome.denied : Outcome.failure
    },
    .text(.errorCode, ["errorCode"]) { code($0[0]) },
    .text(.errorMessage, ["errorMessage"]) { message($0[0]) },
    .text(
      .mfa,
      [
        "additionalEventData.mfaChecked", "additionalEventData.isMFAChecked",
        "userIdentity.sessionContext.attributes.mfaAuthenticated",
        "userIdentity.sessionContext.sessionAttributes.mfaAuthenticated",
      ] + who
    ) { MFA.read($0.first(0, 1, 2, 3), of: actorType($0, base: 4)) },
    .text(
      .loginMethod,
      ["eventName", "eventSource", "additionalEventData.mfaChecked"] + who
    ) { loginMethod($0) },
    .first(
      .mintedKey, "responseElements.Credentials.AccessKeyId", "responseElements.AccessKey.AccessKeyId"),
  ]

  private static func loginMethod(_ fields: Fields) -> Text {
    let action = fields[0]
    guard action.equals("ConsoleSignin") else { return LoginMethod.ofTokenService(action) }
    // The account's own sign-in page is named here; one of them shows a code to scan.
    if fields[1].contains("qr") { return LoginMethod.qr }
    switch actorType(fields, base: 3) {
    case .federated: return LoginMethod.sso
    // Who typed an account, or was asked for a second factor, gave a password.
    case .root, .user: return fields[2].isEmpty && fields[7].isEmpty ? LoginMethod.unknown : LoginMethod.password
    default: return LoginMethod.unknown
    }
  }
}
