// Which events a rule is about.

/// A rule's `logsource`.
public struct LogSource: Hashable, Sendable {
  public var category: String?
  public var product: String?
  public var service: String?
  /// What must be set up for the events to exist. Informative.
  public var definition: String?
  /// Keys that Sigma does not define, as text, sorted by key.
  public var extra: [String: String]

  public init(
    category: String? = nil, product: String? = nil, service: String? = nil, definition: String? = nil,
    extra: [String: String] = [:]
  ) {
    self.category = category
    self.product = product
    self.service = service
    self.definition = definition
    self.extra = extra
  }

  /// True if every attribute set here has the same value in `other`. A rule applies to a source that its log source
  /// contains, a filter to a rule whose log source it contains.
  public func contains(_ other: LogSource) -> Bool {
    Self.agrees(category, other.category) && Self.agrees(product, other.product)
      && Self.agrees(service, other.service)
  }

  private static func agrees(_ wanted: String?, _ found: String?) -> Bool {
    guard let wanted else { return true }
    guard let found else { return false }
    return wanted == found || wanted.lowercased() == found.lowercased()
  }

  init(_ node: YAMLNode) throws(RuleFault) {
    guard let pairs = node.mapping else {
      throw RuleFault(.badAttribute, "'logsource' must be a mapping, not \(node.kindName)", line: node.line)
    }
    self.init()
    for pair in pairs {
      guard let scalar = pair.value.scalar else {
        guard ["category", "product", "service"].contains(pair.key) else { continue }
        throw RuleFault(.badAttribute, "'logsource.\(pair.key)' must be a string", line: pair.line)
      }
      guard !pair.value.isNull else { continue }
      if ["category", "product", "service"].contains(pair.key), scalar.text.isEmpty {
        throw RuleFault(.badAttribute, "'logsource.\(pair.key)' is empty; leave it out", line: pair.line)
      }
      switch pair.key {
      case "category": category = scalar.text
      case "product": product = scalar.text
      case "service": service = scalar.text
      case "definition": definition = scalar.text
      default: extra[pair.key] = scalar.text
      }
    }
    guard category != nil || product != nil || service != nil else {
      throw RuleFault(
        .badAttribute, "'logsource' needs at least one of category, product and service", line: node.line)
    }
  }
}
