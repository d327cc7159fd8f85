/// The detections that are part of the program: rules as text, and what it takes to load them among others.
///
/// What is suspicious is data. The YAML of `rules/` is embedded as it is; this module adds no logic to it.

import Rules

public enum Pack {
  public struct File: Sendable {
    /// Such as `sign-in.yml`.
    public let name: String
    public let text: String
  }

  /// In the order of names.
  public static var files: [File] { embedded }

  /// What stands before a file's name in messages.
  public static let prefix = "builtin:"

  public static func add(to loader: inout RuleLoader) {
    for file in embedded { loader.add(Array(file.text.utf8), file: prefix + file.name, givesWay: true) }
  }

  public static func holds(_ place: RulePlace) -> Bool { place.file.hasPrefix(prefix) }

  /// Values for the lists of a configuration, which the tests inside the rules speak of.
  public static let samples = Placeholders([
    "break_glass_actors": ["sample-break-glass"],
    "offboarded_actors": ["sample-leaver"],
    "offboarded_dates": ["sample-leaver=2026-01-05T12:00:00Z"],
    "service_actors": ["sample-service"],
    "automation_actors": ["sample-robot"],
    "machine_actors": ["sample-robot", "sample-service"],
    "people_actors": [
      "*/sample-person", "*:sample-person", "AWSReservedSSO_*", "AliyunReservedSSO-*", "TencentReservedSSO-*",
    ],
    "known_accounts": ["111122223333", "222233334444"],
    "required_tags": ["sample-tag"],
    "sso_only_actors": ["sample-sso-person"],
    "elevated_roles": ["*sample-elevated*"],
    "admin_policies": ["1", "sample-admin-policy"],
    "trusted_networks": ["192.0.2.0/24"],
    "blocked_networks": ["198.51.100.0/24"],
    "approved_roles": ["sample-approved-role"],
    "prod_accounts": ["sample-prod"],
    "dev_actors": ["sample-developer"],
    "allowed_regions": ["sample-region-1"],
    "allowed_countries": ["DE"],
  ])
}
