// The limits on one YAML stream. Rule files come from anyone; none of them may cost more than a moment or a few
// megabytes. Real rule files stay far below: the largest in SigmaHQ has 12 KB and is nested six levels deep.

enum YAMLLimits {
  /// A file of 8 MiB holds about 5,000 rules; libyaml reads it in a fifth of a second.
  static let streamBytesMax = 8 << 20
  /// Composing and every later walk recurse once per level; 64 levels stay within a small thread's stack.
  static let depthMax = 64
  /// An 8 MiB stream of `- a` lines would make two million nodes of about 100 bytes each; half a million is 50 MB.
  static let nodesMax = 500_000
  /// What aliases may add to the tree when every one is written out, as in the reference parser.
  static let aliasNodesMax = 10_000
  /// Each failure starts the parser anew behind the broken document; a stream of broken documents must end.
  static let failuresMax = 32
  /// libyaml compares each `%TAG` line with all earlier ones, so their number is quadratic in time.
  static let tagDirectivesMax = 64
}
