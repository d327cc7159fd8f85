/// Numbers as people read them.
public enum Amount {
  /// `1.4 GB`, with units of 1,000 and two or three digits.
  public static func bytes(_ value: UInt64) -> String {
    scaled(value, ["B", "kB", "MB", "GB", "TB", "PB"], space: " ")
  }

  /// `12`, `4.5k`, `1.2M`.
  public static func count(_ value: UInt64) -> String { scaled(value, ["", "k", "M", "G", "T", "P"], space: "") }

  private static func scaled(_ value: UInt64, _ units: [String], space: String) -> String {
    var tenths = value
    var unit = 0
    if value < 1000 { return "\(value)\(space)\(units[0])" }
    tenths = value / 100
    unit = 1
    while tenths >= 10_000 && unit + 1 < units.count {
      tenths /= 1000
      unit += 1
    }
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10)\(space)\(units[unit])" : "\(tenths / 10)\(space)\(units[unit])"
  }

  /// `1 file`, `2,000 files`.
  public static func of(_ count: Int, _ noun: String) -> String {
    "\(grouped(UInt64(clamping: count))) \(noun)\(count == 1 ? "" : "s")"
  }

  /// `1,234,567`.
  public static func grouped(_ value: UInt64) -> String {
    var text = ""
    for (index, digit) in String(value).reversed().enumerated() {
      if index > 0 && index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  /// `45s`, `3m10s`, `2h05m`.
  public static func duration(_ seconds: Int64) -> String {
    if seconds < 60 { return "\(seconds)s" }
    if seconds < 3600 { return "\(seconds / 60)m\(padded(seconds % 60))s" }
    return "\(seconds / 3600)h\(padded(seconds / 60 % 60))m"
  }

  private static func padded(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
