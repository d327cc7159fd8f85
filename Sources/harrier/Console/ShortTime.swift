/// Times in tables that have little room.
enum ShortTime {
  /// Cells of a terminal below which tables of alerts and messages have no room for more.
  static let narrowWidth = 160
  // `2026-01-05T09:31`.
  private static let minuteLetters = 16

  /// Without its seconds, but with its offset.
  static func minute(_ time: String) -> String {
    guard time.count > minuteLetters, let offset = time.lastIndex(where: { "Z+-".contains($0) }) else { return time }
    return String(time.prefix(minuteLetters) + time[offset...])
  }
}
