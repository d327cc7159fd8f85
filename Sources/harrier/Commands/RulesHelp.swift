/// What `harrier rules --help` says of its tasks.
enum RulesHelp {
  static let text = """

    Tasks:
      harrier rules match --rules DIR PATH...   one line for each match: file, record, event id, rule id
      harrier rules list [--rules DIR]          the rules, one row each
      harrier rules check DIR...                what is wrong or unusual: file:line: severity: message
      harrier rules test DIR...                 run the tests written inside rules
      harrier rules explain ID --rules DIR      a rule in words, as a tree and as a filter

    """
}
