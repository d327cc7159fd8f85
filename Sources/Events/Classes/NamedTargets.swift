/// How many things one request names: a call that terminates sixty machines is sixty deletions, whatever its provider
/// calls the list.
///
///     {"instancesSet":{"items":[{"instanceId":"i-1"},{"instanceId":"i-2"}]}}
///     {"InstanceIds":["ins-1","ins-2"]}
///     {"InstanceId.1":"i-1","InstanceId.2":"i-2"}        {"DiskIds":"[\"d-1\",\"d-2\"]"}
///
/// All of these name two.
public enum NamedTargets {
  // Providers take some thousand names in one call; more is not looked at.
  private static let bytesMax = 1 << 18
  private static let depthMax = 8
  /// What lists of them hold is no target.
  private static let others = ["tag", "filter", "attribute", "condition", "option"]

  /// At least one: what names nothing is about one thing.
  public static func count(_ request: Text) -> Int {
    guard request.count <= bytesMax, let tree = JSONTree(request) else { return 1 }
    return max(most(tree, depth: 0), 1)
  }

  /// The members of the longest list.
  private static func most(_ tree: JSONTree, depth: Int) -> Int {
    guard depth < depthMax else { return 1 }
    switch tree {
    case .scalar: return 1
    case .list(let members): return members.filter(\.hasText).count
    case .object(let members):
      var most = 1
      var numbered: [Substring: Int] = [:]
      for (key, value) in members where !others.contains(where: { key.contains($0) }) {
        let parts = key.split(separator: ".")
        if parts.count > 1, let name = parts.first, parts[1].allSatisfy(\.isNumber) {
          // `Disk.1.Id` and `Disk.1.Force` are about one thing.
          if parts.count == 2 || parts[2].hasSuffix("id") { numbered[name, default: 0] += 1 }
        } else if case .scalar(let text) = value {
          most = max(most, listed(text, under: key))
        } else {
          most = max(most, NamedTargets.most(value, depth: depth + 1))
        }
      }
      return max(most, numbered.values.max() ?? 1)
    }
  }

  /// A list that is written as text.
  private static func listed(_ text: String, under key: String) -> Int {
    if text.hasPrefix("[") {
      var text = text
      return text.withUTF8 { bytes in
        // SAFETY: the text is read before the closure returns.
        guard let base = bytes.baseAddress, let tree = JSONTree(Text(base: base, count: bytes.count)) else { return 1 }
        return most(tree, depth: depthMax - 1)
      }
    }
    guard key.hasSuffix("ids") || key.hasSuffix("names") else { return 1 }
    return text.split(separator: ",").count
  }
}
