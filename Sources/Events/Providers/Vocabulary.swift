/// The closed sets of words in the columns of the model, and the rules that are the same for every provider.
///
/// Tables of providers translate their own spellings into these; nothing else may appear in the columns.

/// What kind of identity acted: column `actor_type`.
enum ActorType {
  case root, user, role, federated, service, system, anonymous, unknown

  var text: Text {
    switch self {
    case .root: Text("root")
    case .user: Text("user")
    case .role: Text("role")
    case .federated: Text("federated")
    case .service: Text("service")
    case .system: Text("system")
    case .anonymous: Text("anonymous")
    case .unknown: Text("unknown")
    }
  }

  /// Signs in with a password of this provider, so its log knows whether a second factor was asked for.
  var signsInHere: Bool { self == .root || self == .user }
}

/// Column `outcome`.
enum Outcome {
  static let success = Text("success")
  static let denied = Text("denied")
  static let failure = Text("failure")
  static let unknown = Text("unknown")
}

/// Column `category`.
enum Category {
  static let management = Text("management")
  static let auth = Text("auth")
  static let data = Text("data")
  static let insight = Text("insight")
  static let network = Text("network")
  static let aggregate = Text("aggregate")
  static let platform = Text("platform")
}

/// Column `login_method`.
enum LoginMethod {
  static let password = Text("password")
  static let sso = Text("sso")
  static let key = Text("key")
  static let role = Text("role")
  static let qr = Text("qr")
  static let unknown = Text("unknown")

  /// What the names of token services tell: providers took them over from one another.
  static func ofTokenService(_ action: Text) -> Text {
    if action.hasPrefix("AssumeRoleWith") { return sso }
    if action.hasPrefix("AssumeRo") || action.equals("SwitchRole") { return role }
    if action.equals("GetFederationToken") || action.equals("GetSessionToken") { return key }
    return .none
  }
}

/// Column `mfa`.
enum MFA {
  static let yes = Text("yes")
  static let no = Text("no")
  static let unknown = Text("unknown")

  /// A "no" counts only for those who sign in here. A role's session or a federated person had their second factor
  /// somewhere else, or none, and these logs say "no" either way.
  static func read(_ value: Text, of actor: ActorType) -> Text {
    if value.matches("true") || value.matches("yes") || value.equals("1") { return yes }
    let isNo = value.matches("false") || value.matches("no") || value.equals("0")
    return isNo && actor.signsInHere ? no : unknown
  }
}

/// Column `cross_account`: empty when either account is not known.
enum CrossAccount {
  static func between(_ actor: Text, _ receiver: Text) -> Text {
    if actor.isEmpty || receiver.isEmpty { return .none }
    return actor.equals(receiver) ? Text("false") : Text("true")
  }
}

enum EventTime {
  /// A text time, or seconds or milliseconds since 1970: exports and versions of one provider differ.
  static func read(_ text: Text, offsetSeconds: Int = 0) -> Int64 {
    // Nothing that begins with five digits and more is a calendar year.
    let isCalendar = text.count > 4 && text[4] == UInt8(ascii: "-")
    return isCalendar ? Timestamp.parse(text, offsetSeconds: offsetSeconds) : Timestamp.parseEpoch(text)
  }
}
