/// The numbers of rules of security groups that a request or reply names, in the spelling of any provider.
///
///     {"securityGroupRuleIds":{"items":[{"securityGroupRuleId":"sgr-1"}]}}
///     {"SecurityGroupRuleId.1":"sgr-1"}        {"SecurityGroupRuleId":["sgr-1"]}
///
/// The places of rules in a list (`PolicyIndex`) are none: they move with each change.
public struct RuleNumbers {
  /// One object that names a rule, or several, and what it says of them.
  private struct Entry {
    var numbers: [String]
    let rules: ConnectionRules
  }

  // Providers take some hundred rules in one call; more is not looked at.
  private static let bytesMax = 1 << 18
  private static let depthMax = 12
  private static let key = "securitygroupruleid"

  private var entries: [Entry] = []

  public init(_ text: Text) {
    guard text.count <= RuleNumbers.bytesMax, let tree = JSONTree(text) else { return }
    read(tree, depth: 0)
  }

  /// Each once, without case.
  public var numbers: [String] { RuleNumbers.unique(entries) }

  /// The numbers of those that open something; of those that do not say what they are if none of them says that it
  /// opens this.
  public func numbers(opening name: [UInt8]) -> [String] {
    let own = entries.filter { $0.rules.opened.contains(name) }
    return RuleNumbers.unique(own.isEmpty ? entries.filter { $0.rules.rules.isEmpty } : own)
  }

  private static func unique(_ entries: [Entry]) -> [String] {
    var known: Set<String> = []
    return entries.flatMap(\.numbers).filter { known.insert($0).inserted }
  }

  private mutating func read(_ tree: JSONTree, depth: Int) {
    guard depth < RuleNumbers.depthMax else { return }
    switch tree {
    case .scalar: break
    case .list(let members):
      for member in members { read(member, depth: depth + 1) }
    case .object(let members):
      var own: [String] = []
      for (key, value) in members {
        let isNumber = key.hasPrefix(RuleNumbers.key)
        let numbers = isNumber ? RuleNumbers.texts(value) : []
        if numbers.isEmpty { read(value, depth: depth + 1) } else { own += numbers }
      }
      if !own.isEmpty { entries.append(Entry(numbers: own, rules: ConnectionRules(tree))) }
    }
  }

  /// A number, or a list of them.
  private static func texts(_ tree: JSONTree) -> [String] {
    switch tree {
    case .scalar(let text):
      let number = text.lowercased()
      // A blank would end it where it is written behind a port.
      return number.isEmpty || number.contains(" ") ? [] : [number]
    case .list(let members): return members.flatMap(texts)
    case .object: return []
    }
  }
}
