import Events
import Rules

/// Collects compiled rules, then numbers them by label and files each under its keys.
struct ProgramBuilder {
  // An event asks each index; a rule whose key field came later is tried on every event instead. SigmaHQ's 348 rules
  // have 33 key fields.
  static let indexesMax = 64

  // A rule that more events than this may call up is worth having its fields taken from every event: reading a record
  // again costs as much as taking twenty fields, and the guess may be far too low.
  private static let callsPerMilleMax = 50.0

  // A field that one rule in five reads decides so many of them that it is worth taking from every event. Below that
  // number of rules a share says nothing.
  private static let commonShare = 5
  private static let commonRulesMin = 10

  private struct Compiled {
    var label: [UInt8]
    var position: Int
    var root: UInt32
    var route: Route
    var choice: KeyChoice?
  }

  // A plan has room for 60,000 paths, those of columns and of correlations included. The loader admits fewer names than
  // this; each may have several spellings.
  private static let pathsMax = 50_000

  private(set) var trees = TreeCompiler()
  private var paths: Set<FieldSource> = []
  private(set) var rejections: [Rejection] = []
  private var compiled: [Compiled] = []

  mutating func add(_ rule: Rule, position: Int) {
    let place = rule.attributes.place
    let route = Route(rule.logsource)
    let predicate = route.guardian.map { Predicate.all([rule.predicate, $0]) } ?? rule.predicate
    add(
      predicate, label: rule.attributes.label, position: position, route: route, file: place.file, line: place.line)
  }

  mutating func add(
    _ predicate: Predicate, label: String, position: Int, route: Route, file: String, line: Int
  ) {
    // A rule for a log that is not read costs no field and no time; it is listed all the same.
    do throws(Regex.Refusal) {
      if route.isNowhere {
        compiled.append(Compiled(label: Array(label.utf8), position: position, root: 0, route: route, choice: nil))
        return
      }
      guard hasRoom(for: predicate, route.names) else {
        rejections.append(
          Rejection(
            file: file, line: line, rule: label, code: .tooManyFields,
            message: "with it more than \(ProgramBuilder.pathsMax) fields are asked for at once; load fewer rules"))
        return
      }
      let root = try trees.compile(predicate, names: route.names)
      compiled.append(
        Compiled(
          label: Array(label.utf8), position: position, root: root, route: route, choice: KeyChoice(predicate)))
    } catch {
      let place = error.position.map { " at byte \($0 + 1)" } ?? ""
      rejections.append(
        Rejection(
          file: file, line: line, rule: label, code: .badRegex,
          message: "the regular expression cannot be run: \(error.message)\(place)"))
    }
  }

  /// Whether the fields of a predicate still fit into a plan; then they are noted.
  private mutating func hasRoom(for predicate: Predicate, _ names: FieldNames) -> Bool {
    let wanted = Set(predicate.fields.flatMap { names.sources(of: $0) }).subtracting(paths)
    guard paths.count + wanted.count <= ProgramBuilder.pathsMax else { return false }
    paths.formUnion(wanted)
    return true
  }

  struct Finished {
    var entries: [MatchProgram.Entry] = []
    var indexes: [FieldIndex] = []
    var indexesOf = [[Int]](repeating: [], count: Provider.allCases.count)
    var alwaysOf = [[UInt32]](repeating: [], count: Provider.allCases.count)
    var earlyGroups: Set<UInt32> = []
    var words: [WordSearch] = []
    /// By rule: a leaf that has to hold, shared with other rules where possible; `noGuard` for none.
    var guards: [UInt32] = []
  }

  static let noGuard = UInt32.max

