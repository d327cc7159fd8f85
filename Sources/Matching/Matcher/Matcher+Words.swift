import Events
import Rules

// Keywords: one walk over the row's record for all rules.

extension Matcher {
  /// Tries the rules that the words of a record call up.
  mutating func callUpByWords(_ batch: borrowing EventBatch, _ row: Int) {
    let provider = UInt32(batch.providers[row].rawValue)
    for search in words.indices where words[search].providerBits >> provider & 1 != 0 {
      findWords(search, batch, row)
      // The found leaves are not touched while rules are tried: the row's walk is over.
      for place in wordsFound[search].hits.indices {
        let rules = words[search].rules[wordsFound[search].hits[place]]
        for rule in rules { tryRule(rule, batch, row) }
      }
    }
  }

  /// Notes in `memo` which keyword leaves of a search hold, once a row.
  mutating func findWords(_ place: Int, _ batch: borrowing EventBatch, _ row: Int) {
    guard wordsFound[place].stamp != stamp else { return }
    let search = words[place]
    // All that the walk works on is taken out while it lasts.
    var room: [UInt8] = []
    swap(&room, &scratch)
    var found = WordSearch.Found()
    swap(&found, &wordsFound[place])
    found.begin(stamp)
    let record = batch.record(row).bytes
    if search.mayFind(inRecord: record, &room) {
      _ = leavesOfJSON.any(record) { search.find(in: $0, &room, &found) }
    }
    for hit in found.hits { memo[Int(search.leaves[hit])] = stamp << 1 | 1 }
    swap(&found, &wordsFound[place])
    swap(&room, &scratch)
  }
}
