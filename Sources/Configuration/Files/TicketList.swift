// Approved changes, from an export of a ticket system: who may do what, from when to when.

import Events
import Rules

/// One line of the list.
public struct Ticket: Sendable, Equatable {
  /// An identity or a person.
  public var who: String
  /// An action, a target, an account or a resource; `*` for anything.
  public var what: Glob
  var whatText: String
  public var from: Int64
  public var to: Int64
  public var line: Int
}

public struct TicketList: Sendable, Equatable {
  static let columns = ["who", "what", "from", "to"]
  /// Ten years of a thousand changes a working day; each takes about 150 bytes.
  static let ticketsMax = 2_000_000
  /// A file with another date format is wrong on every line; the first ones tell enough.
  private static let errorsMax = 10

  public var path: String
  public var tickets: [Ticket] = []
  /// The names of the columns in the file, in the order of `columns`.
  var names: [String]
  public var origin: Origin
  private var places: [Int] = []
  private var errors = 0

  init(path: String, names: [String], origin: Origin) {
    self.path = path
    self.names = names
    self.origin = origin
  }

  mutating func read(_ context: ReadingContext) {
    var reader = CSVReader()
    do throws(FileTrouble) {
      try context.forEachLine(path) { (number, line) throws(FileTrouble) in
        guard try reader.take(line, number: number) else { return }
        try take(reader.fields, line: reader.firstLine, context)
      }
      if reader.isOpen { throw FileTrouble(message: "a quoted field is not closed", line: reader.firstLine) }
      if places.isEmpty { throw FileTrouble(message: "is empty; its first line names the columns", line: 1) }
    } catch {
      if error.line > 0 {
        context.error(.badTicket, error.message, .file(path, line: error.line))
      } else {
        context.error(.fileUnreadable, "\(path): \(error.message)", origin)
      }
    }
  }

  private mutating func take(_ fields: [[UInt8]], line: Int, _ context: ReadingContext) throws(FileTrouble) {
    if fields.count == 1, fields[0].isEmpty { return }
    guard !places.isEmpty else { return try takeHeader(fields, line: line) }
    do throws(FileTrouble) {
      tickets.append(try ticket(fields, line: line, context))
    } catch {
      errors += 1
      guard errors <= Self.errorsMax else {
        throw FileTrouble(message: "more lines like these; the rest was not read", line: line)
      }
      context.error(.badTicket, error.message, .file(path, line: line))
    }
    guard tickets.count <= Self.ticketsMax else {
      throw FileTrouble(message: "more than \(Self.ticketsMax) tickets; leave out the oldest", line: line)
    }
  }

  private mutating func takeHeader(_ fields: [[UInt8]], line: Int) throws(FileTrouble) {
    let header = fields.map { Self.trimmed($0).lowercased() }
    for name in names {
      guard let place = header.firstIndex(of: name.lowercased()) else {
        let hint = Suggestion.hint(for: name, among: header)
        let remedy = "the first line names the columns; 'columns' of 'tickets' maps other names"
        throw FileTrouble(message: "no column \(Quoted(name))\(hint.isEmpty ? "; \(remedy)" : hint)", line: line)
      }
      places.append(place)
    }
  }

  private func ticket(_ fields: [[UInt8]], line: Int, _ context: ReadingContext) throws(FileTrouble) -> Ticket {
    var texts: [String] = []
    for (place, column) in zip(places, Self.columns) {
      let text = place < fields.count ? Self.trimmed(fields[place]) : ""
      guard !text.isEmpty else {
        let remedy = column == "what" ? "; write * for anything" : ""
        throw FileTrouble(message: "no \(Quoted(column))\(remedy)")
      }
      texts.append(text)
    }
    guard let from = context.moment(texts[2]), let to = context.moment(texts[3]) else {
      let wrong = context.moment(texts[2]) == nil ? texts[2] : texts[3]
      throw FileTrouble(message: "\(Quoted(wrong)) is no time; write it like 2026-01-05 or 2026-01-05T10:00:00Z")
    }
    guard from < to else { throw FileTrouble(message: "the ticket ends before it begins") }
    return Ticket(who: texts[0], what: Glob(texts[1]), whatText: texts[1], from: from, to: to, line: line)
  }

  private static func trimmed(_ field: [UInt8]) -> String {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    let body = field.drop(while: isBlank)
    let end = body.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? body.startIndex
    return String(decoding: body[..<end], as: UTF8.self)
  }
}

extension ConfigurationReader {
  /// `tickets: FILE`, or a mapping of `file` and the names of its `columns`.
  mutating func readTickets(_ top: Section) {
    guard let node = top.node("tickets") else { return }
    var names = TicketList.columns
    var file = node.mapping == nil ? Section.text(node, "'tickets'", context) : nil
    if node.mapping != nil {
      guard let section = Section(node, "'tickets'", keys: ["file", "columns"], context) else { return }
      file = section.require("file", "the path of the list")
      if let node = section.node("columns"),
        let columns = Section(node, "'columns' of 'tickets'", keys: TicketList.columns, context)
      {
        names = TicketList.columns.map { columns.text($0)?.text ?? $0 }
      }
    }
    guard let file else { return }
    let path = file.text.hasPrefix("@") ? String(file.text.dropFirst()) : file.text
    var list = TicketList(path: context.resolve(path), names: names, origin: context.origin(file.line))
    list.read(context)
    result.tickets = list
  }
}
