import Reports
import State

/// One alert as a line of JSON, with what became of it. A list of alerts knows nothing of that.
enum AlertHistory {
  static func line(_ line: [UInt8], _ id: String, _ source: AlertSource) throws(StateError) -> [UInt8] {
    guard case .state(let state) = source else { return line }
    let decisions = try state.decisions()[id] ?? []
    let news = try state.history(ofAlert: id).map {
      AlertStory.News(
        time: $0.finished, change: $0.change.kind.name, run: Int(clamping: $0.run), replaces: $0.change.replaces)
    }
    let story = AlertStory(
      status: AlertListing.status(decisions).rawValue, news: news,
      decisions: decisions.map { decision in
        AlertStory.Decision(
          time: decision.time, verb: decision.verb.rawValue,
          texts: [
            ("as", decision.verdict?.rawValue), ("by", decision.name), ("note", decision.note),
            ("then", decision.original == id ? nil : decision.original),
          ])
      })
    return story.added(to: line)
  }
}
