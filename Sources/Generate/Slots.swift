// The names that may stand between `<` and `>` in a template, by what fills them.

/// A run of bytes in the lexicon's pool.
struct Text: Sendable {
  static let empty = Text(offset: 0, count: 0)
  var offset: UInt32
  var count: UInt32
}

/// A compiled template, by its number in the lexicon. Number 0 is the empty template.
struct TemplateID: Sendable, Equatable {
  static let empty = TemplateID(number: 0)
  var number: UInt16
}

/// Slots filled by a text that the event's scene carries.
enum TextSlot: UInt8, CaseIterable {
  case account, region, regionShort, env, version
  case name, pid, role, rolePath, roleID, session, key, ip, userIP, ua, source, mfa, invoker
  case service, isGlobal, action, readOnly, category, eventType, management
  case target, targetPID, targetKey, policy, policyID, cidr, port, trail, bucketName
  case errorCode, mfaUsed, loginTo
}

/// Slots filled by another template.
enum PartSlot: UInt8, CaseIterable {
  case identity, whoami, fault, errorMessage, request, response, extra, resources, tail, host, caller
}

/// Slots computed from the event's time and number.
enum ValueSlot: UInt8, CaseIterable {
  case time, epoch, epochMillis, created, createdEpoch, expires, expiresEpoch, eventID, eventIDUpper, requestID
  case requestIDUpper, localTime, localExpires, inAnHour
}

/// Slots of random characters: `<hex:17@i>` is 17 hex digits, the same for every mention of `@i` in one event.
///
/// A tag from 1 to 9 names something that exists once, in this event. `s` names something that lasts as long as the
/// actor's session, `a` the access that it has, which machines renew within one session, `t` the same of the session
/// that an assumed role opens, a capital something the account has one of. Any other letter names one of the account's
/// lasting things (an instance, a key, a table), where some come up far more often than others. Without a tag every
/// mention is a new one.
enum ShapeSlot: UInt8, CaseIterable {
  case hex, hexUpper, num, b36, base32, b64, uuid, uuidUpper, int, ip10, pick
}

/// One step of a compiled template.
struct TemplateStep {
  enum Kind: UInt8 {
    case literal, text, part, value, shape
  }

  var kind: Kind
  /// The slot's raw value; unused by a literal.
  var slot: UInt8 = 0
  /// The character after `@`, or 0.
  var tag: UInt8 = 0
  /// Length of a shape, its limit for `int`, or the word list's number for `pick`.
  var amount: UInt32 = 0
  /// The bytes of a literal.
  var text = Text.empty
}
