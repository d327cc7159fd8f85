import Rules

extension LogSource {
  /// Where rules of this log source find a field of the given name.
  public func sources(of name: String) -> [FieldSource] { Route(self).names.sources(of: name) }
}
