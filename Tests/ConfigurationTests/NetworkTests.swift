import Foundation
import Rules
import Testing

@testable import Configuration

@Suite struct NetworkTests {
  /// Ranges near each other, so that many touch, overlap or contain one another.
  private static func ranges(_ count: Int, _ numbers: inout Numbers) -> [AddressRange] {
    (0..<count).map { _ in
      if Bool.random(using: &numbers) {
        let address = IPAddress(v4: 0x0A00_0000 | UInt32.random(in: 0..<4096, using: &numbers))
        return AddressRange(masking: address, to: .random(in: 20...32, using: &numbers))
      }
      let address = IPAddress(v6: UInt128(0x2001_0DB8) << 96 | UInt128(UInt16.random(in: 0..<4096, using: &numbers)))
      return AddressRange(masking: address, to: .random(in: 116...128, using: &numbers))
    }
  }

  @Test func aSetHoldsWhatOneOfItsNetworksHolds() {
    var numbers = Numbers()
    for size in [0, 1, 2, 5, 20, 60] {
      let ranges = Self.ranges(size, &numbers)
      let set = AddressSet(ranges)
      for bits in UInt32(0)..<4200 {
        let four = IPAddress(v4: 0x0A00_0000 | bits)
        let six = IPAddress(v6: UInt128(0x2001_0DB8) << 96 | UInt128(bits))
        #expect(set.contains(four) == ranges.contains { $0.contains(four) }, "\(four)")
        #expect(set.contains(six) == ranges.contains { $0.contains(six) }, "\(six)")
      }
    }
  }

  @Test func aMillionNetworksOfAFileAreOneListAndAllOfThemAreFound() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("harrier-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var text: [UInt8] = []
    text.reserveCapacity(20_000_000)
    // Every second /28 of 16.0.0.0/3: no two of them touch.
    for number in 0..<1_000_000 {
      let bits = UInt32(0x1000_0000) + UInt32(number) * 32
      text += "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)/28\n".utf8
    }
    try Data(text).write(to: folder.appendingPathComponent("blocked.txt"))
    let file = folder.appendingPathComponent("harrier.yaml")
    try Data("networks: {blocked: ['@blocked.txt']}\n".utf8).write(to: file)
    let began = ContinuousClock.now
    let configuration = try #require(Configuration.load(path: file.path).configuration)
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    for number in stride(from: 0, to: 1_000_000, by: 997) {
      let bits = UInt32(0x1000_0000) + UInt32(number) * 32
      #expect(configuration.isBlocked(IPAddress(v4: bits)) && configuration.isBlocked(IPAddress(v4: bits + 15)))
      #expect(!configuration.isBlocked(IPAddress(v4: bits + 16)))
    }
    // A debug build takes several times what a release build does: `scripts/check-binary` holds that one to a second.
    #expect(seconds < 15)
  }

  @Test func thePrefixesOfASetAreTheSet() {
    var numbers = Numbers()
    for size in [0, 1, 3, 40] {
      let set = AddressSet(Self.ranges(size, &numbers))
      #expect(AddressSet(set.prefixes()) == set)
    }
    for text in ["0.0.0.0/0", "::/0", "255.255.255.255", "128.0.0.0/1"] {
      guard let range = try? AddressRange(text) else { continue }
      #expect(AddressSet([range]).prefixes() == [range])
    }
    let halves = ["10.0.0.0/25", "10.0.0.128/25"].compactMap { try? AddressRange($0) }
    #expect(AddressSet(halves).prefixes().map(\.description) == ["10.0.0.0/24"])
  }

  @Test func theEdgesOfTheAddressSpaceAreInIt() throws {
    let set = AddressSet([try AddressRange("255.255.255.0/24"), try AddressRange("::/0")])
    #expect(set.contains(IPAddress(v4: .max)))
    #expect(!set.contains(IPAddress(v4: 0)))
    #expect(set.contains(IPAddress(v6: .max)))
    #expect(with("10.0.0.1") { set.contains($0) } == false)
    #expect(with("not an address") { set.contains($0) } == false)
  }

