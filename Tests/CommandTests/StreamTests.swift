import Foundation
import Testing

/// Pipes, signals, terminals: how the binary lives with others.
@Suite struct StreamTests {
  /// Waits until `$reader` has a pipe open, and a little longer for what it reads beside it; not for ever.
  static func untilOpen(_ fifo: String) -> String {
    """
    for _ in $(seq 200); do
      ls -l /proc/$reader/fd 2>/dev/null | grep -qF '\(fifo)' && break
      sleep 0.1
    done
    sleep 1
    """
  }

  @Test func aClosedPipeEndsQuietly() throws {
    let folder = try Folder()
    for file in 0..<30 { try folder.write("f\(file).json", Sample.lines(3000)) }
    let result = try Shell.run(
      "set -o pipefail; \(Harrier.path) search '*' \(folder.path) | head -n 2; echo ${PIPESTATUS[0]}")
    #expect(result.lines.count == 3)
    #expect(result.errors.isEmpty)
    #expect(result.lines.last == "0")
  }

  @Test func anInterruptPrintsWhatThereIs() throws {
    let folder = try Folder()
    let fifo = folder.path + "/fifo"
    let line = """
      mkfifo \(fifo)
      (printf '%s\\n' '\(Sample.event(1))'; sleep 1; printf '%s\\n' '\(Sample.event(2))'; sleep 30) > \(fifo) &
      writer=$!
      \(Harrier.path) search '*' \(fifo) --count-by action &
      reader=$!
      \(StreamTests.untilOpen(fifo))
      kill -INT $reader
      ( sleep 20; kill -9 $reader ) 2>/dev/null &
      guard=$!
      wait $reader
      echo "code $?"
      pkill -P $writer; kill $writer $guard
      """
    let result = try Shell.run(line)
    #expect(result.output.contains("code 130"), "\(result.output) \(result.errors)")
  }

  @Test(arguments: ["INT", "TERM", "HUP"])
  func aPipeWithoutAWriterEndsWithOneSignal(signal: String) throws {
    let folder = try Folder()
    let log = try folder.write("a.json", Sample.lines(3))
    let line = """
      mkfifo \(folder.path)/fifo
      \(Harrier.path) search '*' \(log) \(folder.path)/fifo --jobs 1 --count-by action --format tsv &
      reader=$!
      \(StreamTests.untilOpen(folder.path + "/fifo"))
      kill -\(signal) $reader
      ( sleep 20; kill -9 $reader ) 2>/dev/null &
      guard=$!
      wait $reader
      echo "code $?"
      kill $guard
      """
    let result = try Shell.run(line)
    #expect(result.output.contains("code 130"), "\(result.output) \(result.errors)")
    #expect(result.output.contains("GetUser\t3"))
    #expect(result.errors.contains("interrupted: 1 file, 3 events so far"), "\(result.errors)")
  }

