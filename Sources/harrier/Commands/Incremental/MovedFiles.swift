import Reports
import State

/// What a run notes of known files before anything is read: where they lie now, in the table of files and in the alerts that
/// cite them.
enum MovedFiles {
  /// The caller holds a transaction.
  static func note(_ choice: FileChoice, _ state: State) throws(StateError) {
    for file in choice.updates { try state.update(file) }
    guard !choice.moves.isEmpty else { return }
    let evidence = MovedEvidence(choice.moves)
    try state.reword { evidence.line($0) }
  }
}
