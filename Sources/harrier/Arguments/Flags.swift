import Events
import Reports

/// Every flag of every command: its name, what it takes, what the help says, and which commands know it.
struct Flag: Sendable {
  let name: String
  var short: Character?
  /// The placeholder of its value; nil for a switch.
  var value: String?
  let help: String
  let commands: Set<Command>

  init(_ name: String, short: Character? = nil, value: String? = nil, _ help: String, _ commands: Set<Command>) {
    self.name = name
    self.short = short
    self.value = value
    self.help = help
    self.commands = commands
  }
}

enum Command: String, CaseIterable, Sendable {
  case sweep, alerts, outbox, state, search, verify, sources, fields, rules, config, map, reduce, generate, help
  case completion

  /// Left out of the short help: steps of a sweep for those who spread it over machines.
  var isAdvanced: Bool { self == .map || self == .reduce }

  var usage: String {
    switch self {
    case .sweep: "harrier sweep PATH..."
    case .map: "harrier map PATH... -o PARTIAL"
    case .reduce: "harrier reduce PARTIAL..."
    case .search: "harrier search FILTER PATH..."
    case .alerts: "harrier alerts [show|ack|close|note ID] --state F | FILE"
    case .outbox: "harrier outbox [list|retry|drop] [ID...] --state F"
    case .state: "harrier state check|reset|export --state F"
    case .verify: "harrier verify REPORT..."
    case .sources: "harrier sources PATH..."
    case .fields: "harrier fields PATH..."
    case .rules: "harrier rules list|check|test|match|explain|export ..."
    case .config: "harrier config show|check|init ..."
    case .generate: "harrier generate --out DIR"
    case .help: "harrier help [COMMAND]"
    case .completion: "harrier completion bash|zsh|fish"
    }
  }

  var summary: String {
    switch self {
    case .sweep: "detect: alerts and a summary"
    case .map: "the first half of a sweep: what these paths hold, for reduce"
    case .reduce: "the second half of a sweep: alerts and a summary from partials"
    case .search: "events that match a filter ('*' = all)"
    case .alerts: "alerts known so far: list, filter, show, decide, rebuild reports"
    case .outbox: "what people are to be told and have not been: list, try again, drop"
    case .state: "what sweeps remember: check it, begin anew, save what can be read"
    case .verify: "evidence integrity: a report, the manifests behind it, and what it was made from"
    case .sources: "what is in these paths: provider, files, events, time range, skips"
    case .fields: "fields: types, fill rate, distinct estimate, examples"
    case .rules: "detection rules: list, check, test, match against events, explain"
    case .config: "the configuration: show what is in force, check a file, draft one from an archive"
    case .generate: "a synthetic archive with planted incidents and their truth"
    case .help: "help for a command"
    case .completion: "a completion script for a shell"
    }
  }
}

enum Flags {
  private static let reading: Set<Command> = [.sweep, .map, .search, .sources, .fields, .rules, .config]
  private static let detecting: Set<Command> = [.sweep, .map, .reduce]
  private static let deciding: Set<Command> = [.sweep, .reduce]
  private static let all = Set(Command.allCases)

