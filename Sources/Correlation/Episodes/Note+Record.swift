// A note as it stands in the log. Each kind has a number, and its parts follow in the order of the declaration.

import Configuration

extension Note {
  func write(to record: inout RecordWriter) {
    switch self {
    case .none: record.put(UInt64(0))
    case .held(let decimal):
      record.put(UInt64(1))
      record.put(whole: UInt64(truncatingIfNeeded: decimal.units >> 64))
      record.put(whole: UInt64(truncatingIfNeeded: decimal.units))
    case .matched(let members):
      record.put(UInt64(2))
      record.put(members) { $0.put(signed: Int64($1)) }
    case .absent(let since, let present):
      record.put(UInt64(3))
      record.put(signed: since)
      record.put(present) { $0.put(signed: Int64($1)) }
    case .newValue(let value, let usual, let distinct, let peers, let known):
      record.put(UInt64(4))
      record.put(value)
      record.put(usual)
      record.put(signed: [Int64(distinct), Int64(peers), known])
    case .newKey(let values, let known):
      record.put(UInt64(5))
      record.put(values)
      record.put(signed: known)
    case .rare(let value, let having, let peers):
      record.put(UInt64(6))
      record.put(value)
      record.put(signed: [Int64(having), Int64(peers)])
    default: writeHistory(to: &record)
    }
  }

  private func writeHistory(to record: inout RecordWriter) {
    switch self {
    case .rate(let count, let median, let deviation, let buckets, let usual, let bucket):
      record.put(UInt64(7))
      record.put(signed: [Int64(count), Int64(median), Int64(deviation), Int64(buckets), usual.number, bucket])
    case .share(let part, let whole, let median, let deviation, let buckets, let usual, let bucket):
      record.put(UInt64(8))
      record.put(signed: [Int64(part), Int64(whole), Int64(median), Int64(deviation), Int64(buckets)])
      record.put(signed: [usual.number, bucket])
    case .unexpected(let kind, let texts):
      record.put(UInt64(9))
      record.put(UInt64(kind.rawValue))
      record.put(texts)
    case .networks(let networks, let count):
      record.put(UInt64(10))
      record.put(networks)
      record.put(signed: Int64(count))
    case .travel(let from, let fromPlace, let to, let toPlace, let kilometres, let since):
      record.put(UInt64(11))
      for id in [from, fromPlace, to, toPlace] { record.put(id) }
      record.put(signed: [Int64(kilometres), since])
    default: writeMoments(to: &record)
    }
  }

  private func writeMoments(to record: inout RecordWriter) {
    switch self {
    case .quiet(let since): record.put(kind: 12, since)
    case .unanswered(let time, let values):
      record.put(kind: 13, time)
      record.put(values)
    case .overlap(let value, let other, let first, let between):
      record.put(UInt64(14))
      for id in [value, other] { record.put(id) }
      record.put(signed: [first, between])
    case .overstay(let since): record.put(kind: 15, since)
    case .outsideHours(let time): record.put(kind: 16, time)
    case .after(let date): record.put(kind: 17, date)
    case .sameActor(let value, let other, let event):
      record.put(UInt64(18))
      for id in [value, event] { record.put(id) }
      record.put(signed: other)
    case .silence(let from, let until, let longest, let since):
      record.put(UInt64(19))
      record.put(signed: [from, longest, since])
      record.put(until) { $0.put(signed: $1) }
    case .interval(let value, let since, let until, let begun, let ended):
      record.put(UInt64(20))
      record.put(value)
      record.put(signed: since)
      record.put(until) { $0.put(signed: $1) }
      begun.write(to: &record)
      record.put(ended) { $1.write(to: &$0) }
    default: preconditionFailure("a note without a number")
    }
  }

  init(from record: inout RecordReader) {
    let kind = record.number()
    switch kind {
    case 0: self = .none
    case 1:
      let high = Int128(Int64(bitPattern: record.whole()))
      self = .held(Decimal(units: high << 64 | Int128(record.whole())))
    case 2: self = .matched(record.list { $0.integer() })
    case 3: self = .absent(since: record.signed(), present: record.list { $0.integer() })
    case 4:
      self = .newValue(
        value: record.id(), usual: record.ids(), distinct: record.integer(), peers: record.integer(),
        known: record.signed())
    case 5: self = .newKey(values: record.ids(), known: record.signed())
    case 6: self = .rare(value: record.id(), having: record.integer(), peers: record.integer())
    case 7:
      self = .rate(
        count: record.integer(), median: record.integer(), deviation: record.integer(), buckets: record.integer(),
        usual: Usual(number: record.signed()), bucket: record.signed())
    case 8:
      self = .share(
        part: record.integer(), whole: record.integer(), median: record.integer(), deviation: record.integer(),
        buckets: record.integer(), usual: Usual(number: record.signed()), bucket: record.signed())
    case 9:
      guard let kind = Violation.Kind(rawValue: UInt8(truncatingIfNeeded: record.number())) else {
        preconditionFailure("a violation of no kind")
      }
      self = .unexpected(kind, texts: record.ids())
    case 10: self = .networks(record.ids(), count: record.integer())
    case 11:
      self = .travel(
        from: record.id(), fromPlace: record.id(), to: record.id(), toPlace: record.id(),
        kilometres: record.integer(), since: record.signed())
    default: self.init(moment: kind, &record)
    }
  }

  private init(moment kind: UInt64, _ record: inout RecordReader) {
    switch kind {
    case 12: self = .quiet(since: record.signed())
    case 13: self = .unanswered(at: record.signed(), values: record.ids())
    case 14:
      self = .overlap(value: record.id(), other: record.id(), first: record.signed(), between: record.signed())
    case 15: self = .overstay(since: record.signed())
    case 16: self = .outsideHours(at: record.signed())
    case 17: self = .after(date: record.signed())
    case 18:
      let (value, event) = (record.id(), record.id())
      self = .sameActor(value: value, other: record.signed(), event: event)
    case 19:
      let (from, longest, since) = (record.signed(), record.signed(), record.signed())
      self = .silence(from: from, until: record.optional { $0.signed() }, longest: longest, since: since)
    case 20:
      self = .interval(
        value: record.id(), since: record.signed(), until: record.optional { $0.signed() }, begun: Deed(from: &record),
        ended: record.optional { Deed(from: &$0) })
    default: preconditionFailure("a note of no kind")
    }
  }
}

extension Note.Usual {
  fileprivate var number: Int64 {
    switch self {
    case .sameHour: 0
    case .own: 1
    case .everyone: 2
    }
  }

  fileprivate init(number: Int64) { self = number == 0 ? .sameHour : number == 1 ? .own : .everyone }
}

extension Deed {
  fileprivate func write(to record: inout RecordWriter) {
    for id in [event, actor, issuer, person] { record.put(id) }
  }

  fileprivate init(from record: inout RecordReader) {
    self.init(event: record.id(), actor: record.id(), issuer: record.id(), person: record.id())
  }
}

extension RecordWriter {
  fileprivate mutating func put(signed numbers: [Int64]) {
    for number in numbers { put(signed: number) }
  }

  fileprivate mutating func put(kind: UInt64, _ time: Int64) {
    put(kind)
    put(signed: time)
  }

  fileprivate mutating func put<Value>(_ value: Value?, _ write: (inout RecordWriter, Value) -> Void) {
    put(value != nil)
    if let value { write(&self, value) }
  }
}

extension RecordReader {
  fileprivate mutating func integer() -> Int { Int(signed()) }

  fileprivate mutating func optional<Value>(_ read: (inout RecordReader) -> Value) -> Value? {
    flag() ? read(&self) : nil
  }
}
