/// Tencent Cloud CloudAudit: events of version 1.0 and 2, alone, in API replies and in EventBridge.
///
/// The same field is a number here and a text there, an object in old events and JSON text in new ones; the parser
/// sees through all of it. Paths in capitals (`Username`) belong to API replies, whose inner event may be unreadable.
/// The parameters that name what was changed are in `TencentTargets`.
enum TencentCloudAudit {
  static let table = ProviderTable(
    provider: .tencent,
    markers: [
      .init("CloudAuditEvent", 5), .init("userIdentity.secretId", 4), .init("eventRegion", 3),
      .init("actionType", 1), .init("apiErrorCode", 2), .init("sensitiveAction", 1), .init("eventPlatform", 1),
      .init("userIdentity.sessionContext.ownerUin", 2),
      .init("eventSource", 4, endingIn: ".tencentyun.com", ".tencentcloudapi.com", ".myqcloud.com"),
      .init("userIdentity.type", 2, endingIn: "CAMUser"),
    ],
    recipes: general + identity + ending + TencentTargets.recipes)

  // Old events give the time of day in China.
  private static let localOffsetSeconds = 8 * 3600

  // MARK: The event

  // The reply spells it `Resources`; one spelling for all providers keeps the parser from taking it twice.
  static let source = ["resourceType", "resources.ResourceType", "eventSource"]

  /// - Parameter base: where the paths of `source` begin.
  static func service(_ fields: Fields, base: Int) -> Text {
    let name = fields.first(base, base + 1)
    if !name.isEmpty { return fields.lowercased(name) }
    let host = fields[base + 2]
    return fields.lowercased(host.slice(0, host.firstIndex(of: UInt8(ascii: ".")) ?? 0))
  }

  /// - Parameters: where `actionType` and `eventName` stand.
  static func rw(_ fields: Fields, actionType: Int, name: Int) -> Text {
    let type = fields[actionType]
    if type.matches("Read") { return Verbs.read }
    if type.matches("Write") { return Verbs.write }
    return Verbs.infer(fields[name])
  }

  private static let general: [ProviderTable.Recipe] = [
    .time(["eventTime", "@timestamp", "time"]) { fields in
      let own = EventTime.read(fields[0], offsetSeconds: localOffsetSeconds)
      return own == Timestamp.missing ? EventTime.read(fields.first(1, 2)) : own
    },
    .text(.category, ["eventName", "eventPlatform"]) { fields in
      if fields[0].equals("ConsoleLogin") { return Category.auth }
      return fields[1].equals("1") ? Category.platform : Category.management
    },
    .first(.account, "userIdentity.accountId", "AccountID", "userIdentity.sessionContext.ownerUin"),
    .text(.region, ["eventRegion", "ResourceRegion", "region"]) { TencentRegion.name($0.first(0, 1, 2)) },
    .text(.service, source) { service($0, base: 0) },
    .first(.action, "eventName"),
    .text(.rw, ["actionType", "eventName"]) { rw($0, actionType: 0, name: 1) },
    .text(.sourceIP, ["sourceIPAddress", "userIdentity.sessionContext.userIp", "cliIp"]) { fields in
      let source = fields[0]
      // Inside Tencent Cloud a console or gateway calls; the session knows the client's address.
      if !source.isEmpty, !SourceAddress.isInside(source) { return SourceAddress.ip(source) }
      let client = SourceAddress.ip(fields.first(1, 2))
      return client.isEmpty ? SourceAddress.ip(source) : client
    },
    .text(.sourceLabel, ["sourceIPAddress"]) { SourceAddress.label($0[0]) },
    .first(.userAgent, "userAgent"),
    .first(.eventID, "eventID"),
    .first(.requestID, "requestID"),
  ]

  // MARK: Who acted

  static let who = [
    "userIdentity.type", "userIdentity.accountId", "userIdentity.userName", "userIdentity.principalId", "Username",
    "eventPlatform",
  ]

  /// - Parameter base: where the paths of `who` begin.
  static func actorType(_ fields: Fields, base: Int) -> ActorType {
    let type = fields[base]
    if type.equals("CAMUser") { return .user }
    if type.equals("Root") { return .root }
    if type.isEmpty { return fields[base + 5].equals("1") ? .service : .unknown }
    if type.contains("Service") { return .service }
    if type.contains("Federat") || type.contains("SAML") || type.contains("OIDC") { return .federated }
    // The documentation names three kinds of operators: the account, its users, and roles.
    return .role
  }

  /// - Parameter base: where the paths of `who` begin.
  static func actor(_ fields: Fields, base: Int) -> Text {
    if actorType(fields, base: base) == .root { return Text("root") }
    return fields.first(base + 2, base + 4)
  }

  // Ids of long-lived keys have 36 characters; those of temporary ones begin alike and are longer.
  private static let keyBytes = 36

