// The words of one provider: what its records look like, which services and calls it has, who makes them. Each
// provider is data in this form; the code that writes events is the same for all.

/// What makes an actor's records look different.
enum ActorKind: UInt8, CaseIterable, Sendable {
  /// A person (or old script) with a long-lived key, or in the console.
  case user
  /// The account's owner.
  case root
  /// A person who came through single sign-on.
  case sso
  /// A person of another directory, as it appears when it is exchanged for a role.
  case federated
  /// A workload: an instance, container or function that uses a role.
  case workload
  /// Infrastructure as code, CI, rotation, scanners.
  case bot
  /// A role under a fixed session name: functions, scanners, rotation, other accounts.
  case role
  /// The provider's own service.
  case service
  /// A service that acts with someone's role.
  case internalCall
}

/// How one kind of actor is written.
struct KindSpec {
  var identity: String
  /// Used by console sign-in records; the same as `identity` where nil.
  var loginIdentity: String?
  /// Used by calls made in the console; the same as `identity` where nil.
  var consoleIdentity: String?
  /// How error messages name the actor.
  var whoami = ""
  /// What the caller's session adds to a request.
  var caller = ""
  /// The end of the record: connection details, session marks.
  var tail = ""
  /// The end of the record of a call made in the console; the same as `tail` where nil.
  var consoleTail: String?
}

/// One API call.
struct ActionSpec {
  var name: String
  var write: Bool
  var request = "{}"
  var response: String?
  var resources: String?
  var extra: String?
  /// A data-plane event.
  var isData = false
  /// A record of another shape: console sign-in.
  var isLogin = false
  /// Tells apart two forms of the same call; profiles and verbs name it `service.Action+alias`.
  var alias: String?

  static func read(
    _ name: String, _ request: String = "{}", response: String? = nil, resources: String? = nil, extra: String? = nil,
    data: Bool = false
  ) -> ActionSpec {
    ActionSpec(
      name: name, write: false, request: request, response: response, resources: resources, extra: extra, isData: data)
  }

  static func write(
    _ name: String, _ request: String = "{}", _ response: String? = nil, resources: String? = nil,
    extra: String? = nil, data: Bool = false
  ) -> ActionSpec {
    ActionSpec(
      name: name, write: true, request: request, response: response, resources: resources, extra: extra, isData: data)
  }
}

/// An error as the log shows it. Both may hold slots.
struct Fault {
  var code: String
  var message: String

  init(_ code: String, _ message: String) {
    self.code = code
    self.message = message
  }
}

/// How failed sign-ins read.
struct LoginFaults {
  var password: Fault
  var factor: Fault
  var unknownUser: Fault
}

/// What an incident does, whatever the provider calls it.
enum Verb: UInt8, CaseIterable, Sendable {
  case login, rootLogin, whoami, listUsers, listKeys, listInstances, listBuckets, listTrails, readSecret, readBilling
  case createUser, createLoginProfile, createKey, disableKey, deleteKey, grantAdmin, elevate
  case stopLogging, startLogging, deleteTrail, openPort
  case deleteBucket, terminate, deleteSnapshot, deleteDatabase
}

/// One service and its calls.
struct ServiceSpec {
  /// The name in `profiles`: `ec2` in `ec2.RunInstances`.
  var key: String
  /// The name in the log.
  var source: String
  /// The host that the client called.
  var host: String
  /// Logged in the provider's home region only.
  var isGlobal = false
  var version = ""
  /// What usually goes wrong.
  var fault: Fault
  /// How a refusal reads, where it differs from the dialect's.
  var denied: Fault?
  var actions: [ActionSpec]
}

/// An identifier: a fixed beginning and random characters.
struct IDShape {
  var prefix: String
  var alphabet: Alphabet
  var count: Int

  func make(_ random: inout SplitMix64) -> String {
    var text = prefix
    for _ in 0..<count {
      text.unicodeScalars.append(Unicode.Scalar(alphabet.characters[Int(random.below(64))]))
    }
    return text
  }
}

struct IDShapes {
  var account: IDShape
  var user: IDShape
  var role: IDShape
  var key: IDShape
}

/// Where an actor's calls come from.
enum Network: Sendable {
  /// The office's shared address, homes and mobile networks of the actor's country.
  case people
  /// Addresses of the provider's own instances, some inside the private network.
  case instances
  /// A few addresses that all build machines share.
  case builders
  /// The service's own name instead of an address.
  case service
}

/// A group of actors that exists in each account.
struct CastSpec {
  var kind: ActorKind
  var profile: Profile
  /// The names; `people` stands for that many persons.
  var members: Members
  var role = ""
  var rolePath = ""
  var session = ""
  var network = Network.people
  var agents: [String]
  /// How many sessions (instances, containers) run at the same time.
  var sessions: UInt64 = 1
  /// Share among the actors of its class, spread over the members by rank.
  var weight: UInt64

  enum Members {
    case people(first: Int, count: Int)
    case named([String])
  }
}

struct Dialect {
  var provider: Provider
  /// Regions by weight; the first is the home of global services.
  var regions: [(name: String, short: String, weight: UInt64)]
  var weight: UInt64
  /// Where its people are, as indices of `zones`, with repeats for weight.
  var peopleZones: [Int]
  var record: String
  var loginRecord: String
  var kinds: [ActorKind: KindSpec]
  /// What the error slot holds when nothing went wrong.
  var noFault: String
  var faulted: String
  /// The same for a console sign-in.
  var loginFaulted: String
  /// What a failed sign-in has in the response slot.
  var loginFailure: String
  /// How the log says yes and no to "was MFA used", in a sign-in and in a session.
  var mfaUsed: (yes: String, no: String)
  var mfaFlag: (yes: String, no: String)
  var loginFaults: LoginFaults
  /// What the resources slot holds for calls that name none.
  var noResources: String
  /// The user agent of calls made in the console, with `<service>` for the service; nil for the browser's own.
  var consoleAgent: String?
  /// Addresses of the console's own machines, which stand in for the person's in some of its calls.
  var relays: [String]
  /// The calls that incidents are made of.
  var verbs: [Verb: String]
  var denied: Fault
  var throttled: Fault
  /// What the response slot holds for reads and failures.
  var noResponse: String
  /// Requests and responses are JSON inside a string.
  var escapesPayload: Bool
  var dataCategory: (management: String, data: String)
  var readOnly: (read: String, write: String)
  var eventTypes: (api: String, console: String, service: String, login: String)
  var services: [ServiceSpec]
  /// `service.Action weight, ...` by the actor's profile.
  var profiles: [(profile: Profile, calls: String)]
  var accounts: [(environment: String, weight: UInt64)]
  var cast: [CastSpec]
  var ids: IDShapes
  /// Harmless policies that are attached every day.
  var policies: [String]
  /// The name of the account's audit trail.
  var trail: String
  /// Where sign-ins lead.
  var loginPages: [String]
  /// Container framing.
  var opening: String
  var separator: String
  var closing: String
}

/// What an actor spends its day on.
enum Profile: UInt8, CaseIterable, Sendable {
  case developer, administrator, analyst, workload, function, deploy, scanner, rotation, service, internalCall, billing
  case federation
}
