import Events
import Rules

/// Which events a rule is tried on.
struct Route: Sendable, Equatable {
  /// One bit for each provider, by its raw value.
  var providers: UInt32
  var names: FieldNames { usesColumns ? .columns : .raw(product: product) }
  var usesColumns: Bool
  var product: String

  static let everywhere = Route(providers: .max, usesColumns: true, product: "cloud")

  init(providers: UInt32, usesColumns: Bool, product: String) {
    self.providers = providers
    self.usesColumns = usesColumns
    self.product = product
  }

  init(_ source: LogSource) {
    let product = source.product?.lowercased()
    if product == "cloud" {
      self = .everywhere
      return
    }
    var providers: UInt32 = 0
    for entry in Route.sources where entry.isMeant(by: source) { providers |= 1 << UInt32(entry.provider.rawValue) }
    self.init(providers: providers, usesColumns: false, product: product ?? "")
  }

  private struct Source {
    let provider: Provider
    let products: Set<String>
    let services: Set<String>
    var categories: Set<String> = []

    /// Sigma's rule: what the log source says must agree; what it leaves out does not matter.
    func isMeant(by source: LogSource) -> Bool {
      Source.agrees(source.product, products) && Source.agrees(source.service, services)
        && Source.agrees(source.category, categories)
    }

    private static func agrees(_ wanted: String?, _ ours: Set<String>) -> Bool {
      wanted.map { ours.contains($0.lowercased()) } ?? true
    }
  }

  private static let sources: [Source] = [
    Source(provider: .aws, products: ["aws"], services: ["cloudtrail"]),
    Source(provider: .alibaba, products: ["alibaba", "aliyun", "alicloud"], services: ["actiontrail"]),
    Source(provider: .tencent, products: ["tencent", "tencentcloud", "qcloud"], services: ["cloudaudit"]),
    Source(provider: .azure, products: ["azure"], services: ["activitylogs"]),
    Source(
      provider: .entra, products: ["azure"], services: ["auditlogs", "signinlogs", "riskdetection", "pim"]),
    Source(
      provider: .gcp, products: ["gcp"], services: ["gcp.audit", "google_workspace.admin", "google_workspace.login"]),
    Source(provider: .okta, products: ["okta"], services: ["okta"]),
    Source(provider: .k8s, products: ["kubernetes"], services: ["audit"], categories: ["application"]),
    Source(provider: .huawei, products: ["huawei", "huaweicloud"], services: ["cts"]),
  ]
}
