enum Spellings {
  static func paths(of name: String, product: String) -> [String] { [name] }
}
