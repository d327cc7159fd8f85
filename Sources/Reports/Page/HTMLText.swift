/// HTML as it is written: elements of our own, texts of anybody.
///
/// What comes from events passes `text` or an attribute, which escape it. Tags and attribute names are ours.
struct HTMLText {
  private(set) var bytes: [UInt8] = []
  private var open: [String] = []

  typealias Attributes = [(String, String)]

  mutating func raw(_ markup: String) { bytes += markup.utf8 }

  /// What has been escaped already.
  mutating func raw(_ markup: [UInt8]) { bytes += markup }

  mutating func begin(_ tag: String, _ attributes: Attributes = []) {
    write(tag, attributes)
    open.append(tag)
  }

  mutating func end() {
    guard let tag = open.popLast() else { return }
    raw("</\(tag)>")
  }

  private mutating func write(_ tag: String, _ attributes: Attributes) {
    raw("<\(tag)")
    for (name, value) in attributes {
      raw(" \(name)=\"")
      text(value)
      raw("\"")
    }
    raw(">")
  }

  /// An element that has no end, such as `rect` with its attributes.
  mutating func single(_ tag: String, _ attributes: Attributes) {
    write(tag, attributes)
    raw("</\(tag)>")
  }

  mutating func text(_ text: [UInt8]) { text.withUnsafeBytes { Escape.html($0, to: &bytes) } }
  mutating func text(_ text: String) { self.text(Array(text.utf8)) }

  mutating func element(_ tag: String, _ attributes: Attributes = [], _ text: String) {
    begin(tag, attributes)
    self.text(text)
    end()
  }

  mutating func element(_ tag: String, _ attributes: Attributes = [], _ text: [UInt8]) {
    begin(tag, attributes)
    self.text(text)
    end()
  }

  mutating func inside(_ tag: String, _ attributes: Attributes = [], _ body: (inout HTMLText) -> Void) {
    begin(tag, attributes)
    body(&self)
    end()
  }

  mutating func line() { raw("\n") }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}

extension Escape {
  /// Text or the value of an attribute in HTML. What hides or moves other text is shown, not sent.
  public static func html(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    let isPlain = bytes.allSatisfy { byte in
      byte >= 0x20 && byte < 0x7F && byte != 0x3C && byte != 0x3E && byte != 0x26 && byte != 0x22 && byte != 0x27
    }
    if isPlain { return out.append(contentsOf: bytes) }
    forEachShown(bytes, keepingNewlines: true) { part in
      for byte in part {
        switch byte {
        case UInt8(ascii: "<"): out += Array("&lt;".utf8)
        case UInt8(ascii: ">"): out += Array("&gt;".utf8)
        case UInt8(ascii: "&"): out += Array("&amp;".utf8)
        case UInt8(ascii: "\""): out += Array("&quot;".utf8)
        case UInt8(ascii: "'"): out += Array("&#39;".utf8)
        default: out.append(byte)
        }
      }
    }
  }
}
