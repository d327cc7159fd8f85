// A dialect after compilation: every call, service, kind of actor and profile by number.

/// One call, ready to be written.
struct Call: Sendable {
  var service: Int
  var name: Text
  var request: TemplateID
  var response: TemplateID
  var resources: TemplateID
  var extra: TemplateID
  var isWrite: Bool
  var isData: Bool
  var isLogin: Bool
}

/// An error, ready to be written.
struct CompiledFault: Sendable {
  var code: Text
  var message: TemplateID
}

struct CompiledService: Sendable {
  var key: Text
  var source: Text
  var version: Text
  var host: TemplateID
  /// Empty where the console shows the browser's own.
  var consoleAgent: Text
  var isGlobal: Bool
  var fault: CompiledFault
  var denied: CompiledFault
}

struct CompiledKind: Sendable {
  var identity: TemplateID
  var loginIdentity: TemplateID
  var consoleIdentity: TemplateID
  var whoami: TemplateID
  var caller: TemplateID
  var tail: TemplateID
  var consoleTail: TemplateID
}

/// What a profile does, where global services are logged and where they are not.
struct CompiledProfile: Sendable {
  var calls: [Int]
  var home: Urn
  var elsewhere: Urn
}

struct Grammar: Sendable {
  var record: TemplateID
  var loginRecord: TemplateID
  var noFault: TemplateID
  var faulted: TemplateID
  var loginFaulted: TemplateID
  var loginFailure: TemplateID
  var noResponse: TemplateID
  var throttled: CompiledFault
  var kinds: [CompiledKind]
  var services: [CompiledService]
  var calls: [Call]
  var callNumbers: [String: Int]
  var profiles: [CompiledProfile]
  var opening: String
  var separator: String
  var closing: String
  var readText: Text
  var writeText: Text
  var managementText: Text
  var dataText: Text
  var trueText: Text
  var falseText: Text
  var apiText: Text
  var consoleText: Text
  var serviceText: Text
  var mfaYes: Text
  var mfaNo: Text
  var mfaOn: Text
  var mfaOff: Text
  var loginFaults: (password: CompiledFault, factor: CompiledFault, unknownUser: CompiledFault)
  var relays: [Text]
  /// Calls by `Verb`.
  var verbs: [Int]

  init(_ dialect: Dialect, _ lexicon: inout LexiconBuilder) {
    record = lexicon.template(dialect.record)
    loginRecord = lexicon.template(dialect.loginRecord)
    noFault = lexicon.template(dialect.noFault)
    faulted = lexicon.template(dialect.faulted)
    loginFaulted = lexicon.template(dialect.loginFaulted)
    loginFailure = lexicon.template(dialect.loginFailure)
    noResponse = lexicon.template(dialect.noResponse)
    throttled = compiled(dialect.throttled, &lexicon)
    kinds = ActorKind.allCases.map { compiled(dialect.kinds[$0] ?? KindSpec(identity: "{}"), &lexicon) }
    services = []
    calls = []
    callNumbers = [:]
    profiles = []
    (opening, separator, closing) = (dialect.opening, dialect.separator, dialect.closing)
    readText = lexicon.text(dialect.readOnly.read)
    writeText = lexicon.text(dialect.readOnly.write)
    managementText = lexicon.text(dialect.dataCategory.management)
    dataText = lexicon.text(dialect.dataCategory.data)
    trueText = lexicon.text("true")
    falseText = lexicon.text("false")
    apiText = lexicon.text(dialect.eventTypes.api)
    consoleText = lexicon.text(dialect.eventTypes.console)
    serviceText = lexicon.text(dialect.eventTypes.service)
    mfaYes = lexicon.text(dialect.mfaUsed.yes)
    mfaNo = lexicon.text(dialect.mfaUsed.no)
    mfaOn = lexicon.text(dialect.mfaFlag.yes)
    mfaOff = lexicon.text(dialect.mfaFlag.no)
    loginFaults = (
      compiled(dialect.loginFaults.password, &lexicon), compiled(dialect.loginFaults.factor, &lexicon),
      compiled(dialect.loginFaults.unknownUser, &lexicon)
    )
    relays = dialect.relays.map { lexicon.text($0) }
    verbs = []
    for spec in dialect.services { add(spec, dialect, &lexicon) }
    verbs = Verb.allCases.map { call(dialect.verbs[$0] ?? "") }
    profiles = Profile.allCases.map { profile in
      compileProfile(dialect.profiles.first { $0.profile == profile }?.calls ?? "")
    }
  }

