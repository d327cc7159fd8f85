import Events

/// The things that a call is about, for counting them: those of its request, else those that only the log names beside it.
enum ThingReader {
  /// Alibaba Cloud and Tencent Cloud say beside the request what it was about.
  static let paths = ["requestParameters", "referencedResources", "resourceName"]
  static let columns: [Column] = [.action, .target, .eventID]

  /// At least one: what names nothing is about one thing.
  ///
  /// - Parameter texts: of `paths`, and more.
  static func count(_ texts: [Text]) -> Int { max(listed(texts).count, 1) }

  /// With the action: a bucket and a database of one name are two things. Empty if the event has not even an id.
  ///
  /// - Parameter texts: of `paths` and `columns`.
  static func names(_ texts: [Text]) -> [[UInt8]] {
    guard texts.count == paths.count + columns.count else { return [] }
    let action = Array(texts[paths.count].bytes)
    let listed = listed(texts)
    if listed.count > 1 { return listed.map { action + [UInt8(ascii: " ")] + Array($0.utf8) } }
    let single = NamedTargets.single(in: texts[0])
    if !single.isEmpty { return [action + [UInt8(ascii: " ")] + Array(single.utf8)] }
    let other = texts[paths.count + 1] ?? texts[paths.count + 2]
    return other.isEmpty ? [] : [action + [UInt8(ascii: " ")] + Array(other.bytes)]
  }

  /// The longest list of the request, or, where it has none, of what stands beside it.
  private static func listed(_ texts: [Text]) -> [String] {
    var most = NamedTargets.listed(in: texts[0])
    guard most.count < 2 else { return most }
    let referenced = NamedTargets.listed(in: texts[1])
    if referenced.count > most.count { most = referenced }
    let parts = String(decoding: texts[2].bytes, as: UTF8.self).split(separator: "|").map(String.init)
    return parts.count > max(most.count, 1) ? parts : most
  }
}