  private static let identity: [ProviderTable.Recipe] = [
    .text(.actorType, who) { actorType($0, base: 0).text },
    .text(.actor, who) { actor($0, base: 0) },
    .first(.actorID, "userIdentity.principalId"),
    .first(.actorAccount, "userIdentity.accountId", "userIdentity.sessionContext.ownerUin"),
    .first(.actorKey, "userIdentity.secretId", "SecretId"),
    .text(.actorIssuer, ["userIdentity.sessionContext.uin"] + who) { fields in
      let caller = fields[0]
      let id = fields[4]
      guard actorType(fields, base: 1) == .role else { return caller.equals(id) ? .none : caller }
      // `roleId:session`, or the role alone.
      let role = id.slice(0, id.firstIndex(of: UInt8(ascii: ":")) ?? id.count)
      return caller.isEmpty || caller.equals(id) ? role : caller
    },
    .text(.sessionKey, ["userIdentity.secretId", "SecretId"] + who) { fields in
      let key = fields.first(0, 1)
      let isTemporary = key.hasPrefix("AKID") && key.count > keyBytes
      // A role has no keys but temporary ones.
      return isTemporary || actorType(fields, base: 2) == .role ? key : .none
    },
    .text(.crossAccount, ["userIdentity.sessionContext.ownerUin", "AccountID"] + who) { fields in
      let account = fields.first(3, 1, 0)
      return CrossAccount.between(fields.first(3, 0), account)
    },
  ]

  // MARK: How it ended

  /// Two layers judge a call: access management (`errorCode`), then the API itself (`apiErrorCode`).
  private static let codes = ["errorCode", "apiErrorCode"]

  private static func error(_ code: Text) -> Text { code.equals("0") ? .none : code }

  private static func isRefusal(_ code: Text) -> Bool {
    code.hasPrefix("UnauthorizedOperation") || code.hasPrefix("AuthFailure.UnauthorizedOperation")
      || code.hasPrefix("AccessDenied") || code.hasPrefix("NoPermission")
  }

  private static func isNumber(_ code: Text) -> Bool {
    code.bytes.allSatisfy { $0 == UInt8(ascii: "-") || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) }
  }

  private static let ending: [ProviderTable.Recipe] = [
    .text(.outcome, codes) { fields in
      let verdict = error(fields[0])
      let reply = error(fields[1])
      if isRefusal(verdict) || isRefusal(reply) { return Outcome.denied }
      // Access management's own codes are numbers; texts are names of API errors, such as bad signatures.
      if !verdict.isEmpty { return isNumber(verdict) ? Outcome.denied : Outcome.failure }
      if !reply.isEmpty { return Outcome.failure }
      return fields[0].isEmpty ? Outcome.unknown : Outcome.success
    },
    .text(.errorCode, codes) { error($0[1]) ?? error($0[0]) },
    .text(.errorMessage, codes + ["errorMessage", "apiErrorMessage"]) { fields in
      // Messages such as "permission verify" stand in successful events too.
      if !error(fields[1]).isEmpty { return fields.first(3, 2) }
      return error(fields[0]).isEmpty ? .none : fields[2]
    },
    .text(.mfa, ["userIdentity.sessionContext.mfa"] + who) { MFA.read($0[0], of: actorType($0, base: 1)) },
    .text(.loginMethod, ["eventName"]) { fields in
      // A console sign-in may be by password, QR code, or another company's account; the event does not say.
      fields[0].equals("ConsoleLogin") ? LoginMethod.unknown : LoginMethod.ofTokenService(fields[0])
    },
    .first(
      .mintedKey, "responseElements.Credentials.TmpSecretId", "responseElements.AccessKey.AccessKeyId",
      "responseElements.SecretId"),
  ]
}

/// Old events name regions by short codes.
enum TencentRegion {
  private static let codes: [(code: StaticString, name: StaticString)] = [
    ("gz", "ap-guangzhou"), ("sh", "ap-shanghai"), ("bj", "ap-beijing"), ("hk", "ap-hongkong"), ("cd", "ap-chengdu"),
    ("cq", "ap-chongqing"), ("nj", "ap-nanjing"), ("sg", "ap-singapore"), ("th", "ap-bangkok"), ("in", "ap-mumbai"),
    ("kr", "ap-seoul"), ("jp", "ap-tokyo"), ("de", "eu-frankfurt"), ("ru", "eu-moscow"), ("ca", "na-toronto"),
    ("usw", "na-siliconvalley"), ("use", "na-ashburn"), ("shjr", "ap-shanghai-fsi"), ("szjr", "ap-shenzhen-fsi"),
    ("tpe", "ap-taipei"),
  ]

  static func name(_ region: Text) -> Text {
    guard region.count <= 4 else { return region }
    for (code, name) in codes where region.matches(code) { return Text(name) }
    return region
  }
}
