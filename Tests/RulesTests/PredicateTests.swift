// The small types under the predicate tree.

import Glibc
import Testing

@testable import Rules

struct PredicateTests {
  static let escapes: [(String, [TextPattern.Part])] = [
    ("a\\b", [.literal(Array("a\\b".utf8))]), ("a\\\\b", [.literal(Array("a\\b".utf8))]),
    ("\\*", [.literal(Array("*".utf8))]), ("\\\\*", [.literal(Array("\\".utf8)), .any]),
    ("\\\\\\*", [.literal(Array("\\*".utf8))]), ("\\\\\\\\*", [.literal(Array("\\\\".utf8)), .any]),
    ("x\\", [.literal(Array("x\\".utf8))]), ("a?b*", [.literal([97]), .one, .literal([98]), .any]), ("", []),
    ("**", [.any]), ("*?*", [.any, .one, .any]),
  ]

  @Test(arguments: escapes) func escapesAreReadAndWrittenBack(text: String, parts: [TextPattern.Part]) {
    let pattern = TextPattern(sigma: text)
    #expect(pattern.parts == parts)
    #expect(TextPattern(sigma: pattern.sigmaText) == pattern)
  }

  @Test func shapesAreTold() {
    let bytes = Array("ab".utf8)
    let shapes: [(String, TextPattern.Shape)] = [
      ("ab", .exact(bytes)), ("ab*", .prefix(bytes)), ("*ab", .suffix(bytes)), ("*ab*", .contains(bytes)),
      ("*", .anything), ("", .exact([])), ("?", .glob), ("a*b", .glob), ("*a*b*", .glob), ("ab?", .glob),
    ]
    for (text, shape) in shapes { #expect(TextPattern(sigma: text).shape == shape, "\(text)") }
  }

  @Test func treesAreFlat() {
    let (a, b, c) = (Predicate.field("a", .exists), Predicate.field("b", .exists), Predicate.field("c", .null))
    #expect(Predicate.all([a, .all([b, c])]) == .and([a, b, c]))
    #expect(Predicate.any([.any([a, b]), c]) == .or([a, b, c]))
    #expect(Predicate.all([.everything, a]) == a)
    #expect(Predicate.any([a]) == a)
    #expect(Predicate.all([.any([a, b]), .not(c)]).nodeCount == 6)
    #expect(Predicate.all([.field("x", .reference(FieldReference("y"))), a]).fields == ["a", "x", "y"])
  }

  static let addresses = [
    "10.0.0.1", "0.0.0.0", "255.255.255.255", "256.1.1.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1..2.3", "", ".",
    "1.2.3.4 ",
    "::", "::1", "1::", "2001:db8::1", "fe80::1%eth0", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
    "1::2::3",
    ":::", ":1", "1:", "::1:2:3:4:5:6:7", "1:2:3:4:5:6:7::", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "1.2.3.4::",
    "12345::",
    "g::", "ABCD::ef", "::1.2.3", "0:0:0:0:0:0:0:0", "1:0:0:2:0:0:0:3", "1:0:2:0:3:0:4:0", ":1::", "::1:",
  ]

  /// The oracle is the system's reader and writer.
  @Test(arguments: addresses) func addressIsReadAsTheSystemReadsIt(text: String) {
    var v4 = in_addr()
    var v6 = in6_addr()
    let ours = IPAddress(text.utf8)
    if inet_pton(AF_INET, text, &v4) == 1 {
      #expect(ours == IPAddress(v4: UInt32(bigEndian: v4.s_addr)))
    } else if inet_pton(AF_INET6, text, &v6) == 1 {
      let bits = withUnsafeBytes(of: &v6) { $0.reduce(UInt128(0)) { $0 << 8 | UInt128($1) } }
      #expect(ours == IPAddress(v6: bits))
      var buffer = [CChar](repeating: 0, count: 64)
      inet_ntop(AF_INET6, &v6, &buffer, 64)
      let written = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      // The system still writes some IPv6 addresses with an IPv4 tail; ours are plain.
      if !written.contains(".") { #expect(ours?.description == written) }
    } else {
      #expect(ours == nil)
    }
  }

  @Test func rangesHoldTheirAddresses() throws {
    let cases: [(String, String, Bool)] = [
      ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("0.0.0.0/0", "1.2.3.4", true),
      ("0.0.0.0/0", "::1", false), ("1.2.3.4", "1.2.3.4", true), ("1.2.3.4/32", "1.2.3.5", false),
      ("::/0", "::1", true), ("2001:db8::/32", "2001:db8:ffff::", true), ("2001:db8::/32", "2001:db9::", false),
      ("10.0.0.0/8", "::ffff:10.1.1.1", true), ("::ffff:10.0.0.0/104", "10.1.1.1", true),
      ("10.0.0.0/31", "10.0.0.1", true), ("10.0.0.0/31", "10.0.0.2", false),
    ]
    for (range, address, expected) in cases {
      let parsed = try AddressRange(range)
      #expect(parsed.contains(try #require(IPAddress(address.utf8))) == expected, "\(address) in \(range)")
    }
  }

  @Test(arguments: ["0", "-1", "9223372036854775808", "1.5", "1e+20", "-0.001"]) func numberReadsBack(text: String) {
    #expect(Number(canonical: text)?.description == text)
  }

  @Test(arguments: ["007", "+5", "1.10", "5.0", "1e5", ".5", "0x1", "-0", "18446744073709551616", "nan", "inf", ""])
  func unusualNumberStaysText(text: String) {
    #expect(Number(canonical: text) == nil)
  }
}
