import Rules

extension LogSource {
  /// Where rules of this log source find a field of the given name.
  public func sources(of name: String) -> [FieldSource] { Route(self).names.sources(of: name) }

  /// The logs that a rule of this log source is about. `product: cloud` alone is about all of them.
  public var logs: [LogFamily] {
    let meant = LogFamily.all.filter { $0.isMeant(by: self) }
    // A guard tells one product's events from unknown ones; it is no reason to try other rules on those.
    let known = meant.filter { $0.provider != .unknown }
    return known.isEmpty ? meant : known
  }
}
