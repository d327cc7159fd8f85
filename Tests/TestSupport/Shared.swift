import Foundation

/// Data outside the checkout: real logs and rules. Tests that need it are skipped where it is missing.
public enum Shared {
  /// `HARRIER_SHARED`, else `shared` beside the checkout.
  public static let root: String = {
    if let named = ProcessInfo.processInfo.environment["HARRIER_SHARED"] { return named }
    // TestSupport, Tests, the checkout, the folder that holds it.
    var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    return folder.appendingPathComponent("shared").path
  }()

  public static func path(_ relative: String) -> String { root + "/" + relative }

  public static func has(_ relative: String) -> Bool { FileManager.default.fileExists(atPath: path(relative)) }

  /// Whether the rules of others are there.
  public static var isPresent: Bool { has("data/sigma") }

  public static func lines(_ relative: String) -> [String] {
    guard let data = FileManager.default.contents(atPath: path(relative)) else { return [] }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
