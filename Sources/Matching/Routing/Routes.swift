import Events
import Rules

/// Which events a rule is tried on, and what its field names mean there.
struct Route: Sendable {
  /// One bit for each provider, by its raw value; none for a product whose logs are not read.
  var providers: UInt32
  var names: FieldNames
  /// What an event must fulfil besides: several services of one provider, or a product known by its keys alone.
  var guardian: Predicate?

  static let everywhere = Route(providers: .max, names: .columns, guardian: nil)

  init(providers: UInt32, names: FieldNames, guardian: Predicate?) {
    self.providers = providers
    self.names = names
    self.guardian = guardian
  }

  /// `product: cloud` means every provider, by columns. Anything else goes to the sources that it does not contradict;
  /// an event of an unknown provider meets no rule of a product, unless a guard tells the product by its keys.
  init(_ source: LogSource) {
    let product = source.product?.lowercased() ?? ""
    if product == "cloud" {
      self = .everywhere
      return
    }
    var meant = LogFamily.all.filter { $0.isMeant(by: source) }
    // A guard tells one product's events from unknown ones; it is no reason to try other rules on those.
    if meant.contains(where: { $0.provider != .unknown }) { meant.removeAll { $0.provider == .unknown } }
    var providers: UInt32 = 0
    for family in meant { providers |= 1 << UInt32(family.provider.rawValue) }
    // A rule for several logs of a provider needs no guard between them.
    let guards = meant.compactMap(\.guardian)
    let isGuarded = !guards.isEmpty && guards.count == meant.count && source.service != nil
    self.init(
      providers: providers, names: .raw(product: product),
      guardian: isGuarded || providers == 1 ? Predicate.any(guards) : nil)
  }

  var isNowhere: Bool { providers == 0 }
}

/// A kind of log as Sigma's log sources name it, and how its events are told.
struct LogFamily: Sendable {
  let provider: Provider
  let products: Set<String>
  let services: Set<String>
  let categories: Set<String>
  let guardian: Predicate?

  private init(
    _ provider: Provider, _ products: Set<String>, _ services: Set<String>, categories: Set<String> = [],
    where guardian: Predicate? = nil
  ) {
    self.provider = provider
    self.products = products
    self.services = services
    self.categories = categories
    self.guardian = guardian
  }

  /// Sigma's rule: what the log source says must agree; what it leaves out does not matter.
  func isMeant(by source: LogSource) -> Bool {
    LogFamily.agrees(source.product, products) && LogFamily.agrees(source.service, services)
      && LogFamily.agrees(source.category, categories)
  }

  private static func agrees(_ wanted: String?, _ ours: Set<String>) -> Bool {
    wanted.map { ours.contains($0.lowercased()) } ?? true
  }

  static let all: [LogFamily] = [
    LogFamily(.aws, ["aws"], ["cloudtrail"]),
    LogFamily(.alibaba, ["alibaba", "aliyun", "alicloud"], ["actiontrail"]),
    LogFamily(.tencent, ["tencent", "tencentcloud", "qcloud"], ["cloudaudit"]),
    LogFamily(.huawei, ["huawei", "huaweicloud"], ["cts"]),
    LogFamily(.azure, ["azure"], ["activitylogs"]),
    // Exports name the log in `category`; the Graph shapes have none, and their fields tell them apart.
    LogFamily(.entra, ["azure"], ["auditlogs"], where: .not(field("category", "*SignInLogs"))),
    LogFamily(.entra, ["azure"], ["signinlogs"], where: .not(field("category", "AuditLogs"))),
    LogFamily(.entra, ["azure"], ["riskdetection", "pim"]),
    LogFamily(.gcp, ["gcp"], ["gcp.audit", "google_workspace.admin", "google_workspace.login"]),
    LogFamily(.okta, ["okta"], ["okta"]),
    LogFamily(.k8s, ["kubernetes"], ["audit"], categories: ["application"]),
    // No provider of its own: an event is Microsoft 365's if it has the keys that each of its records must have.
    LogFamily(
      .unknown, ["m365"], ["audit", "exchange", "threat_detection", "threat_management"],
      where: .all(["RecordType", "Operation", "Workload", "OrganizationId"].map { .field($0, .exists) })),
  ]

  private static func field(_ name: String, _ pattern: String) -> Predicate {
    .field(name, .text(TextPattern(sigma: pattern)))
  }
}
