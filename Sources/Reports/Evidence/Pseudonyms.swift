import Archive
import Events
import Rules

/// Names that say nothing, made of names by a key: the same name has the same pseudonym in every report that is made with
/// the key, and nobody without it can tell which name that is, not even by trying names.
///
///     actor-k3v9x2m4q7ab    60 bits of HMAC-SHA-256 of the name
public struct Pseudonyms: Sendable {
  // Shorter keys can be tried.
  public static let keyBytesMin = 16
  private static let letters = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
  private static let lettersCount = 12

  private let seal: Seal

  /// Nil for a key that is too short.
  public init?(key: [UInt8]) {
    guard key.count >= Pseudonyms.keyBytesMin else { return nil }
    seal = Seal(key: key)
  }

  func code(_ text: [UInt8]) -> [UInt8] { seal.code(text) }

  /// - Parameter kind: what stands in front, for whoever reads it.
  func name(_ text: [UInt8], _ kind: String) -> [UInt8] {
    let code = code(text)
    var bits = code.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    var out = Array(kind.utf8) + [UInt8(ascii: "-")]
    for _ in 0..<Pseudonyms.lettersCount {
      out.append(Pseudonyms.letters[Int(bits >> 59)])
      bits <<= 5
    }
    return out
  }
}

/// Finds names in texts: as whole values, between the separators of an ARN or a path, and in sentences.
///
/// What is an actor, an account or a key is told by the fields of all alerts and by the summary; addresses and numbers that
/// are as long as those of accounts are known by their form. Too much is replaced rather than too little.
public final class Pseudonymiser {
  private let pseudonyms: Pseudonyms
  /// Without the separators that names may hold: `Admin/alice` is two names.
  private var kinds: [[UInt8]: String] = [:]
  private var longest = 0
  /// That alerts came from.
  private var addresses: Set<[UInt8]> = []
  private var known: [[UInt8]: [UInt8]] = [:]

  // Of AWS and Tencent, and of Alibaba.
  private static let accountDigits: Set<Int> = [12, 16]
  // Most texts repeat; beyond so many they are worked out again.
  private static let knownMax = 1 << 18
  /// Classes whose target is somebody.
  private static let aboutPeople: Set<[UInt8]> = Set(
    [
      "identity_change", "outside_identity", "credential_creation", "credential_change", "login_profile", "mfa_change",
      "mfa_removal",
    ].map { Array($0.utf8) })
  private static let members: Set<[UInt8]> = Set(["user", "role", "assumed-role", "uin"].map { Array($0.utf8) })
  /// Parts of names that are no names.
  private static let common: Set<[UInt8]> = Set(
    [
      "arn", "aws", "aws-cn", "aws-us-gov", "acs", "qcs", "iam", "sts", "ram", "cam", "uin", "uid", "user", "users",
      "role",
      "roles", "group", "assumed-role", "federated-user", "saml-provider", "oidc-provider", "root", "service-role",
      "aws-service-role", "aws-reserved", "sso.amazonaws.com", "internal", "unknown", "anonymous",
    ].map { Array($0.utf8) })

  public init(_ pseudonyms: Pseudonyms, _ content: ReportContent) {
    self.pseudonyms = pseudonyms
    for (text, _) in content.summary.counts(.actor) { learn(text, "actor") }
    for place in 0..<content.alerts.count {
      let alert = content.alerts[place]
      for text in [alert.actor, alert.actorIssuer] { learn(text, "actor") }
      for end in [alert.interval?.since, alert.interval?.until] {
        for text in [end?.actor, end?.issuer, end?.person] { learn(text, "actor") }
      }
      learn(alert.actorKey, "key")
      if let address = alert.sourceIP { addresses.insert(address) }
      learn(alert.account, "account")
      if let kind = alert.class, Pseudonymiser.aboutPeople.contains(kind) { learn(alert.target, "actor") }
      for text in alert.resources + [alert.target ?? []] { learnMember(text) }
      let groups = [alert.group] + (alert.reasons ?? []).compactMap(\.group)
      for (name, value) in groups.joined() where ["actor", "target_actor", "person"].contains(name) {
        learn(value, "actor")
      }
      for reason in alert.reasons ?? [] { learn(reason.facts) }
    }
    for (text, _) in content.summary.counts(.account) { learn(text, "account") }
    for site in content.summary.activity.sites { learn(site.account, "account") }
    for account in content.summary.silentAccounts {
      learn(Array(account.id.utf8), "account")
      learn(Array(account.name.utf8), "account")
    }
    for line in content.summary.suppressions {
      for text in [line.actor, line.person] { learn(text, "actor") }
      learn(line.account, "account")
    }
  }

