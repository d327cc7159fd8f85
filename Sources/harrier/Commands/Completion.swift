/// Completion scripts, made of the same tables as the help.
enum Completion {
  enum Shell: String, CaseIterable { case bash, zsh, fish }

  /// The flags of `harrier-notify`, with the placeholders of their values. It is another program, and has no completion of
  /// its own.
  static let notify: [(name: String, value: String?)] = [
    ("state", "FILE"), ("config", "FILE"), ("once", nil), ("try", "TARGET"), ("quiet", nil), ("help", nil),
    ("version", nil),
  ]

  static func command(_ invocation: Invocation, _ console: Console) throws(UsageError) -> ExitCode {
    let name = invocation.operands.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
    guard let shell = Shell(rawValue: name) else {
      throw UsageError("completion needs a shell: bash, zsh or fish", remedy: "harrier completion bash > FILE")
    }
    let script =
      switch shell {
      case .bash: bash
      case .zsh: zsh
      case .fish: fish
      }
    console.results.write(Array(script.utf8))
    return .done
  }

  // MARK: bash

  private static var bash: String {
    var flags = ""
    var values = ""
    var tasks = ""
    for command in Command.allCases {
      let name = command.rawValue
      flags += "    \(name)) words=\"\(Flags.of(command).map { "--\($0.name)" }.joined(separator: " "))\" ;;\n"
      for flag in Flags.of(command) {
        guard let value = flag.values(of: command) else { continue }
        let short = flag.short.map { "|\(name):-\($0)" } ?? ""
        values += "    \(name):--\(flag.name)\(short)) \(words(value)); return ;;\n"
      }
      let files = command.takesPaths ? "_harrier_files -f \"$word\"" : ":"
      if command.tasks.isEmpty {
        tasks += "    \(name):*) \(files) ;;\n"
      } else {
        // An `alerts.jsonl` may stand where a task does.
        let more = command == .alerts ? "; [ ${#COMPREPLY[@]} -gt 0 ] || \(files)" : ""
        tasks += "    \(name):2) _harrier_words \"\(command.tasks.joined(separator: " "))\" \"$word\"\(more) ;;\n"
        tasks += "    \(name):*) \(files) ;;\n"
      }
    }
    let commands = Command.allCases.map(\.rawValue).joined(separator: " ")
    let ofNotify = notify.map { "--\($0.name)" }.joined(separator: " ")
    return """
      _harrier_words() { COMPREPLY=($(compgen -W "$1" -- "$2")); }
      _harrier_files() {
        local IFS=$'\\n'
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen "$1" -- "$2"))
      }
      _harrier() {
        local word="${COMP_WORDS[COMP_CWORD]}" flag="${COMP_WORDS[COMP_CWORD-1]}" words=""
        COMPREPLY=()
        # bash makes three words of --flag=value.
        if [ "$word" = "=" ]; then word=""; elif [ "$flag" = "=" ]; then flag="${COMP_WORDS[COMP_CWORD-2]}"; fi
        if [ "$COMP_CWORD" -eq 1 ]; then
          _harrier_words "\(commands)" "$word"
          return
        fi
        case "${COMP_WORDS[1]}:$flag" in
      \(values)  esac
        case "${COMP_WORDS[1]}" in
      \(flags)  esac
        case "$word" in
          -*) _harrier_words "$words" "$word"; return ;;
        esac
        case "${COMP_WORDS[1]}:$COMP_CWORD" in
      \(tasks)  esac
      }
      _harrier_notify() {
        local word="${COMP_WORDS[COMP_CWORD]}" flag="${COMP_WORDS[COMP_CWORD-1]}"
        COMPREPLY=()
        if [ "$word" = "=" ]; then word=""; elif [ "$flag" = "=" ]; then flag="${COMP_WORDS[COMP_CWORD-2]}"; fi
        case "$flag" in
          --state|--config) _harrier_files -f "$word" ;;
          --try) ;;
          *) _harrier_words "\(ofNotify)" "$word" ;;
        esac
      }
      complete -F _harrier harrier
      complete -F _harrier_notify harrier-notify

      """
  }

  private static func words(_ value: Flag.Value) -> String {
    switch value {
    case .oneOf(let choices): "_harrier_words \"\(choices.joined(separator: " "))\" \"$word\""
    case .file: "_harrier_files -f \"$word\""
    case .directory: "_harrier_files -d \"$word\""
    case .other: ":"
    }
  }
}
