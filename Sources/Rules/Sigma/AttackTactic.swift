/// What tags of the namespace `attack` mean: tactics stand under their names and, as rules of other tools have them, under
/// their numbers.
public enum AttackTactic {
  /// MITRE ATT&CK Enterprise. A tactic that is newer keeps the name or number that its rule gives it.
  private static let names: [String: String] = [
    "ta0043": "reconnaissance", "ta0042": "resource-development", "ta0001": "initial-access", "ta0002": "execution",
    "ta0003": "persistence", "ta0004": "privilege-escalation", "ta0005": "defense-evasion",
    "ta0006": "credential-access", "ta0007": "discovery", "ta0008": "lateral-movement", "ta0009": "collection",
    "ta0011": "command-and-control", "ta0010": "exfiltration", "ta0040": "impact",
  ]

  /// - Parameter name: what follows `attack.` in a tag, in lower case. Nil for `t1078.004`, `g0016`, `s0154`, `c0027`:
  ///   techniques, groups, software and campaigns.
  public static func name(of name: String) -> String? {
    if let first = name.first, "tgsc".contains(first), name.dropFirst().first?.isNumber == true { return nil }
    return names[name] ?? name
  }
}

extension RuleTag {
  /// The name of the tactic that the tag stands for, if it does for one.
  public var attackTactic: String? { namespace == "attack" ? AttackTactic.name(of: name) : nil }
}
