// `notify` as settings, for `config show`. Secrets are shown as where they are; addresses of webhooks without what stands
// behind the host.

extension Notify {
  var setting: Setting {
    var builder = SettingBuilder(origin)
    if !targets.isEmpty { builder.add("targets", .mapping(targets.map { ($0.name, $0.setting) }, origin)) }
    if !routes.isEmpty { builder.add("routes", .list(routes.map(\.setting), origin)) }
    if let ping { builder.add("ping", ping.setting) }
    builder.add("deadline", .text("\(deadlineMilliseconds / 1000)s", deadlineOrigin))
    return builder.setting
  }
}

extension NotifyTarget {
  fileprivate var setting: Setting {
    var builder = SettingBuilder(origin)
    switch way {
    case .webhook(let url, let shape, let secret):
      url.add("url", to: &builder, origin)
      builder.add("shape", shape.rawValue)
      secret?.add("secret", to: &builder, origin)
    case .syslog(let address, let format):
      builder.add("syslog", address.text)
      builder.add("format", format.rawValue)
    case .command(let words): builder.add("command", words)
    case .mail(let mail):
      builder.add("mail", mail.recipients)
      builder.add("from", mail.sender)
      builder.add("sendmail", mail.program)
    case .ping(let url): url.add("url", to: &builder, origin)
    }
    if allowsHTTP { builder.add("allow_http", .flag(true, origin)) }
    if allowsPrivate { builder.add("allow_private", .flag(true, origin)) }
    if let authorities { builder.add("ca_file", .path(authorities, origin)) }
    if case .ping = way {
      builder.add("timeout", "\(timeoutMilliseconds / 1000)s")
      return builder.setting
    }
    if let rate {
      builder.add(
        "rate",
        .mapping([("messages", .number(rate.messages, origin)), ("per", .text(rate.text, origin))], origin))
    }
    builder.add("timeout", "\(timeoutMilliseconds / 1000)s")
    builder.add("tries", .number(tries, origin))
    builder.add("pause", "\(pauseMilliseconds / 1000)s")
    return builder.setting
  }
}

extension SecretSource {
  fileprivate func add(_ key: String, to builder: inout SettingBuilder, _ origin: Origin) {
    switch self {
    case .inline(let text):
      builder.add(key, (try? WebAddress(text, allowsHTTP: true))?.shown ?? "...")
    case .file(let path): builder.add("\(key)_file", .path(path, origin))
    case .environment(let name): builder.add("\(key)_env", name)
    }
  }
}

extension NotifyRoute {
  fileprivate var setting: Setting {
    var builder = SettingBuilder(origin)
    builder.add("level", .text(level.name, levelOrigin))
    builder.add("classes", classes)
    builder.add("environments", environments)
    builder.add("accounts", accounts)
    if changes != Change.allCases { builder.add("changes", changes.map(\.rawValue)) }
    builder.add("to", targets)
    return builder.setting
  }
}
