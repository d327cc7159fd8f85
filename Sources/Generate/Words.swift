// Names of made-up people, teams and programs, and the address ranges they use.
//
// People's addresses lie in networks that the free test editions of location databases know, so that an archive can
// be used with them; everything else lies in ranges set aside for documentation and benchmarks.

enum Words {
  static let lists: [(name: String, words: [String])] = [
    (
      "app",
      [
        "checkout", "catalog", "search", "ledger", "inventory", "notifier", "gateway", "profile", "billing", "reports",
        "images", "sessions", "pricing", "shipping", "returns", "support", "metrics", "audit", "importer", "scheduler",
        "recommend", "fraud", "loyalty", "content",
      ]
    ),
    ("team", ["payments", "platform", "growth", "data", "mobile", "core", "security"]),
    ("bucketUse", ["logs", "data", "assets", "exports", "backups", "artifacts"]),
    ("folder", ["in", "out", "2025/12", "2026/01", "raw", "daily", "tmp", "orders"]),
    ("itype", ["t3.medium", "m7g.large", "c7i.xlarge", "r6i.2xlarge", "t4g.small"]),
    ("ctype", ["S5.MEDIUM4", "SA2.LARGE8", "S6.2XLARGE16", "ecs.g7.large", "ecs.c7.xlarge"]),
  ]

  private static let given = [
    "ada", "boris", "chen", "dalia", "emil", "farah", "goran", "hana", "ivo", "jun", "kira", "lars", "mei", "nadia",
    "omar", "petra", "quinn", "rosa", "sven", "tara", "ulf", "vera", "wei", "xenia", "yusuf", "zoe",
  ]
  private static let family = ["alder", "birch", "cedar", "elm", "hazel", "maple", "oak", "rowan", "willow"]

  /// The n-th person: 234 distinct names, then the same with a number.
  static func person(_ index: Int) -> String {
    let name = given[index % given.count] + "." + family[index / given.count % family.count]
    let round = index / (given.count * family.count)
    return round == 0 ? name : name + String(round + 1)
  }

  static let browsers = [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.^.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.^.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.^",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.^ Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
  ]
}

/// A place where people live: its clock and its addresses.
struct Zone {
  var name: String
  var offsetHours: Int64
  /// The office's shared address, as everybody there appears.
  var office: String
  /// First address and count of the homes and mobile networks.
  var homes: (first: UInt32, count: UInt64)

  static let all = [
    Zone(name: "San Diego", offsetHours: -8, office: "214.78.0.10", homes: (0xD64E_0100, 7600)),
    Zone(name: "London", offsetHours: 0, office: "81.2.69.160", homes: (0x5102_45A1, 30)),
    Zone(name: "Linkoping", offsetHours: 1, office: "89.160.20.129", homes: (0x59A0_1482, 120)),
    Zone(name: "Changchun", offsetHours: 8, office: "175.16.199.10", homes: (0xAF10_C714, 230)),
    Zone(name: "Manila", offsetHours: 8, office: "202.196.224.10", homes: (0xCAC4_E100, 3800)),
  ]
}

/// Addresses with a meaning of their own.
enum Addresses {
  /// The company's VPN leaves here, in London.
  static let vpn = "81.2.69.142"
  static let builders = ["192.0.2.10", "192.0.2.11", "192.0.2.12", "192.0.2.13"]
  /// A hosting company that nobody here uses.
  static let hosting = (first: UInt32(0xCB00_7100), count: UInt64(250))
  /// A far country (Bhutan) where nobody works.
  static let farAway = (first: UInt32(0x432B_9C02), count: UInt64(250))
  /// Public addresses of instances: 198.18.0.0/15.
  static let instances = (first: UInt32(0xC612_0001), count: UInt64(120_000))

  static func text(_ address: UInt32) -> String {
    "\(address >> 24).\(address >> 16 & 255).\(address >> 8 & 255).\(address & 255)"
  }

  static func draw(_ range: (first: UInt32, count: UInt64), _ random: inout SplitMix64) -> String {
    text(range.first &+ UInt32(random.below(range.count)))
  }
}
