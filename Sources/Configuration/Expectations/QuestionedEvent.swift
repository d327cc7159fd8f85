// An event as the configuration is asked about it, and the answer to "who is it".

import Events
import Rules

public struct QuestionedEvent: Sendable {
  /// What names the caller: actor, id, key, issuer, those that are known.
  public var names: [[UInt8]]
  /// The account that the caller belongs to; empty if it is not known.
  public var ownAccount: [UInt8]
  /// Where it happened.
  public var account: [UInt8]
  public var region: [UInt8]
  public var action: [UInt8]
  public var target: [UInt8]
  public var targetType: [UInt8]
  public var resources: [[UInt8]]
  public var address: IPAddress?
  public var time: Int64
  /// When its file was delivered, as far as the file's name tells.
  public var delivered: Int64?

  public init(names: [[UInt8]], ownAccount: [UInt8], account: [UInt8], time: Int64) {
    self.names = names.filter { !$0.isEmpty }
    self.ownAccount = ownAccount.isEmpty ? account : ownAccount
    self.account = account
    self.time = time
    region = []
    action = []
    target = []
    targetType = []
    resources = []
  }

  var who: String { names.first.map { String(decoding: $0, as: UTF8.self) } ?? "somebody" }
  var accountText: String { String(decoding: account, as: UTF8.self) }

  /// The first answer that any of the names gives.
  func first<Answer>(_ ask: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Answer?) -> Answer? {
    ownAccount.withUnsafeBytes { account in
      for name in names {
        if let answer = name.withUnsafeBytes({ ask($0, account) }) { return answer }
      }
      return nil
    }
  }

  /// What a ticket may be about.
  var subjects: [[UInt8]] { ([action, target, account] + resources).filter { !$0.isEmpty } }
}
