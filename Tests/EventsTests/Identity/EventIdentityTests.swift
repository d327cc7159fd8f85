/// What makes an event itself: which differences between two records matter, and what is the same on each machine.

import Archive
import Testing

@testable import Events

struct EventIdentityTests {
  struct Identity: Equatable {
    var key: Hash128
    var content: Hash128
  }

  static let identities: [EventIdentity] = [.keyed(HashKey(SIMD4(5, 6, 7, 8))), .digest]

  static let event =
    #"{"eventVersion":"1.08","eventTime":"2026-01-05T10:00:00Z","awsRegion":"us-east-1","#
    + #""recipientAccountId":"111122223333","eventSource":"iam.amazonaws.com","eventName":"GetUser","#
    + #""eventID":"e-1","requestParameters":{"userName":"bob"}}"#

  static func read(_ json: String, _ identity: EventIdentity) throws -> [Identity] {
    let plan = try FieldPlan(columns: EventIdentity.columns)
    var reader = try EventReader(plan: plan, nestingMax: 64, identity: identity)
    var batch = EventReader.makeBatch(plan)
    var tally = ReadTally()
    var bytes = Array(json.utf8)
    let length = bytes.count
    bytes.append(contentsOf: [UInt8](repeating: 0, count: EventReader.padding))
    var found: [Identity] = []
    try bytes.withUnsafeMutableBufferPointer { buffer in
      reader.begin()
      reader.feed(try #require(buffer.baseAddress), length, last: true)
      var goesOn = true
      while goesOn {
        goesOn = try reader.next(&batch, &tally)
        for row in 0..<batch.count {
          found.append(Identity(key: batch.eventKeys[row], content: batch.contentHashes[row]))
        }
      }
    }
    return found
  }

  static func one(_ json: String, _ identity: EventIdentity) throws -> Identity {
    let found = try read(json, identity)
    #expect(found.count == 1)
    return try #require(found.first)
  }

  /// The places beside the signs that stand between values: a blank there is none of the event's content.
  static func placesBetweenTokens(_ json: String) -> [Int] {
    var places: Set<Int> = []
    var isString = false
    for (place, byte) in json.utf8.enumerated() {
      if byte == UInt8(ascii: "\"") { isString.toggle() }
      if !isString && "{}[]:,".utf8.contains(byte) { places.formUnion([place, place + 1]) }
    }
    return places.subtracting([0, json.utf8.count]).sorted()
  }

  static func inserting(_ text: String, at place: Int) -> String {
    var bytes = Array(event.utf8)
    bytes.insert(contentsOf: text.utf8, at: place)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: [" ", "\t", "\n", "\r\n", String(repeating: " ", count: 200)])
  func blanksBetweenTokensAreNotPartOfAnEvent(blanks: String) throws {
    let places = EventIdentityTests.placesBetweenTokens(EventIdentityTests.event)
    #expect(places.count > 30)
    for identity in EventIdentityTests.identities {
      let plain = try EventIdentityTests.one(EventIdentityTests.event, identity)
      for place in places {
        let other = EventIdentityTests.inserting(blanks, at: place)
        #expect(try EventIdentityTests.one(other, identity) == plain, "\(other)")
      }
    }
  }

  @Test func aPrettyPrintedCopyAmongOthersIsTheSameEvent() throws {
    let pretty = EventIdentityTests.event
      .split(separator: ",").joined(separator: ",\n  ")
      .split(separator: "\":").joined(separator: "\" : ")
    let one = EventIdentityTests.event
    for identity in EventIdentityTests.identities {
      for json in ["{\"Records\": [\(one), \(pretty) ,\(one)]}", "[\(pretty),\n\(one)\n,\(pretty)]"] {
        let found = try EventIdentityTests.read(json, identity)
        #expect(found.count > 1 && found.allSatisfy { $0 == found[0] })
        #expect(try found[0] == EventIdentityTests.one(one, identity))
      }
    }
  }

  /// Each is put into the event in place of `"bob"`. None is the same text as another, though some mean the same.
  @Test func whatStandsInStringsIsPartOfAnEvent() throws {
    let values = [
      #""bob""#, #"" bob""#, #""bob ""#, #""b ob""#, #""b  ob""#, #""b\tob""#, #""Bob""#, #""bo""#, #""""#, #"" ""#,
      #""\u0062ob""#, #""b\"ob""#, #""b\" ob""#, #""b\\""#, #""b\\ ""#, #""bob\u0000""#, "null", "1", "1.0", "[]", "{}",
      #"["bob"]"#,
    ]
    for identity in EventIdentityTests.identities {
      var contents: Set<Hash128> = []
      var keys: Set<Hash128> = []
      for value in values {
        let json = EventIdentityTests.event.split(separator: #""bob""#).joined(separator: value)
        for json in [json, "{ " + json.dropFirst()] {
          let found = try EventIdentityTests.one(json, identity)
          contents.insert(found.content)
          keys.insert(found.key)
        }
      }
      #expect(contents.count == values.count)
      #expect(keys.count == 1)
    }
  }

  @Test(arguments: [
    ("e-1", "e-2"), ("111122223333", "111122223334"), ("10:00:00Z", "10:00:01Z"), ("GetUser", "GetUsers"),
    ("iam.amazonaws.com\",\"eventName\":\"GetUser", "iam.amazonaws.com\",\"eventName\":\"getUser"),
  ])
  func eachPartOfTheKeyIsInIt(from: String, to: String) throws {
    let parts = EventIdentityTests.event.split(separator: from)
    try #require(parts.count == 2)
    for identity in EventIdentityTests.identities {
      let plain = try EventIdentityTests.one(EventIdentityTests.event, identity)
      let other = try EventIdentityTests.one(parts.joined(separator: to), identity)
      #expect(other.key != plain.key && other.content != plain.content)
    }
  }

  /// The same on each machine, in each run and version: worked out with Python's integers and hashlib.
  @Test func digestsAndKeysArePinned() throws {
    let key = Hash128(0x1E63_BD3D_9766_2154, 0x28BB_6FDF_EC00_9BF9)
    let digest = try EventIdentityTests.one(EventIdentityTests.event, .digest)
    // The first sixteen bytes of SHA-256.
    #expect(digest == Identity(key: key, content: Hash128(0x1A13_C9B7_CF84_25D9, 0x32C7_3F49_284C_3ED5)))
    // The key needs no secret: it is the same under one.
    #expect(try EventIdentityTests.one(EventIdentityTests.event, .keyed(.random())).key == key)
  }

  @Test func keyedContentsAreComparableUnderOneKeyOnly() throws {
    let key = HashKey.random()
    let one = try EventIdentityTests.one(EventIdentityTests.event, .keyed(key))
    #expect(try EventIdentityTests.one(EventIdentityTests.event, .keyed(key)) == one)
    #expect(try EventIdentityTests.one(EventIdentityTests.event, .keyed(.random())).content != one.content)
  }

  @Test func anEventWithoutAnIdIsKnownByItsContent() throws {
    let json = EventIdentityTests.event.split(separator: #""eventID":"e-1","#).joined()
    let digest = try EventIdentityTests.one(json, .digest)
    #expect(digest.key == digest.content)
    let keyed = try EventIdentityTests.one("{ " + json.dropFirst(), .keyed(.random()))
    #expect(keyed.key == digest.key)
    #expect(keyed.content != digest.content)
  }
}
