// Networks, hours, naming, countries, databases, thresholds and runbooks.

import Events
import Rules

extension ConfigurationReader {
  mutating func readNetworks(_ top: Section) {
    guard let node = top.node("networks"),
      let section = Section(node, "'networks'", keys: ["trusted", "blocked", "vpn"], context)
    else { return }
    result.trustedNetworks = networks(section, "trusted")
    result.blockedNetworks = networks(section, "blocked")
    result.vpnNetworks = networks(section, "vpn")
  }

  /// Networks inline and as `@FILE`.
  func networks(_ section: Section, _ key: String) -> NetworkList {
    var list = NetworkList()
    var builder = AddressSetBuilder()
    for item in section.texts(key) {
      var count = 1
      if item.text.hasPrefix("@") {
        let path = context.resolve(String(item.text.dropFirst()))
        let errors = context.findings.count
        count = AddressList.read(path, at: context.origin(item.line), into: &builder, context)
        if count == 0, context.findings.count == errors {
          context.error(.emptyValue, "\(path) holds no network", line: item.line)
        }
        list.entries.append(.init(text: "@\(path)", count: count, origin: context.origin(item.line)))
      } else {
        let bytes = Array(item.text.utf8)
        if let refusal = bytes.withUnsafeBytes({ AddressList.add($0, to: &builder) }) {
          context.error(.badNetwork, "\(refusal); a file of networks is written '@FILE'", line: item.line)
        }
        list.entries.append(.init(text: item.text, count: 1, origin: context.origin(item.line)))
      }
    }
    list.set = builder.build()
    return list
  }

  // MARK: Hours

  func hours(_ node: YAMLNode) -> WorkingHours? {
    let keys = ["timezone", "days", "from", "to", "holidays"]
    guard let section = Section(node, "'working_hours'", keys: keys, context) else { return nil }
    let zone = section.has("timezone") ? section.text("timezone").flatMap { self.zone($0) } : context.zone
    let from = section.require("from", "such as '09:00'").flatMap { clock($0) }
    let to = section.require("to", "such as '18:30'").flatMap { clock($0) }
    let days = section.has("days") ? days(section) : WorkingHours.standardDays
    var holidays: [Int] = []
    for text in section.texts("holidays") {
      guard let time = Self.date(text.text) else {
        context.error(.badTime, "holiday \(Quoted(text.text)) is no date; write it like 2026-01-01", line: text.line)
        continue
      }
      holidays.append(time)
    }
    guard let zone, let from, let to, days != 0 else { return nil }
    guard from != to else {
      context.error(.badTime, "'working_hours' begin and end at the same time", line: section.line)
      return nil
    }
    return WorkingHours(
      zone: zone, days: days, fromMinute: from, toMinute: to, holidays: holidays.sorted(), origin: section.origin)
  }

  private static func date(_ text: String) -> Int? {
    guard text.utf8.count == 10, let time = ReadingContext(file: "").moment(text) else { return nil }
    return Int(time / 86_400_000)
  }

  /// `09:00` in minutes; 24:00 is the end of the day.
  private func clock(_ text: Located) -> Int? {
    let parts = text.text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2, let hour = UInt8(parts[0]),
      let minute = UInt8(parts[1]), minute <= 59, hour < 24 || (hour == 24 && minute == 0)
    else {
      context.error(.badTime, "\(Quoted(text.text)) is no time of day; write it like '09:00'", line: text.line)
      return nil
    }
    return Int(hour) * 60 + Int(minute)
  }

  /// `mon`, `[mon, tue]`, `mon-fri`.
  private func days(_ section: Section) -> UInt8 {
    var mask: UInt8 = 0
    for text in section.texts("days") {
      let ends = text.text.lowercased().split(separator: "-", omittingEmptySubsequences: false).map { $0.prefix(3) }
      let places = ends.map { end in Weekday.names.firstIndex { $0 == end } }
      guard places.count <= 2, let first = places.first.flatMap({ $0 }), let last = places.last.flatMap({ $0 }) else {
        let message = "\(Quoted(text.text)) is no day of the week; write mon, tue, ... or mon-fri"
        context.error(.badValue, message, line: text.line)
        return 0
      }
      var day = first
      mask |= 1 << UInt8(day)
      while day != last {
        day = (day + 1) % 7
        mask |= 1 << UInt8(day)
      }
    }
    if mask == 0 {
      context.error(.emptyValue, "'working_hours' has no days", line: section.keyLine("days"))
    }
    return mask
  }

  // MARK: Words and numbers

