/// Values made of an address: which are of the internet, in which network, of which family.

import Testing

@testable import Correlation

@Suite struct DerivedTests {
  @Test(arguments: [
    ("203.0.113.9", true), ("2001:db8::1", true), ("172.32.0.1", true), ("10.1.2.3", false), ("172.31.0.1", false),
    ("192.168.1.1", false), ("100.64.0.1", false), ("9.1.2.3", false), ("fd00::1", false), ("fe80::1", false),
    ("::ffff:10.0.0.1", false), ("ec2.amazonaws.com", false),
  ])
  func anAddressIsPublicOrNot(text: String, isPublic: Bool) { #expect(Derived.isPublic(Array(text.utf8)) == isPublic) }

  @Test(arguments: [("203.0.113.9", "4"), ("2001:db8::1", "6"), ("::ffff:192.0.2.1", "4"), ("Internal", "")])
  func anAddressHasAFamily(text: String, family: String) {
    #expect(Derived.family(Array(text.utf8)) == Array(family.utf8))
  }
}
