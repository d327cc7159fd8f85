// JSON with the order of its keys, for the plain walk: the text of an object depends on it, and Foundation's
// dictionaries do not keep it. Scalars are Foundation's.

import Foundation

final class OrderedObject {
  var pairs: [(key: String, value: Any)] = []
}

struct OrderedJSON {
  private let bytes: [UInt8]
  private var at = 0

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// Scalars as Foundation makes them, arrays of such values, and `OrderedObject`; throws if it is no JSON.
  static func parse(_ text: String) throws -> Any {
    // Foundation decides what is JSON.
    _ = try JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed])
    var parser = OrderedJSON(text)
    return try parser.value()
  }

  static func compact(_ value: Any) throws -> String {
    if let list = value as? [Any] { return "[" + (try list.map(compact)).joined(separator: ",") + "]" }
    if let object = value as? OrderedObject {
      return "{" + (try object.pairs.map { try compact($0.key) + ":" + compact($0.value) }).joined(separator: ",") + "}"
    }
    let options: JSONSerialization.WritingOptions = [.fragmentsAllowed, .withoutEscapingSlashes]
    return String(decoding: try JSONSerialization.data(withJSONObject: value, options: options), as: UTF8.self)
  }

  private mutating func skipBlanks() { while at < bytes.count, bytes[at] <= 0x20 { at += 1 } }

  private mutating func take(_ character: Character) -> Bool {
    skipBlanks()
    guard at < bytes.count, bytes[at] == character.asciiValue else { return false }
    at += 1
    return true
  }

  private mutating func value() throws -> Any {
    if take("[") {
      var list: [Any] = []
      while !take("]") {
        list.append(try value())
        _ = take(",")
      }
      return list
    }
    guard take("{") else { return try scalar() }
    let object = OrderedObject()
    while !take("}") {
      let key = try scalar() as? String ?? ""
      _ = take(":")
      object.pairs.append((key, try value()))
      _ = take(",")
    }
    return object
  }

  private mutating func scalar() throws -> Any {
    skipBlanks()
    let start = at
    if bytes[at] == UInt8(ascii: "\"") {
      at += 1
      while bytes[at] != UInt8(ascii: "\"") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
      at += 1
    } else {
      while at < bytes.count, !",]} \n\t\r".utf8.contains(bytes[at]) { at += 1 }
    }
    return try JSONSerialization.jsonObject(with: Data(bytes[start..<at]), options: [.fragmentsAllowed])
  }
}
