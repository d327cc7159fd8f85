import Glibc

/// How wide a terminal is, in cells.
public enum Terminal {
  public static let usualWidth = 80
  /// In less, no text can be set.
  public static let textWidthMin = 20

  /// Nil for what is no terminal, unless somebody says how wide it is to be.
  public static func width(_ descriptor: Int32) -> Int? {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    guard let columns = getenv("COLUMNS"), let width = Int(String(cString: columns)), width > 0 else { return nil }
    return width
  }

  /// Of a line of a text on standard output that is to be read, which is not wider in a file.
  public static var textWidth: Int { max(textWidthMin, width(STDOUT_FILENO) ?? usualWidth) }
}
