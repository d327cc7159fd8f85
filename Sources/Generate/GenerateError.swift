// The module's one error type.

public enum GenerateError: Error, Sendable, Equatable, CustomStringConvertible {
  case invalidOption(name: String, reason: String)
  case unknownIncident(String)
  /// The output directory holds something and `overwrite` is not set.
  case directoryNotEmpty(String)
  /// A system call failed; `code` is errno.
  case system(call: String, path: String, code: Int32, text: String)
  /// The compressor refused; `code` is ISA-L's.
  case compression(path: String, code: Int32)
  case cancelled

  public var description: String {
    switch self {
    case .invalidOption(let name, let reason): "--\(name): \(reason)"
    case .unknownIncident(let name):
      "--incidents: unknown incident '\(name)'; known: \(IncidentKind.allCases.map(\.rawValue).joined(separator: ", "))"
    case .directoryNotEmpty(let path): "\(path): the directory is not empty (use --force to write into it all the same)"
    case .system(let call, let path, _, let text): "\(path): \(call): \(text)"
    case .compression(let path, let code): "\(path): compression failed (ISA-L error \(code))"
    case .cancelled: "cancelled; the files written so far were removed"
    }
  }
}
