// `notify`: who is told of which alerts, and by which way. Sweeps decide by the routes what goes to whom; `harrier-notify`
// takes it there.

import Rules

/// The section as a whole; without one nobody is told.
public struct Notify: Sendable {
  public internal(set) var targets: [NotifyTarget] = []
  public internal(set) var routes: [NotifyRoute] = []
  /// Asked for after each sweep that was completed, so that somebody notices when none is.
  public internal(set) var ping: NotifyTarget?
  /// How long one run of `harrier-notify` may take.
  public internal(set) var deadlineMilliseconds = Notify.standardDeadline
  var deadlineOrigin = Origin.standard
  var origin = Origin.standard

  /// Enough for several tries; a timer that starts every five minutes meets no earlier run.
  public static let standardDeadline: Int64 = 120_000
  /// What pings are filed under; no target of somebody's own has a name without letters.
  public static let pingName = "-"

  public func target(_ name: String) -> NotifyTarget? {
    name == Notify.pingName ? ping : targets.first { $0.name == name }
  }
}

/// Something that should not stand in a configuration, or where it is.
public enum SecretSource: Sendable, Equatable {
  case inline(String)
  case file(String)
  case environment(String)
}

/// Somebody to be told.
public struct NotifyTarget: Sendable {
  /// What a webhook expects to be sent.
  public enum Shape: String, Sendable, CaseIterable {
    case json, slack, feishu, dingtalk, wecom

    /// Whether the receiver can check who sent it, by a secret that both know.
    public var isSigned: Bool { self == .json || self == .feishu || self == .dingtalk }

    /// Whether the receiver says in the body of its answer what it thinks of a message, and 200 to all.
    public var answersInBody: Bool { self == .feishu || self == .dingtalk || self == .wecom }
  }

  public enum SyslogFormat: String, Sendable, CaseIterable { case rfc5424, cef }

  public struct Mail: Sendable {
    public var recipients: [String]
    public var sender: String
    public var program: String
  }

  /// At most so many messages in so long; what is more is told as one.
  public struct Rate: Sendable, Equatable {
    public var messages: Int
    public var milliseconds: Int64
    var text: String

    /// What a person can read; a sweep over the logs of a year finds more.
    static let standard = Rate(messages: 30, milliseconds: 600_000, text: "10m")
    /// DingTalk and WeCom take 20 in a minute from a robot; the former is silent for ten minutes after more.
    static let ofRobots = Rate(messages: 15, milliseconds: 600_000, text: "10m")
  }

  public enum Way: Sendable {
    case webhook(SecretSource, Shape, secret: SecretSource?)
    case syslog(SyslogAddress, SyslogFormat)
    case command([String])
    case mail(Mail)
    /// A request without content: the dead-man's ping.
    case ping(SecretSource)
  }

  public var name: String
  public var way: Way
  public internal(set) var allowsHTTP = false
  public internal(set) var allowsPrivate = false
  /// Certificates that are trusted beside those of the system.
  public internal(set) var authorities: String?
  /// Nil: no bound. Programs that collect take everything, people do not.
  public internal(set) var rate: Rate?
  public internal(set) var timeoutMilliseconds = NotifyTarget.standardTimeout
  public internal(set) var tries = NotifyTarget.standardTries
  /// Before the second try; each further one comes after twice the time.
  public internal(set) var pauseMilliseconds = NotifyTarget.standardPause
  public var origin: Origin

  public init(name: String, way: Way, origin: Origin) {
    self.name = name
    self.way = way
    self.origin = origin
  }

  static let standardTimeout: Int64 = 10_000
  /// With the pauses between them half a day.
  static let standardTries = 16
  /// Long enough for a service that restarts.
  static let standardPause: Int64 = 5_000
}

/// Where syslog goes.
public enum SyslogAddress: Sendable, Equatable {
  case udp(host: String, port: Int)
  case tcp(host: String, port: Int)
  case unix(String)

  public var text: String {
    switch self {
    case .udp(let host, let port): "udp://\(Self.bracketed(host)):\(port)"
    case .tcp(let host, let port): "tcp://\(Self.bracketed(host)):\(port)"
    case .unix(let path): "unix://\(path)"
    }
  }

  private static func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }
}

/// Which alerts go to which targets. What is not said fits every alert.
public struct NotifyRoute: Sendable {
  public enum Change: String, Sendable, CaseIterable { case new, updated, withdrawn }

  public var level: Level
  public var classes: [String]
  public var environments: [String]
  public var accounts: [String]
  public var changes: [Change]
  public var targets: [String]
  var levelOrigin: Origin
  public var origin: Origin
}

extension Notify {
  /// What a route looks at.
  public struct Subject: Sendable {
    public var level: Level
    public var change: NotifyRoute.Change
    public var `class`: String?
    public var environment: String?
    public var account: String?

    public init(
      level: Level, change: NotifyRoute.Change, class: String?, environment: String?, account: String?
    ) {
      self.level = level
      self.change = change
      self.class = `class`
      self.environment = environment
      self.account = account
    }
  }

  /// The lowest level that any route takes; nil if nobody is told anything.
  public var lowestLevel: Level? { routes.map(\.level).min() }

  /// Who is told, each once, in the order of the routes.
  public func targets(for subject: Subject) -> [String] {
    var names: [String] = []
    for route in routes where route.fits(subject) {
      for name in route.targets where !names.contains(name) { names.append(name) }
    }
    return names
  }
}

extension NotifyRoute {
  func fits(_ subject: Notify.Subject) -> Bool {
    func has(_ list: [String], _ value: String?) -> Bool {
      list.isEmpty || value.map { list.contains($0) } ?? false
    }
    return subject.level >= level && changes.contains(subject.change) && has(classes, subject.class)
      && has(environments, subject.environment) && has(accounts, subject.account)
  }
}
