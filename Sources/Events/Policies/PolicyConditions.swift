/// The conditions of a statement, and whether they leave to everybody what the statement gives.
///
/// Most conditions say how (over TLS, with a tag), and everybody can meet them. A few say who: an organization, an
/// account, a network. Only those narrow a statement, and only with a value that is no wildcard.
struct PolicyConditions {
  fileprivate struct Condition {
    let operation: [UInt8]
    /// Without the part in front of its last colon, which names the service that defines it.
    let key: String
    let values: [[UInt8]]
  }

  private let all: [Condition]

  var isEmpty: Bool { all.isEmpty }

  /// `{"StringEquals": {"aws:PrincipalOrgID": "o-1"}}`
  init(_ value: LooseJSON?) {
    guard case .object(let operations)? = value else {
      all = []
      return
    }
    all = operations.flatMap { operation, keys -> [Condition] in
      guard case .object(let keys) = keys else { return [] }
      return keys.map { key, values in
        let name = String(decoding: key, as: UTF8.self).lowercased()
        let last = name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
        return Condition(operation: operation.map(lowered), key: last, values: values.texts)
      }
    }
  }

  private static let networks: Set<String> = ["sourceip", "vpcsourceip", "ip"]
  private static let callers: Set<String> = [
    "sourcevpc", "sourcevpce", "sourcevpcarn", "requester_vpc", "principalorgid", "principalorgpaths",
    "principalaccount", "principalarn", "principalservicename", "principalrdid", "sourceaccount", "sourceowner",
    "sourcearn", "sourceorgid", "sourceorgpaths", "userid", "calleraccount", "dataaccesspointaccount",
    "dataaccesspointarn",
  ]
  /// What tells one person or program of a provider of sign-ins from the next.
  private static let subjects: Set<String> = [
    "sub", "email", "repository", "repository_owner", "repository_id", "repository_owner_id", "job_workflow_ref",
    "project_path", "namespace_path", "oaud",
  ]
  private static let audiences: Set<String> = ["aud", "azp", "app_id"]

  /// Providers that sign in everybody who has an account there, with the same audience for all.
  private static let shared = [
    "token.actions.githubusercontent.com", "gitlab.com", "app.terraform.io", "agent.buildkite.com",
    "api.bitbucket.org", "oidc.vercel.com",
  ]

  var narrowsEverybody: Bool {
    all.contains { condition in
      if PolicyConditions.networks.contains(condition.key) {
        return condition.isPositive(orMissing: true) && condition.holdsOnly(PolicyConditions.isNetwork)
      }
      return PolicyConditions.callers.contains(condition.key) && condition.isPositive(orMissing: false)
        && condition.holdsOnly { PolicyConditions.isCaller($0, key: condition.key) }
    }
  }

  /// Whether a provider of sign-ins may send only some of those whom it signs in.
  func narrows(provider: [UInt8]) -> Bool {
    let isShared = isShared(provider)
    return all.contains { condition in
      let isAbout =
        PolicyConditions.subjects.contains(condition.key)
        || !isShared && PolicyConditions.audiences.contains(condition.key)
      return isAbout && condition.isPositive(orMissing: false) && condition.holdsOnly(PolicyConditions.isSubject)
    }
  }

  /// By its name, or, where the name is free, by whom the condition says it issues for.
  private func isShared(_ provider: [UInt8]) -> Bool {
    let issuers = all.filter { $0.key == "iss" }.flatMap(\.values) + [provider]
    return issuers.contains { issuer in
      let text = String(decoding: issuer, as: UTF8.self)
      return PolicyConditions.shared.contains { text.hasSuffix("/\($0)") || text == $0 }
    }
  }

  // A wider network is no company's.
  private static let bitsMinV4 = 8
  private static let bitsMinV6 = 16

  private static func isNetwork(_ value: [UInt8]) -> Bool {
    guard let slash = value.lastIndex(of: UInt8(ascii: "/")) else { return !value.allSatisfy(PolicyName.isAnything) }
    guard let bits = Int(String(decoding: value[(slash + 1)...], as: UTF8.self)) else { return false }
    return bits >= (value.contains(UInt8(ascii: ":")) ? bitsMinV6 : bitsMinV4)
  }

  private static func isCaller(_ value: [UInt8], key: String) -> Bool {
    if value.allSatisfy(PolicyName.isAnything) { return false }
    let parts = value.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard key.hasSuffix("arn"), parts.count > 4 else { return true }
    // An account, or, in a name that has none, as a bucket's, something named.
    if parts[4].isEmpty { return parts.dropFirst(5).first?.first.map { !PolicyName.isAnything($0) } ?? false }
    return !parts[4].contains(where: PolicyName.isAnything)
  }

  /// `repo:*` is everybody at the provider, `repo:company/*` is not.
  private static func isSubject(_ value: [UInt8]) -> Bool {
    let fixed = value.prefix { $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "?") }
    if fixed.count == value.count { return !value.isEmpty }
    return fixed.last.map { $0 != UInt8(ascii: ":") } ?? false
  }
}

extension PolicyConditions.Condition {
  /// Whether only those pass who are named.
  /// - Parameter orMissing: also if the key need not be there, since it always is.
  fileprivate func isPositive(orMissing: Bool) -> Bool {
    var name = String(decoding: operation, as: UTF8.self).replacing("_", with: "")
    // What holds for all of none holds.
    if name.hasPrefix("forallvalue") { return false }
    if let colon = name.firstIndex(of: ":") { name = String(name[name.index(after: colon)...]) }
    if name.hasSuffix("ifexists"), !orMissing { return false }
    let isComparison = name.hasPrefix("string") || name.hasPrefix("arn") || name.hasPrefix("ip")
    return isComparison && !name.contains("not")
  }

  fileprivate func holdsOnly(_ isNarrow: ([UInt8]) -> Bool) -> Bool { !values.isEmpty && values.allSatisfy(isNarrow) }
}
