/// What one object of a request says of a connection by its own keys, in the spelling of any provider: ports, networks,
/// and whether they are let in.
struct ConnectionStatement {
  private var values: [String: String] = [:]
  /// Networks that stand in a list.
  private var listed: [String] = []
  /// Whether an object or list inside it holds anything: a group, a prefix list, a template.
  private var hasContents = false

  private static let networkKeys = [
    "cidrip", "cidripv4", "cidripv6", "sourcecidrip", "ipv6sourcecidrip", "cidrblock", "ipv6cidrblock",
  ]
  /// Of the firewall of a lightweight server: `{"cidrs":["0.0.0.0/0"],"fromPort":22,"protocol":"tcp","toPort":22}`.
  private static let networkLists = ["cidrs", "ipv6cidrs"]
  private static let otherSources = ["sourcegroupid", "sourceprefixlistid", "referencedgroupid", "prefixlistid"]
  private static let portKeys = ["fromport", "toport", "portrange", "port", "ipprotocol", "protocol", "aclprotocol"]

  init(_ members: [JSONTree.Member]) {
    for (key, value) in members {
      if case .scalar(let text) = value {
        if !text.isEmpty { values[key] = text }
      } else if key == "portrange", case .object(let ends) = value {
        // Of the entry of a list: `{"from":22,"to":22}`.
        for case (let end, .scalar(let port)) in ends { values[end + "port"] = port }
      } else if ConnectionStatement.networkLists.contains(key), case .list(let networks) = value {
        for case .scalar(let network) in networks where !network.isEmpty { listed.append(network) }
      } else if value.hasText {
        hasContents = true
      }
    }
  }

  /// `Permissions.1.PortRange`: members that are written beside each other and belong together.
  static func dotted(_ members: [JSONTree.Member]) -> [(prefix: String, group: [JSONTree.Member])] {
    var groups: [(prefix: String, group: [JSONTree.Member])] = []
    for (key, value) in members {
      guard let dot = key.lastIndex(of: ".") else { continue }
      let prefix = String(key[..<dot])
      let member = (key: String(key[key.index(after: dot)...]), value: value)
      if let place = groups.firstIndex(where: { $0.prefix == prefix }) {
        groups[place].group.append(member)
      } else {
        groups.append((prefix, [member]))
      }
    }
    return groups
  }

  var isAboutPorts: Bool { ConnectionStatement.portKeys.contains { values[$0] != nil } }

  /// Nil if it says neither.
  var isAllowed: Bool? {
    let verdicts = ["policy", "action", "ruleaction"].compactMap { values[$0]?.lowercased() }
    if verdicts.contains(where: { $0 == "drop" || $0 == "deny" }) { return false }
    return verdicts.isEmpty ? nil : true
  }

  var isEgress: Bool? { (values["isegress"] ?? values["egress"]).map { $0.lowercased() == "true" } }

  var networks: [ConnectionNetwork] {
    ConnectionStatement.networkKeys.compactMap { key in
      values[key].map { ConnectionNetwork($0, anyLengthOfZero: key == "cidrblock") }
    } + listed.map { ConnectionNetwork($0, anyLengthOfZero: false) }
  }

  /// Where something is let in from that is no network.
  var hasOtherSource: Bool {
    if hasContents || ConnectionStatement.otherSources.contains(where: { values[$0] != nil }) { return true }
    // In a list of rules this is the group that is let in; beside them it is the group that is changed.
    return values["securitygroupid"] != nil && (values["port"] != nil || values["protocol"] != nil)
  }

  var ports: Ports {
    let spoken = values["ipprotocol"] ?? values["protocol"] ?? values["aclprotocol"]
    let isUDP: Bool
    switch spoken?.lowercased() {
    case nil, "tcp", "6": isUDP = false
    case "udp", "17": isUDP = true
    case "-1", "all", "any": return .all
    default: return .none
    }
    if let from = values["fromport"].flatMap({ Int($0) }) {
      let to = values["toport"].flatMap { Int($0) } ?? from
      return from < 0 ? .all : .ranges([from...max(from, to)], isUDP: isUDP)
    }
    if let text = values["portrange"] ?? values["port"] { return Ports(text, isUDP: isUDP) }
    // A list of rules leaves the ports out where it means all, or where a template names them.
    return values["protocol"] != nil && !hasContents ? .all : .unsaid
  }
}

