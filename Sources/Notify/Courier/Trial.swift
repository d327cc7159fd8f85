import Configuration
import Reports

/// Sends a message that says nothing to one target, at once and past the outbox.
public enum Trial {
  /// - Returns: why it did not arrive; nil if it did.
  public static func send(to target: NotifyTarget, interrupted: @escaping @Sendable () -> Bool) -> String? {
    let patience = Patience(milliseconds: target.timeoutMilliseconds, interrupted: interrupted)
    switch Deliverer(target: target).send(.trial(key: "trial-\(Clock.now)"), patience) {
    case .delivered: return nil
    case .refused(let words), .unreachable(let words, _): return words
    }
  }
}
