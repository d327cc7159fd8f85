import Rules

/// A layer for the ATT&CK Navigator (layer format 4.5): the techniques that alerts stand for, coloured by their number.
public enum NavigatorLayer {
  private static let layerVersion = "4.5"
  private static let navigatorVersion = "5.1.0"
  private static let attackVersion = "17"
  // A comment names so many rules; the rest is a number.
  private static let titlesMax = 5
  // From pale to the red of a grave finding.
  private static let colours = ["#fff3ec", "#f2a477", "#b4381e"]

  private struct Found {
    var count = 0
    var level = Level.informational
    var titles: [String: Int] = [:]
    var tactics: Set<String> = []
  }

  public static func text(_ alerts: AlertList) -> [UInt8] {
    var found: [AttackTag.Technique: Found] = [:]
    for place in 0..<alerts.count {
      let alert = alerts.sketch(place)
      for technique in AttackTag.techniques(alert.tags) {
        var entry = found[technique] ?? Found()
        entry.count += 1
        entry.level = max(entry.level, alert.level)
        entry.titles[alert.title, default: 0] += 1
        entry.tactics.formUnion(AttackTag.tactics(alert.tags))
        found[technique] = entry
      }
    }
    return layer(found, alerts: alerts.count)
  }

  private static func layer(_ found: [AttackTag.Technique: Found], alerts: Int) -> [UInt8] {
    var json = JSONText()
    json.begin()
    json.member("name", "Harrier")
    json.key("versions")
    json.begin()
    json.member("attack", attackVersion)
    json.member("navigator", navigatorVersion)
    json.member("layer", layerVersion)
    json.end()
    json.member("domain", "enterprise-attack")
    json.member("description", "Techniques that \(Amount.of(alerts, "alert")) stand for; the score is their number.")
    json.member("sorting", 3)
    json.member("hideDisabled", false)
    json.key("techniques")
    json.begin(UInt8(ascii: "["))
    for (technique, entry) in found.sorted(by: { $0.key.id < $1.key.id }) { write(technique, entry, &json) }
    json.end(UInt8(ascii: "]"))
    json.key("gradient")
    json.begin()
    json.member("colors", list: colours.map { Array($0.utf8) })
    json.member("minValue", 0)
    json.member("maxValue", found.values.map(\.count).max() ?? 1)
    json.end()
    json.end()
    json.line()
    return json.bytes
  }

  private static func write(_ technique: AttackTag.Technique, _ entry: Found, _ json: inout JSONText) {
    let titles = entry.titles.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    var comment = titles.prefix(titlesMax).map { "\($0.key) (\($0.value))" }
    if titles.count > titlesMax { comment.append("and \(titles.count - titlesMax) more rules") }
    json.begin()
    json.member("techniqueID", technique.id)
    json.member("score", entry.count)
    json.member("enabled", true)
    json.member("showSubtechniques", technique.isSub)
    json.member("comment", comment.joined(separator: "; "))
    json.key("metadata")
    json.begin(UInt8(ascii: "["))
    for (name, value) in [
      ("highest level", entry.level.name), ("tactics", entry.tactics.sorted().joined(separator: ", ")),
    ]
    where !value.isEmpty {
      json.begin()
      json.member("name", name)
      json.member("value", value)
      json.end()
    }
    json.end(UInt8(ascii: "]"))
    json.end()
  }
}
