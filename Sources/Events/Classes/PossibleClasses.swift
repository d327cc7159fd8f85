/// The classes that events of an action may have, whatever service and values they come with: for asking whether anything
/// of a kind is in a log at all, where only names of actions are known.
public struct PossibleClasses: Sendable {
  private var byAction: [String: Set<String>] = [:]

  public init() {
    for (key, candidates) in ClassCatalogue.standard.all {
      let parts = key.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      byAction["\(parts[0])/\(parts[2])", default: []].formUnion(candidates.map(\.name))
    }
  }

  public func classes(_ provider: Provider, _ action: String) -> Set<String> {
    var classes = byAction["\(provider.rawValue)/\(action.lowercased())"] ?? []
    var name = action
    let inferred = name.withUTF8 { InferredClass.ofAction(Text(base: $0.baseAddress, count: $0.count)) }
    classes.insert(inferred)
    return classes
  }
}
