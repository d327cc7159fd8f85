import Glibc
import Pack
import Reports

/// `harrier rules export DIR`: the built-in rules as files, to read, to change, or to give to another tool.
struct RulesExport {
  private let console: Console
  private let directory: String

  init(_ invocation: Invocation, _ console: Console, operands: ArraySlice<[UInt8]>) throws(UsageError) {
    guard let first = operands.first, operands.count == 1, first != [UInt8(ascii: "-")] else {
      throw UsageError("export needs one directory to write to", remedy: "harrier rules export DIR")
    }
    self.console = console
    directory = String(decoding: first, as: UTF8.self)
  }

  /// Files that are there already stay as they are: somebody may have changed them.
  func run() throws(UsageError) -> ExitCode {
    if mkdir(directory, 0o777) != 0, errno != EEXIST {
      throw UsageError("cannot make \(directory): \(SystemMessage.of(errno))")
    }
    var kept = 0
    for file in Pack.files {
      switch write(file, to: "\(directory)/\(file.name)") {
      case 0: break
      case EEXIST:
        console.warn("\(directory)/\(file.name) is there already and was not changed")
        kept += 1
      case let number:
        console.fail("cannot write \(directory)/\(file.name): \(SystemMessage.of(number))")
        return .failed
      }
    }
    console.note("\(Amount.of(Pack.files.count - kept, "file")) with the built-in rules written to \(directory)")
    return kept > 0 ? .incomplete : .done
  }

  /// Gives 0 or the number of the error.
  private func write(_ file: Pack.File, to path: String) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return errno }
    var number: Int32 = 0
    Array(file.text.utf8).withUnsafeBytes { bytes in
      var at = 0
      while at < bytes.count, number == 0 {
        // SAFETY: `at` is less than the count, and at most the bytes behind it are written.
        let step = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: at), bytes.count - at)
        if step > 0 { at += step } else if errno != EINTR { number = errno }
      }
    }
    if close(descriptor) != 0, number == 0 { number = errno }
    return number
  }
}
