import Events
import Rules

/// Which events a rule is tried on, and what its field names mean there.
struct Route: Sendable {
  /// One bit for each provider, by its raw value; none for a product whose logs are not read.
  var providers: UInt32
  var names: FieldNames
  /// What an event must fulfil besides: several services of one provider, or a product known by its keys alone.
  var guardian: Predicate?

  static let everywhere = Route(providers: .max, names: .columns, guardian: nil)

  init(providers: UInt32, names: FieldNames, guardian: Predicate?) {
    self.providers = providers
    self.names = names
    self.guardian = guardian
  }

  /// The providers whose events can be told.
  static let read = LogFamily.readProviders.reduce(UInt32(1) << UInt32(Provider.unknown.rawValue)) {
    $0 | 1 << UInt32($1.rawValue)
  }

  /// `product: cloud` means every provider, by columns; with a service only the logs of that name. Anything else goes to
  /// the sources that it does not contradict; an event of an unknown provider meets no rule of a product, unless a
  /// guard tells the product by its keys.
  /// - Parameter read: the providers whose events are read; rules for others run nowhere.
  init(_ source: LogSource, read: UInt32 = Route.read) {
    if source.isCloud, source.service == nil, source.category == nil {
      self = .everywhere
      return
    }
    let meant = source.logs
    var providers: UInt32 = 0
    for family in meant { providers |= 1 << UInt32(family.provider.rawValue) }
    // A rule for several logs of a provider needs no guard between them.
    let guards = meant.compactMap(\.guardian)
    let isGuarded = !guards.isEmpty && guards.count == meant.count && source.service != nil
    let names: FieldNames = source.isCloud ? .columns : .raw(product: source.product?.lowercased() ?? "")
    self.init(
      providers: providers & read, names: names,
      guardian: isGuarded || providers == 1 ? names.ofRaw(Predicate.any(guards)) : nil)
  }

  var isNowhere: Bool { providers == 0 }
}
