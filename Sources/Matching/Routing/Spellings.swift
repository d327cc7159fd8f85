/// How rules spell the fields of a product, and where the raw records hold them.
///
/// Rules were written for the shapes that other tools make of a log: Elastic's names, Log Analytics' columns, the
/// Pub/Sub wrapper. A field means all of its spellings together, the written one first; letter case never matters.
enum Spellings {
  /// All paths that a name may mean, without repetitions.
  static func paths(of name: String, product: String) -> [String] {
    var paths = [name]
    let others: [String]
    switch product {
    case "azure": others = azure(name)
    case "gcp": others = gcp(name)
    case "m365": others = m365[name.lowercased()] ?? []
    case "kubernetes": others = kubernetes[name.lowercased()] ?? []
    default: others = []
    }
    for path in others where !paths.contains(path) { paths.append(path) }
    return paths
  }

  // MARK: Azure

  /// The diagnostic export puts an event's own fields under `properties`; the Graph and REST shapes do not.
  private static func azure(_ name: String) -> [String] {
    let known = azureNames[name.lowercased()] ?? []
    let inner = "properties."
    let other = name.hasPrefix(inner) ? String(name.dropFirst(inner.count)) : inner + name
    return [other] + known.flatMap { [$0, inner + $0] }
  }

  private static let azureNames: [String: [String]] = [
    // The portal's and SIEMs' word for what the record calls its operation.
    "properties.message": ["operationName", "activityDisplayName"],
    "operationname": ["activityDisplayName"],
    "operationnamevalue": ["operationName"],
    "activitydisplayname": ["operationName"],
    "activitytype": ["operationName", "activityDisplayName"],
    "categoryvalue": ["category"],
    "resourceprovidervalue": ["resourceProviderName"],
    "status": ["result", "resultSignature"],
    "resulttype": ["status.errorCode"],
    "resultdescription": ["status.failureReason"],
    "failure_status_reason": ["status.failureReason"],
    "clientapp": ["clientAppUsed"],
    "username": ["userPrincipalName"],
    "target": ["targetResources"],
  ]

  // MARK: Google Cloud

  private static func gcp(_ name: String) -> [String] {
    let lower = name.lowercased()
    if let known = gcpNames[lower] { return known }
    if lower.hasPrefix("gcp.audit.") { return ["protoPayload." + camelCase(name.dropFirst("gcp.audit.".count))] }
    if lower.hasPrefix("data.protopayload.") { return [String(name.dropFirst("data.".count))] }
    return lower.hasPrefix("protopayload.") ? [] : ["protoPayload." + name]
  }

  private static let gcpNames: [String: [String]] = [
    "data.protopayload.resource.type": ["resource.type"],
    "data.protopayload.logname": ["logName"],
    "eventservice": ["protoPayload.serviceName"],
    "eventname": ["protoPayload.metadata.event.eventName"],
    "setting_name": ["protoPayload.metadata.event.parameter.value"],
    "new_value": ["protoPayload.metadata.event.parameter.value"],
  ]

  /// Elastic's `method_name` is the record's `methodName`.
  private static func camelCase(_ name: Substring) -> String {
    var result = ""
    var isUpper = false
    for character in name {
      if character == "_" {
        isUpper = true
      } else {
        result += isUpper ? character.uppercased() : String(character)
        isUpper = false
      }
    }
    return result
  }

  // MARK: Others

  private static let m365: [String: [String]] = [
    "eventsource": ["Workload"],
    // An alert's name stands in `Name`, everything else's in `Operation`.
    "eventname": ["Operation", "Name"],
    "status": ["ResultStatus"],
  ]

  private static let kubernetes: [String: [String]] = [
    "apigroup": ["objectRef.apiGroup"],
    "hostpath": [
      "requestObject.spec.volumes.hostPath", "requestObject.spec.template.spec.volumes.hostPath",
    ],
    "capabilities": [
      "requestObject.spec.containers.securityContext.capabilities",
      "requestObject.spec.template.spec.containers.securityContext.capabilities",
    ],
  ]
}
