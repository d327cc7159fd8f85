import Foundation
import Testing

/// Completion in the shells themselves, where they are installed; that of bash is with the documents.
@Suite struct CompletionTests {
  private static func isThere(_ shell: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/\(shell)")
  }

  /// A folder with something to complete, and the script where the shell looks for it.
  private static func place(_ shell: String, _ name: String) throws -> Folder {
    let folder = try Folder()
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/place/dir", withIntermediateDirectories: true)
    try folder.write("place/two words", "")
    try folder.write("place/harrier.conf", "")
    let script = try Harrier.run("completion", shell)
    #expect(script.code == 0)
    try folder.write("functions/\(name)", script.output)
    return folder
  }

  /// Types each line and a tab into a zsh of its own, and tells what then stands there.
  private static let zsh = """
    folder=$1; shift
    zmodload zsh/zpty
    zpty shell "env TERM=dumb zsh -f -i"
    zpty -w shell "PS1=; fpath=($folder/functions \\$fpath); autoload -U compinit; compinit -u -D"
    zpty -w shell "tell() { print -rn -- \\$BUFFER > $folder/new; mv $folder/new $folder/told; BUFFER=; zle accept-line; }"
    zpty -w shell "zle -N tell; bindkey '^X^R' tell; cd $folder/place"
    for words in "$@"; do
      zpty -w -n shell "$words"$'\\t\\x18\\x12'
      for i in {1..200}; do [[ -e $folder/told ]] && break; sleep 0.05; done
      print -r -- "$(<$folder/told)"
      rm -f $folder/told
    done
    zpty -d shell
    """

  @Test(.enabled(if: isThere("zsh"))) func zshWritesWhatMayStandThere() throws {
    let folder = try Self.place("zsh", "_harrier")
    let script = try folder.write("try.zsh", Self.zsh)
    let expected = [
      ("harrier al", "harrier alerts"), ("harrier sweep --lang=z", "harrier sweep --lang=zh"),
      ("harrier sweep --lang z", "harrier sweep --lang zh"),
      ("harrier sweep --fail-on hi", "harrier sweep --fail-on high"),
      ("harrier sweep two", "harrier sweep two\\ words"), ("harrier sweep --out ", "harrier sweep --out dir/"),
      ("harrier sweep --keep-r", "harrier sweep --keep-reports="), ("harrier alerts sh", "harrier alerts show"),
      ("harrier alerts close x --as ex", "harrier alerts close x --as expected"),
      ("harrier alerts har", "harrier alerts harrier.conf"),
      ("harrier outbox --status d", "harrier outbox --status dead"),
      ("harrier rules expl", "harrier rules explain"), ("harrier help sw", "harrier help sweep"),
      ("harrier search '*' har", "harrier search '*' harrier.conf"), ("harrier config ini", "harrier config init"),
      ("harrier search --colo", "harrier search --color="), ("harrier-notify --o", "harrier-notify --once"),
      ("harrier-notify --state har", "harrier-notify --state harrier.conf"),
    ]
    let result = try Tool.run("/usr/bin/zsh", ["-f", script, folder.path] + expected.map(\.0))
    let told = result.lines.map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(told == expected.map(\.1), "\(result.errors)")
  }

  @Test(.enabled(if: isThere("zsh"))) func zshTakesTheScriptWhereverItIsReadIn() throws {
    let folder = try Self.place("zsh", "_harrier")
    let result = try Tool.run(
      "/usr/bin/zsh",
      ["-f", "-c", "source '\(folder.path)/functions/_harrier'; print $_comps[harrier] $_comps[harrier-notify]"],
      environment: ["HOME": folder.path])
    #expect(result.errors.isEmpty && result.output == "_harrier _harrier\n", "\(result)")
  }

  @Test(
    .enabled(if: isThere("fish")),
    arguments: [
      ("harrier al", ["alerts"]), ("harrier sweep --lang=", ["--lang=en", "--lang=zh"]),
      ("harrier sweep --fail-on ", ["critical", "high", "informational", "low", "medium"]),
      ("harrier sweep two", ["two words"]), ("harrier sweep --out ", ["dir/"]),
      ("harrier sweep --keep-r", ["--keep-reports"]), ("harrier alerts sh", ["show"]),
      ("harrier alerts har", ["harrier.conf"]), ("harrier outbox --status d", ["dead"]),
      ("harrier outbox ", ["drop", "list", "retry"]), ("harrier rules expl", ["explain"]),
      ("harrier rules ", ["check", "explain", "export", "list", "match", "test"]), ("harrier help sw", ["sweep"]),
      ("harrier outbox retry ", []), ("harrier search '*' har", ["harrier.conf"]), ("harrier har", []),
      ("harrier completion ", ["bash", "fish", "zsh"]), ("harrier help sweep --keep", []),
      ("harrier-notify --o", ["--once"]), ("harrier-notify --state har", ["harrier.conf"]), ("harrier-notify har", []),
    ] as [(String, [String])])
  func fishOffersWhatMayStandThere(words: String, offered: [String]) throws {
    let folder = try Self.place("fish", "harrier.fish")
    let line = "cd '\(folder.path)/place'; source ../functions/harrier.fish; complete -C $argv[1]"
    let result = try Tool.run(
      "/usr/bin/fish", ["--no-config", "-c", line, words], environment: ["HOME": folder.path])
    #expect(result.errors.isEmpty, "\(result.errors)")
    let told = result.lines.map { String($0.prefix { $0 != "\t" }) }
    #expect(told.sorted() == offered, "\(told)")
  }
}
