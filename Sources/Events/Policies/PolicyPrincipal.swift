/// Whom a statement of a policy is about.
enum PolicyPrincipal {
  case everybody
  /// All or some of an account, by its id.
  case account([UInt8])
  /// Whom a provider of OpenID Connect signs in; the name as the policy gives it.
  case federated([UInt8])
  /// A service, or what tells no account.
  case other

  /// `"*"`, `["*"]`, `{"AWS": "arn:aws:iam::123456789012:root"}`, `{"qcs": ["qcs::cam::anyone:anyone"]}`
  static func all(_ value: LooseJSON) -> [PolicyPrincipal] {
    guard case .object(let members) = value else { return value.texts.map { named($0) } }
    return members.flatMap { kind, names in
      names.texts.map { name in
        if kind.matches("service") { return .other }
        return kind.matches("federated") ? ofProvider(name) : named(name)
      }
    }
  }

  private static func ofProvider(_ name: [UInt8]) -> PolicyPrincipal {
    if name == [UInt8(ascii: "*")] { return .everybody }
    let text = String(decoding: name, as: UTF8.self)
    // Providers of SAML sign in whom their own company knows.
    return text.contains("saml-provider/") ? .other : .federated(name)
  }

  private static func named(_ name: [UInt8]) -> PolicyPrincipal {
    if name.matches("qcs::cam::anyone:anyone") || name.matches("qcs::cam::anonymous:anonymous") { return .everybody }
    if !name.isEmpty, name.allSatisfy(PolicyName.isAnything) { return .everybody }
    let parts = name.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    // An account alone, or behind `arn:aws:iam:`, `acs:ram:`, `qcs::cam:` and a region.
    let candidates = parts.count == 1 ? parts[...] : parts.dropFirst(3)
    for part in candidates.map(account) where !part.isEmpty {
      if part.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) { return id(Array(part), parts.count) }
      if part == [UInt8(ascii: "*")] { return .everybody }
      break
    }
    return .other
  }

  private static func account(_ part: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    part.starts(with: Array("uin/".utf8)) ? part.dropFirst(4) : part
  }

  // Ids of users, which stand alone in policies of buckets too, are longer than those of any provider's accounts.
  private static let accountDigitsMax = 16

  private static func id(_ digits: [UInt8], _ parts: Int) -> PolicyPrincipal {
    parts == 1 && digits.count > accountDigitsMax ? .other : .account(digits)
  }
}
