/// Column `class` of a batch: looked up once for each distinct (provider, service, action) that the batch's dictionary
/// holds, not for each event.
///
/// A fixed table in which a newer triple takes the place of an older one: what an attacker invents as names costs a
/// look-up each time, and never memory.
struct ClassCache {
  // Real archives hold a few thousand distinct actions.
  private static let slotsCount = 1 << 13

  private struct Slot {
    var service: UInt32 = 0
    var action: UInt32 = 0
    var provider: UInt8 = 0
    var isConditional = false
    /// The class as a symbol; 0 in an empty slot.
    var symbol: UInt32 = 0
  }

  private var slots: [Slot]

  init(isUsed: Bool) {
    slots = isUsed ? [Slot](repeating: Slot(), count: ClassCache.slotsCount) : []
  }

  private static func place(_ provider: Provider, _ service: Symbol, _ action: Symbol) -> Int {
    let mixed = (UInt64(service.raw) << 32 | UInt64(action.raw)) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(provider.rawValue)
    return Int(truncatingIfNeeded: mixed >> 40) & (slotsCount - 1)
  }

  /// The class if it is known and depends on nothing else.
  func known(_ provider: Provider, _ service: Symbol, _ action: Symbol) -> Symbol? {
    let slot = slots[ClassCache.place(provider, service, action)]
    guard slot.symbol != 0, slot.action == action.raw, slot.service == service.raw, slot.provider == provider.rawValue,
      !slot.isConditional
    else { return nil }
    return Symbol(raw: slot.symbol)
  }

  mutating func remember(_ provider: Provider, _ service: Symbol, _ action: Symbol, _ symbol: Symbol) {
    guard !service.isLocal, !action.isLocal, !symbol.isLocal, !symbol.isMissing else { return }
    slots[ClassCache.place(provider, service, action)] = Slot(
      service: service.raw, action: action.raw, provider: provider.rawValue, symbol: symbol.raw)
  }
}

extension EventBatch {
  /// Fills column `class` of a row whose service and action are filled.
  /// - Parameter fields: the values of `ClassCatalogue.paths`.
  mutating func classify(_ row: Int, _ columns: ClassColumns, _ fields: Fields) {
    let action = symbol(columns.action, row)
    guard !action.isMissing else { return }
    let service = symbol(columns.service, row)
    let provider = providers[row]
    if let known = classes.known(provider, service, action) {
      cells[columns.place * EventBatch.rowsMax + row] = known.raw
      return
    }
    let candidates = ClassCatalogue.standard.candidates(
      provider, service: text(service).string, action: text(action).string)
    let found = candidates.first { candidate in
      candidate.condition.map { $0.holds(fields, base: candidate.firstPath) } ?? true
    }
    // Where no condition holds and nothing is said for all other values, the verb decides.
    var name = found?.name ?? InferredClass.ofAction(text(action))
    // SAFETY: the text is copied into the dictionary or the batch before the closure ends.
    let symbol = name.withUTF8 { bytes in
      let text = Text(base: bytes.baseAddress, count: bytes.count)
      return symbols.intern(text) ?? keep(text)
    }
    cells[columns.place * EventBatch.rowsMax + row] = symbol.raw
    if candidates.allSatisfy({ $0.condition == nil }) { classes.remember(provider, service, action, symbol) }
  }
}

/// Where a batch has its class and what that is made of.
struct ClassColumns {
  let place: Int
  let service: Int
  let action: Int

  /// Nil if the columns of a plan hold no class.
  init?(_ columns: [Column]) {
    guard let place = columns.firstIndex(of: .class), let service = columns.firstIndex(of: .service),
      let action = columns.firstIndex(of: .action)
    else { return nil }
    (self.place, self.service, self.action) = (place, service, action)
  }
}
