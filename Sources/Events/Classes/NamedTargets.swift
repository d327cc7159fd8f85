/// How many things one request names, and which: a call that terminates sixty machines is sixty deletions, whatever its
/// provider calls the list, and a call that is repeated is about one thing.
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
  // A name is compared, never shown: what is longer than any resource name is told apart by its beginning.
  private static let nameBytesMax = 512
  /// What lists of them hold is no target.
  private static let others = ["tag", "filter", "attribute", "condition", "option"]
  /// What differs from call to call about the same thing.
  private static let perCall = ["token", "requestid", "request-id", "nonce", "signature", "timestamp", "date"]

  /// The members of the longest list; a name may stand in it twice.
  public static func listed(in request: Text) -> [String] {
    guard request.count <= bytesMax, let tree = JSONTree(request) else { return [] }
    return longest(tree, depth: 0)
  }

  /// All that a request without a list says of the one thing that it is about; empty if it says nothing.
  public static func single(in request: Text) -> String {
    guard request.count <= bytesMax, let tree = JSONTree(request) else { return "" }
    return name(of: tree)
  }

  private static func name(of tree: JSONTree) -> String {
    var parts: [String] = []
    collect(tree, depth: 0, into: &parts)
    return String(decoding: parts.joined(separator: " ").utf8.prefix(nameBytesMax), as: UTF8.self)
  }

  private static func collect(_ tree: JSONTree, depth: Int, into parts: inout [String]) {
    guard depth < depthMax else { return }
    switch tree {
    case .scalar(let text): if !text.isEmpty, text != "true", text != "false" { parts.append(text) }
    case .list(let members): for member in members { collect(member, depth: depth + 1, into: &parts) }
    case .object(let members):
      for (key, value) in members where !(others + perCall).contains(where: { key.contains($0) }) {
        collect(value, depth: depth + 1, into: &parts)
      }
    }
  }

  private static func longest(_ tree: JSONTree, depth: Int) -> [String] {
    guard depth < depthMax else { return [] }
    switch tree {
    case .scalar: return []
    case .list(let members): return members.filter(\.hasText).map(name)
    case .object(let members):
      var most: [String] = []
      var numbered: [Substring: [String]] = [:]
      for (key, value) in members where !others.contains(where: { key.contains($0) }) {
        let parts = key.split(separator: ".")
        if parts.count > 1, let list = parts.first, parts[1].allSatisfy(\.isNumber) {
          // `Disk.1.Id` and `Disk.1.Force` are about one thing.
          if parts.count == 2 || parts[2].hasSuffix("id") { numbered[list, default: []].append(name(of: value)) }
          continue
        }
        let found =
          if case .scalar(let text) = value { written(text, under: key) } else { longest(value, depth: depth + 1) }
        if found.count > most.count { most = found }
      }
      for found in numbered.values where found.count > most.count { most = found }
      return most
    }
  }

  /// A list that is written as text.
  private static func written(_ text: String, under key: String) -> [String] {
    if text.hasPrefix("[") {
      var text = text
      return text.withUTF8 { bytes in
        // SAFETY: the text is read before the closure returns.
        guard let base = bytes.baseAddress, let tree = JSONTree(Text(base: base, count: bytes.count)) else { return [] }
        return longest(tree, depth: depthMax - 1)
      }
    }
    guard key.hasSuffix("ids") || key.hasSuffix("names") else { return [] }
    return text.split(separator: ",").map(String.init)
  }
}
