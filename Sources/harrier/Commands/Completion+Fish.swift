extension Completion {
  static var fish: String {
    var text = """
      function __harrier_is
        set -l words (commandline -opc)
        test (count $words) -ge 2; and test "$words[2]" = $argv[1]
      end
      complete -c harrier -n __fish_use_subcommand -f

      """
    for command in Command.allCases {
      let seen = "__harrier_is \(command.rawValue)"
      text += "complete -c harrier -n __fish_use_subcommand -a \(command.rawValue) -d \(quoted(command.summary))\n"
      if !command.takesPaths { text += "complete -c harrier -n '\(seen)' -f\n" }
      if !command.tasks.isEmpty {
        let tasks = command.tasks.joined(separator: " ")
        let isFirst = "test (count (commandline -opc)) -eq 2"
        // An `alerts.jsonl` may stand where a task does.
        let only = command == .alerts ? "" : " -f"
        text += "complete -c harrier -n '\(seen); and \(isFirst)'\(only) -a '\(tasks)'\n"
      }
      for flag in Flags.of(command) {
        let short = flag.short.map { " -s \($0)" } ?? ""
        text += "complete -c harrier -n '\(seen)' -l \(flag.name)\(short)\(arguments(flag.values(of: command)))"
        text += " -d \(quoted(flag.help))\n"
      }
    }
    text += "complete -c harrier-notify -f\n"
    for (name, value) in notify {
      text += "complete -c harrier-notify -l \(name)\(value == nil ? "" : value == "FILE" ? " -r -F" : " -x")\n"
    }
    return text
  }

  private static func arguments(_ value: Flag.Value?) -> String {
    switch value {
    case .oneOf(let choices): " -x -a '\(choices.joined(separator: " "))'"
    case .file: " -r -F"
    case .directory: " -x -a '(__fish_complete_directories)'"
    case .other: " -x"
    case nil: ""
    }
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
