public struct Redactor: Sendable {
  public init() {}
  public func redact(_ json: UnsafeRawBufferPointer, into out: inout [UInt8]) -> Int {
    out.append(contentsOf: json)
    return 0
  }
  public func redactText(_ text: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer, into out: inout [UInt8]) -> Int {
    out.append(contentsOf: text)
    return 0
  }
}
