import Archive
import Events
import Rules

/// Runs the tests that are written inside a rule, with the matcher that runs the rule itself:
///
///     tests:
///       positive:                       # events that must match
///         - eventName: DeleteTrail      # as in the log, ...
///         - '{"eventName": "x"}'        # ... also as JSON text
///       negative:                       # events that must not
///         - {action: ListTrails}        # or normalised: columns only, for rules with `product: cloud`
///
/// A test says what it is about by its keys, so the event needs none of the marks by which a provider is recognised.
public enum RuleTests {
  public struct Outcome: Sendable {
    public let isPositive: Bool
    /// Within its list, from 1.
    public let number: Int
    public let line: Int
    /// Why the test failed; nil if it passed.
    public let failure: String?
  }

  /// The outcomes of a rule's tests, in written order. Empty if it has none.
  public static func run(_ rule: Rule) -> [Outcome] {
    guard let tests = rule.attributes.custom("tests") else { return [] }
    guard tests.mapping != nil, tests["positive"] != nil || tests["negative"] != nil else {
      return [broken(tests, "'tests' must hold a list 'positive' or 'negative'")]
    }
    var outcomes: [Outcome] = []
    for (key, isPositive) in [("positive", true), ("negative", false)] {
      guard let list = tests[key] else { continue }
      guard let events = list.sequence else {
        outcomes.append(broken(list, "'\(key)' must be a list of events"))
        continue
      }
      for (index, event) in events.enumerated() {
        outcomes.append(run(rule, event, isPositive: isPositive, number: index + 1))
      }
    }
    return outcomes
  }

  private static func broken(_ node: YAMLNode, _ message: String) -> Outcome {
    Outcome(isPositive: true, number: 0, line: node.line, failure: message)
  }

  private static func run(_ rule: Rule, _ event: YAMLNode, isPositive: Bool, number: Int) -> Outcome {
    func outcome(_ failure: String?) -> Outcome {
      Outcome(isPositive: isPositive, number: number, line: event.line, failure: failure)
    }
    var json: [UInt8] = []
    if let text = event.scalar?.text {
      json = Array(text.utf8)
    } else if event.mapping != nil {
      YAMLJSON.write(event, to: &json)
    } else {
      return outcome("a test must be an event: a mapping or JSON text")
    }
    switch RuleTrial.matches(rule, json: json, isNormalised: isNormalised(rule, event)) {
    case .failure(let error): return outcome(error.message)
    case .success(let matches):
      guard matches != isPositive else { return outcome(nil) }
      return outcome(matches ? "matches, but must not" : "does not match, but must")
    }
  }

  private static func isNormalised(_ rule: Rule, _ event: YAMLNode) -> Bool {
    guard case .columns = Route(rule.logsource).names, let pairs = event.mapping else { return false }
    return pairs.allSatisfy { Column(name: $0.key) != nil }
  }
}

/// One rule against one event.
enum RuleTrial {
  struct Failure: Error { let message: String }

  // The parser wants room behind the block that it may write to.
  private static let nestingMax = 128

  /// - Parameter isNormalised: the keys of the event are columns.
  static func matches(_ rule: Rule, json: [UInt8], isNormalised: Bool) -> Result<Bool, Failure> {
    var builder = ProgramBuilder()
    let names = isNormalised ? .raw(product: "") : Route(rule.logsource).names
    let route = Route(providers: .max, names: names, guardian: nil)
    builder.add(rule.predicate, label: "", position: 0, route: route, file: "", line: 0)
    if let rejection = builder.rejections.first { return .failure(Failure(message: rejection.message)) }
    let program = MatchProgram(builder)
    do {
      return .success(try matches(program, json))
    } catch let failure as Failure {
      return .failure(failure)
    } catch {
      return .failure(Failure(message: "the event cannot be read: \(error)"))
    }
  }

  private static func matches(_ program: MatchProgram, _ json: [UInt8]) throws -> Bool {
    let plan = try program.plan(also: [])
    var reader = try EventReader(plan: plan, nestingMax: nestingMax)
    var batch = EventReader.makeBatch(plan)
    var tally = ReadTally()
    var block = json + [UInt8](repeating: 0, count: EventReader.padding)
    let (count, isMatch) = try block.withUnsafeMutableBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return (0, false) }
      reader.begin()
      // SAFETY: the padding stands behind the event, and the block outlives the batch.
      reader.feed(base, json.count, last: true)
      _ = try reader.next(&batch, &tally)
      guard batch.count == 1 else { return (batch.count, false) }
      var matcher = try Matcher(try BoundProgram(program, plan: plan))
      let row: [UInt16] = [0]
      row.withUnsafeBufferPointer { matcher.match(batch, rows: $0) }
      return (1, !matcher.hits.isEmpty)
    }
    guard count == 1, tally.lossCount == 0 else { throw Failure(message: "the test is not one JSON object") }
    return isMatch
  }
}
