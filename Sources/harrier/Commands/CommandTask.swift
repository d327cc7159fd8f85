/// A command with tasks names one first: `rules check`, `config show`.
protocol CommandTask: RawRepresentable, CaseIterable where RawValue == String {}

extension CommandTask {
  /// The task that the first operand names.
  static func named(in invocation: Invocation) throws(UsageError) -> Self {
    let command = invocation.command?.rawValue ?? ""
    let names = allCases.map(\.rawValue)
    guard let first = invocation.operands.first else {
      throw UsageError("\(command) needs a task: \(names.joined(separator: ", "))", remedy: "harrier \(command) --help")
    }
    let name = String(decoding: first, as: UTF8.self)
    guard let task = Self(rawValue: name) else {
      throw UsageError(
        "unknown task '\(command) \(name)'\(Suggestion.among(names, for: name))",
        remedy: "the tasks are \(names.joined(separator: ", "))")
    }
    return task
  }
}
