// Reads `notify`: targets, routes between alerts and targets, the ping.

import Events
import Rules

extension ConfigurationReader {
  mutating func readNotify(_ top: Section) {
    guard let node = top.node("notify"),
      let section = Section(node, "'notify'", keys: ["targets", "routes", "ping", "deadline"], context)
    else { return }
    var notify = Notify()
    notify.origin = section.origin
    for pair in named(section, "targets") {
      guard let target = TargetReader(pair, self)?.read() else { continue }
      notify.targets.append(target)
    }
    for node in list(section, "routes") { if let route = route(node) { notify.routes.append(route) } }
    if let node = section.node("ping") {
      let pair = YAMLPair(key: Notify.pingName, value: node, line: section.keyLine("ping"))
      notify.ping = TargetReader(ping: pair, self)?.readPing()
    }
    if let span = section.span("deadline", in: 1_000...3_600_000) {
      notify.deadlineMilliseconds = span
      notify.deadlineOrigin = context.origin(section.keyLine("deadline"))
    }
    checkTargets(of: notify)
    result.notify = notify
  }

  private func checkTargets(of notify: Notify) {
    let names = notify.targets.map(\.name)
    for route in notify.routes {
      for name in route.targets where !names.contains(name) {
        let hint = Suggestion.hint(for: name, among: names)
        let remedy = hint.isEmpty ? "; define it under 'targets'" : hint
        context.error(.unknownReference, "unknown target \(Quoted(name))\(remedy)", route.origin)
      }
    }
  }

  private func route(_ node: YAMLNode) -> NotifyRoute? {
    let keys = ["level", "classes", "environments", "accounts", "changes", "to"]
    guard let section = Section(node, "a route", keys: keys, context) else { return nil }
    guard section.has("to") else {
      context.error(.missingKey, "a route needs 'to': names of targets", line: section.line)
      return nil
    }
    let level = section.text("level")
    let names = Level.allCases.map(\.name)
    let known = level.map { text in Level.allCases.first { $0.name == text.text } }
    if let level, known == .some(nil) {
      let hint = Suggestion.hint(for: level.text, among: names)
      let message = "'level' \(Quoted(level.text)) is none of \(names.joined(separator: ", "))\(hint)"
      context.error(.badValue, message, line: level.line)
    }
    let targets = section.texts("to").map(\.text)
    if targets.isEmpty { context.error(.emptyValue, "'to' of a route is empty", line: section.keyLine("to")) }
    return NotifyRoute(
      level: (known ?? nil) ?? .informational, classes: words(section, "classes", EventClass.allCases.map(\.rawValue)),
      environments: section.texts("environments").map(\.text), accounts: section.texts("accounts").map(\.text),
      changes: section.has("changes")
        ? words(section, "changes", NotifyRoute.Change.allCases.map(\.rawValue)).compactMap(NotifyRoute.Change.init)
        : NotifyRoute.Change.allCases,
      targets: targets, levelOrigin: level.map { context.origin($0.line) } ?? .standard, origin: section.origin)
  }

  /// Members of a list that are words of ours.
  private func words(_ section: Section, _ key: String, _ known: [String]) -> [String] {
    section.texts(key).map { text in
      if !known.contains(text.text) {
        let hint = Suggestion.hint(for: text.text, among: known)
        let remedy = hint.isEmpty && known.count < 8 ? "; known are \(known.joined(separator: ", "))" : hint
        context.error(.badValue, "unknown word \(Quoted(text.text)) in '\(key)' of a route\(remedy)", line: text.line)
      }
      return text.text
    }
  }
}

extension Section {
  /// A time span in milliseconds.
  func span(_ key: String, in range: ClosedRange<Int64>) -> Int64? {
    guard let text = text(key) else { return nil }
    guard let span = Timespan.span(text.text), range.contains(span) else {
      let message =
        "'\(key)' \(Quoted(text.text)) must be a time span such as 30s or 10m, "
        + "from \(range.lowerBound / 1000)s to \(range.upperBound / 1000)s"
      context.error(.badValue, message, line: text.line)
      return nil
    }
    return span
  }
}
