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

  /// Such as `initial-access`.
  static func tactics(_ tags: [String]) -> [String] {
    names(tags).filter { name in !isTechnique(name) && !isOther(name) }
  }

  private static func names(_ tags: [String]) -> [String] {
    tags.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
  }

  private static func isTechnique(_ name: String) -> Bool { name.first == "t" && isNumbered(name) }

  /// A group or a piece of software.
  private static func isOther(_ name: String) -> Bool { "gsc".contains(name.first ?? " ") && isNumbered(name) }

  private static func isNumbered(_ name: String) -> Bool { name.dropFirst().first?.isNumber ?? false }
}
