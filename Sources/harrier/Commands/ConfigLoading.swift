import Configuration
import Rules

extension Invocation {
  /// The configuration of `--config`, or what is in force without one. An error in it is a mistake in the command:
  /// nothing is done with half a configuration.
  func configuration() throws(UsageError) -> Configuration {
    guard let path = value("config") else { return .standard }
    let reading = Configuration.load(path: path)
    guard let configuration = reading.configuration else {
      let errors = reading.errors
      let more = errors.count > 1 ? "; \(errors.count - 1) more" : ""
      throw UsageError(
        "\(errors.first?.description ?? path)\(more)", remedy: "harrier config check \(path) shows everything")
    }
    return configuration
  }
}

extension Configuration {
  /// The databases of `geoip`, opened.
  func locations() throws(UsageError) -> Locations? {
    do throws(ConfigFinding) {
      return try Locations(self)
    } catch {
      throw UsageError(error.description, remedy: "harrier config check FILE shows everything")
    }
  }

  /// The lists for rules.
  var ruleOptions: RuleOptions { RuleOptions(placeholders: Placeholders(placeholders, tables: networkTables)) }

  /// What rules are told to do otherwise.
  var ruleOverrides: [RuleOverride] {
    rules.thresholds.map {
      RuleOverride(
        rule: $0.rule, count: $0.value, timespanMilliseconds: $0.timespanMilliseconds, level: $0.level)
    }
  }

  /// The numbers that somebody wrote, for the rules that share them.
  var sharedNumbers: [String: SharedNumber] {
    var numbers: [String: SharedNumber] = [:]
    for threshold in Threshold.allCases {
      guard let value = ownThreshold(threshold) else { continue }
      numbers[threshold.rawValue] = threshold.millisecondsEach.map { .milliseconds(Int64(value) * $0) } ?? .plain(value)
    }
    return numbers
  }
}