  mutating func readNaming(_ top: Section) {
    for pair in named(top, "naming") {
      guard NamingRule.types.contains(pair.key) else {
        let hint = Suggestion.hint(for: pair.key, among: NamingRule.types)
        let known = hint.isEmpty ? "; known are \(NamingRule.types.joined(separator: ", "))" : hint
        context.error(.unknownKey, "unknown type \(Quoted(pair.key)) in 'naming'\(known)", line: pair.line)
        continue
      }
      let items = pair.value.sequence ?? [pair.value]
      var patterns: [NamePattern] = []
      for item in items {
        guard let text = Section.text(item, "a pattern of '\(pair.key)'", context) else { continue }
        do throws(FileTrouble) {
          patterns.append(try NamePattern(text.text))
        } catch {
          let message = "pattern \(Quoted(text.text)) is no regular expression: \(error.message)"
          context.error(.badPattern, message, line: text.line)
        }
      }
      if items.isEmpty { context.error(.emptyValue, "'\(pair.key)' of 'naming' is empty", line: pair.line) }
      result.naming.append(NamingRule(type: pair.key, patterns: patterns, origin: context.origin(pair.line)))
    }
  }

  mutating func readCountries(_ top: Section) {
    for item in top.items("allowed_countries") {
      // Norway's code is a boolean in YAML 1.1; written plain it is meant as the country.
      guard let text = item.scalar?.text, text.utf8.count == 2,
        text.utf8.allSatisfy({ ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A })
      else {
        let message = "a member of 'allowed_countries' must be a code of two letters (ISO 3166), such as CN"
        context.error(.badValue, message, line: item.line)
        continue
      }
      result.allowedCountries.append(.init(text: text.uppercased(), origin: context.origin(item.line)))
    }
  }

  /// Lists for rules, under names of their own.
  mutating func readLists(_ top: Section) {
    let pairs = named(top, "lists")
    guard let node = top.node("lists"), let section = Section(free: node, "'lists'", context) else { return }
    for pair in pairs {
      let isWord = pair.key.utf8.allSatisfy { byte in
        (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x5F
      }
      if !isWord {
        let message = "list \(Quoted(pair.key)): rules write it '%name%', so it is made of letters, digits and '_'"
        context.error(.badValue, message, line: pair.line)
      }
      if Configuration.placeholderNames.contains(pair.key) {
        let message = "the list \(Quoted(pair.key)) is made of other sections; choose another name"
        context.error(.duplicate, message, line: pair.line)
      }
      let values = section.texts(pair.key)
      if values.isEmpty { context.error(.emptyValue, "the list \(Quoted(pair.key)) is empty", line: pair.line) }
      result.lists.append((pair.key, values.map { .init(text: $0.text, origin: context.origin($0.line)) }))
    }
  }

  mutating func readDatabases(_ top: Section) {
    let kinds = Databases.Kind.allCases
    guard let node = top.node("geoip"),
      let section = Section(node, "'geoip'", keys: kinds.map(\.rawValue), context)
    else { return }
    for kind in kinds {
      guard let text = section.text(kind.rawValue) else { continue }
      let path = context.resolve(text.text)
      do throws(FileTrouble) {
        guard try LineFile.tail(path, count: DatabaseMark.tailBytes).hasDatabaseMark else {
          throw FileTrouble(message: "is no MaxMind database (.mmdb)")
        }
      } catch {
        context.error(.badDatabase, "\(path): \(error.message)", line: text.line)
      }
      result.databases.entries.append(.init(kind: kind, path: path, origin: context.origin(text.line)))
    }
  }

  mutating func readThresholds(_ top: Section) {
    let names = Threshold.allCases.map(\.rawValue)
    guard let node = top.node("thresholds"),
      let section = Section(node, "'thresholds'", keys: names + ["rules"], context)
    else { return }
    for threshold in Threshold.allCases {
      guard let node = section.node(threshold.rawValue) else { continue }
      let value = WholeNumber.read(node, "'\(threshold.rawValue)'", in: threshold.range, context)
      if let value { result.thresholds[threshold] = (value, context.origin(node.line)) }
    }
    for pair in named(section, "rules") {
      if let threshold = threshold(ofRule: pair) { result.rules.thresholds.append(threshold) }
    }
  }

  mutating func readRunbooks(_ top: Section) {
    for pair in named(top, "runbooks") {
      guard let link = Section.text(pair.value, "the runbook of '\(pair.key)'", context) else { continue }
      let isLink = link.text.hasPrefix("https://") || link.text.hasPrefix("http://")
      guard isLink, link.text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }) else {
        let message = "runbook \(Quoted(link.text)) is no link; write it with https:// and without blanks"
        context.error(.badValue, message, line: link.line)
        continue
      }
      result.rules.runbooks.append(.init(rule: pair.key, link: link.text, origin: context.origin(pair.line)))
    }
  }
}

enum DatabaseMark {
  /// The format puts its metadata, behind this mark, into the last 128 KiB.
  static let tailBytes = 128 << 10
  static let bytes: [UInt8] = [0xAB, 0xCD, 0xEF] + Array("MaxMind.com".utf8)
}

extension [UInt8] {
  fileprivate var hasDatabaseMark: Bool {
    let mark = DatabaseMark.bytes
    guard count >= mark.count else { return false }
    return (0...(count - mark.count)).contains { self[$0] == mark[0] && self[$0...].starts(with: mark) }
  }
}
