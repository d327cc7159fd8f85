import Rules

/// What the tags of a rule say of MITRE ATT&CK.
enum AttackTag {
  struct Technique: Hashable {
    /// Such as `T1078.004`.
    let id: String
    var isSub: Bool { id.contains(".") }
  }

  private static let prefix = "attack."

  static func techniques(_ tags: [String]) -> [Technique] {
    names(tags).filter(isTechnique).map { Technique(id: $0.uppercased()) }
  }

  /// Such as `initial-access`, each once.
  static func tactics(_ tags: [String]) -> [String] {
    var known: Set<String> = []
    return names(tags).compactMap { AttackTactic.name(of: $0) }.filter { known.insert($0).inserted }
  }

  private static func names(_ tags: [String]) -> [String] {
    tags.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
  }

  private static func isTechnique(_ name: String) -> Bool { name.first == "t" && isNumbered(name) }

  private static func isNumbered(_ name: String) -> Bool { name.dropFirst().first?.isNumber ?? false }
}
