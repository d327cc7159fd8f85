// Scripts about signing in: failed second factors, guessed passwords, sprayed passwords, travel, emergency and owner
// accounts.

extension Scriptwriter {
  mutating func failedMFABurst() {
    let tries = between(8, 15)
    address = hostingAddress()
    agent = props.browser
    var at: Int64 = 0
    for _ in 0..<tries {
      play(.login, after: at, .fault(grammar.loginFaults.factor)) { $0.usedFactor = true }
      at += between(12, 40)
    }
    script.description =
      "\(script.actor) failed the second factor \(tries) times in \(at / 60 + 1) minutes from \(text(address))"
  }

  mutating func mistypedFactor() {
    address = office(of: user)
    play(.login, after: 0, .fault(grammar.loginFaults.factor)) { $0.usedFactor = true }
    play(.login, after: between(20, 60)) { $0.usedFactor = true }
    script.description = "\(script.actor) mistyped one MFA code at the office and signed in at the second try"
    script.reason = "one failure, then success with MFA from the office's own address"
  }

  mutating func loginFailureBurst() {
    let tries = between(12, 25)
    address = hostingAddress()
    agent = props.browser
    var at: Int64 = 0
    for _ in 0..<tries {
      play(.login, after: at, .fault(grammar.loginFaults.password))
      at += between(5, 20)
    }
    script.description =
      "\(tries) failed sign-ins as \(script.actor) in \(at / 60 + 1) minutes from \(text(address)), all from one address"
  }

  mutating func mistypedPassword() {
    address = office(of: user)
    play(.login, after: 0, .fault(grammar.loginFaults.password))
    play(.login, after: between(15, 40)) { $0.usedFactor = true }
    script.description = "\(script.actor) mistyped the password once and then signed in"
    script.reason = "one failed sign-in followed by success from the usual address"
  }

  mutating func spraying() {
    address = hostingAddress()
    agent = props.browser
    var at: Int64 = 0
    var people = 0
    let hidesNames = world.realms[realm].provider == .aws
    for (index, other) in ([user] + others).prefix(18).enumerated() {
      let isUnknown = index % 4 == 3
      let hidden = hidesNames && isUnknown ? props.hiddenName : nil
      let fault = isUnknown && hidesNames ? grammar.loginFaults.unknownUser : grammar.loginFaults.password
      play(.login, by: other, after: at, .fault(fault)) { $0.name = hidden }
      at += between(20, 70)
      people += 1
    }
    script.actor = "many"
    script.description =
      "one failed sign-in for each of \(people) users in \(at / 60 + 1) minutes from the one address \(text(address))"
  }

  mutating func mondayMorning() {
    var at: Int64 = 0
    for other in ([user] + others).prefix(5) {
      address = office(of: user)
      play(.login, by: other, after: at, .fault(grammar.loginFaults.password))
      play(.login, by: other, after: at + between(15, 50)) { $0.usedFactor = true }
      at += between(240, 700)
    }
    script.actor = "many"
    script.description = "five people behind the office's shared address each mistype a password once, then sign in"
    script.reason = "each failure is followed by that person's success with MFA, from the shared office address"
  }

  mutating func impossibleTravel() {
    manner = .console
    address = office(of: user)
    play(.login, after: 0) { $0.usedFactor = true }
    play(.listInstances, after: between(60, 300))
    let gap = between(25, 55) * 60
    session = mixed(session, 2)
    let far = props.farAway[Int(random.below(UInt64(props.farAway.count)))]
    let near = address
    address = far
    play(.login, after: gap)
    play(.listUsers, after: gap + between(30, 90))
    play(.listBuckets, after: gap + between(91, 200))
    let city = Zone.all[accountValue.actors[user].zone].name
    script.description =
      "\(script.actor) signed in from \(city) (\(text(near))) and \(gap / 60) minutes later from \(text(far)) in Bhutan"
  }

  mutating func vpnTravel() {
    manner = .console
    address = office(of: user)
    play(.login, after: 0) { $0.usedFactor = true }
    play(.listInstances, after: between(60, 300))
    session = mixed(session, 2)
    address = props.vpn
    let gap = between(15, 30) * 60
    play(.login, after: gap) { $0.usedFactor = true }
    play(.listInstances, after: gap + between(30, 90))
    script.description =
      "\(script.actor) switched to the company VPN, which leaves in London, \(gap / 60) minutes later"
    script.reason = "\(Addresses.vpn) is the company's own VPN exit; both sign-ins used MFA"
  }

  mutating func breakGlassUse() {
    let emergency = special(.breakGlass)
    script.actor = name(emergency)
    manner = .console
    address = hostingAddress()
    play(.login, by: emergency, after: 0)
    play(.listUsers, by: emergency, after: between(40, 90))
    play(.listTrails, by: emergency, after: between(100, 160))
    play(.createUser, by: emergency, after: between(170, 260)) { [newcomer = special(.newcomer)] in
      $0.target = newcomer
    }
    script.description = "the break-glass account \(script.actor) was used without announcement and without MFA "
    script.description += "from \(text(address)) and created a user"
  }

  mutating func breakGlassDrill() {
    let emergency = special(.breakGlass)
    script.actor = name(emergency)
    manner = .console
    address = office(of: user)
    play(.login, by: emergency, after: 0) { $0.usedFactor = true }
    play(.whoami, by: emergency, after: between(30, 60)) { $0.usedFactor = true }
    play(.listUsers, by: emergency, after: between(70, 140)) { $0.usedFactor = true }
    script.description = "announced drill: \(script.actor) signs in with MFA from the office, looks, and stops"
    script.reason = "drill announced for this hour (see approved_windows); nothing was changed"
    script.window = (script.actor, base - 900, base + 2700, "break-glass drill")
  }

  mutating func rootUse() {
    let root = special(.root)
    script.actor = "root"
    manner = .console
    address = hostingAddress()
    play(.rootLogin, by: root, after: 0)
    play(.listUsers, by: root, after: between(30, 80))
    play(.listKeys, by: root, after: between(90, 140))
    play(.createUser, by: root, after: between(150, 260)) { [newcomer = special(.newcomer)] in $0.target = newcomer }
    script.description = "the account owner (root) signed in without MFA from \(text(address)) and created a user"
  }

  mutating func rootBilling() {
    let root = special(.root)
    script.actor = "root"
    manner = .console
    address = office(of: user)
    play(.rootLogin, by: root, after: 0) { $0.usedFactor = true }
    for step in 1...3 {
      play(.readBilling, by: root, after: Int64(step) * between(60, 120)) { $0.usedFactor = true }
    }
    script.description = "the account owner (root) signed in with MFA to look at the bill"
    script.reason = "monthly billing check in its approved window, with MFA, from the office"
    script.window = ("root", base - 1800, base + 5400, "monthly billing check")
  }
}
