import Correlation
import Events

/// Where an address is, as far as a database of the configuration says.
public struct AddressOrigin: Sendable, Equatable {
  public var country: String?
  public var network: UInt32?

  /// Nil where nothing is known.
  public init?(country: String?, network: UInt32?) {
    guard country != nil || network != nil else { return nil }
    self.country = country
    self.network = network
  }

  /// `GB, AS1221`
  public var words: String {
    [country, network.map { "AS\($0)" }].compactMap { $0 }.joined(separator: ", ")
  }
}

/// An address that alerts came from: how many, where it is, and how new.
public struct AddressLine: Sendable, Equatable {
  public var text: [UInt8]
  public var alerts = 0
  public var origin: AddressOrigin?
  /// Of the first event of an alert from there; with a state also of alerts that earlier runs told.
  public var firstTime = Timestamp.missing
  /// For whom a history says that the address, its network or its country was not usual; not all of very many.
  public var newTo: [[UInt8]] = []
}

/// What is counted of the addresses of alerts.
struct AddressTally: Equatable {
  // Whom a line can name; an address that is new to more people says no more by more names.
  private static let newToMax = 5

  private var lines: [[UInt8]: AddressLine] = [:]

  mutating func add(_ alert: AlertGlance) {
    guard let address = alert.sourceIP else { return }
    lines[address, default: AddressLine(text: address)].add(alert, newToMax: AddressTally.newToMax)
  }

  /// Those with most alerts.
  ///
  /// - Parameter known: when alerts that were told before began, by address.
  func top(_ countMax: Int, known: [[UInt8]: Int64]) -> [AddressLine] {
    let sorted = lines.values.sorted { a, b in
      a.alerts == b.alerts ? a.text.lexicographicallyPrecedes(b.text) : a.alerts > b.alerts
    }
    return sorted.prefix(countMax).map { line in
      var line = line
      if let time = known[line.text] { line.firstTime = Timestamp.earlier(line.firstTime, time) }
      return line
    }
  }
}

extension AddressLine {
  fileprivate mutating func add(_ alert: AlertGlance, newToMax: Int) {
    alerts += 1
    origin = origin ?? alert.origin
    firstTime = Timestamp.earlier(firstTime, alert.firstTime)
    if let person = alert.newTo, newTo.count < newToMax, !newTo.contains(person) { newTo.append(person) }
  }
}

extension Timestamp {
  /// Of two times that may be missing.
  public static func earlier(_ one: Int64, _ other: Int64) -> Int64 {
    one == missing ? other : other == missing ? one : min(one, other)
  }
}
