// Reads comma-separated records as they stream by (RFC 4180): quoted fields, doubled quotes, line breaks in quotes.

/// Puts fields together from lines.
struct CSVReader {
  /// A ticket's text may be long; a quote that is never closed must not swallow the file.
  private static let recordBytesMax = 1 << 20

  private(set) var fields: [[UInt8]] = []
  private var field: [UInt8] = []
  private var isQuoted = false
  private var wasQuoted = false
  private var bytes = 0
  /// The line on which the record begins.
  private(set) var firstLine = 0

  /// Takes a line; true when a record is complete, which `fields` then holds until the next line.
  mutating func take(_ line: UnsafeRawBufferPointer, number: Int) throws(FileTrouble) -> Bool {
    if isQuoted {
      field.append(0x0A)
    } else {
      fields.removeAll(keepingCapacity: true)
      firstLine = number
      bytes = 0
    }
    bytes += line.count
    guard bytes <= Self.recordBytesMax else {
      throw FileTrouble(
        message: "a quoted field goes on for more than \(Self.recordBytesMax >> 20) MiB", line: firstLine)
    }
    var at = 0
    while at < line.count {
      try step(line, &at)
    }
    if isQuoted { return false }
    endField()
    return true
  }

  private mutating func step(_ line: UnsafeRawBufferPointer, _ at: inout Int) throws(FileTrouble) {
    let byte = line[at]
    at += 1
    if isQuoted {
      guard byte == UInt8(ascii: "\"") else { return field.append(byte) }
      if at < line.count, line[at] == UInt8(ascii: "\"") {
        field.append(byte)
        at += 1
      } else {
        isQuoted = false
      }
    } else if byte == UInt8(ascii: ",") {
      endField()
    } else if byte == UInt8(ascii: "\""), field.isEmpty, !wasQuoted {
      isQuoted = true
      wasQuoted = true
    } else if wasQuoted {
      throw FileTrouble(message: "text behind a quoted field; put the whole field in quotes", line: firstLine)
    } else {
      field.append(byte)
    }
  }

  private mutating func endField() {
    fields.append(field)
    field.removeAll(keepingCapacity: true)
    wasQuoted = false
  }

  /// Whether the file ended inside quotes.
  var isOpen: Bool { isQuoted }
}
