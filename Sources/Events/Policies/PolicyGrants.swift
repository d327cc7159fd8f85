/// What the access policies in a request give away: column `grants`.
///
///     everybody             anybody at all, or an unknown user of any account, may do something
///     any_federated         whomever a provider of OpenID Connect signs in
///     account:999999999999  another account than the event's own, or somebody in it
///     any_action            the policy of an identity allows every action on everything
///     most_actions          it allows every action but some that it names
///     any_identity_action   it allows every action of the service that gives rights
///
/// Each is decided within one statement. A statement that denies everybody everything takes the rest of its document
/// with it; other denials are not weighed against what is allowed.
struct PolicyGrants {
  // Who names more accounts at once has made his point.
  private static let accountsMax = 16

  private(set) var opensToAll = false
  private(set) var isForAnyFederated = false
  private(set) var isForAnyAction = false
  private(set) var isForMostActions = false
  private(set) var isForAnyRight = false
  private(set) var accounts: [[UInt8]] = []

  init(_ request: Text) {
    for document in PolicyDocuments(request).statements {
      if document.contains(where: PolicyGrants.deniesEverything) { continue }
      for statement in document where statement.effect == .allow { add(statement) }
    }
  }

  private static func deniesEverything(_ statement: PolicyStatement) -> Bool {
    statement.effect == .deny && statement.isForAllActions && statement.isForAllResources(ofRights: false)
      && statement.conditions.isEmpty
      && (statement.isOfIdentity || statement.principals.contains { if case .everybody = $0 { true } else { false } })
  }

  private mutating func add(_ statement: PolicyStatement) {
    guard !statement.isOfIdentity else { return addActions(statement) }
    if statement.isForAllBut { opensToAll = opensToAll || !statement.conditions.narrowsEverybody }
    for principal in statement.principals {
      switch principal {
      case .everybody: opensToAll = opensToAll || !statement.conditions.narrowsEverybody
      case .federated(let name): isForAnyFederated = isForAnyFederated || !statement.conditions.narrows(provider: name)
      case .account(let id):
        if accounts.count < PolicyGrants.accountsMax, !accounts.contains(id) { accounts.append(id) }
      case .other: break
      }
    }
  }

  private mutating func addActions(_ statement: PolicyStatement) {
    if statement.isForAllResources(ofRights: false) {
      isForAnyAction = isForAnyAction || statement.isForAllActions
      isForMostActions = isForMostActions || statement.isForAllActionsBut
    }
    if statement.isForAllResources(ofRights: true) {
      isForAnyRight = isForAnyRight || statement.isForAllRights || statement.isForAllActions
    }
  }

  /// - Parameter own: the account that the event belongs to.
  func forEach(own: Text, _ body: (Text) -> Void) {
    if opensToAll { body(Text("everybody")) }
    if isForAnyFederated { body(Text("any_federated")) }
    if isForAnyAction { body(Text("any_action")) }
    if isForMostActions { body(Text("most_actions")) }
    if isForAnyRight && !isForAnyAction { body(Text("any_identity_action")) }
    for id in accounts where !own.bytes.elementsEqual(id) {
      (Array("account:".utf8) + id).withUnsafeBufferPointer { body(Text(base: $0.baseAddress, count: $0.count)) }
    }
  }
}

/// Where a batch has its grants and the account that they are compared with.
struct GrantColumns {
  static let paths = ["requestParameters"]

  let place: Int
  let account: Int

  /// Nil if the columns of a plan hold no grants.
  init?(_ columns: [Column]) {
    guard let place = columns.firstIndex(of: .grants), let account = columns.firstIndex(of: .account) else {
      return nil
    }
    (self.place, self.account) = (place, account)
  }
}

extension EventBatch {
  /// Fills column `grants` of a row whose account is filled.
  /// - Parameter fields: the values of `GrantColumns.paths`.
  mutating func readGrants(_ row: Int, _ columns: GrantColumns, _ fields: Fields) {
    var request = Text.none
    fields.forEachWritten(0) { text in if PolicyDocuments.mayHold(text) { request = text } }
    guard !request.isEmpty else { return }
    // The account is copied: the batch moves its texts when it keeps another.
    let own = Array(text(columns.account, row).bytes)
    own.withUnsafeBufferPointer { own in
      PolicyGrants(request).forEach(own: Text(base: own.baseAddress, count: own.count)) {
        appendToList(columns.place, row, $0)
      }
    }
  }
}
