// The limits on one rule. They bound what a hostile or generated rule can cost in parsing, compiling and matching.

enum SigmaLimits {
  /// SigmaHQ's longest condition has under 400 bytes; 64 KiB leave room for generated ones.
  static let conditionBytesMax = 64 << 10
  /// Parentheses and `not` in a row. Parsing and every later walk recurse once per level.
  static let conditionDepthMax = 64
  /// Nodes of a rule's predicates with every selector written out: a list of 50,000 indicators fits.
  static let predicateNodesMax = 100_000
  /// Tests of all rules of one file: `windash` makes 125 of one value, so a file could otherwise fill the memory.
  static let fileTestsMax = 500_000
  /// Each selector of a condition looks at every selection's name. Real rules have about twenty.
  static let selectionsMax = 500
  /// Fields of one rule or filter. Each is looked for in every record that the rule is tried on; SigmaHQ's longest rules
  /// read about twenty.
  static let fieldsMax = 1_000
  /// Fields of all rules together. SigmaHQ's cloud rules read under 500; a plan of as many takes a tenth of a second.
  static let fieldsOfAllMax = 20_000
  /// Spellings of one name that differ in letter case alone, of all rules together: each is one more comparison for every
  /// such key of a record.
  static let letterCasesMax = 8
  /// A longer name is no path of keys that a log could have.
  static let fieldBytesMax = 512
  /// Levels of an event below which nothing is looked for, by a path or a keyword. Real logs nest about ten.
  static let pathDepthMax = 64
  /// Dashes of one `windash` value: each multiplies the alternatives by five. The reference parser stops at three too.
  static let windashDashesMax = 3
  /// Alternatives of one value after its placeholders are filled in.
  static let expansionsMax = 10_000
  /// As the reference parser.
  static let titleCharactersMax = 256
  static let nameCharactersMax = 256
  static let descriptionCharactersMax = 65_535
  /// Rules, group-by fields or alias entries of one correlation. They are compared pairwise.
  static let correlationNamesMax = 1_000
  /// Correlations that refer to correlations. Each level is one more pass over alerts.
  static let correlationDepthMax = 10
}
