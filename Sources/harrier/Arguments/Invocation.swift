import Archive
import Glibc

/// What the user typed: a command, its flags and its operands. Operands are bytes, since names of files are.
struct Invocation {
  var command: Command?
  var values: [String: [String]] = [:]
  var operands: [[UInt8]] = []
  /// How many operands stood before each flag when it was first given, for flags that take those behind them.
  private(set) var operandsBefore: [String: Int] = [:]

  func has(_ flag: String) -> Bool { values[flag] != nil }

  /// The last value given, since a later flag corrects an earlier one.
  func value(_ flag: String) -> String? { values[flag]?.last }
}

/// A mistake in what was typed: nothing was done. Ends with exit code 2.
struct UsageError: Error {
  let message: String
  let remedy: String
  /// The place of the mistake, shown below the message in lines of its own.
  let excerpt: String

  init(_ message: String, remedy: String = "", excerpt: String = "") {
    self.message = message
    self.remedy = remedy
    self.excerpt = excerpt
  }
}

extension Invocation {
  /// The process's arguments without its name, as bytes.
  static func processArguments() -> [[UInt8]] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      CommandLine.unsafeArgv[index].map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
    }
  }

  init(_ arguments: [[UInt8]]) throws(UsageError) {
    var rest = arguments[...]
    var onlyOperands = false
    while let argument = rest.popFirst() {
      let text = String(decoding: argument, as: UTF8.self)
      if onlyOperands || argument == [UInt8(ascii: "-")] || !text.hasPrefix("-") {
        try take(operand: argument, text)
      } else if text == "--" {
        onlyOperands = true
      } else if text.hasPrefix("--") {
        try take(long: String(try Invocation.text(argument, of: "a flag").dropFirst(2)), &rest)
      } else {
        try take(short: try Invocation.text(argument, of: "a flag").dropFirst(), &rest)
      }
    }
    try checkCommand()
  }

  private mutating func take(operand: [UInt8], _ text: String) throws(UsageError) {
    guard command == nil else { return operands.append(operand) }
    guard let known = Command(rawValue: text) else {
      throw UsageError(
        "unknown command '\(text)'\(Suggestion.among(Command.allCases.map(\.rawValue), for: text))",
        remedy: "harrier --help lists the commands")
    }
    command = known
  }

  private mutating func take(long text: String, _ rest: inout ArraySlice<[UInt8]>) throws(UsageError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let flag = Flags.list.first(where: { $0.name == parts[0] }) else {
      let names = (command.map { Flags.of($0) } ?? Flags.list).map(\.name)
      throw UsageError("unknown flag '--\(parts[0])'\(Suggestion.among(names, for: parts[0], prefix: "--"))")
    }
    try store(flag, attached: parts.count > 1 ? parts[1] : nil, "--\(flag.name)", &rest)
  }

  private mutating func take(short text: Substring, _ rest: inout ArraySlice<[UInt8]>) throws(UsageError) {
    var letters = text
    while let letter = letters.popFirst() {
      guard let flag = Flags.list.first(where: { $0.short == letter }) else {
        throw UsageError("unknown flag '-\(letter)'")
      }
      if flag.value == nil {
        try store(flag, attached: nil, "-\(letter)", &rest)
      } else {
        return try store(flag, attached: letters.isEmpty ? nil : String(letters), "-\(letter)", &rest)
      }
    }
  }

  private mutating func store(
    _ flag: Flag, attached: String?, _ written: String, _ rest: inout ArraySlice<[UInt8]>
  ) throws(UsageError) {
    if operandsBefore[flag.name] == nil { operandsBefore[flag.name] = operands.count }
    guard let placeholder = flag.value else {
      guard attached == nil else { throw UsageError("\(written) takes no value") }
      return values[flag.name, default: []].append("")
    }
    if let attached { return values[flag.name, default: []].append(attached) }
    guard let next = rest.popFirst() else { throw UsageError("\(written) needs a value: \(written) \(placeholder)") }
    values[flag.name, default: []].append(try Invocation.text(next, of: written))
  }

  /// An argument that has to be text. Names of logs are bytes; other names would be changed without a word.
  static func text(_ argument: [UInt8], of what: String) throws(UsageError) -> String {
    guard let text = String(validating: argument, as: UTF8.self) else {
      throw UsageError(
        "\(what): \(FileName(argument)) is not UTF-8", remedy: "only names of logs may be that; a symbolic link helps")
    }
    return text
  }

  static func texts(_ operands: some Sequence<[UInt8]>) throws(UsageError) -> [String] {
    var texts: [String] = []
    for operand in operands { texts.append(try text(operand, of: "an argument")) }
    return texts
  }

  private func checkCommand() throws(UsageError) {
    guard let command else { return }
    for name in values.keys.sorted() {
      // A name may be there twice, for commands that mean different things by it.
      guard !Flags.list.contains(where: { $0.name == name && $0.commands.contains(command) }) else { continue }
      throw UsageError(
        "--\(name) is no flag of 'harrier \(command.rawValue)'",
        remedy: "harrier \(command.rawValue) --help lists its flags")
    }
  }
}

/// "Did you mean": the known word that is closest to what was typed.
enum Suggestion {
  static func among(_ words: [String], for typed: String, prefix: String = "") -> String {
    let scored = words.map { ($0, distance(Array($0), Array(typed))) }
    guard let best = scored.min(by: { $0.1 < $1.1 }), best.1 <= max(1, typed.count / 3) else { return "" }
    return " (did you mean '\(prefix)\(best.0)'?)"
  }

  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var previous = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var current = [i + 1]
      for (j, y) in b.enumerated() {
        current.append(min(previous[j + 1] + 1, current[j] + 1, previous[j] + (x == y ? 0 : 1)))
      }
      previous = current
    }
    return previous[b.count]
  }
}
