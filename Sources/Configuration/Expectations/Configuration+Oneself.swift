// Whether somebody does something to themselves: under their own name or number, as a session of the role that is changed,
// or, as far as `people` tells, under another identity of theirs.

import Events

extension Configuration {
  private static let identityTypes = ["user", "role", "principal"].map { Array($0.utf8) }

  func isAboutOneself(_ event: QuestionedEvent) -> Violation? {
    let target = Self.folded(Self.lastPart(event.target))
    guard !target.isEmpty, Self.identityTypes.contains(event.targetType) else { return nil }
    // A namesake in another account is somebody else.
    if event.ownAccount == event.account {
      if event.targetType == Array("role".utf8) {
        if event.names.contains(where: { Self.roles(of: $0).contains(target) }) {
          return Violation(.ownRole)
        }
      } else if event.names.contains(where: { Self.folded($0) == target || Self.folded(Self.lastPart($0)) == target }) {
        return Violation(.oneself)
      }
    }
    guard let caller = event.first({ name, account in self.person(of: name, account: account) }),
      let changed = event.target.withUnsafeBytes({ name in
        event.account.withUnsafeBytes { self.person(of: name, account: $0) }
      }), caller == changed
    else { return nil }
    return Violation(.onePerson, people[caller].name)
  }

  /// `Admin` of `Admin/alice`, `admin:alice`, `Admin` and `arn:aws:iam::111122223333:role/ops/Admin`.
  private static func roles(of name: [UInt8]) -> [[UInt8]] {
    let folded = folded(name)
    let isPath = ["arn:", "acs:", "qcs:"].contains { folded.starts(with: $0.utf8) }
    guard !isPath, let cut = folded.firstIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }) else {
      return [lastPart(folded)]
    }
    return [Array(folded[..<cut])]
  }

  private static func folded(_ name: [UInt8]) -> [UInt8] {
    name.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
  }
}
