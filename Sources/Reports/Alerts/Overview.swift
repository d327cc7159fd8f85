import Events

/// What a run says of detections, rules and accounts, kept with a state, so that a report that is made again says it too.
public enum Overview {
  // What the writer has besides counters.
  private static let named: Set<String> = [
    "rule_id", "title", "kind", "evaluated", "reason", "limited", "not_evaluable", "learning_until",
  ]

  public static func text(_ summary: Summary, accounts: [SilentAccount]) -> [UInt8] {
    var json = JSONText()
    json.begin()
    SummaryJSON.detections(summary, &json)
    json.member("rejected_rules", list: summary.rejections.map { Array($0.utf8) })
    json.key("accounts")
    json.begin(UInt8(ascii: "["))
    for account in accounts {
      json.begin()
      json.member("id", account.id)
      json.member("name", account.name)
      json.member("provider", account.provider)
      json.end()
    }
    json.end(UInt8(ascii: "]"))
    json.end()
    return json.bytes
  }

  /// Puts into a summary what `text` has kept; nothing of what cannot be read.
  ///
  /// - Parameter seen: the accounts of which any event was read.
  public static func read(_ bytes: [UInt8], into summary: inout Summary, seen: Set<[UInt8]>) {
    guard let json = JSONValue(bytes) else { return }
    summary.detections = (json["detections"]?.list ?? []).map(line)
    summary.rejections = (json["rejected_rules"]?.list ?? []).compactMap(\.string)
    let accounts = (json["accounts"]?.list ?? []).map {
      SilentAccount(id: $0["id"]?.string ?? "", name: $0["name"]?.string ?? "", provider: $0["provider"]?.string ?? "")
    }
    summary.silentAccounts = silent(accounts, seen)
  }

  /// Accounts of which no event was ever read.
  public static func silent(_ accounts: [SilentAccount], _ seen: Set<[UInt8]>) -> [SilentAccount] {
    accounts.filter { !seen.contains(Array($0.id.utf8)) }
  }

  private static func line(_ json: JSONValue) -> Summary.DetectionLine {
    var line = Summary.DetectionLine(ruleID: json["rule_id"]?.string ?? "")
    line.title = json["title"]?.string
    line.kind = json["kind"]?.string
    line.reason = json["reason"]?.string
    line.limited = json["limited"]?.string
    line.gaps = (json["not_evaluable"]?.list ?? []).map {
      Evaluability.Gap(
        provider: $0["provider"]?.string ?? "", accounts: ($0["accounts"]?.list ?? []).compactMap(\.bytes),
        reason: $0["reason"]?.string ?? "")
    }
    let until = Alert.time(json["learning_until"])
    line.learningUntil = until == Timestamp.missing ? nil : until
    if case .object(let members) = json {
      for (name, value) in members {
        let name = String(decoding: name, as: UTF8.self)
        if !named.contains(name), let count = value.integer { line.counters.append((name, count)) }
      }
    }
    return line
  }
}