/// Which ports a rule is about.
enum Ports: Equatable, Sendable {
  case unsaid
  case all
  /// The protocol has none.
  case none
  case ranges([ClosedRange<Int>], isUDP: Bool)

  /// Remote login and desktops, shares, databases, and services that run what they are told.
  private static let administration = [
    20, 21, 22, 23, 135, 445, 1433, 1521, 2375, 3306, 3389, 5432, 5900, 5985, 6379, 9200, 11211, 27017,
  ]
  /// Those that answer without a connection. Ranges for calls and video hold nearly all of the others.
  private static let administrationByUDP = [3389, 11211]

  /// `22`, `80,443`, `8000-8010`, `22/22`, `all`, `-1/-1`.
  init(_ text: String, isUDP: Bool) {
    if text.lowercased() == "all" || text.hasPrefix("-1") {
      self = .all
      return
    }
    let ranges = text.split(separator: ",").compactMap { part -> ClosedRange<Int>? in
      let ends = part.split { $0 == "/" || $0 == "-" }.compactMap { Int($0.trimmingBlanks) }
      guard let from = ends.first, let to = ends.last, from <= to else { return nil }
      return from...to
    }
    self = ranges.isEmpty ? .unsaid : .ranges(ranges, isUDP: isUDP)
  }

  // Clients answer from some ten thousand ports; who means a service names few.
  private static let servicePortsMax = 1_000

  /// For lists that know no connections: without what lets answers in.
  var withoutAnswers: Ports {
    guard case .ranges(let ranges, let isUDP) = self else { return self == .all ? .none : self }
    let few = ranges.filter { $0.count <= Ports.servicePortsMax }
    return few.isEmpty ? .none : .ranges(few, isUDP: isUDP)
  }

  var areForAdministration: Bool { !namesForAdministration.isEmpty }

  /// `22`, `20-30` or `all`: those by which machines are administrated or data is served.
  var namesForAdministration: [String] {
    switch self {
    case .unsaid, .none: return []
    case .all: return ["all"]
    case .ranges(let ranges, let isUDP):
      let known = isUDP ? Ports.administrationByUDP : Ports.administration
      return ranges.filter { range in known.contains { range.contains($0) } }.map { range in
        range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
      }
    }
  }
}

/// A network as a rule writes it.
struct ConnectionNetwork: Sendable, Equatable {
  /// In lower case; all addresses under one name.
  let text: [UInt8]
  /// Whether it is the internet, or so much of it that nobody owns it.
  let isEverywhere: Bool

  // Nobody was ever given a larger network than one of these.
  private static let bitsMin = 8
  private static let bitsMinV6 = 16

  static let everywhere = ["0.0.0.0/0", "::/0"].map { Array($0.utf8) }

  /// - Parameter anyLengthOfZero: Tencent Cloud takes `0.0.0.0` with any length for all addresses.
  init(_ network: String, anyLengthOfZero: Bool) {
    let isV6 = network.contains(":")
    guard let slash = network.lastIndex(of: "/"), let bits = Int(network[network.index(after: slash)...]),
      bits >= 0
    else {
      text = Array(network.lowercased().utf8)
      isEverywhere = false
      return
    }
    let isAll = bits == 0 || anyLengthOfZero && network[..<slash] == "0.0.0.0"
    text = isAll ? ConnectionNetwork.everywhere[isV6 ? 1 : 0] : Array(network.lowercased().utf8)
    isEverywhere = isAll || bits < (isV6 ? ConnectionNetwork.bitsMinV6 : ConnectionNetwork.bitsMin)
  }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    var part = self
    while part.first == " " { part.removeFirst() }
    while part.last == " " { part.removeLast() }
    return part
  }
}
