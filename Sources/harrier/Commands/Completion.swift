/// Completion scripts, made of the same tables as the help.
enum Completion {
  static func command(_ invocation: Invocation, _ console: Console) throws(UsageError) -> ExitCode {
    let shell = invocation.operands.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
    switch shell {
    case "bash": console.results.write(Array(bash.utf8))
    case "zsh": console.results.write(Array(("autoload -U +X bashcompinit && bashcompinit\n" + bash).utf8))
    case "fish": console.results.write(Array(fish.utf8))
    default:
      throw UsageError("completion needs a shell: bash, zsh or fish", remedy: "harrier completion bash > FILE")
    }
    return .done
  }

  private static var bash: String {
    var cases = ""
    for command in Command.allCases {
      let flags = Flags.of(command).map { "--\($0.name)" }.joined(separator: " ")
      cases += "    \(command.rawValue)) words=\"\(flags)\" ;;\n"
    }
    let commands = Command.allCases.map(\.rawValue).joined(separator: " ")
    return """
      _harrier() {
        local word="${COMP_WORDS[COMP_CWORD]}" words=""
        COMPREPLY=()
        if [ "$COMP_CWORD" -eq 1 ]; then
          COMPREPLY=($(compgen -W "\(commands)" -- "$word"))
          return
        fi
        case "${COMP_WORDS[1]}" in
      \(cases)  esac
        case "$word" in
          -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
          *) COMPREPLY=($(compgen -f -- "$word")) ;;
        esac
      }
      complete -o filenames -F _harrier harrier

      """
  }

  private static var fish: String {
    var text = ""
    for command in Command.allCases {
      text += "complete -c harrier -n __fish_use_subcommand -a \(command.rawValue) -d \(quoted(command.summary))\n"
      for flag in Flags.of(command) {
        let short = flag.short.map { " -s \($0)" } ?? ""
        text += "complete -c harrier -n '__fish_seen_subcommand_from \(command.rawValue)' -l \(flag.name)\(short)"
        text += "\(flag.value == nil ? "" : " -r") -d \(quoted(flag.help))\n"
      }
    }
    return text
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
