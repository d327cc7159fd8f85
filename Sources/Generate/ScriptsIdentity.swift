// Scripts about identities and keys: privileges taken, keys made for others, accounts that should be at rest.

extension Scriptwriter {
  mutating func selfGrantedAdmin() {
    play(.listUsers, after: 0)
    let me = user
    play(.grantAdmin, after: between(60, 240)) { [policy = (props.adminPolicy, props.adminPolicyID)] in
      $0.target = me
      $0.policy = policy
    }
    play(.readSecret, after: between(300, 500))
    play(.listKeys, after: between(520, 700))
    script.description = "\(script.actor) attached AdministratorAccess to itself and then read a secret"
  }

  mutating func onboarding() {
    let newcomer = special(.newcomer)
    manner = .console
    address = office(of: user)
    play(.createUser, after: 0) { $0.target = newcomer }
    play(.createLoginProfile, after: between(30, 90)) { $0.target = newcomer }
    play(.grantAdmin, after: between(100, 200)) { $0.target = newcomer }
    script.description = "\(script.actor) creates the user \(name(newcomer)) and attaches a read-only policy"
    script.reason = "onboarding of a new colleague by an administrator; the policy only allows reading"
    script.window = (script.actor, base - 3600, base + 7200, "onboarding request")
  }

  mutating func keyCreation() {
    let victim = others[0]
    let minted = accountValue.mintedKeys[Int(random.below(UInt64(accountValue.mintedKeys.count)))]
    play(.listUsers, after: 0)
    play(.listKeys, after: between(20, 60)) { $0.target = victim }
    play(.createKey, after: between(70, 150)) {
      $0.target = victim
      $0.mintedKey = minted
    }
    address = hostingAddress()
    agent = attackAgent()
    session = mixed(session, 3)
    var at = between(600, 1500)
    for verb in [Verb.whoami, .listBuckets, .listInstances, .readSecret] {
      play(verb, by: victim, after: at) { $0.key = minted }
      at += between(20, 90)
    }
    script.description =
      "\(script.actor) created an access key for \(name(victim)), which was then used from \(text(address))"
  }

  mutating func keyRotation() {
    let robot = automation(.rotation)
    let owner = accountValue.machines.first { accountValue.actors[$0].kind == .user } ?? user
    let minted = accountValue.mintedKeys[0]
    script.actor = name(robot)
    address = props.builder
    play(.listKeys, by: robot, after: 0) { $0.target = owner }
    play(.createKey, by: robot, after: 5) {
      $0.target = owner
      $0.mintedKey = minted
    }
    play(.disableKey, by: robot, after: 900) { $0.target = owner }
    play(.deleteKey, by: robot, after: 3600) { $0.target = owner }
    script.description = "the rotation role makes a new key for \(name(owner)), then disables and deletes the old one"
    script.reason = "scheduled rotation by the role that exists for it"
  }

  mutating func dormantAccount() {
    let sleeper = special(.dormant)
    script.actor = name(sleeper)
    address = hostingAddress()
    agent = attackAgent()
    var at: Int64 = 0
    for verb in [Verb.whoami, .listUsers, .listBuckets, .listInstances, .readSecret, .readSecret] {
      play(verb, by: sleeper, after: at)
      at += between(30, 200)
    }
    script.description = "\(script.actor), unused for months, came back from \(text(address)) and read secrets"
  }

  mutating func backFromLeave() {
    let person = special(.onLeave)
    script.actor = name(person)
    manner = .console
    address = office(of: person)
    play(.login, by: person, after: 0) { $0.usedFactor = true }
    play(.listInstances, by: person, after: between(60, 400)) { $0.usedFactor = true }
    play(.listBuckets, by: person, after: between(500, 900)) { $0.usedFactor = true }
    script.description = "\(script.actor) signs in again after parental leave, with MFA, from the office"
    script.reason = "return from leave, announced by HR"
    script.window = (script.actor, base - 86_400, base + 86_400, "return from leave")
  }

  mutating func offboardedUse() {
    var at: Int64 = 0
    address = accountValue.actors[user].addresses.last ?? address
    for verb in [Verb.whoami, .listBuckets, .listInstances, .readSecret] {
      play(verb, after: at)
      at += between(40, 300)
    }
    script.description = "\(script.actor) left the company earlier (see leavers), but the old key was used again"
  }

  mutating func lastDay() {
    var at: Int64 = 0
    for verb in [Verb.whoami, .listInstances, .listBuckets] {
      play(verb, after: at)
      at += between(40, 200)
    }
    script.description = "\(script.actor) works until the last minute of the last day"
    script.reason = "the calls come before the leaving time"
  }

  mutating func elevation(overstays: Bool) {
    let role = special(.elevated)
    let approved: Int64 = 3600
    let opened = mixed(session, 5)
    play(.elevate, after: 0) {
      $0.target = role
      $0.targetSession = opened
    }
    session = opened
    var marks: [Int64] = [300, 1200, 2700]
    if overstays { marks += [3 * 3600, 5 * 3600, 7 * 3600] }
    for (index, mark) in marks.enumerated() {
      let verb: Verb = index % 2 == 0 ? .listInstances : .readSecret
      play(verb, by: role, after: mark + between(0, 300)) { [me = accountValue.actors[user].name] in $0.name = me }
    }
    let person = script.actor
    script.actor = sessionName(accountValue.actors[role], session: accountValue.actors[user].name)
    script.window = (script.actor, base, base + approved, "elevation approved for one hour, asked for by \(person)")
    if overstays {
      script.description = "\(person) took the elevated role, approved for one hour, and used it for seven"
    } else {
      script.description = "\(person) took the elevated role and used it within the approved hour"
      script.reason = "all calls lie in the approved window"
    }
  }
}