  private mutating func add(_ spec: ServiceSpec, _ dialect: Dialect, _ lexicon: inout LexiconBuilder) {
    let number = services.count
    services.append(
      CompiledService(
        key: lexicon.text(spec.key), source: lexicon.text(spec.source), version: lexicon.text(spec.version),
        host: lexicon.template(spec.host),
        consoleAgent: lexicon.text(dialect.consoleAgent?.replacing("<service>", with: spec.key.lowercased()) ?? ""),
        isGlobal: spec.isGlobal, fault: compiled(spec.fault, &lexicon),
        denied: compiled(spec.denied ?? dialect.denied, &lexicon)))
    let escaped = dialect.escapesPayload
    for action in spec.actions {
      let key = "\(spec.key).\(action.name)" + (action.alias.map { "+" + $0 } ?? "")
      callNumbers[key] = calls.count
      calls.append(
        Call(
          service: number, name: lexicon.text(action.name),
          request: lexicon.template(action.request, escaped: escaped),
          response: lexicon.template(action.response ?? dialect.noResponse, escaped: escaped),
          resources: lexicon.template(action.resources ?? dialect.noResources),
          extra: lexicon.template(action.extra ?? ""),
          isWrite: action.write, isData: action.isData, isLogin: action.isLogin))
    }
  }

  /// `ec2.RunInstances 2, ...`
  private func compileProfile(_ text: String) -> CompiledProfile {
    var numbers: [Int] = []
    var weights: [UInt64] = []
    for entry in text.split(separator: ",") {
      let words = entry.split(separator: " ")
      precondition(words.count == 2, "profile entry '\(entry)' is not 'service.Action weight'")
      guard let number = callNumbers[String(words[0])], let weight = UInt64(words[1]) else {
        preconditionFailure("profile names an unknown call: \(entry)")
      }
      numbers.append(number)
      weights.append(weight)
    }
    if numbers.isEmpty { return CompiledProfile(calls: [0], home: Urn(zipf: 1), elsewhere: Urn(zipf: 1)) }
    let local = numbers.indices.map { services[calls[numbers[$0]].service].isGlobal ? 0 : weights[$0] }
    let anyLocal = local.contains { $0 > 0 }
    return CompiledProfile(
      calls: numbers, home: Urn(weights: weights), elsewhere: Urn(weights: anyLocal ? local : weights))
  }

  func call(_ name: String) -> Int {
    guard let number = callNumbers[name] else { preconditionFailure("unknown call \(name)") }
    return number
  }
}

private func compiled(_ fault: Fault, _ lexicon: inout LexiconBuilder) -> CompiledFault {
  CompiledFault(code: lexicon.text(fault.code), message: lexicon.template(fault.message))
}

private func compiled(_ spec: KindSpec, _ lexicon: inout LexiconBuilder) -> CompiledKind {
  CompiledKind(
    identity: lexicon.template(spec.identity), loginIdentity: lexicon.template(spec.loginIdentity ?? spec.identity),
    consoleIdentity: lexicon.template(spec.consoleIdentity ?? spec.identity), whoami: lexicon.template(spec.whoami),
    caller: lexicon.template(spec.caller),
    tail: lexicon.template(spec.tail), consoleTail: lexicon.template(spec.consoleTail ?? spec.tail))
}