  mutating func finish() -> Finished {
    var finished = Finished()
    compiled.sort { a, b in
      a.label == b.label ? a.position < b.position : a.label.lexicographicallyPrecedes(b.label)
    }
    var filed: [UInt32: [ValueTest: [UInt32]]] = [:]
    var providersOf: [UInt32: UInt32] = [:]
    var order: [UInt32] = []
    var words = trees.words
    let wordPlaces = Dictionary(uniqueKeysWithValues: words.enumerated().map { ($1.number, $0) })
    for (number, rule) in compiled.enumerated() {
      let groups = file(rule, UInt32(number), &filed, &order)
      if !rule.route.isNowhere, groups == nil || (rule.choice?.callsPerMille ?? 0) > ProgramBuilder.callsPerMilleMax {
        finished.earlyGroups.formUnion(trees.groups(below: rule.root))
      }
      for group in groups ?? [] { providersOf[group, default: 0] |= rule.route.providers }
      if groups == nil, !fileUnderWord(rule, UInt32(number), &words, wordPlaces) {
        ProgramBuilder.note(UInt32(number), rule.route.providers, &finished.alwaysOf)
      }
      finished.entries.append(
        .init(
          label: rule.label, position: rule.position, root: rule.root, route: rule.route,
          callsPerMille: groups == nil ? nil : rule.choice.map { min(1000, $0.callsPerMille) },
          keyFields: groups == nil ? [] : Array(Set(rule.choice?.keys.map(\.field) ?? [])).sorted()))
    }
    finished.earlyGroups.formUnion(commonGroups())
    for group in order {
      guard let tests = filed[group], let index = index(group, tests) else { continue }
      ProgramBuilder.note(finished.indexes.count, providersOf[group] ?? 0, &finished.indexesOf)
      finished.indexes.append(index)
      finished.earlyGroups.insert(group)
    }
    finished.guards = guards(finished.earlyGroups)
    finished.words = WordSearch.searches(words)
    return finished
  }

  /// Rules that one value calls up often ask for one of a few values of another field besides (an action, and then its
  /// service): that test decides many of them at once. Of the tests that a rule must pass, the one that most rules share.
  private func guards(_ early: Set<UInt32>) -> [UInt32] {
    let candidates = compiled.map { rule -> [UInt32] in
      guard !rule.route.isNowhere, let choice = rule.choice else { return [] }
      let keys = Set(choice.keys.map { rule.route.names.sources(of: $0.field) })
      return trees.requiredLeaves(below: rule.root).filter { leaf in
        let group = trees.leaves[Int(leaf)].group
        return early.contains(group) && !keys.contains(trees.groups[Int(group)])
      }
    }
    var uses: [UInt32: Int] = [:]
    for leaf in candidates.joined() { uses[leaf, default: 0] += 1 }
    return candidates.map { leaves in
      leaves.max { (uses[$0] ?? 0, $1) < (uses[$1] ?? 0, $0) } ?? ProgramBuilder.noGuard
    }
  }

  private func commonGroups() -> [UInt32] {
    let running = compiled.filter { !$0.route.isNowhere }
    guard running.count >= ProgramBuilder.commonRulesMin else { return [] }
    var uses: [UInt32: Int] = [:]
    for rule in running { for group in trees.groups(below: rule.root) { uses[group, default: 0] += 1 } }
    return uses.filter { $0.value * ProgramBuilder.commonShare >= running.count }.map(\.key)
  }

  /// Files a rule under its keys and gives their groups; nil if it cannot be filed.
  private mutating func file(
    _ rule: Compiled, _ number: UInt32, _ filed: inout [UInt32: [ValueTest: [UInt32]]], _ order: inout [UInt32]
  ) -> Set<UInt32>? {
    guard let choice = rule.choice else { return nil }
    let keys = choice.keys.map { (group: trees.number(of: rule.route.names.sources(of: $0.field)), test: $0.test) }
    let groups = Set(keys.map(\.group))
    let new = groups.filter { filed[$0] == nil }
    guard order.count + new.count <= ProgramBuilder.indexesMax else { return nil }
    order += new.sorted()
    for key in keys { filed[key.group, default: [:]][key.test, default: []].append(number) }
    return groups
  }

  /// Files a rule that has no other key under a keyword that it needs; false if there is none.
  private func fileUnderWord(
    _ rule: Compiled, _ number: UInt32, _ words: inout [WordSearch.Leaf], _ places: [UInt32: Int]
  ) -> Bool {
    guard !rule.route.isNowhere, let leaf = trees.requiredWord(below: rule.root), let place = places[leaf] else {
      return false
    }
    words[place].rules.append(number)
    words[place].providerBits |= rule.route.providers
    return true
  }

  private mutating func index(_ group: UInt32, _ tests: [ValueTest: [UInt32]]) -> FieldIndex? {
    var trees = self.trees
    defer { self.trees = trees }
    do throws(Regex.Refusal) {
      return try FieldIndex(group: group, filed: tests) { (tests) throws(Regex.Refusal) in try trees.testSet(tests) }
    } catch {
      // Every regular expression of a key was compiled with its rule's tree.
      preconditionFailure("a key's expression was refused after its rule's was not: \(error.message)")
    }
  }

  private static func note<Value>(_ value: Value, _ providers: UInt32, _ lists: inout [[Value]]) {
    for provider in lists.indices where providers >> UInt32(provider) & 1 != 0 { lists[provider].append(value) }
  }
}
