extension Completion {
  /// A file for a folder of `fpath`, and as good to be read in by `source`.
  static var zsh: String {
    var names = ""
    var cases = ""
    for command in Command.allCases {
      names += "    \(quoted("\(command.rawValue):\(command.summary)"))\n"
      let specs = Flags.of(command).map { spec($0, $0.values(of: command)) } + operands(command)
      cases += "    \(command.rawValue))\n      _arguments \\\n        \(specs.joined(separator: " \\\n        ")) ;;\n"
    }
    let ofNotify = notify.map { name, value in
      value == nil ? "--\(name)" : "'--\(name)=:\(value ?? ""):\(value == "FILE" ? "_files" : " ")'"
    }
    return """
      #compdef harrier harrier-notify

      _harrier() {
        local -a commands
        commands=(
      \(names)  )
        if [[ $service = harrier-notify ]]; then
          _arguments \(ofNotify.joined(separator: " "))
          return
        fi
        if (( CURRENT == 2 )); then
          _describe command commands
          return
        fi
        shift words
        (( CURRENT-- ))
        case $words[1] in
      \(cases)  esac
      }

      if [[ $funcstack[1] = _harrier ]]; then
        _harrier "$@"
      else
        (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
        compdef _harrier harrier harrier-notify
      fi

      """
  }

  /// `'(-j --jobs)'{-j+,--jobs=}'[help]:N: '`
  private static func spec(_ flag: Flag, _ value: Flag.Value?) -> String {
    let isRepeated = flag.help.contains("may be repeated")
    let help = flag.help.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
    let what = flag.value.map { ":\($0.replacing(":", with: "\\:")):" } ?? ""
    let tail = quoted("[\(help.replacing(":", with: "\\:"))]\(what)\(action(value))")
    let sign = value == nil ? ("", "") : ("+", "=")
    guard let short = flag.short else { return "'\(isRepeated ? "*" : "")--\(flag.name)\(sign.1)'\(tail)" }
    return "'(-\(short) --\(flag.name))'{-\(short)\(sign.0),--\(flag.name)\(sign.1)}\(tail)"
  }

  private static func action(_ value: Flag.Value?) -> String {
    switch value {
    case .oneOf(let choices): "(\(choices.joined(separator: " ")))"
    case .file: "_files"
    case .directory: "_files -/"
    case .other: " "
    case nil: ""
    }
  }

  private static func operands(_ command: Command) -> [String] {
    let files = command.takesPaths ? ["'*:path:_files'"] : []
    let tasks = command.tasks.joined(separator: " ")
    // Nothing is offered for it, but flags may stand there, too.
    if command == .search { return ["'1:filter:()'"] + files }
    if tasks.isEmpty { return files }
    // An `alerts.jsonl` may stand where a task does.
    if command == .alerts { return ["'1: :{_alternative \"tasks:task:(\(tasks))\" \"files:file:_files\"}'"] + files }
    return ["'1:task:(\(tasks))'"] + files
  }

  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
