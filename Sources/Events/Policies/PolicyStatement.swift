/// One statement of an access policy: who may or must not do what with what, and when. Everything in one statement
/// belongs together; what two statements say does not.
///
///     {"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject","Condition":{"Bool":{"aws:SecureTransport":true}}}
///     {"effect":"allow","principal":{"qcs":["qcs::cam::anyone:anyone"]},"action":["name/cos:GetObject"]}
struct PolicyStatement {
  enum Effect { case allow, deny }

  let effect: Effect
  let principals: [PolicyPrincipal]
  /// Whom it is about is said as an exception.
  let isForAllBut: Bool
  let actions: [[UInt8]]
  /// What it allows is said as an exception.
  let isForAllActionsBut: Bool
  let resources: [[UInt8]]
  let conditions: PolicyConditions

  /// Nil if it neither allows nor denies.
  init?(_ value: LooseJSON) {
    guard let effect = value["effect"]?.texts.first else { return nil }
    if effect.matches("allow") {
      self.effect = .allow
    } else if effect.matches("deny") {
      self.effect = .deny
    } else {
      return nil
    }
    principals = value["principal"].map(PolicyPrincipal.all) ?? []
    isForAllBut = value["notprincipal"] != nil
    actions = value["action"]?.texts ?? []
    isForAllActionsBut = actions.isEmpty && value["notaction"] != nil
    resources = value["resource"]?.texts ?? []
    conditions = PolicyConditions(value["condition"])
  }

  /// Whether it stands in the policy of an identity: that of a resource or role names a principal.
  var isOfIdentity: Bool { principals.isEmpty && !isForAllBut }

  /// Whether every action is meant.
  var isForAllActions: Bool { actions.contains { PolicyName.action($0).allSatisfy(PolicyName.isAnything) } }

  /// Whether every action of the service that gives rights is meant: whoever has it gives himself the rest.
  var isForAllRights: Bool {
    actions.contains { action in
      let parts = PolicyName.action(action).split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      return parts.count == 2 && PolicyName.isOfRights(parts[0]) && !parts[1].isEmpty
        && parts[1].allSatisfy(PolicyName.isAnything)
    }
  }

  /// Whether it is about everything there is, or, of the service that gives rights, about everything there.
  func isForAllResources(ofRights: Bool) -> Bool {
    resources.isEmpty || resources.contains { PolicyName.isEverything($0[...], ofRights: ofRights) }
  }
}

/// The names that policies use, in the spellings of all providers.
enum PolicyName {
  static func isAnything(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: ":")
  }

  /// `name/cos:GetObject` is `cos:GetObject`.
  static func action(_ action: [UInt8]) -> ArraySlice<UInt8> {
    action.starts(with: Array("name/".utf8)) ? action[5...] : action[...]
  }

  static func isOfRights(_ service: ArraySlice<UInt8>) -> Bool {
    let name = Array(service)
    return name.matches("iam") || name.matches("ram") || name.matches("ims") || name.matches("cam")
  }

  /// `*`, and names such as `arn:aws:*:*:*:*`; with the rights' service also `arn:aws:iam::123456789012:*`.
  static func isEverything(_ resource: ArraySlice<UInt8>, ofRights: Bool) -> Bool {
    if resource.allSatisfy(isAnything) { return true }
    let parts = resource.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard let head = parts.first else { return false }
    // Behind the head: service, region, account, and what is named there.
    let rest = parts.dropFirst(Array(head).matches("acs") ? 1 : 2)
    guard let service = rest.first, rest.count >= 2, rest.last.map({ !$0.isEmpty && $0.allSatisfy(isAnything) }) == true
    else { return false }
    return service.allSatisfy(isAnything) && !service.isEmpty || ofRights && isOfRights(service)
  }
}