  @Test func overlapsAreFound() throws {
    let a = AddressSet([try AddressRange("10.0.0.0/8"), try AddressRange("192.0.2.0/24")])
    #expect(a.overlap(with: AddressSet([try AddressRange("192.0.2.77")]))?.description == "192.0.2.77")
    #expect(a.overlap(with: AddressSet([try AddressRange("11.0.0.0/8")])) == nil)
  }

  @Test func theFastReaderAgreesWithTheCarefulOne() {
    let texts = [
      "10.0.0.0/8", "10.0.0.1", "0.0.0.0/0", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/08", "10.0.0/8", "x",
      "::/0", "::1", "2001:db8::/32", "2001:db8::1/32", "2001:db8::/129", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::",
      "::ffff:10.0.0.0/104", "::ffff:10.0.0.1", "::ffff:10.0.0.1/104", "::ffff:10.0.0.0/95", "1::2::3", "1:2:", ":1:2",
      "fe80::1%eth0", "1:2:3:4:5:6:7:8:9", "::1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "12345::", ":", "::", ":::", "1::/16",
    ]
    for text in texts {
      var builder = AddressSetBuilder()
      let refusal = with(text) { AddressList.add($0, to: &builder) }
      let careful = try? AddressRange(text)
      #expect((refusal == nil) == (careful != nil), "\(text): \(refusal ?? "taken")")
      if let careful { #expect(builder.build() == AddressSet([careful]), "\(text)") }
    }
  }

  @Test func listsMayHaveCommentsAndEitherLineEnd() throws {
    let folder = try Folder()
    try folder.write("n.txt", "\u{FEFF}# office\r\n10.0.0.0/8 # all\r\n\r\n  192.0.2.1;one\n2001:db8::/32")
    let file = try folder.write("t.yaml", "networks: {trusted: ['@n.txt', 198.51.100.0/24]}")
    let loaded = try #require(Configuration.load(path: file).configuration)
    #expect(loaded.trustedNetworks.entries.map(\.count) == [3, 1])
    #expect(loaded.trustedNetworks.set.rangeCount == 4)
    #expect(try loaded.isTrusted(#require(IPAddress("192.0.2.1".utf8))))
    #expect(!loaded.isTrusted(IPAddress(v4: 0xC000_0202)))
  }

  @Test func eachBadLineOfAListIsNamed() throws {
    let folder = try Folder()
    let list = try folder.write("n.txt", "10.0.0.0/8\n10.0.0.1/8\nhello\n10.0.0.0/8 and more\n")
    let file = try folder.write("t.yaml", "networks:\n  blocked: '@n.txt'\n")
    let result = Configuration.load(path: file)
    #expect(result.configuration == nil)
    #expect(result.errors.map(\.origin.description) == ["\(list):2", "\(list):3", "\(list):4"])
    #expect(result.errors[0].message.contains("did you mean '10.0.0.0/8'?"))
  }

  @Test func aFileOfAnotherKindEndsSoon() throws {
    let folder = try Folder()
    let list = try folder.write("n.txt", String(repeating: "no network\n", count: 1000))
    let file = try folder.write("t.yaml", "networks: {blocked: '@n.txt'}")
    let errors = Configuration.load(path: file).errors
    #expect(errors.count == 11)
    #expect(errors.last?.origin.description == "\(list):11")
  }

  /// Long lists cross the borders of the reading buffer; every network must still be there.
  @Test func noNetworkIsLostBetweenTwoReads() throws {
    let folder = try Folder()
    let count = 60_000
    let lines = (0..<count).map { "10.\($0 >> 15).\($0 >> 7 & 255).\(($0 & 127) * 2)/32" }
    try folder.write("n.txt", lines.shuffled().joined(separator: "\n"))
    let file = try folder.write("t.yaml", "networks: {blocked: '@n.txt'}")
    let loaded = try #require(Configuration.load(path: file).configuration)
    #expect(loaded.blockedNetworks.entries[0].count == count)
    #expect(loaded.blockedNetworks.set.rangeCount == count)
    for line in lines.prefix(500) {
      #expect(try loaded.isBlocked(#require(IPAddress(line.dropLast(3).utf8))))
    }
  }
}
