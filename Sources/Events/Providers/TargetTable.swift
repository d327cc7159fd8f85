/// What or whom an action changed, as an ordered table of request and response parameters: columns `target` and
/// `target_type`.
///
/// The rules of the event's service, or of every other service, are tried in order; the first whose parameter is there
/// and whose word occurs in the action gives both columns. So the user of `AttachUserPolicy` stands above its policy.
struct TargetTable: Sendable {
  struct Rule: Sendable {
    let path: String
    let type: StaticString
    let word: StaticString

    /// - Parameter word: what the action's name must contain.
    static func request(_ name: String, _ type: StaticString, when word: StaticString = "") -> Rule {
      Rule(path: "requestParameters." + name, type: type, word: word)
    }

    static func response(_ name: String, _ type: StaticString, when word: StaticString = "") -> Rule {
      Rule(path: "responseElements." + name, type: type, word: word)
    }

    static func path(_ path: String, _ type: StaticString, when word: StaticString = "") -> Rule {
      Rule(path: path, type: type, word: word)
    }
  }

  private struct Section {
    let service: StaticString
    let rules: Range<Int>
    /// Length and first letter of the service: what most sections are told apart by.
    let glance: Int

    init(_ service: StaticString, _ rules: Range<Int>) {
      self.service = service
      self.rules = rules
      glance = Section.glance(Text(service))
    }

    static func glance(_ service: Text) -> Int { service.isEmpty ? 0 : service.count << 8 | Int(service[0]) }
  }

  /// The paths of all rules, to be put into a recipe's list of paths as they are.
  let paths: [String]
  private let outcomes: [(type: StaticString, word: StaticString)]
  private let sections: [Section]

  /// - Parameter services: the rules of some services, by their names in column `service`; no name, at the end: of
  ///   all others.
  init(_ services: [(names: [StaticString], rules: [Rule])]) {
    var rules: [Rule] = []
    var sections: [Section] = []
    for (names, own) in services {
      let range = rules.count..<rules.count + own.count
      rules += own
      for name in names.isEmpty ? [""] : names { sections.append(Section(name, range)) }
    }
    paths = rules.map(\.path)
    outcomes = rules.map { ($0.type, $0.word) }
    self.sections = sections
  }

  /// - Parameter base: where the table's paths begin in the recipe's list.
  func find(_ fields: Fields, base: Int, service: Text, action: Text) -> (name: Text, type: Text)? {
    for rule in rules(of: service) where fields.has(base + rule) && action.contains(outcomes[rule].word) {
      let name = fields.anyText(base + rule)
      if !name.isEmpty { return (name, Text(outcomes[rule].type)) }
    }
    return nil
  }

  /// Every value that a rule of the service names: the objects of an event whose log lists none.
  func forEach(_ fields: Fields, base: Int, service: Text, _ body: (Text) -> Void) {
    let rules = rules(of: service)
    var last = Text.none
    for rule in rules where fields.has(base + rule) {
      if rules.prefix(while: { $0 < rule }).contains(where: { paths[$0] == paths[rule] }) { continue }
      fields.forEachText(base + rule) { text in
        // Request and reply often say the same.
        if !text.equals(last) { body(text) }
        last = text
      }
    }
  }

  private func rules(of service: Text) -> Range<Int> {
    let glance = Section.glance(service)
    for section in sections where section.glance == 0 || section.glance == glance && service.equals(section.service) {
      return section.rules
    }
    return 0..<0
  }
}
