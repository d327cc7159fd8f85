import Configuration
import State

/// What goes out next to one target: one row, or many as a digest, or nothing before a moment.
///
///     room for 3, 2 wait      the older one
///     room for 3, 9 wait      the gravest one; then the next gravest; then a digest of the other seven
///     no room                 later
enum Batch: Equatable {
  case none
  case one(Int64)
  case digest([Int64])
  case later(Int64)

  /// - Parameters:
  ///   - rows: that wait, in the order in which they were filed.
  ///   - sent: times of messages within the rate's span, the first first.
  init(_ rows: [OutboxRow], sent: [Int64], _ rate: NotifyTarget.Rate?, now: Int64) {
    let ready = rows.filter { $0.due <= now }
    guard let first = ready.first else {
      self = rows.map(\.due).min().map { .later($0) } ?? .none
      return
    }
    guard let rate else {
      self = .one(first.id)
      return
    }
    let room = rate.messages - sent.count
    guard room > 0 else {
      self = .later(sent[sent.count - rate.messages] + rate.milliseconds)
      return
    }
    guard ready.count > room else {
      self = .one(first.id)
      return
    }
    // Of equals the first.
    let gravest = ready.sorted { a, b in a.level == b.level ? a.id < b.id : a.level > b.level }
    self = room == 1 ? .digest(gravest.map(\.id)) : .one(gravest[0].id)
  }
}
