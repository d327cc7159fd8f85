// The logs that rules can be about here: how Sigma's log sources name them, and how their events are told. The one
// table behind the routing of rules, the lint of log sources, and what is said of both.

import Events

/// A kind of log.
public struct LogFamily: Sendable {
  /// What readers call it.
  public let title: String
  public let provider: Provider
  public let products: Set<String>
  public let services: Set<String>
  public let categories: Set<String>
  /// What an event must fulfil besides, in raw paths: several services of one provider, or a product that is known by
  /// its keys alone.
  public let guardian: Predicate?

  private init(
    _ title: String, _ provider: Provider, _ products: Set<String>, _ services: Set<String>,
    categories: Set<String> = [], where guardian: Predicate? = nil
  ) {
    self.title = title
    self.provider = provider
    self.products = products
    self.services = services
    self.categories = categories
    self.guardian = guardian
  }

  /// Sigma's rule: what the log source says must agree; what it leaves out does not matter. `product: cloud` is every
  /// product.
  public func isMeant(by source: LogSource) -> Bool {
    (source.isCloud || LogFamily.agrees(source.product, products)) && LogFamily.agrees(source.service, services)
      && LogFamily.agrees(source.category, categories)
  }

  private static func agrees(_ wanted: String?, _ ours: Set<String>) -> Bool {
    wanted.map { ours.contains($0.lowercased()) } ?? true
  }

  /// Whether events are read of which it can be told that they belong here. An event of no known provider is read too,
  /// with its raw paths.
  public var isRead: Bool { provider == .unknown || LogFamily.readProviders.contains(provider) }

  /// The providers that some table recognises.
  public static let readProviders = Set(ProviderTables.all.map(\.provider))

  public static let all: [LogFamily] = [
    LogFamily("AWS CloudTrail", .aws, ["aws"], ["cloudtrail"]),
    LogFamily("Alibaba ActionTrail", .alibaba, ["alibaba", "aliyun", "alicloud"], ["actiontrail"]),
    LogFamily("Tencent CloudAudit", .tencent, ["tencent", "tencentcloud", "qcloud"], ["cloudaudit"]),
    LogFamily("Huawei CTS", .huawei, ["huawei", "huaweicloud"], ["cts"]),
    LogFamily("Azure activity logs", .azure, ["azure"], ["activitylogs"]),
    // Exports name the log in `category`; the Graph shapes have none, and their fields tell them apart.
    LogFamily("Entra ID audit logs", .entra, ["azure"], ["auditlogs"], where: .not(field("category", "*SignInLogs"))),
    LogFamily("Entra ID sign-in logs", .entra, ["azure"], ["signinlogs"], where: .not(field("category", "AuditLogs"))),
    LogFamily("Entra ID risk and PIM logs", .entra, ["azure"], ["riskdetection", "pim"]),
    LogFamily(
      "Google Cloud audit logs", .gcp, ["gcp"], ["gcp.audit", "google_workspace.admin", "google_workspace.login"]),
    LogFamily("Okta system log", .okta, ["okta"], ["okta"]),
    LogFamily("Kubernetes audit logs", .k8s, ["kubernetes"], ["audit"], categories: ["application"]),
    // No provider of its own: an event is Microsoft 365's if it has the keys that each of its records must have.
    LogFamily(
      "Microsoft 365", .unknown, ["m365"], ["audit", "exchange", "threat_detection", "threat_management"],
      where: .all(["RecordType", "Operation", "Workload", "OrganizationId"].map { .field($0, .exists) })),
  ]

  private static func field(_ name: String, _ pattern: String) -> Predicate {
    .field(name, .text(TextPattern(sigma: pattern)))
  }

  /// Logs of Sigma's taxonomy that nothing here tells from others: product, then services.
  static let foreign: [String: Set<String>] = [
    "github": ["audit"], "bitbucket": ["audit"], "cisco": ["duo"], "onelogin": ["onelogin.events"],
  ]
}

extension LogSource {
  /// Rules by Harrier's own columns, for all products.
  public var isCloud: Bool { product?.lowercased() == "cloud" }

  /// Why a rule of this log source could not mean what it says; nil if it can.
  var refusal: String? {
    guard isCloud, !LogFamily.all.contains(where: { $0.isMeant(by: self) }) else { return nil }
    let services = LogFamily.all.flatMap(\.services)
    let hint = service.map { Suggestion.hint(for: $0.lowercased(), among: services.sorted()) } ?? ""
    let what = [service.map { "service \(Quoted($0))" }, category.map { "category \(Quoted($0))" }].compactMap { $0 }
    return "\(what.joined(separator: " and ")) of product 'cloud' names no log; leave it out for all providers\(hint)"
  }

  /// What is unusual about the log source, if anything: a likely slip is a warning, a log that is unknown here a note.
  var oddity: (severity: RuleDiagnostic.Severity, message: String)? {
    if LogFamily.all.contains(where: { $0.isMeant(by: self) }) { return nil }
    guard let product = product?.lowercased() else {
      return (.note, "no log here has this service or category, so the rule never runs")
    }
    let families = LogFamily.all.filter { $0.products.contains(product) }
    let services = Set(families.flatMap(\.services)).union(LogFamily.foreign[product] ?? [])
    guard !services.isEmpty else {
      let products = LogFamily.all.flatMap(\.products) + LogFamily.foreign.keys + ["cloud"]
      let hint = Suggestion.hint(for: product, among: products.sorted())
      return hint.isEmpty
        ? (.note, "no log of product \(Quoted(product)) is known here, so the rule never runs")
        : (.warning, "product \(Quoted(product)) is not known\(hint)")
    }
    if let service = service?.lowercased(), !services.contains(service) {
      let hint = Suggestion.hint(for: service, among: services.sorted())
      return (.warning, "service \(Quoted(service)) of product \(Quoted(product)) is not known\(hint)")
    }
    guard let category else { return nil }
    return (.warning, "category \(Quoted(category)) of product \(Quoted(product)) is not known")
  }
}
