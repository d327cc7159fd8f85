/// What the rules of a security group let in, as requests and replies of all providers state them.
///
/// Each provider nests its rules in another way, and says in other places which ports, from which networks, and whether
/// it lets in at all:
///
///     {"ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":22,"toPort":22,"ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]}}]}}
///     {"Permissions.1.PortRange":"22/22","Permissions.1.SourceCidrIp":"0.0.0.0/0","Permissions.1.Policy":"accept"}
///     {"SecurityGroupPolicySet":{"Ingress":[{"Protocol":"TCP","Port":"22","CidrBlock":"0.0.0.0/0","Action":"ACCEPT"}]}}
///
/// All three are the rule `22 0.0.0.0/0`. An object hands down what it says of ports to those inside it; each network
/// makes a rule of its own.
public struct ConnectionRules: Sendable {
  /// One rule for one network.
  struct Rule: Sendable, Equatable {
    var ports: Ports
    /// Nil if the text says nothing of where from.
    var source: Source?
    var isAllowed: Bool
  }

  enum Source: Sendable, Equatable {
    case network(ConnectionNetwork)
    /// Another group, a prefix list, a template: not the whole internet.
    case other
  }

  /// Those about what may come in.
  private(set) var rules: [Rule] = []
  /// Whether something was said about what may leave.
  private(set) var hasEgress = false

  /// What the rules belong to.
  public enum Manner: Sendable {
    /// A security group.
    case group
    /// The list of a network: it knows no connections, so answers must be let in at any high port. What lets in more
    /// than some ports at once opens none of them in particular.
    case list
    /// The firewall of one machine: a rule that names no network lets in everybody.
    case machine
  }

  private let manner: Manner
  // Providers take some hundred rules in one call; more is not looked at.
  private static let bytesMax = 1 << 18

  public init(_ text: Text, _ manner: Manner = .group) {
    self.manner = manner
    guard text.count <= ConnectionRules.bytesMax, let tree = JSONTree(text) else { return }
    read(tree, ConnectionFrame())
  }

  /// Of a security group.
  init(_ tree: JSONTree) {
    manner = .group
    read(tree, ConnectionFrame())
  }

  /// Whether everybody may come in somewhere.
  var letsEverybodyIn: Bool { rules.contains { $0.isAllowed && $0.isFromEverywhere } }

  /// Whether everybody may come in where machines are administrated or data is served.
  var letsEverybodyAdministrate: Bool {
    rules.contains { $0.isAllowed && $0.isFromEverywhere && $0.ports.areForAdministration }
  }

  // MARK: What is opened and closed

  // What an end says that takes back nothing that counts: it must not be taken for one that says nothing.
  private static let nothing = Array("-".utf8)

  /// `22 0.0.0.0/0` for each port for administration that is opened to everybody.
  public var opened: [[UInt8]] {
    rules.flatMap { rule -> [[UInt8]] in
      guard rule.isAllowed, case .network(let network)? = rule.source, network.isEverywhere else { return [] }
      return rule.ports.namesForAdministration.map { ConnectionRules.name($0, network.text) }
    }
  }

  /// The names of what is taken back; none if nobody can say what: rules that are only named by number.
  ///
  /// - Parameter isChange: the rules are what older ones were turned into. Which networks those had is not logged; one
  ///   at the same port that lets in everybody is taken for the one that was narrowed.
  public func closed(isChange: Bool) -> [[UInt8]] {
    if rules.isEmpty { return hasEgress ? [ConnectionRules.nothing] : [] }
    var names: [[UInt8]] = []
    for rule in rules {
      switch rule.source {
      case .network(let network)? where network.isEverywhere && !(isChange && rule.isAllowed):
        if rule.ports == .unsaid { return [] }
        if rule.isAllowed || isChange { names += rule.names(network.text) }
      case nil:
        if rule.ports == .unsaid { return [] }
        for network in ConnectionNetwork.everywhere { names += rule.names(network) }
      default:
        if isChange, !rule.isFromEverywhere {
          for network in ConnectionNetwork.everywhere { names += rule.names(network) }
        }
      }
    }
    return names.isEmpty ? [ConnectionRules.nothing] : names
  }

  fileprivate static func name(_ ports: String, _ network: [UInt8]) -> [UInt8] { Array("\(ports) ".utf8) + network }

  // MARK: Reading

  /// - Returns: whether there was a network.
  @discardableResult
  private mutating func read(_ tree: JSONTree, _ frame: ConnectionFrame) -> Bool {
    switch tree {
    case .scalar: return false
    case .list(let members):
      var isFound = false
      for member in members { isFound = read(member, frame) || isFound }
      return isFound
    case .object(let members): return read(members, frame)
    }
  }

  private mutating func read(_ members: [JSONTree.Member], _ outer: ConnectionFrame) -> Bool {
    let statement = ConnectionStatement(members)
    let frame = outer.inside(statement)
    var isFound = false
    for network in statement.networks {
      add(.network(network), frame)
      isFound = true
    }
    for (key, value) in members {
      var inner = frame
      inner.isEgress = frame.isEgress || key.contains("egress")
      isFound = read(value, inner) || isFound
    }
    for (prefix, group) in ConnectionStatement.dotted(members) {
      var inner = frame
      inner.isEgress = frame.isEgress || prefix.contains("egress")
      isFound = read(group, inner) || isFound
    }
    if !isFound, statement.isAboutPorts {
      let unsaid = manner == .machine ? ConnectionRules.everybody : nil
      add(statement.hasOtherSource ? .other : unsaid, frame)
    }
    if frame.isEgress { hasEgress = true }
    return isFound
  }

  private static let everybody = Source.network(ConnectionNetwork("0.0.0.0/0", anyLengthOfZero: true))

  private mutating func add(_ source: Source?, _ frame: ConnectionFrame) {
    guard !frame.isEgress else {
      hasEgress = true
      return
    }
    let ports = manner == .list ? frame.ports.withoutAnswers : frame.ports
    rules.append(Rule(ports: ports, source: source, isAllowed: frame.isAllowed))
  }
}

extension ConnectionRules.Rule {
  var isFromEverywhere: Bool {
    if case .network(let network)? = source { return network.isEverywhere }
    return false
  }

  fileprivate func names(_ network: [UInt8]) -> [[UInt8]] {
    ports.namesForAdministration.map { ConnectionRules.name($0, network) }
  }
}

/// What the objects around a place in the text have said.
struct ConnectionFrame {
  var ports = Ports.unsaid
  var isAllowed = true
  var isEgress = false

  func inside(_ statement: ConnectionStatement) -> ConnectionFrame {
    var frame = self
    if statement.isAboutPorts { frame.ports = statement.ports }
    if let verdict = statement.isAllowed { frame.isAllowed = verdict }
    if let isEgress = statement.isEgress { frame.isEgress = isEgress }
    return frame
  }
}
