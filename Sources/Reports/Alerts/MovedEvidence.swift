import Archive

/// Alerts whose evidence lies elsewhere now: the files that they cite, and the command that shows more, are named anew.
public struct MovedEvidence {
  private static let marker = Array(#""file":""#.utf8)

  /// As they stand in an alert.
  private var names: [[UInt8]: [UInt8]] = [:]
  /// As they stand in a line: most lines name none of them, and need not be read.
  private var written: Set<[UInt8]> = []

  public init(_ moves: [(from: [UInt8], to: [UInt8])]) {
    for move in moves {
      let name = FileName(move.from).text
      names[name] = FileName(move.to).text
      var text: [UInt8] = []
      name.withUnsafeBytes { Escape.json($0, to: &text) }
      written.insert(Array(text.dropFirst().dropLast()))
    }
  }

  /// The line of an alert under the new names; nil if it cites none of the files.
  public func line(_ line: [UInt8]) -> [UInt8]? {
    guard cites(line), var alert = Alert(line: line) else { return nil }
    let before = NextCommand.tail(alert.events.map { FileName.named($0.file).bytes })
    for place in alert.events.indices {
      alert.events[place].file = names[alert.events[place].file] ?? alert.events[place].file
    }
    if alert.next.count >= before.count, alert.next.suffix(before.count).elementsEqual(before) {
      alert.next =
        alert.next.dropLast(before.count) + NextCommand.tail(alert.events.map { FileName.named($0.file).bytes })
    }
    var json = AlertJSON()
    return json.line(alert)
  }

  private func cites(_ line: [UInt8]) -> Bool {
    let marker = MovedEvidence.marker
    var at = 0
    while at + marker.count < line.count {
      guard line[at] == marker[0], line[at + 1] == marker[1], line[at..<at + marker.count].elementsEqual(marker) else {
        at += 1
        continue
      }
      let start = at + marker.count
      var end = start
      while end < line.count, line[end] != UInt8(ascii: "\"") { end += line[end] == UInt8(ascii: "\\") ? 2 : 1 }
      guard end < line.count else { return false }
      if written.contains(Array(line[start..<end])) { return true }
      at = end
    }
    return false
  }
}
