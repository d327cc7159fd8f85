import Reports

/// The help texts, made of the tables of commands, flags and exit codes: they cannot disagree with what is accepted.
enum Help {
  static var overview: String {
    var page = HelpPage()
    page.paragraph("harrier \(Version.text): audit logs of cloud accounts, read where they lie")
    page.add("\nUsage:\n")
    for command in Command.allCases where !command.isAdvanced {
      page.entry("  \(command.usage)", command.summary, column: 35)
    }
    page.add(
      """

      PATH is a file, a directory (recursive), a glob, - (stdin) or @FILE (a list). What a file holds is told by its
      content: gzip, zstd or plain; arrays, envelopes such as {"Records":[...]}, one object per line, or events that are
      text inside other objects.

      harrier COMMAND --help lists the flags of a command.

      """)
    addExitCodes(to: &page)
    return page.text
  }

  static func of(_ command: Command) -> String {
    var page = HelpPage()
    page.paragraph("\(command.summary.prefix(1).uppercased() + command.summary.dropFirst())")
    page.say()
    page.usage(command.usage)
    page.add(details(command))
    addFlags(Flags.of(command), to: &page)
    addExitCodes(to: &page)
    return page.text
  }

  static func addFlags(_ flags: [Flag], to page: inout HelpPage) {
    page.add("\nFlags:\n")
    for flag in flags {
      let short = flag.short.map { "-\($0), " } ?? "    "
      page.entry("  \(short)--\(flag.name)\(flag.value.map { " \($0)" } ?? "")", flag.help, column: 28)
    }
  }

  static func addExitCodes(to page: inout HelpPage) {
    page.add("\nExit codes:\n")
    for code in ExitCode.all { page.entry("  \(code.rawValue)", code.meaning, column: 9) }
  }

  private static func details(_ command: Command) -> String {
    switch command {
    case .sweep:
      """

      Every event counts once. The summary goes to stdout; --out writes alerts.jsonl (one alert a line) and alerts.csv,
      summary.json (what was read, what was found, which detections had nothing to look at), report.html
      (one page that needs no network) and manifest.json (what was read and written, each with its SHA-256).
      With --state a file is read once, in full: --since, --until and --provider do not go with it.

      Examples:
        harrier sweep --rules rules/ logs/
        harrier sweep --rules rules/ logs/ --out report --fail-on high
        harrier sweep --rules rules/ logs/ --format jsonl | jq -r '[.time, .level, .why] | @tsv'

      """
    case .map, .reduce:
      """

      A sweep in two steps: map reads files, here or on many machines, and reduce makes alerts and a summary of what map
      found, the same to the byte as one sweep over all the files.

      Example:
        harrier map --rules rules/ logs/2026-01/ -o january.partial
        harrier map --rules rules/ logs/2026-02/ -o february.partial
        harrier reduce --rules rules/ january.partial february.partial --out report

      """
    case .search:
      """

      Examples:
        harrier search '*' logs/ --limit 20
        harrier search 'action = ConsoleLogin and outcome != success and not src_ip in 10.0.0.0/8' logs/
        harrier search 'userIdentity.type = Root' logs/ --count-by action
        harrier search '*' logs/ --count-by action --top 10
        harrier search '*' logs/ --since 2026-01-05 --until 2026-01-06 --columns time,actor,action,src_ip
        harrier search 'actor|expand = %break_glass_actors%' logs/ --config harrier.yaml
        zcat export.json.gz | harrier search '*' - --raw

      """
    case .alerts:
      """

      Without a task, lists the alerts of a state (sweep --state), or of an alerts.jsonl. With --format jsonl each stands as
      in alerts.jsonl, in its current form. --out DIR makes the files of a report again. The oldest stand first;
      --limit N shows the newest N.

        show ID    one alert with its evidence and its history; the first digits of the id are enough (4 or more)
        ack ID     somebody looks at it (--by NAME)
        close ID   it is done with: --as expected, --as true (an attack) or --as false, --by NAME, --note TEXT
        note ID    a remark (--by NAME --note TEXT)

      Examples:
        harrier alerts --state harrier.db --level high --status open
        harrier alerts show 1f0c99 --state harrier.db
        harrier alerts close 1f0c99 --state harrier.db --as expected --by dana --note 'the yearly key change'
        harrier alerts --state harrier.db --since 7d --out week

      """
    case .state:
      """

      A task for the state of sweep --state:

        check      looks at every page and every row; exits with 1 and says what is wrong if it is damaged
        reset      puts it aside under another name, damaged or not: the next sweep begins anew
        export     its runs, files, alerts (also those that were), changes and decisions as JSON lines, as far as they can
                   be read

      Examples:
        harrier state check --state harrier.db
        harrier state export --state harrier.db | jq 'select(.kind == "decision")'
        harrier state reset --state harrier.db

      """
    case .outbox:
      """

      A sweep with --state and 'notify' in its configuration files what people are to be told; harrier-notify delivers it
      and tries again what could not be delivered. Dead letters are what was given up.

        list         rows, with the error of the last try; also without a task
        retry        dead letters, or the rows that are named, are tried again from the beginning
        drop         rows that are named, or of --target or --status, are forgotten

      Examples:
        harrier outbox --state harrier.db --status dead
        harrier outbox retry --state harrier.db --target chat

      """
    case .verify:
      """

      Checks the manifest of a report: the report's files, the manifests before it (each names the hash of the one before),
      and the files that were read. Rows tell what is not as it was; with --verbose, everything. Exits with 1 if anything
      was changed or is missing. A log that has grown or moved since is no change. No manifest vouches for the newest one:
      --state FILE compares it with what the state keeps.

      Examples:
        harrier verify report/
        harrier verify report/ --state harrier.db
        harrier verify report/ --format jsonl | jq 'select(.state != "ok")'

      """
    case .sources:
      """

      One row for each file: what it is, what was read of it, what was skipped and why. Totals go to stderr.

      Examples:
        harrier sources logs/
        harrier sources logs/ --format jsonl | jq 'select(.status != "ok")'

      """
    case .fields:
      """

      One row for each path of the raw records: how often it is there, its types, how many values it has, and some.

      Example:
        harrier fields logs/ --top 40

      """
    case .rules: RulesHelp.text
    case .config: ConfigHelp.text
    case .generate:
      """

      Example:
        harrier generate --out archive --events 100000 --provider aws,tencent,alibaba --days 7

      """
    case .help, .completion: ""
    }
  }

  static func command(_ invocation: Invocation, _ console: Console) throws(UsageError) -> ExitCode {
    guard let topic = invocation.operands.first else {
      console.results.write(Array(overview.utf8))
      return .done
    }
    let name = String(decoding: topic, as: UTF8.self)
    guard let command = Command(rawValue: name) else {
      throw UsageError("unknown command '\(name)'\(Suggestion.among(Command.allCases.map(\.rawValue), for: name))")
    }
    let task = command == .rules ? RulesHelp.of(invocation.operands.dropFirst().first) : nil
    console.results.write(Array((task ?? of(command)).utf8))
    return .done
  }
}
