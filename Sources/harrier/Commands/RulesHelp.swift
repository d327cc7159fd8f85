import Reports

/// What `harrier rules --help` says of its tasks, and `harrier rules TASK --help` of one.
enum RulesHelp {
  static let text = """

    Tasks:
      harrier rules match --rules DIR PATH...   one line for each match: file, record, event id, rule id
      harrier rules list [--rules DIR]          the rules, one row each
      harrier rules check DIR...                what is wrong or unusual: file:line: severity: message
      harrier rules test DIR...                 run the tests written inside rules
      harrier rules explain ID --rules DIR      a rule in words, as a tree and as a filter
      harrier rules export DIR                  write the built-in rules as files

    harrier rules TASK --help lists the flags of a task; the list below is of all of them.

    """

  /// The help of one task; nil if there is no such task.
  static func of(_ operand: [UInt8]?) -> String? {
    guard let operand, let task = RulesCommand.Task(rawValue: String(decoding: operand, as: UTF8.self)) else {
      return nil
    }
    var page = HelpPage()
    page.add(details(task))
    Help.addFlags(RulesFlags.of(task), to: &page)
    Help.addExitCodes(to: &page)
    return page.text
  }

  private static func details(_ task: RulesCommand.Task) -> String {
    switch task {
    case .match:
      """
      Match rules against events

      Usage: harrier rules match --rules DIR PATH...

      One line for each rule and event that match, in the order of files, records and rule ids:
        file<TAB>record<TAB>event_id<TAB>rule_id

      """
    case .list:
      """
      List rules, correlations and filters, one row each

      Usage: harrier rules list --rules DIR

      """
    case .check:
      """
      Say what is wrong with rules, or unusual

      Usage: harrier rules check DIR...

      One line for each finding: file:line: severity: message [code] in rule 'id or title'. With --format one row for each.
      --sample PATH also reads events, and names the fields of rules that none of them has.

      """
    case .test:
      """
      Run the tests written inside rules

      Usage: harrier rules test DIR...
             harrier rules test DIR... --replay PATH...

      One line for each test that failed or could not be run. With --format one row for each test.
      --replay sweeps an archive instead, and says how often each rule would have fired and on whom; without DIR, the
      built-in rules. Rules stand before it (or with --rules), and all paths behind it are read.

      """
    case .export:
      """
      Write the built-in rules as files; files that are there already are not changed

      Usage: harrier rules export DIR

      """
    case .explain:
      """
      Explain a rule, a correlation or a filter: in words, as a tree, as a filter; or why it was rejected

      Usage: harrier rules explain ID --rules DIR
             harrier rules explain --alert ID PATH...

      With --alert: sweeps the paths again with the same rules, and shows why the alert is raised and on which events.
      --suppress prints the lines of a configuration that would hide it for a month.

      """
    }
  }
}
