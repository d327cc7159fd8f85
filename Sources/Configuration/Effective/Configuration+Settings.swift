// The sections as settings. The keys are those of the file, so that what is shown can be used.

import Events

extension Configuration {
  /// Everything that is in force, defaults included.
  public var settings: Setting {
    var top = SettingBuilder(.standard)
    top.add("version", .number(ConfigurationReader.version, .standard))
    top.add("timezone", .text(zone.name, zoneOrigin))
    top.add("accounts", section(accounts.map(\.setting)))
    top.add("environments", .mapping(environments.map { ($0.name, $0.setting) }, .standard))
    top.add("people", .mapping(people.map { ($0.name, $0.setting) }, .standard))
    top.add("break_glass", section(breakGlass.map(\.setting)))
    top.add("offboarded", section(offboarded.map(\.setting)))
    for kind in ServiceIdentity.Kind.allCases {
      top.add(kind.rawValue, section(serviceIdentities.filter { $0.kind == kind }.map(\.setting)))
    }
    top.add("approved_roles", section(approvedRoles.map(\.setting)))
    var networks: [(key: String, value: Setting)] = [
      ("trusted", .networks(trustedNetworks, .standard)), ("blocked", .networks(blockedNetworks, .standard)),
    ]
    if !vpnNetworks.entries.isEmpty { networks.append(("vpn", .networks(vpnNetworks, .standard))) }
    top.add("networks", .mapping(networks, .standard))
    if let workingHours { top.add("working_hours", workingHours.setting) }
    top.add("change_freeze", section(changeFreezes.map(\.setting)))
    if let tickets { top.add("tickets", .tickets(tickets)) }
    top.add("naming", .mapping(naming.map { ($0.type, .texts($0.patterns.map(\.text), $0.origin)) }, .standard))
    top.add("allowed_countries", section(allowedCountries.map { .text($0.text, $0.origin) }))
    top.add("allowed_regions", section(allowedRegions.map { .text($0.text, $0.origin) }))
    let own = lists.map { list in
      (key: list.name, value: section(list.values.map { .text($0.text, $0.origin) }))
    }
    if !own.isEmpty { top.add("lists", .mapping(own, .standard)) }
    top.add("geoip", .mapping(databases.entries.map { ($0.kind.rawValue, .path($0.path, $0.origin)) }, .standard))
    top.add("thresholds", thresholdSetting)
    top.add("runbooks", .mapping(rules.runbooks.map { ($0.rule, .text($0.link, $0.origin)) }, .standard))
    top.add("suppressions", section(suppressions.map(\.setting)))
    if let notify { top.add("notify", notify.setting) }
    return top.setting
  }

  private func section(_ items: [Setting]) -> Setting { .list(items, .standard) }

  private var thresholdSetting: Setting {
    var pairs = Threshold.allCases.map { threshold in
      let set = thresholds[threshold]
      return (
        key: threshold.rawValue, value: Setting.number(set?.value ?? threshold.standard, set?.origin ?? .standard)
      )
    }
    let own = rules.thresholds.map { (key: $0.rule, value: $0.setting) }
    if !own.isEmpty { pairs.append(("rules", .mapping(own, .standard))) }
    return .mapping(pairs, .standard)
  }
}

extension RuleSettings.Threshold {
  fileprivate var setting: Setting {
    if let value, timespanMilliseconds == nil, level == nil { return .number(value, origin) }
    var builder = SettingBuilder(origin)
    if let value { builder.add("count", .number(value, origin)) }
    builder.add("timespan", timespan)
    if let level { builder.add("level", level.name) }
    return builder.setting
  }
}

extension Account {
  fileprivate var setting: Setting {
    var builder = SettingBuilder(origin)
    builder.add("id", id)
    builder.add("name", name)
    builder.add("environment", environment)
    builder.add("owner", owner)
    builder.add("provider", provider)
    builder.add("domain", domain)
    builder.add("regions", regions)
    return builder.setting
  }
}

extension Environment {
  fileprivate var setting: Setting {
    var builder = SettingBuilder(origin)
    builder.add("production", .flag(isProduction, productionOrigin))
    builder.add("identities", identities)
    builder.add("regions", regions)
    return builder.setting
  }
}

extension Person {
  fileprivate var setting: Setting {
    var builder = SettingBuilder(origin)
    builder.add("identities", identities)
    builder.add("sessions", sessions)
    builder.add("environments", environments)
    if let hours { builder.add("working_hours", hours.setting) }
    return builder.setting
  }
}

extension Window {
  fileprivate func add(to builder: inout SettingBuilder) {
    builder.add("from", Timestamp.string(from))
    builder.add("to", Timestamp.string(to))
    builder.add("reason", reason)
    builder.add("ticket", ticket)
  }

  fileprivate var setting: Setting {
    var builder = SettingBuilder(origin)
    add(to: &builder)
    return builder.setting
  }
}

extension BreakGlass {
  fileprivate var setting: Setting {
    var builder = SettingBuilder(origin)
    builder.add("identities", identities)
    builder.add("person", person)
    if !windows.isEmpty { builder.add("windows", .list(windows.map(\.setting), origin)) }
    builder.add("reason", reason)
    return builder.setting
  }
}

extension Offboarded {
  fileprivate var setting: Setting {
    var builder = SettingBuilder(origin)
    builder.add("identities", identities)
    builder.add("person", person)
    builder.add("since", Timestamp.string(since))
    builder.add("reason", reason)
    return builder.setting
  }
}

extension ServiceIdentity {
  fileprivate var setting: Setting {
    var builder = SettingBuilder(origin)
    builder.add("identities", identities)
    builder.add("networks", networks)
    builder.add("reason", reason)
    return builder.setting
  }
}

extension ApprovedRole {
  fileprivate var setting: Setting {
    var builder = SettingBuilder(origin)
    builder.add("role", role.text)
    builder.add("account", role.account ?? "")
    builder.add("from", from)
    builder.add("reason", reason)
    return builder.setting
  }
}

extension ChangeFreeze {
  fileprivate var setting: Setting {
    var builder = SettingBuilder(window.origin)
    window.add(to: &builder)
    builder.add("environments", environments)
    builder.add("accounts", accounts)
    return builder.setting
  }
}

extension WorkingHours {
  fileprivate var setting: Setting {
    var builder = SettingBuilder(origin)
    builder.add("timezone", zone.name)
    builder.add("days", (0..<7).filter { days & (1 << UInt8($0)) != 0 }.map { Weekday.names[$0] })
    builder.add("from", Self.clock(fromMinute))
    builder.add("to", Self.clock(toMinute))
    builder.add("holidays", holidays.map { String(Timestamp.string(Int64($0) * 86_400_000).prefix(10)) })
    return builder.setting
  }
}

extension Suppression {
  fileprivate var setting: Setting {
    var builder = SettingBuilder(origin)
    builder.add("rule", rule)
    builder.add("actor", actor?.text ?? "")
    builder.add("account", actor?.account ?? "")
    builder.add("person", person)
    if let networks { builder.add("networks", networks) }
    builder.add("reason", reason)
    builder.add("until", Timestamp.string(until))
    return builder.setting
  }
}
