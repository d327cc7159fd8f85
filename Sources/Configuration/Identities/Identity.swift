// How configurations name identities, and what such a name looks like in events. An event shows a caller in several
// columns (actor, actor_id, actor_key, actor_issuer), none of which is the ARN that people copy from a console, so an
// ARN also stands for the column values that it leads to:
//
//   written                                              in events, besides the text itself
//   arn:aws:iam::111122223333:user/ops/alice             alice           in account 111122223333
//   arn:aws:sts::111122223333:assumed-role/Admin/alice   Admin/alice     in account 111122223333
//   arn:aws:iam::111122223333:role/ci/Deploy             Deploy/*        in account 111122223333
//   acs:ram::5123:user/alice                             alice           in account 5123
//   acs:ram::5123:assumed-role/Admin/alice               Admin:alice     in account 5123
//   qcs::cam::uin/100000000001:uin/100000000002          100000000002    in account 100000000001
//   alice@corp.onaliyun.com                              alice           in the account whose domain is corp.onaliyun.com

/// One identity, or all that a pattern matches.
public struct Identity: Sendable, Equatable {
  /// The name as written; `*` and `?` are wildcards.
  public var text: String
  /// The account that the identity belongs to; nil for any.
  public var account: String?
  public var origin: Origin

  /// A value that events show, perhaps in one account only.
  struct Form: Hashable {
    var name: String
    var account: String?
  }

  func forms(domains: [String: String]) -> [Form] {
    var forms = [Form(name: text, account: account)]
    if let derived = Self.derived(text, domains: domains) {
      forms += derived.names.map { Form(name: $0, account: account ?? derived.account) }
    }
    var seen: Set<Form> = []
    return forms.filter { seen.insert($0).inserted }
  }

  private static func derived(_ text: String, domains: [String: String]) -> (names: [String], account: String?)? {
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
    if parts.count == 6, parts[0] == "arn" { return aws(parts[5], parts[4]) }
    if parts.count >= 5, parts[0] == "acs", parts[1] == "ram" {
      return alibaba(parts[4...].joined(separator: ":"), parts[3])
    }
    if parts.count >= 5, parts[0] == "qcs", parts[2] == "cam" {
      return tencent(parts[4...].joined(separator: ":"))
    }
    guard let at = text.lastIndex(of: "@") else { return nil }
    let domain = text[text.index(after: at)...].lowercased()
    return domains[domain].map { ([String(text[..<at])], $0) }
  }

  private static func aws(_ resource: String, _ account: String) -> (names: [String], account: String?)? {
    let parts = resource.split(separator: "/").map(String.init)
    let owner = account.isEmpty || account == "*" ? nil : account
    guard let kind = parts.first, let last = parts.last else { return nil }
    switch kind {
    case "root": return (["root"], owner)
    case "user" where parts.count > 1: return ([last], owner)
    case "assumed-role" where parts.count > 2: return ([parts[1...].joined(separator: "/")], owner)
    case "role" where parts.count > 1: return (["\(last)/*", last], owner)
    default: return nil
    }
  }

  private static func alibaba(_ resource: String, _ account: String) -> (names: [String], account: String?)? {
    let parts = resource.split(separator: "/").map(String.init)
    let owner = account.isEmpty || account == "*" ? nil : account
    guard parts.count > 1 else { return parts.first == "root" ? (["root"], owner) : nil }
    switch parts[0] {
    case "user": return ([parts[1]], owner)
    case "role": return (["\(parts[1]):*"], owner)
    case "assumed-role" where parts.count > 2: return (["\(parts[1]):\(parts[2])"], owner)
    default: return nil
    }
  }

  /// `uin/OWNER:uin/SUB`, `uin/OWNER:roleName/R`, `uin/OWNER:root`.
  private static func tencent(_ resource: String) -> (names: [String], account: String?)? {
    let parts = resource.split(separator: ":").map { $0.split(separator: "/").map(String.init) }
    guard parts.count == 2, parts[0].count == 2, parts[0][0] == "uin" else { return nil }
    let owner = parts[0][1] == "*" ? nil : parts[0][1]
    guard parts[1].count == 2 else { return parts[1] == ["root"] ? (["root"], owner) : nil }
    return ["uin", "roleName", "roleId"].contains(parts[1][0]) ? ([parts[1][1]], owner) : nil
  }
}
