/// Which flags of `harrier rules` go with which of its tasks: a flag that would do nothing is refused.
enum RulesFlags {
  typealias Task = RulesCommand.Task

  static func tasks(of flag: String) -> Set<Task> {
    switch flag {
    case "since", "until", "tz", "provider", "dedupe", "follow", "jobs", "memory", "max-record", "max-nesting",
      "max-ratio", "max-expanded", "max-open":
      [.match, .check, .explain, .test]
    case "alert", "suppress", "no-redact": [.explain]
    case "now", "every-match": [.explain, .test]
    case "replay": [.test]
    case "limit": [.match]
    case "format": [.list, .check, .test]
    case "fail-level", "cost", "sample": [.check]
    case "rules", "no-builtin": Set(Task.allCases).subtracting([.export])
    default: Set(Task.allCases)
    }
  }

  static func of(_ task: Task) -> [Flag] { Flags.of(.rules).filter { tasks(of: $0.name).contains(task) } }

  /// Refuses what the task does not know. `check` reads events only if there is a sample.
  static func check(_ invocation: Invocation, _ task: Task) throws(UsageError) {
    for name in invocation.values.keys.sorted() {
      guard tasks(of: name).contains(task) else {
        throw UsageError(
          "--\(name) is no flag of 'harrier rules \(task.rawValue)'",
          remedy: "harrier rules \(task.rawValue) --help lists its flags")
      }
      guard [tasks(of: "jobs"), tasks(of: "alert"), tasks(of: "now")].contains(tasks(of: name)) else { continue }
      if task == .check, !invocation.has("sample") {
        throw UsageError("--\(name) goes with --sample PATH: without one, rules check reads no events")
      }
      if task == .test, !invocation.has("replay") {
        throw UsageError("--\(name) goes with --replay PATH: without one, rules test reads no events")
      }
      if task == .explain, !invocation.has("alert") {
        throw UsageError("--\(name) goes with --alert ID: without one, rules explain reads no events")
      }
    }
  }
}
