import Configuration
import Glibc
import Notify
import Reports
import State
import Synchronization

/// One run of `harrier-notify`.
struct NotifyRun {
  private enum Code {
    static let done: Int32 = 0
    static let usage: Int32 = 2
    static let undelivered: Int32 = 3
    static let failed: Int32 = 4
    static let busy: Int32 = 75
    static let interrupted: Int32 = 130
  }

  private let arguments: [String]

  init(_ arguments: some Sequence<String>) { self.arguments = Array(arguments) }

  func perform() -> Int32 {
    do throws(NotifyArguments.Mistake) {
      let asked = try NotifyArguments(arguments)
      if asked.wantsHelp { return tell(NotifyArguments.help, to: STDOUT_FILENO) }
      if asked.wantsVersion { return tell("harrier-notify \(Tool.version)\n", to: STDOUT_FILENO) }
      guard let path = asked.configuration else { throw .init(words: "which configuration? --config FILE") }
      let notify = try configuration(path)
      if let name = asked.trial { return try attempt(name, notify) }
      guard let state = asked.state else { throw .init(words: "which state? --state FILE") }
      return deliver(state, notify, asked)
    } catch {
      _ = tell("harrier-notify: \(error.words)\n", to: STDERR_FILENO)
      return Code.usage
    }
  }

  private func configuration(_ path: String) throws(NotifyArguments.Mistake) -> Notify {
    let reading = Configuration.load(path: path)
    guard let configuration = reading.configuration else {
      throw .init(words: Escape.terminal(reading.errors.first?.description ?? path))
    }
    guard let notify = configuration.notify else { throw .init(words: "\(Escape.terminal(path)) has no 'notify'") }
    return notify
  }

  private func attempt(_ name: String, _ notify: Notify) throws(NotifyArguments.Mistake) -> Int32 {
    guard let target = notify.target(name) else {
      throw .init(words: "there is no target '\(Escape.terminal(name))' in the configuration")
    }
    guard let words = Trial.send(to: target, interrupted: { StopSignal.wasSeen }) else {
      return tell("harrier-notify: '\(name)' has taken the message\n", to: STDERR_FILENO)
    }
    _ = tell("harrier-notify: \(Escape.terminal(words))\n", to: STDERR_FILENO)
    return Code.undelivered
  }

  private func deliver(_ path: String, _ notify: Notify, _ asked: NotifyArguments) -> Int32 {
    do throws(StateError) {
      let state = try State.existing(path)
      let lock = try CourierLock(path)
      defer { lock.release() }
      var courier = Courier(
        state, notify, deadline: notify.deadlineMilliseconds, staysForRetries: !asked.isOnce,
        interrupted: { StopSignal.wasSeen })
      let result = try courier.run()
      if !asked.isQuiet { say(result) }
      if StopSignal.wasSeen { return Code.interrupted }
      return result.dead > 0 || result.waiting > 0 ? Code.undelivered : Code.done
    } catch {
      if error.code != .busy || !asked.isQuiet {
        _ = tell("harrier-notify: \(Escape.terminal(error.message))\n", to: STDERR_FILENO)
      }
      return error.code == .busy ? Code.busy : Code.failed
    }
  }

  private func say(_ result: Courier.Result) {
    guard result.sent > 0 || result.failures > 0 || result.waiting > 0 || result.dead > 0 else { return }
    var words = "\(result.sent) sent, \(result.waiting) waiting"
    if result.dead > 0 { words += ", \(result.dead) given up" }
    if let error = result.lastError { words += "; \(Escape.terminal(error))" }
    _ = tell("harrier-notify: \(words)\n", to: STDERR_FILENO)
  }

  private func tell(_ text: String, to descriptor: Int32) -> Int32 {
    Output(descriptor: descriptor).write(Array(text.utf8))
    return Code.done
  }
}

/// Whether somebody asked for an end.
enum StopSignal {
  private static let seen = Atomic<Bool>(false)

  static var wasSeen: Bool { seen.load(ordering: .relaxed) }

  static func install() {
    signal(SIGPIPE, SIG_IGN)
    // A file that may not grow is a disk that is full: the write says so.
    signal(SIGXFSZ, SIG_IGN)
    for number in [SIGINT, SIGTERM] {
      signal(number) { received in
        if StopSignal.seen.exchange(true, ordering: .relaxed) { _exit(128 + received) }
      }
    }
  }
}