  /// Totals so far, in words and as a line, with a state and without one; nothing is written.
  @Test(arguments: ["", "--state"]) func anEndedSweepSaysWhatItHasRead(flag: String) throws {
    let folder = try Folder()
    let log = try folder.write("a.json", Sample.lines(3))
    let state = flag.isEmpty ? "" : "--state \(folder.path)/state"
    let line = """
      mkfifo \(folder.path)/fifo
      \(Harrier.path) sweep \(log) \(folder.path)/fifo \(state) --jobs 1 --summary-line &
      reader=$!
      \(StreamTests.untilOpen(folder.path + "/fifo"))
      kill -INT $reader
      ( sleep 20; kill -9 $reader ) 2>/dev/null &
      guard=$!
      wait $reader
      echo "code $?" >&2
      kill $guard
      """
    let result = try Shell.run(line)
    #expect(result.errors.contains("code 130"), "\(result.output) \(result.errors)")
    #expect(result.errors.contains("interrupted: 1 file, 3 events so far"), "\(result.errors)")
    #expect(
      result.rows.first?["events"] as? Int == 3
        && result.rows.first?["interrupted"] as? Bool == true)
  }

  @Test func aSilentPipeIsNamedAndItsLateWriterIsRead() throws {
    let folder = try Folder()
    let line = """
      mkfifo \(folder.path)/fifo
      (sleep 4; printf '%s\\n' '\(Sample.event(1))' > \(folder.path)/fifo) &
      \(Harrier.path) search '*' \(folder.path)/fifo --columns event_id --format tsv
      """
    let result = try Shell.run(line)
    #expect(result.lines == ["event_id", "e-1"])
    #expect(result.errors.contains("fifo: nothing has come out of this pipe yet"), "\(result.errors)")
  }

  @Test(arguments: ["head -c 150M /dev/zero", "head -c 150M /dev/zero | tr '\\0' ' '"])
  func aStreamWithoutARecordIsGivenUp(source: String) throws {
    // Whoever still writes meets a closed pipe, and does not get to the end.
    let result = try Shell.run(
      "(\(source) && echo written in full >&2) | \(Harrier.path) search '*' -; exit ${PIPESTATUS[1]}")
    #expect(result.code == 3, "\(result.errors)")
    #expect(result.errors.contains("-: ") && !result.errors.contains("written in full"), "\(result.errors)")
  }

  /// JSON that no event came of so far, for a limit or because containers are empty, is no reason to stop.
  @Test(arguments: [
    #"printf '{"Records":[{"a":"'; head -c 80M /dev/zero | tr '\0' x; printf '"},'"#,
    #"yes '{"Records":[]}' | head -c 80000010; printf '[{"Records":['"#,
  ])
  func aStreamOfJSONIsReadOn(source: String) throws {
    let result = try Shell.run(
      "(\(source); printf '%s]}' '\(Sample.event(1))') | \(Harrier.path) search '*' - --columns event_id --format tsv")
    #expect(result.lines == ["event_id", "e-1"], "\(result.errors)")
    #expect(!result.errors.contains("stopped"), "\(result.errors)")
  }

  @Test func theFirstRowDoesNotWaitForTheLast() throws {
    let line = """
      (printf '%s\\n' '\(Sample.event(1))'; head -c 600000 /dev/zero | tr '\\0' ' '; sleep 12) \
      | \(Harrier.path) search '*' - | (read -t 10 line && echo "got $line")
      """
    #expect(try Shell.run(line).output.hasPrefix("got {"))
  }

  @Test func standardInputMayBeCompressed() throws {
    let folder = try Folder()
    let file = try folder.write("a.json", Sample.records(20))
    let result = try Shell.run("gzip -c \(file) | \(Harrier.path) search '*' - --count-by action --format tsv")
    #expect(result.lines == ["action\tcount", "GetUser\t20"])
  }

  @Test func aListThroughAPipeIsWaitedForUntilInterrupted() throws {
    let folder = try Folder()
    let file = try folder.write("a.json", Sample.event(1) + "\n")
    let search = "\(Harrier.path) search '*' --columns event_id --format tsv"
    let fed = try Shell.run(
      "mkfifo \(folder.path)/list; (sleep 1; echo \(file) > \(folder.path)/list) & \(search) @\(folder.path)/list")
    #expect(fed.code == 0 && fed.lines == ["event_id", "e-1"], "\(fed.errors)")
    for list in ["@\(folder.path)/list", "@-"] {
      // One signal is enough, also while nobody writes.
      let silent = try Shell.run("sleep 30 | timeout -s INT -k 20 3 \(search) \(list); exit ${PIPESTATUS[1]}")
      #expect(silent.errors.contains("interrupted"), "\(list): \(silent.code) \(silent.errors)")
    }
  }

  @Test func aListNamesTheFiles() throws {
    let folder = try Folder()
    let first = try folder.write("b.json", Sample.event(1) + "\n")
    let second = try folder.write("a.json", Sample.event(2) + "\n")
    let list = try folder.write("list", first + "\n" + second + "\n")
    let result = try Harrier.run("search", "*", "@" + list)
    #expect(result.rows.compactMap { $0["event_id"] as? String } == ["e-1", "e-2"])
  }

  @Test func namesOfFilesNeedNotBeText() throws {
    let folder = try Folder()
    let line = """
      cd "\(folder.path)" && printf '%s\\n' '\(Sample.event(1))' > $'bad\\xff\\n\\x1bname'
      \(Harrier.path) search '*' . --columns file --format table
      """
    let result = try Shell.run(line)
    #expect(result.code == 0)
    #expect(result.output.contains(#"bad\xff\x0a\x1bname"#))
  }

  @Test func progressGoesToTheTerminalOnly() throws {
    let folder = try Folder()
    try folder.write("a.json", Sample.lines(10))
    #expect(try Harrier.run("search", "*", folder.path).errors.isEmpty)
    let line = "(printf '%s\\n' '\(Sample.event(1))'; sleep 5) | \(Harrier.path) search '*' - --progress always"
    let result = try Shell.run(line)
    #expect(result.errors.contains("files"))
    #expect(result.rows.count == 1)
  }
}
