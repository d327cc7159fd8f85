import Configuration
import Reports

/// `harrier config show`: the effective values, and where each came from.
struct ConfigShow {
  enum Form: String, CaseIterable { case yaml, json }

  private let console: Console
  private let configuration: Configuration
  private let form: Form

  init(_ invocation: Invocation, _ console: Console, operands: ArraySlice<[UInt8]>) throws(UsageError) {
    guard operands.isEmpty else {
      throw UsageError("config show takes no paths", remedy: "harrier config show --config FILE")
    }
    self.console = console
    form = try invocation.choice("format", Form.self) ?? .yaml
    configuration = try invocation.configuration()
  }

  func run() throws(UsageError) -> ExitCode {
    guard let fingerprint = configuration.fingerprint else {
      console.fail("could not finish: out of memory")
      return .failed
    }
    switch form {
    case .yaml:
      console.results.write(Array("# sha256 \(fingerprint)\n\(configuration.settings.yaml)".utf8))
    case .json: console.results.write(json(fingerprint))
    }
    return .done
  }

  /// `{"sha256":"...","settings":[{"path":"timezone","value":"UTC","from":"default"}]}`, a setting a line.
  private func json(_ fingerprint: String) -> [UInt8] {
    var out = Array("{\"sha256\":\"\(fingerprint)\",\"settings\":[".utf8)
    for (place, leaf) in configuration.settings.leaves.enumerated() {
      out += Array((place == 0 ? "\n{\"path\":" : ",\n{\"path\":").utf8)
      ConfigShow.append(leaf.path, to: &out)
      out += Array(",\"value\":".utf8)
      switch leaf.value {
      case .text(let text): ConfigShow.append(text, to: &out)
      case .number(let value): out += Array(String(value).utf8)
      case .flag(let value): out += Array(String(value).utf8)
      case .emptyList: out += Array("[]".utf8)
      case .emptyMapping: out += Array("{}".utf8)
      }
      out += Array(",\"from\":".utf8)
      ConfigShow.append(leaf.origin.description, to: &out)
      out.append(UInt8(ascii: "}"))
    }
    return out + Array("\n]}\n".utf8)
  }

  private static func append(_ text: String, to out: inout [UInt8]) {
    Array(text.utf8).withUnsafeBytes { Escape.json($0, to: &out) }
  }
}
