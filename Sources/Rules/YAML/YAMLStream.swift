// Reads all documents of a stream. A document that fails is reported and left out; reading goes on at the next line
// that starts with `---`. That is safe: such a line ends the document even inside an open string or block.

/// The documents of one stream and what was wrong with the others.
public struct YAMLStream: Sendable {
  public private(set) var documents: [YAMLNode] = []
  public private(set) var failures: [YAMLFailure] = []
  /// Keys that are given again, where that is not the end of a document. The first value counts.
  public private(set) var duplicates: [YAMLFailure] = []
  private var nodes = 0
  private let toleratesDuplicates: Bool

  /// What editors on Windows put before the first character. It says nothing about UTF-8 and is no part of the text.
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Parses a stream. Empty documents are left out.
  ///
  /// - Parameter toleratesDuplicates: read on where a key is given again, for a caller who wants to tell every mistake.
  public init(_ bytes: [UInt8], toleratesDuplicates: Bool = false) {
    let isMarked = bytes.starts(with: Self.byteOrderMark)
    self.init(text: isMarked ? Array(bytes.dropFirst(Self.byteOrderMark.count)) : bytes, toleratesDuplicates)
  }

  private init(text bytes: [UInt8], _ toleratesDuplicates: Bool) {
    self.toleratesDuplicates = toleratesDuplicates
    guard bytes.count <= YAMLLimits.streamBytesMax else {
      failures = [Self.refuse(.tooBig, "more than \(YAMLLimits.streamBytesMax >> 20) MiB of YAML; split the file")]
      return
    }
    guard let line = Self.firstUnreadableLine(bytes) else {
      bytes.withUnsafeBufferPointer { read($0) }
      return
    }
    failures = [YAMLFailure(code: .notUTF8, message: "the text is not valid UTF-8", line: line)]
  }

  private static func refuse(_ code: YAMLFailure.Code, _ message: String) -> YAMLFailure {
    YAMLFailure(code: code, message: message, line: 1)
  }

  /// Nil if the bytes are UTF-8 throughout.
  private static func firstUnreadableLine(_ bytes: [UInt8]) -> Int? {
    // `String(validating:)` is a vectorised check; the line is looked for only after it has failed.
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var line = 1
    for part in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if String(validating: part, as: UTF8.self) == nil { return line }
      line += 1
    }
    return line
  }

  private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
    var start = 0
    var linesBefore = 0
    guard Self.tagDirectives(bytes) <= YAMLLimits.tagDirectivesMax else {
      failures.append(Self.refuse(.tooManyNodes, "more than \(YAMLLimits.tagDirectivesMax) %TAG lines"))
      return
    }
    while let failedLine = readUntilFailure(UnsafeBufferPointer(rebasing: bytes[start...]), linesBefore) {
      guard failures.count < YAMLLimits.failuresMax else {
        let message = "more than \(YAMLLimits.failuresMax) broken documents; the rest of the file was not read"
        failures.append(YAMLFailure(code: .tooManyFailures, message: message, line: linesBefore + failedLine))
        return
      }
      guard let next = Self.documentStart(in: bytes, from: start, notBefore: failedLine) else { return }
      start = next.offset
      linesBefore += next.line
    }
  }

  /// Reads documents until one fails and gives the line, counted from the start of `bytes`, where it did.
  private mutating func readUntilFailure(_ bytes: UnsafeBufferPointer<UInt8>, _ linesBefore: Int) -> Int? {
    do throws(YAMLFailure) {
      var composer = YAMLComposer(try YAMLEventParser(bytes), nodes: nodes)
      composer.toleratesDuplicates = toleratesDuplicates
      defer {
        nodes = composer.nodes
        duplicates += composer.duplicates.map { $0.moved(down: linesBefore) }
      }
      do throws(YAMLFailure) {
        while let document = try composer.nextDocument() {
          guard !document.isNull else { continue }
          documents.append(linesBefore == 0 ? document : document.moved(down: linesBefore))
        }
        return nil
      } catch {
        failures.append(error.moved(down: linesBefore))
        return max(error.line, composer.line)
      }
    } catch {
      failures.append(error)
      return nil
    }
  }

  private static func tagDirectives(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let mark = Array("%TAG".utf8)
    var count = 0
    var isLineStart = true
    for (index, byte) in bytes.enumerated() {
      if isLineStart, byte == mark[0], bytes[index...].starts(with: mark) { count += 1 }
      isLineStart = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
    return count
  }

  /// The first `---` line from the given line on, but never the line at `start`: its offset in `bytes` and the number of lines before it from `start`.
  private static func documentStart(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int, notBefore line: Int
  ) -> (offset: Int, line: Int)? {
    var current = 1
    for index in start..<bytes.count where bytes[index] == UInt8(ascii: "\n") {
      current += 1
      let rest = bytes[(index + 1)...]
      guard current >= line, rest.starts(with: [45, 45, 45]) else { continue }
      let after = index + 4
      if after >= bytes.count || bytes[after] <= UInt8(ascii: " ") { return (index + 1, current - 1) }
    }
    return nil
  }
}

extension YAMLFailure {
  func moved(down lines: Int) -> YAMLFailure {
    var copy = self
    copy.line += lines
    return copy
  }
}

extension YAMLNode {
  func moved(down lines: Int) -> YAMLNode {
    var copy = self
    copy.line += lines
    switch content {
    case .scalar: break
    case .sequence(let items): copy.content = .sequence(items.map { $0.moved(down: lines) })
    case .mapping(let pairs):
      copy.content = .mapping(
        pairs.map { YAMLPair(key: $0.key, value: $0.value.moved(down: lines), line: $0.line + lines) })
    }
    return copy
  }
}
