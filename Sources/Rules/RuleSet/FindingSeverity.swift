/// How grave a finding about a file of the user is: a rule, or a configuration.
public enum FindingSeverity: Int, Sendable, Comparable, CaseIterable {
  /// Worth knowing; nothing is wrong.
  case note
  /// Probably not what the author meant, or not portable.
  case warning
  /// What it is about is refused.
  case error

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  public var name: String {
    switch self {
    case .note: "note"
    case .warning: "warning"
    case .error: "error"
    }
  }
}
