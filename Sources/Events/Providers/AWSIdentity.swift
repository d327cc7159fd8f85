/// Who acted in a CloudTrail event.
///
/// `userIdentity` says it in a dozen shapes: by name, by ARN, or only by the service that called on someone's behalf.
struct AWSIdentity {
  static let paths = [
    "userIdentity.type", "userIdentity.arn", "userIdentity.accountId", "userIdentity.invokedBy",
    "userIdentity.userName", "userIdentity.principalId", "userIdentity.onBehalfOf.userId", "Username",
  ]

  let fields: Fields
  /// Where `paths` begin in the recipe's list.
  let base: Int

  init(_ fields: Fields, from base: Int) {
    self.fields = fields
    self.base = base
  }

  private var arn: Text { fields[base + 1] }
  private var invokedBy: Text { fields[base + 3] }
  private var principal: Text { fields[base + 5] }
  private var onBehalfOf: Text { fields[base + 6] }

  var type: ActorType {
    let type = fields[base]
    if type.equals("IAMUser") { return .user }
    if type.equals("AssumedRole") || type.equals("Role") { return .role }
    if type.equals("AWSService") { return .service }
    if type.equals("Root") { return .root }
    if type.equals("AWSAccount") { return ofAnotherAccount }
    let comesFromOutside =
      type.equals("FederatedUser") || type.equals("SAMLUser") || type.equals("WebIdentityUser")
      || type.equals("Directory") || type.equals("IdentityCenterUser")
    return comesFromOutside ? .federated : ofArn
  }

  /// A caller of another account: only its id or ARN tells what it is.
  private var ofAnotherAccount: ActorType {
    if isAnonymous { return .anonymous }
    let arnType = ofArn
    if arnType != .unknown { return arnType }
    if principal.hasPrefix("AIDA") { return .user }
    return principal.hasPrefix("AROA") ? .role : .unknown
  }

  /// Where the type is missing, `Unknown` or new.
  private var ofArn: ActorType {
    let resource = arnResource
    if resource.equals("root") { return .root }
    if resource.hasPrefix("user/") { return .user }
    if resource.hasPrefix("assumed-role/") || resource.hasPrefix("role/") { return .role }
    if resource.hasPrefix("federated-user/") { return .federated }
    return invokedBy.isEmpty ? .unknown : .service
  }

  /// What stands behind the fifth colon of the ARN.
  private var arnResource: Text { arnPart(5) }

  private func arnPart(_ index: Int) -> Text {
    var rest = arn
    for _ in 0..<index {
      guard let colon = rest.firstIndex(of: UInt8(ascii: ":")) else { return .none }
      rest = rest.slice(colon + 1)
    }
    return rest
  }

  private var isAnonymous: Bool {
    let account = fields[base + 2]
    return account.matches("ANONYMOUS_PRINCIPAL") || account.matches("anonymous")
  }

  var name: Text {
    let type = type
    if type == .root { return Text("root") }
    if type == .service { return invokedBy }
    let name = fields[base + 4]
    // What someone typed into the sign-in form may be a password; CloudTrail then hides it.
    if name.equals("HIDDEN_DUE_TO_SECURITY_REASONS") { return .none }
    if !name.isEmpty { return name }
    if let slash = arn.firstIndex(of: UInt8(ascii: "/")) { return arn.slice(slash + 1) }
    return onBehalfOf ?? fields[base + 7]
  }

  var id: Text { principal ?? arn ?? onBehalfOf }

  var account: Text {
    if isAnonymous { return .none }
    let account = fields[base + 2]
    if !account.isEmpty { return account }
    let rest = arnPart(4)
    return rest.slice(0, rest.firstIndex(of: UInt8(ascii: ":")) ?? 0)
  }

  /// The one behind a session: who made it, else for whom it works.
  static let issuer = ProviderTable.Recipe.text(
    .actorIssuer,
    [
      "userIdentity.sessionContext.sessionIssuer.arn", "userIdentity.sessionContext.sourceIdentity",
      "userIdentity.onBehalfOf.userId", "userIdentity.invokedBy",
    ] + paths
  ) { fields in
    let behind = fields.first(0, 1, 2)
    if !behind.isEmpty { return behind }
    return AWSIdentity(fields, from: 4).type == .service ? .none : fields[3]
  }

  static let recipes: [ProviderTable.Recipe] = [
    .text(.actorType, paths) { AWSIdentity($0, from: 0).type.text },
    .text(.actor, paths) { AWSIdentity($0, from: 0).name },
    .text(.actorID, paths) { AWSIdentity($0, from: 0).id },
    .text(.actorAccount, paths) { AWSIdentity($0, from: 0).account },
    .first(.actorKey, "userIdentity.accessKeyId", "AccessKeyId"),
    .text(.sessionKey, ["userIdentity.accessKeyId", "AccessKeyId"]) { fields in
      let key = fields.first(0, 1)
      // Ids of temporary credentials begin so; those of long-lived ones with AKIA.
      return key.hasPrefix("ASIA") ? key : .none
    },
    issuer,
    .text(.crossAccount, AWSCloudTrail.account + paths) { fields in
      CrossAccount.between(AWSIdentity(fields, from: 3).account, AWSCloudTrail.account(fields))
    },
  ]
}
