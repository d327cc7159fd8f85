import Events

// An alert as it stands in the log: everything but its row's fields and what correlations ask for.

extension Episode {
  func write(to record: inout RecordWriter) {
    record.put(group)
    record.put(scene)
    record.put(UInt64(findings))
    record.put(signed: lastTime &- time)
    record.put(UInt64(count))
    record.put(hasMoreActions)
    // A dimension that events do not share becomes 0.
    record.put(shared) { $0.put($1 &+ 1) }
    record.put(actions)
    ties.write(to: &record)
    record.put(coverings) { $0.put(signed: Int64($1)) }
    record.put(links) { $0.put($1) }
    record.put(UInt64(usual?.rawValue ?? 0))
    write(head, to: &record)
    write(Array(cited[head.count...]), to: &record)
    note.write(to: &record)
    record.put(evidence != nil)
    evidence?.write(to: &record)
  }

  private func write(_ events: [EventReference], to record: inout RecordWriter) {
    var last = time
    record.put(events) { record, event in
      event.write(to: &record, after: last)
      last = event.time
    }
  }

  init(_ row: Episodes.Row, _ record: inout RecordReader) {
    let (group, scene) = (record.id(), record.id())
    let (findings, lastTime, count) = (record.count(), row.time &+ record.signed(), record.count())
    let hasMoreActions = record.flag()
    let (shared, actions) = (record.list { $0.id() &- 1 }, record.ids())
    let ties = Ties(from: &record)
    let coverings = record.list { Int32(truncatingIfNeeded: $0.signed()) }
    let links = record.list { $0.hash() }
    let usual = Usual(rawValue: UInt8(truncatingIfNeeded: record.number()))
    let head = Episode.events(&record, after: row.time)
    let tail = Episode.events(&record, after: row.time)
    self.init(
      detection: row.detection, time: row.time, group: group, id: row.id, note: Note(from: &record), findings: findings,
      firstTime: row.firstTime, lastTime: lastTime, count: count, head: head, tail: tail, shared: shared,
      actions: actions, hasMoreActions: hasMoreActions, scene: scene, ties: ties, coverings: coverings, links: links,
      usual: usual)
    if record.flag() { evidence = Evidence(from: &record) }
  }

  /// What is left of one whose record cannot be read any more.
  init(lost row: Episodes.Row) {
    self.init(
      detection: row.detection, time: row.time, group: 0, id: row.id, note: .none, firstTime: row.firstTime,
      lastTime: row.firstTime, scene: 0)
  }

  private static func events(_ record: inout RecordReader, after time: Int64) -> [EventReference] {
    var last = time
    return record.list { record in
      let event = EventReference(from: &record, after: last)
      last = event.time
      return event
    }
  }
}

extension EventReference {
  func write(to record: inout RecordWriter, after last: Int64) {
    record.put(signed: time &- last)
    record.put(self.record)
    for number in [file, members, id, source] { record.put(number) }
  }

  init(from reader: inout RecordReader, after last: Int64) {
    let (time, record) = (last &+ reader.signed(), reader.number())
    let (file, members) = (reader.id(), reader.id())
    self.init(time: time, record: record, file: file, members: members, id: reader.id(), source: reader.id())
  }
}

extension Evidence {
  func write(to record: inout RecordWriter) {
    record.put(trigger != nil)
    trigger?.write(to: &record, after: 0)
    record.put(events) { record, event in
      event.reference.write(to: &record, after: 0)
      for number in [event.action, event.outcome, event.actor, event.value] { record.put(number) }
    }
  }

  init(from record: inout RecordReader) {
    self.init(trigger: record.flag() ? EventReference(from: &record, after: 0) : nil)
    events = record.list { record in
      let reference = EventReference(from: &record, after: 0)
      let (action, outcome, actor) = (record.id(), record.id(), record.id())
      return Event(reference: reference, action: action, outcome: outcome, actor: actor, value: record.id())
    }
  }
}
