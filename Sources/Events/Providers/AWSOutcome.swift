/// How a CloudTrail event ended, and what a sign-in tells: outcome, error, second factor, login method, new keys.
enum AWSOutcome {
  /// Sign-in steps give their result under their own name, not as an error.
  private static let steps = [
    "responseElements.ConsoleLogin", "responseElements.CheckMfa", "responseElements.SwitchRole",
    "responseElements.ExitRole", "responseElements.PasswordUpdated", "responseElements.GetSigninToken",
    "responseElements.PasswordRecoveryRequested", "responseElements.PasswordRecoveryCompleted",
    "responseElements.UserAuthentication", "responseElements.CredentialVerification",
    "serviceEventDetails.UserAuthentication", "serviceEventDetails.CredentialVerification",
    "serviceEventDetails.CredentialChallenge",
  ]

  private static let error = [
    "errorCode", "responseElements.errorCode", "errorMessage", "responseElements.errorMessage",
  ]

  static let recipes: [ProviderTable.Recipe] = [
    .text(.outcome, AWSCloudTrail.kind + error + steps + ["eventVersion", "userIdentity"]) { fields in
      let category = AWSCloudTrail.category(fields)
      // Neither is a call: an insight is about many, and an aggregate counts good and bad ones together.
      if category.equals(Category.insight) || category.equals(Category.aggregate) { return Outcome.unknown }
      let code = fields.first(2, 3)
      if !code.isEmpty { return isRefusal(code) ? Outcome.denied : Outcome.failure }
      let failedStep = (6..<6 + steps.count).contains { fields[$0].matches("Failure") }
      if failedStep || !fields.first(4, 5).isEmpty { return Outcome.failure }
      // No error means success only where the event itself is there, not just LookupEvents' words about it.
      let isWhole = fields.has(6 + steps.count) || fields.has(7 + steps.count)
      return isWhole ? Outcome.success : Outcome.unknown
    },
    .first(.errorCode, "errorCode", "responseElements.errorCode"),
    .first(.errorMessage, "errorMessage", "responseElements.errorMessage"),
    .text(
      .mfa,
      ["additionalEventData.MFAUsed", "userIdentity.sessionContext.attributes.mfaAuthenticated"] + AWSIdentity.paths
    ) { MFA.read($0.first(0, 1), of: AWSIdentity($0, from: 2).type) },
    .text(
      .loginMethod,
      ["eventSource", "eventName", "additionalEventData.CredentialType"] + AWSIdentity.paths
    ) { loginMethod($0) },
    .first(
      .mintedKey, "responseElements.credentials.accessKeyId", "responseElements.accessKey.accessKeyId",
      "responseElements.serviceSpecificCredential.serviceSpecificCredentialId", "responseElements.keyPairId",
      "responseElements.apiKey.id"),
  ]

  /// The call was understood and not allowed; bad credentials are failures.
  private static func isRefusal(_ code: Text) -> Bool {
    code.contains("AccessDenied") || code.contains("UnauthorizedOperation") || code.hasPrefix("Forbidden")
      || code.equals("UnauthorizedAccess") || code.equals("UnauthorizedException") || code.equals("NotAuthorized")
      || code.hasPrefix("AuthorizationError")
  }

  private static func loginMethod(_ fields: Fields) -> Text {
    let source = fields[0]
    let action = fields[1]
    if source.equals("sts.amazonaws.com") { return LoginMethod.ofTokenService(action) }
    if !source.equals("signin.amazonaws.com"), !source.equals("sso.amazonaws.com") { return .none }
    if action.equals("ConsoleLogin") {
      switch AWSIdentity(fields, from: 3).type {
      case .user, .root: return LoginMethod.password
      case .role, .federated: return LoginMethod.sso
      default: return LoginMethod.unknown
      }
    }
    if action.equals("SwitchRole") { return LoginMethod.role }
    if action.equals("GetSigninToken") { return LoginMethod.key }
    if action.equals("Federate") || action.equals("ExternalIdPDirectoryLogin") { return LoginMethod.sso }
    guard action.equals("UserAuthentication") || action.equals("Authenticate") else { return .none }
    if fields[2].matches("PASSWORD") { return LoginMethod.password }
    return fields[2].matches("EXTERNAL_IDP") ? LoginMethod.sso : LoginMethod.unknown
  }
}
