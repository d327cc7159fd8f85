import Rules

/// Chooses what a rule is filed under: tests of which at least one must hold for the rule to match, so that an event
/// that none of them calls up never meets the rule.
struct KeyChoice {
  struct Key {
    var field: String
    var test: ValueTest
  }

  /// How many of a thousand events the keys are thought to call up.
  let callsPerMille: Double
  let keys: [Key]

  /// Nil if an event without any known value may match: the rule is then tried on every event of its source.
  init?(_ predicate: Predicate) {
    switch predicate {
    case .field(let name, let test):
      guard test.isOfValue else { return nil }
      keys = [Key(field: name, test: test)]
      callsPerMille = FieldHabits.callsPerMille(field: name, test: test)
    case .and(let members):
      var best: KeyChoice?
      for member in members {
        guard let choice = KeyChoice(member) else { continue }
        if best.map({ choice.callsPerMille < $0.callsPerMille }) ?? true { best = choice }
      }
      guard let best else { return nil }
      self = best
    case .or(let members):
      var keys: [Key] = []
      var calls = 0.0
      for member in members {
        guard let choice = KeyChoice(member) else { return nil }
        keys += choice.keys
        calls += choice.callsPerMille
      }
      self.keys = keys
      callsPerMille = calls
    case .not, .keyword: return nil
    }
  }
}

/// What is known of the values of fields in cloud audit logs, to tell a good key from a bad one. A wrong guess costs
/// time, never a match.
enum FieldHabits {
  /// Names of actions: hundreds of values, and rules ask for the rare ones.
  private static let actions: Set<String> = [
    "action", "eventname", "operationname", "operationnamevalue", "operation", "eventtype", "legacyeventtype",
    "methodname", "protopayload.methodname", "gcp.audit.method_name", "data.protopayload.methodname",
    "properties.message", "riskeventtype", "activitydisplayname", "activitytype", "activitydetails", "displaymessage",
    "audittype.action", "trace_name", "event_type", "resulttype", "status", "logtype",
  ]
  /// Few values, each of them common.
  private static let common: Set<String> = [
    "eventsource", "service", "provider", "account", "region", "awsregion", "useridentity.type", "outcome", "rw",
    "readonly", "mfa", "category", "actor_type", "eventtype", "recipientaccountid", "useridentity.accountid",
    "loggedbyservice", "useridentity.sessioncontext.sessionissuer.type", "verb", "eventservice", "servicename",
    "protopayload.servicename", "kind", "stage",
  ]
  /// Often objects, which are looked at anew in every event.
  private static let objects: Set<String> = [
    "requestparameters", "responseelements", "targetresources", "properties", "additionaleventdata", "resources",
    "grants", "time", "record", "file",
  ]

  static func callsPerMille(field: String, test: ValueTest) -> Double {
    let name = field.lowercased()
    let fieldShare =
      objects.contains(name) ? 300.0 : actions.contains(name) ? 1 : common.contains(name) ? 100 : 5
    return min(1000, fieldShare * breadth(of: test))
  }

  // So many letters in a row occur where they are meant.
  private static let literalBytesMin = 8

  /// Whether a long piece of literal text must occur for the expression to match. It looks no closer than a guess needs:
  /// with alternatives, or where the piece may be repeated or left out, it says no.
  private static func hasLongLiteral(_ pattern: String) -> Bool {
    if pattern.utf8.contains(UInt8(ascii: "|")) { return false }
    return pattern.split { !($0.isLetter || $0.isNumber || ":/-_ ".contains($0)) }.contains { run in
      let behind = run.endIndex < pattern.endIndex ? pattern[run.endIndex] : " "
      return run.utf8.count > literalBytesMin && !"?*{)]".contains(behind)
    }
  }

  /// How many values a test takes in, compared with an exact one.
  private static func breadth(of test: ValueTest) -> Double {
    switch test {
    case .text(let pattern):
      if pattern.literal != nil { return 1 }
      guard let literal = pattern.longestLiteral else { return 1000 }
      return literal.count < 3 ? 200 : 10
    case .number: return 1
    case .bool: return 500
    case .regex(let regex): return hasLongLiteral(regex.pattern) ? 10 : 20
    case .network: return 20
    case .networks: return 500
    case .compare, .time: return 300
    case .null, .exists, .reference: return 1000
    }
  }
}
