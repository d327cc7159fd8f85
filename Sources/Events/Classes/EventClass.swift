/// The classes of column `class`: what an action means to a defender, whatever its provider calls it.
///
/// A class is broad on purpose. Rules narrow it by verb, target and parameters, so that one rule serves every provider
/// whose actions the catalogue knows.
public enum EventClass: String, CaseIterable, Sendable {
  case login
  case logout
  case sessionToken = "session_token"
  case mfaChange = "mfa_change"
  /// A second factor or a protection of sign-ins was taken away.
  case mfaRemoval = "mfa_removal"
  case identityChange = "identity_change"
  /// Somebody outside the account's own users gets a foot in.
  case outsideIdentity = "outside_identity"
  case groupChange = "group_change"
  case credentialCreation = "credential_creation"
  case credentialChange = "credential_change"
  case loginProfile = "login_profile"
  case passwordPolicy = "password_policy"
  case policyChange = "policy_change"
  case policyAttachment = "policy_attachment"
  case boundaryChange = "boundary_change"
  case roleTrust = "role_trust"
  case elevation
  case federationChange = "federation_change"
  case organizationChange = "organization_change"
  case resourceShare = "resource_share"
  case loggingChange = "logging_change"
  case loggingTamper = "logging_tamper"
  case monitoringTamper = "monitoring_tamper"
  case networkChange = "network_change"
  case networkExposure = "network_exposure"
  /// Everybody is let in where machines are administrated or data is served.
  case adminExposure = "admin_exposure"
  case routeChange = "route_change"
  case vpcChange = "vpc_change"
  case trafficMirror = "traffic_mirror"
  case dataAccessChange = "data_access_change"
  case dataExposure = "data_exposure"
  case dataExport = "data_export"
  case keyManagement = "key_management"
  case keyDestruction = "key_destruction"
  case encryptionRemoval = "encryption_removal"
  case secretRead = "secret_read"
  case remoteExecution = "remote_execution"
  case instanceTakeover = "instance_takeover"
  case codeChange = "code_change"
  case computeCreation = "compute_creation"
  case databaseChange = "database_change"
  case backupChange = "backup_change"
  case destructive
  case discovery
  case objectAccess = "object_access"
  case accountChange = "account_change"
}

/// What the first word of an action that the catalogue does not know suggests. The prefix says that it is a guess, so
/// that no rule takes it for knowledge.
enum InferredClass {
  static let discovery = "inferred:discovery"
  static let creation = "inferred:creation"
  static let destructive = "inferred:destructive"
  static let change = "inferred:change"
  static let other = "inferred:other"

  static let all = [discovery, creation, destructive, change, other]

  private static let destroying: [StaticString] = [
    "Delete", "Terminate", "Destroy", "Purge", "Drop", "Truncate", "Remove", "Isolate", "Deregister", "Release",
  ]
  private static let creating: [StaticString] = [
    "Create", "Add", "Run", "Import", "Register", "Allocate", "Provision", "Publish", "Insert", "Install",
  ]

  static func ofAction(_ action: Text) -> String {
    let verb = Verbs.infer(action)
    if verb.equals("read") { return discovery }
    if destroying.contains(where: { action.hasPrefixIgnoringCase($0) }) { return destructive }
    if creating.contains(where: { action.hasPrefixIgnoringCase($0) }) { return creation }
    return verb.equals("write") ? change : other
  }
}
