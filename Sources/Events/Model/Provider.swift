/// Who wrote an event. `unknown` is an answer: the event is kept, with its raw paths.
public enum Provider: UInt8, CaseIterable, Sendable {
  case unknown, aws, alibaba, tencent, azure, entra, gcp, okta, k8s, huawei

  public var name: String { String(describing: self) }

  public init?(name: String) {
    guard let provider = Provider.allCases.first(where: { $0.name == name }) else { return nil }
    self = provider
  }

  /// Those whose records are recognised, in the order of the contract, and `unknown` for all others.
  public static let read: [Provider] = allCases.filter { provider in
    provider == .unknown || ProviderTables.all.contains { $0.provider == provider }
  }
}