  static let list: [Flag] = [
    Flag(
      "since", value: "TIME", "only events at or after TIME: RFC 3339, a date, epoch, or 24h, 7d before now",
      reading.union([.alerts])),
    Flag("until", value: "TIME", "only events before TIME", reading.union([.alerts])),
    Flag(
      "ignore-path-dates", "with --since, --until: also read files whose folders tell a day outside the range", reading),
    Flag(
      "tz", value: "ZONE", "zone of times given without one, and of tables: UTC, +08:00 (default UTC)",
      reading.union([.alerts])),
    Flag(
      "provider", value: "NAME", "only events of this provider: \(Provider.read.map(\.name).joined(separator: ", "))",
      reading),
    Flag(
      "provider", value: "NAME,...", "whose archives: any of aws, tencent, alibaba (default aws,tencent,alibaba)",
      [.generate]),
    Flag(
      "format", value: "FORMAT", "table, jsonl, csv, tsv or markdown (default: table on a terminal, jsonl in a pipe)",
      [.search, .sources, .fields, .rules, .verify, .alerts, .outbox, .state]),
    Flag("format", value: "FORMAT", "text (default) or jsonl: the alerts on stdout", deciding),
    Flag("format", value: "FORMAT", "what is in force as yaml (default) or json", [.config]),
    Flag("columns", value: "F,F", "the fields to show: columns, or paths in the raw record", [.search]),
    Flag("count-by", value: "F[,F]", "count the distinct values of fields, most first", [.search]),
    Flag("top", value: "N", "only the N largest counts", [.search, .fields]),
    Flag(
      "raw", "print the records as they stand in the files (on a terminal with escapes for control characters)",
      [.search]),
    Flag("limit", short: "n", value: "N", "stop after N rows", [.search, .rules, .outbox]),
    Flag("limit", short: "n", value: "N", "only the newest N of the alerts that are asked for", [.alerts]),
    Flag(
      "dedupe", "count each event once, however many copies the paths hold",
      [.search, .sources, .fields, .rules]),
    Flag("no-redact", "show secrets and session tokens as they are", [.search, .fields, .rules, .sweep, .reduce]),
    Flag("follow", "walk into directories through symbolic links", reading),
    Flag("hash-content", "also hash the decompressed bytes (half again as slow)", [.sources]),
    Flag(
      "jobs", short: "j", value: "N", "worker threads (default: one for each core)",
      reading.union([.generate, .reduce, .alerts])),
    Flag(
      "memory", value: "SIZE",
      "budget for what has to be kept, such as 2G (default 512M, at least 1M); the rest is spilled",
      reading.union([.reduce])),
    Flag("max-record", value: "SIZE", "longest record that is parsed (default 4M)", reading),
    Flag("max-nesting", value: "N", "deepest record that is parsed (default 128, at most 1024)", reading),
    Flag(
      "max-ratio", value: "N", "highest expansion of compressed data, beyond the first 64 MiB (default 250)", reading),
    Flag("max-expanded", value: "SIZE", "most that is read of one file, unpacked (default 1T)", reading),
    Flag("max-open", value: "N", "most files open at a time (default 64)", reading),
    Flag(
      "rules", value: "PATH", "rules to load: a file or a directory; may be repeated",
      detecting.union([.rules, .config])),
    Flag(
      "config", value: "FILE", "the configuration: who and what is usual here",
      detecting.union([.search, .rules, .config])),
    Flag("no-builtin", "without the built-in rules", detecting.union([.rules])),
    Flag(
      "out", value: "DIR", "write alerts.jsonl, alerts.csv, summary.json, report.html and manifest.json into DIR",
      deciding.union([.alerts])),
    Flag(
      "report", value: "KIND",
      "with --out, also write: \(ReportKind.allCases.map(\.rawValue).joined(separator: ", ")); may be repeated",
      deciding.union([.alerts])),
    Flag(
      "keep-reports", value: "N",
      "with --out: keep N earlier reports that told of alerts, or those of a time like 90d, in DIR/reports", deciding),
    Flag("lang", value: "LANG", "of report.html: en (default) or zh", deciding.union([.alerts])),
    Flag(
      "pseudonymise", value: "KEYFILE",
      "replace actors, addresses and accounts everywhere by pseudonyms that the key in this file makes",
      deciding.union([.alerts])),
    Flag("alert-format", value: "SCHEMA", "of alerts as JSON: native (default) or ocsf", deciding.union([.alerts])),
    Flag(
      "output", short: "o", value: "FILE",
      "the partial to write; - is stdout. reduce then makes no report unless --out or --format asks for one",
      [.map, .reduce]),
    Flag(
      "state", value: "FILE", "read only what is new since the last sweep with FILE, tell only what is news", [.sweep]),
    Flag("state", value: "FILE", "the state that is meant: the FILE of sweep --state", [.alerts, .state]),
    Flag(
      "state", value: "FILE", "the state of the sweeps: it keeps the newest manifest's hash, and where logs lie",
      [.verify]),
    Flag("state", value: "FILE", "the state of the sweeps whose messages are meant", [.outbox]),
    Flag("target", value: "NAME", "only rows for this target", [.outbox]),
    Flag("status", value: "STATUS", "only rows that are waiting, sent or dead", [.outbox]),
    Flag("level", value: "LEVEL", "only alerts of this level or above", [.alerts]),
    Flag("rule", value: "ID", "only alerts of this rule", [.alerts]),
    Flag("actor", value: "NAME", "only alerts about this actor, or the person behind it", [.alerts]),
    Flag("account", value: "ID", "only alerts in this account", [.alerts]),
    Flag("src-ip", value: "IP", "only alerts from this address", [.alerts]),
    Flag("status", value: "STATUS", "only alerts that are open, acknowledged or closed", [.alerts]),
    Flag("as", value: "VERDICT", "what the alert was about: expected, true (an attack) or false", [.alerts]),
    Flag("by", value: "NAME", "who decides", [.alerts]),
    Flag("note", value: "TEXT", "why", [.alerts]),
    Flag(
      "state-on-network", "with --state: FILE may lie on a network file system that no other machine uses it on",
      [.sweep, .state]),
    Flag("late", value: "TIME", "with --state: how late events may come for all rules (default 7d)", [.sweep]),
    Flag("keep-events", value: "TIME", "with --state: how long copies are recognised (default 7d)", [.sweep]),
    Flag("keep-hits", value: "TIME", "with --state: how long hits of rules are kept (default 90d)", [.sweep]),
    Flag(
      "keep-baselines", value: "TIME", "with --state: how long what is usual is kept (default 400d)", [.sweep]),
    Flag("learn", "with --state: learn what is usual from these files, tell of no alert in them", [.sweep]),
    Flag("dry-run", "with --state: show what a run would tell, change nothing", [.sweep]),
    Flag("backfill", "with --state: read known files again, for rules that are new", [.sweep]),
    Flag(
      "no-notify", "with --state: file what people are to be told, and leave it to a harrier-notify of your own",
      [.sweep]),
    Flag(
      "watch", "with --state: stay, and sweep again whenever something has changed, until SIGINT or SIGTERM", [.sweep]),
    Flag(
      "summary-line",
      "one line of JSON about the run on stdout, in the place of the summary; with -q only if something was found or "
        + "could not be read", deciding),
    Flag("fail-on", value: "LEVEL", "exit with 1 if there are alerts of this level or above", deciding),
    Flag(
      "every-match", "alert at each event at which a correlation holds, not once for an episode",
      deciding.union([.rules])),
    Flag("alert", value: "ID", "rules explain shows why a sweep of PATH... raises this alert", [.rules]),
    Flag("suppress", "alerts show ID prints the suppression that would hide the alert for a month", [.alerts]),
    Flag("suppress", "rules explain --alert prints the suppression that would hide the alert for a month", [.rules]),
    Flag(
      "replay", value: "PATH...",
      "rules test says how often rules would have fired on these events; takes all paths behind it", [.rules]),
    Flag(
      "now", value: "TIME", "events more than a day later do not make time pass (default: the clock)",
      [.sweep, .map, .rules]),
    Flag(
      "fail-level", value: "LEVEL", "a check fails from this on: note, warning or error (default error)",
      [.rules, .config]),
    Flag(
      "sample", value: "PATH", "rules check also reads these events and names fields that none has; may be repeated",
      [.rules]),
    Flag("cost", "rules check also shows what each rule is filed under and what it costs", [.rules]),
    Flag("out", value: "DIR", "where to write; must be empty or not exist", [.generate]),
    Flag("events", value: "N", "how many events (default 100000)", [.generate]),
    Flag("files", value: "N", "how many files (default 100)", [.generate]),
    Flag("seed", value: "S", "the same seed gives the same archive everywhere (default 1)", [.generate]),
    Flag("days", value: "D", "how many days the events spread over (default 30)", [.generate]),
    Flag("start", value: "DATE", "the first day (default 2026-01-05)", [.generate]),
    Flag("incidents", value: "LIST", "all, none, or names separated by commas (default all)", [.generate]),
    Flag("level", value: "0-3", "compression level (default 1)", [.generate]),
    Flag("force", "write into a directory that is not empty", [.generate]),
    Flag("color", value: "WHEN", "auto, always or never (also: NO_COLOR)", all),
    Flag("progress", value: "WHEN", "auto, always or never", all),
    Flag("quiet", short: "q", "no warnings and no progress; of a sweep that finds nothing, nothing on stdout", all),
    Flag("verbose", short: "v", "name every file that was not read in full", all),
    Flag("help", short: "h", "this help", all),
    Flag("version", short: "V", "the version", all),
  ]

  static func of(_ command: Command) -> [Flag] { list.filter { $0.commands.contains(command) } }
}
