// swift-tools-version: 6.1
import PackageDescription

// The targets are listed in the order in which an event passes them; each depends only on those above it.

/// A C or C++ library behind a thin shim with no policy of its own.
func shim(_ name: String, links libraries: [String]) -> Target {
  .target(
    name: name,
    cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))],
    cxxSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))],
    linkerSettings: libraries.map { .linkedLibrary($0) }
  )
}

let package = Package(
  name: "harrier",
  products: [
    .executable(name: "harrier", targets: ["harrier"]),
    .executable(name: "harrier-notify", targets: ["harrier-notify"]),
    // For tests alone: breaks system calls of the binary, which holds no code for it.
    .library(name: "harrier-faults", type: .dynamic, targets: ["CFaults"]),
  ],
  targets: [
    shim("CSimdJSON", links: ["simdjson"]),
    shim("CInflate", links: ["isal", "z", "zstd"]),
    shim("CDeflate", links: ["isal", "z"]),
    shim("CCrypto", links: ["crypto"]),
    shim("CYAML", links: ["yaml"]),
    shim("CRE2", links: ["re2"]),
    shim("CMaxMind", links: ["maxminddb"]),
    shim("CSQLite", links: ["sqlite3"]),
    shim("CCurl", links: ["curl"]),
    .target(name: "CEmbedded"),
    shim("CMemory", links: []),
    .target(name: "Threads"),
    .target(name: "Archive", dependencies: ["CInflate", "CCrypto"]),
    .target(name: "Events", dependencies: ["CSimdJSON", "Archive"]),
    .target(name: "Rules", dependencies: ["CYAML", "CRE2", "Events"]),
    .target(name: "Configuration", dependencies: ["CRE2", "CMaxMind", "Archive", "Events", "Rules"]),
    .target(name: "Matching", dependencies: ["CRE2", "CSimdJSON", "Archive", "Rules", "Events"]),
    .target(name: "Correlation", dependencies: ["Threads", "Archive", "Events", "Rules", "Configuration", "Matching"]),
    .target(name: "State", dependencies: ["CSQLite", "Archive", "Events", "Correlation"]),
    .target(name: "Pack", dependencies: ["CEmbedded", "Rules"]),
    .target(
      name: "Reports",
      dependencies: ["CEmbedded", "Threads", "Archive", "Events", "Rules", "Configuration", "Correlation"]),
    .target(
      name: "Pipeline",
      dependencies: [
        "CMemory", "Threads", "Archive", "Events", "Rules", "Configuration", "Matching", "Correlation", "Reports",
      ]),
    .target(name: "Investigate", dependencies: ["Archive", "Events", "Matching", "Pipeline", "Reports"]),
    .target(name: "Generate", dependencies: ["CDeflate"]),
    .executableTarget(
      name: "harrier",
      dependencies: [
        "Threads", "Rules", "Pack", "Configuration", "Matching", "Correlation", "State", "Pipeline", "Investigate",
        "Reports", "Generate",
      ]),
    // What opens sockets is a program of its own: the one that parses never does.
    .target(name: "Notify", dependencies: ["CCurl", "Threads", "Rules", "Configuration", "State", "Reports"]),
    .executableTarget(name: "harrier-notify", dependencies: ["Notify", "Configuration", "State", "Reports"]),
    .target(name: "CFaults", path: "Tests/Faults"),
    .target(name: "ReadingSupport", dependencies: ["Archive"], path: "Tests/ReadingSupport"),
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .testTarget(name: "ArchiveTests", dependencies: ["Archive", "ReadingSupport"]),
    .testTarget(name: "EventsTests", dependencies: ["Archive", "Events", "TestSupport"]),
    .testTarget(name: "RulesTests", dependencies: ["Rules", "TestSupport"]),
    .testTarget(name: "ConfigurationTests", dependencies: ["Configuration", "Events", "Rules", "TestSupport"]),
    .testTarget(name: "MatchingTests", dependencies: ["Matching", "TestSupport"]),
    .testTarget(
      name: "CorrelationTests",
      dependencies: [
        "Correlation", "Pipeline", "Reports", "Archive", "Events", "Rules", "Matching", "TestSupport", "ReadingSupport",
      ]),
    .testTarget(
      name: "PackTests",
      dependencies: [
        "Pack", "Configuration", "Correlation", "Pipeline", "Archive", "Events", "Rules", "Matching", "ReadingSupport",
      ]),
    .testTarget(name: "StateTests", dependencies: ["State", "Archive", "Events", "Correlation"]),
    .testTarget(name: "PipelineTests", dependencies: ["Pipeline", "Archive", "Events", "ReadingSupport"]),
    .testTarget(
      name: "ReportsTests", dependencies: ["Archive", "Reports", "Configuration", "Correlation", "Events", "Rules"]),
    .testTarget(name: "GenerateTests", dependencies: ["Generate"]),
    .testTarget(name: "NotifyTests", dependencies: ["Notify", "Configuration", "State", "Reports", "Rules"]),
    .testTarget(name: "CommandTests", dependencies: ["harrier", "harrier-notify", "CSQLite", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c11,
  cxxLanguageStandard: .cxx17
)
