// The small things that a call is about: whom it names, which policy, which port, where a sign-in leads.

extension Background {
  /// Texts that identity and network calls name when nothing is amiss.
  struct Extras: Sendable {
    var policies: [Text]
    var policyIDs: [Text]
    var cidrs: [Text]
    var ports: [Text]
    var trail: Text
    var loginPages: [Text]

    init(_ dialect: Dialect, _ lexicon: inout LexiconBuilder) {
      policies = dialect.policies.map { lexicon.text($0) }
      policyIDs = dialect.policies.indices.map { lexicon.text(String(16_000_000 + 31 * $0)) }
      cidrs = ["10.0.0.0/8", "10.20.0.0/16", "172.16.0.0/12", "192.168.10.0/24"].map { lexicon.text($0) }
      ports = ["443", "8080", "5432", "9090", "6379"].map { lexicon.text($0) }
      trail = lexicon.text(dialect.trail)
      loginPages = dialect.loginPages.map { lexicon.text($0) }
    }

    func fill(stage: Stage, _ actor: Actor, _ scene: inout Scene) {
      let grammar = stage.realm.grammar
      let account = stage.account
      let target = Extras.target(of: actor, in: account, &scene)
      scene[.target] = target.name
      scene[.targetPID] = target.pid
      scene[.targetKey] = target.key
      let policy = Int(scene.random.below(UInt64(policies.count)))
      scene[.policy] = policies[policy]
      scene[.policyID] = policyIDs[policy]
      scene[.cidr] = cidrs[Int(scene.random.below(UInt64(cidrs.count)))]
      scene[.port] = ports[Int(scene.random.below(UInt64(ports.count)))]
      scene[.trail] = trail
      scene[.loginTo] = loginPages[Int(scene.random.below(UInt64(loginPages.count)))]
      // Nine of ten people with a user have a second factor; a role session's log never says so.
      let hasFactor = actor.kind == .user && actor.seed % 10 != 0
      scene[.mfaUsed] = hasFactor ? grammar.mfaYes : grammar.mfaNo
      scene[.mfa] = hasFactor ? grammar.mfaOn : grammar.mfaOff
    }

    /// A user whom a call names. Nobody names themselves: who puts themselves into a group is what a detection looks for.
    private static func target(of actor: Actor, in account: Account, _ scene: inout Scene) -> Actor {
      guard !account.users.isEmpty else { return account.actors[0] }
      let place = Int(scene.random.below(UInt64(account.users.count)))
      let target = account.actors[account.users[place]]
      guard target.seed == actor.seed, account.users.count > 1 else { return target }
      return account.actors[account.users[(place + 1) % account.users.count]]
    }
  }
}
