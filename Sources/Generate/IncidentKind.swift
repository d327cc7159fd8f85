// The incidents that can be planted, by the name that `--incidents` and truth.json use.

public enum IncidentKind: String, CaseIterable, Sendable {
  case failedMFABurst = "failed-mfa-burst"
  case loginFailureBurst = "login-failure-burst"
  case spraying = "spraying"
  case breakGlassUse = "break-glass-use"
  case rootUse = "root-use"
  case selfGrantedAdmin = "iam-self-admin"
  case keyCreation = "key-creation"
  case loggingStopped = "logging-stopped"
  case securityGroupOpened = "security-group-opened"
  case oddIP = "odd-ip"
  case impossibleTravel = "impossible-travel"
  case deniedProbing = "denied-probing"
  case dormantAccount = "dormant-account"
  case offboardedUse = "use-after-offboarding"
  case elevationOverstay = "elevation-overstay"
  case massDeletion = "mass-deletion"
}
