import Foundation
import Glibc
import Testing

@testable import Notify

/// Which addresses are refused after a name was resolved.
@Suite struct AddressTests {
  static func bytes(_ text: String) throws -> [UInt8] {
    var six = in6_addr()
    if inet_pton(AF_INET6, text, &six) == 1 { return withUnsafeBytes(of: six) { Array($0) } }
    var four = in_addr()
    try #require(inet_pton(AF_INET, text, &four) == 1, "\(text)")
    return [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + withUnsafeBytes(of: four) { Array($0) }
  }

  @Test(arguments: [
    "169.254.169.254", "169.254.0.23", "169.254.170.2", "100.100.100.200", "192.0.0.192", "168.63.129.16",
    "fd00:ec2::254", "fe80::1", "febf::1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1",
    "::169.254.169.254", "::ffff:0:169.254.169.254", "64:ff9b:1::a9fe:a9fe", "fd00:ec2::23", "fd20:ce::254",
    "fd00:c1::a9fe:a9fe", "fd00:42::42", "0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255", "240.0.0.1", "ff02::1",
    "::",
  ])
  func linkLocalAndMetadataAddressesAreRefusedWhateverIsAllowed(text: String) throws {
    #expect(AddressPolicy(allowsPrivate: true).refusal(try Self.bytes(text)) != nil)
    #expect(AddressPolicy(allowsPrivate: false).refusal(try Self.bytes(text)) != nil)
  }

  @Test(arguments: [
    "127.0.0.1", "127.255.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "::1",
    "fd12::1",
    "fc00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:0a00:0001::1", "64:ff9b:1::808:808",
    "::ffff:0:10.0.0.1",
  ])
  func privateAddressesAreRefusedUnlessAllowed(text: String) throws {
    #expect(AddressPolicy(allowsPrivate: true).refusal(try Self.bytes(text)) == nil)
    #expect(AddressPolicy(allowsPrivate: false).refusal(try Self.bytes(text))?.contains("allow_private") == true)
  }

  @Test(arguments: [
    "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1", "169.253.1.1", "169.255.1.1", "223.255.255.255",
    "2001:db8::1", "2606:4700::1111", "64:ff9b::808:808", "192.167.1.1", "128.0.0.1", "11.0.0.1",
  ])
  func publicAddressesAreTaken(text: String) throws {
    #expect(AddressPolicy(allowsPrivate: false).refusal(try Self.bytes(text)) == nil)
  }

  @Test func otherFamiliesAreNoAddresses() {
    var place = sockaddr()
    place.sa_family = sa_family_t(AF_UNIX)
    #expect(AddressPolicy(allowsPrivate: true).refusal(&place) != nil)
  }
}