  /// Whom a reason names besides the alert.
  private func learn(_ facts: [Fact]) {
    for fact in facts {
      switch (fact.name, fact.value) {
      case (.actor, .text(let text)), (.actorIssuer, .text(let text)), (.person, .text(let text)),
        (.who, .text(let text)):
        learn(text, "actor")
      case (.account, .text(let text)), (.named, .text(let text)): learn(text, "account")
      case (_, .facts(let inner)): learn(inner)
      default: break
      }
    }
  }

  private func learn(_ text: [UInt8]?, _ kind: String) {
    guard let text else { return }
    for part in text.split(whereSeparator: { "/: \t\r\n".utf8.contains($0) }) {
      add(Array(part), kind)
      // `alice` of `alice@corp.example` is the same person in other places.
      if let at = part.firstIndex(of: UInt8(ascii: "@")), at > part.startIndex { add(Array(part[..<at]), kind) }
    }
  }

  /// Whom an ARN names: `alice` of `arn:aws:iam::111122223333:user/ops/alice`.
  private func learnMember(_ text: [UInt8]) {
    let parts = text.split(whereSeparator: { "/:".utf8.contains($0) }).map { Array($0) }
    guard let kind = parts.firstIndex(where: { Pseudonymiser.members.contains($0) }), kind > 0, let last = parts.last,
      kind < parts.count - 1
    else { return }
    learn(last, "actor")
  }

  private func add(_ part: [UInt8], _ kind: String) {
    guard !part.isEmpty, !Pseudonymiser.common.contains(part), !isService(part) else { return }
    // An account that is an actor too stays an account, so that it is the same everywhere.
    if kind == "account" || kinds[part] == nil { kinds[part] = kind }
    longest = max(longest, part.count)
  }

  private func isService(_ part: [UInt8]) -> Bool {
    [".amazonaws.com", ".aliyuncs.com", ".tencentcloudapi.com"].contains {
      part.reversed().starts(with: $0.utf8.reversed())
    }
  }

  // MARK: Texts

  func text(_ text: [UInt8]) -> [UInt8] {
    if let done = known[text] { return done }
    let done = rewritten(text)
    if known.count >= Pseudonymiser.knownMax { known.removeAll(keepingCapacity: true) }
    known[text] = done
    return done
  }

  func text(_ text: String) -> String { String(decoding: self.text(Array(text.utf8)), as: UTF8.self) }

  private func rewritten(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var at = 0
    while at < text.count {
      let begins = at == 0 || !Pseudonymiser.isWord(text[at - 1])
      if begins, let found = found(text, at) {
        out += pseudonyms.name(Array(text[at..<found.end]), found.kind)
        at = found.end
      } else {
        out.append(text[at])
        at += 1
      }
    }
    return out
  }

  /// The longest name that begins here.
  private func found(_ text: [UInt8], _ at: Int) -> (end: Int, kind: String)? {
    if let end = address(text, at) {
      return BrowserVersion.stands(in: text, at..<end, addresses) ? nil : (end, "ip")
    }
    var end = min(text.count, at + longest)
    while end > at {
      if end == text.count || !Pseudonymiser.isWord(text[end]), let kind = kinds[Array(text[at..<end])] {
        return (end, kind)
      }
      end -= 1
    }
    let digits = text[at...].prefix { $0 >= 0x30 && $0 <= 0x39 }
    let isWhole = digits.endIndex == text.count || !Pseudonymiser.isWord(text[digits.endIndex])
    return isWhole && Pseudonymiser.accountDigits.contains(digits.count) ? (digits.endIndex, "account") : nil
  }

  private func address(_ text: [UInt8], _ at: Int) -> Int? {
    let isHexadecimal: (UInt8) -> Bool = {
      $0 >= 0x30 && $0 <= 0x39 || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x66
    }
    guard isHexadecimal(text[at]) || text[at] == UInt8(ascii: ":") else { return nil }
    let colon = UInt8(ascii: ":")
    let dot = UInt8(ascii: ".")
    let four = text[at...].prefix { $0 >= 0x30 && $0 <= 0x39 || $0 == dot }
    let six = text[at...].prefix { isHexadecimal($0) || $0 == colon || $0 == dot }
    for run in [six, four] {
      var run = run
      while let last = run.last, last == dot || last == colon && run.dropLast().last != colon { run.removeLast() }
      let isWhole = run.endIndex == text.count || !Pseudonymiser.isWord(text[run.endIndex])
      if isWhole, run.count > 1, IPAddress(Array(run)) != nil { return run.endIndex }
    }
    return nil
  }

  /// Letters and digits, and all of other alphabets.
  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
  }
}
