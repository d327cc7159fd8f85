import Configuration
import Reports

/// One target with its way of delivery.
struct Deliverer {
  let target: NotifyTarget

  func send(_ notice: Notice, _ patience: Patience) -> Outcome {
    switch target.way {
    case .webhook(let url, let shape, let secret):
      Webhook(target: target, url: url).send(notice, shape, secret: secret, patience)
    case .syslog(let address, let format): Syslog(address: address, format: format).send(notice, patience)
    case .command(let words): run(words, notice, patience)
    case .mail(let mail): send(mail, notice, patience)
    case .ping: sign(patience)
    }
  }

  /// A request without content.
  func sign(_ patience: Patience) -> Outcome {
    guard case .ping(let url) = target.way else { return .refused("no address to ping") }
    return Webhook(target: target, url: url).ping(patience)
  }

  /// A command has the alert as one line of JSON on its standard input, as a webhook has it in its body.
  private func run(_ words: [String], _ notice: Notice, _ patience: Patience) -> Outcome {
    let body = WebhookBody(notice, .json, secret: nil, time: 0).bytes
    let program = Program(
      arguments: words,
      environment: [
        ("HARRIER_KEY", notice.key), ("HARRIER_LEVEL", notice.level.name), ("HARRIER_TARGET", target.name),
      ])
    return Deliverer.outcome(words[0]) { () throws(Program.Failure) in try program.run(input: body, patience) }
  }

  private func send(_ mail: NotifyTarget.Mail, _ notice: Notice, _ patience: Patience) -> Outcome {
    let message = MailMessage(
      notice, to: mail.recipients, from: mail.sender, host: Machine.name, now: Clock.now)
    let sender = mail.sender.isEmpty ? [] : ["-f", mail.sender]
    let program = Program(arguments: [mail.program, "-i"] + sender + ["--"] + mail.recipients, environment: [])
    return Deliverer.outcome(mail.program) { () throws(Program.Failure) in
      try program.run(input: message.bytes, patience)
    }
  }

  private static func outcome(_ program: String, _ body: () throws(Program.Failure) -> Void) -> Outcome {
    do throws(Program.Failure) {
      try body()
      return .delivered
    } catch {
      switch error {
      case .start(let words): return .unreachable("\(program): \(words)")
      case .late: return .unreachable("\(program) did not end in time and was stopped")
      case .code(let code, let words):
        let said = Escape.terminal(words)
        return .unreachable("\(program) ended with \(code)\(said.isEmpty ? "" : ": \(said)")")
      }
    }
  }
}
