// Scripts about what is done with access: logging switched off, doors opened, strange places, probing, destruction.

extension Scriptwriter {
  mutating func loggingStopped() {
    address = hostingAddress()
    agent = attackAgent()
    play(.whoami, after: 0)
    play(.listTrails, after: between(20, 60))
    play(.stopLogging, after: between(70, 140))
    play(.deleteTrail, after: between(150, 300))
    script.description = "\(script.actor) stopped the audit trail and then deleted it, from \(text(address))"
  }

  mutating func trailMaintenance() {
    let robot = automation(.deploy)
    script.actor = name(robot)
    address = props.builder
    play(.listTrails, by: robot, after: 0)
    play(.stopLogging, by: robot, after: 10)
    play(.startLogging, by: robot, after: between(60, 150))
    script.description = "the infrastructure robot stops logging and starts it again within three minutes"
    script.reason = "announced change of the trail's settings, by the robot that owns it"
    script.window = (script.actor, base - 600, base + 1800, "audit trail maintenance")
  }

  mutating func securityGroupOpened() {
    play(.listInstances, after: 0)
    for (index, port) in [props.ports.ssh, props.ports.desktop].enumerated() {
      play(.openPort, after: 60 + Int64(index) * between(20, 60)) { [anywhere = props.anywhere] in
        $0.opening = (anywhere, port)
      }
    }
    script.description = "\(script.actor) opened SSH and remote desktop to the whole internet"
  }

  mutating func publicWebsite() {
    let robot = automation(.deploy)
    script.actor = name(robot)
    address = props.builder
    play(.openPort, by: robot, after: 0) { [anywhere = props.anywhere, web = props.ports.web] in
      $0.opening = (anywhere, web)
    }
    script.description = "the infrastructure robot opens port 443 of a public load balancer"
    script.reason = "HTTPS for a public site, made by infrastructure as code"
  }

  mutating func oddAddress() {
    address = hostingAddress()
    agent = attackAgent()
    var at: Int64 = 0
    for verb in [Verb.whoami, .listUsers, .listBuckets, .listInstances, .readSecret, .readSecret, .listTrails] {
      play(verb, after: at)
      at += between(20, 120)
    }
    script.description =
      "the key of \(script.actor) was used from \(text(address)), a hosting company's address never seen for anyone"
  }

  mutating func newHome() {
    let homes = props.newHomes[accountValue.actors[user].zone]
    address = homes[Int(random.below(UInt64(homes.count)))]
    var at: Int64 = 0
    for verb in [Verb.whoami, .listInstances, .listBuckets] {
      play(verb, after: at)
      at += between(60, 400)
    }
    script.description = "\(script.actor) works from a new address, \(text(address)), in the usual country"
    script.reason = "same country and provider as always; home addresses change"
  }

  mutating func deniedProbing() {
    let tries = between(18, 32)
    address = hostingAddress()
    agent = attackAgent()
    let probes: [Verb] = [
      .listUsers, .listKeys, .listBuckets, .listTrails, .readSecret, .listInstances, .createUser, .createKey,
      .grantAdmin,
      .stopLogging, .openPort, .readBilling,
    ]
    var at: Int64 = 0
    play(.whoami, after: at)
    for step in 0..<Int(tries) {
      at += between(4, 25)
      play(probes[step % probes.count], after: at, .denied)
    }
    script.description =
      "\(script.actor) was refused \(tries) different calls in \(at / 60 + 1) minutes from \(text(address))"
  }

  mutating func refusedScanner() {
    let scanner = automation(.scanner)
    script.actor = name(scanner)
    address = props.builder
    let probes: [Verb] = [.readSecret, .listKeys, .listBuckets, .listTrails]
    var at: Int64 = 0
    for step in 0..<12 {
      play(probes[step % probes.count], by: scanner, after: at, .denied)
      at += between(2, 9)
    }
    script.description = "the posture scanner is refused twelve calls in a row"
    script.reason = "its role is read-only on purpose; it tries everything every day from the build network"
  }

  mutating func massDeletion() {
    address = hostingAddress()
    agent = attackAgent()
    let count = deletions(by: user, from: 25, to: 50, spacing: 9)
    script.description = "\(script.actor) deleted \(count) buckets, instances, snapshots and databases within minutes"
  }

  mutating func teardown() {
    let robot = automation(.deploy)
    script.actor = name(robot)
    address = props.builder
    let count = deletions(by: robot, from: 15, to: 30, spacing: 6)
    script.description =
      "the infrastructure robot tears down \(count) resources of the \(accountValue.environment) environment"
    script.reason = "planned teardown, by the robot that built them, in its approved window"
    script.window = (script.actor, base - 600, base + 3600, "teardown of temporary environments")
  }

  private mutating func deletions(by actor: Int, from low: Int64, to high: Int64, spacing: Int64) -> Int64 {
    let count = between(low, high)
    let verbs: [Verb] = [.terminate, .deleteSnapshot, .terminate, .deleteBucket, .deleteDatabase]
    var at: Int64 = 0
    for step in 0..<Int(count) {
      play(verbs[step % verbs.count], by: actor, after: at)
      at += between(1, spacing)
    }
    return count
  }
}
