// What names suggest. All of it is a guess, and is written down as one.

enum Words {
  private static let emergency = ["breakglass", "break-glass", "break_glass", "emergency", "firecall", "fire-call"]
  private static let pipeline: Set<String> = [
    "terraform", "pulumi", "ansible", "deploy", "deployer", "pipeline", "ci", "cd", "cicd", "jenkins", "gitlab",
    "github",
    "argocd", "atlantis", "rotation", "spinnaker", "buildkite", "codepipeline", "codebuild",
  ]
  private static let workload: Set<String> = [
    "svc", "service", "bot", "backup", "agent", "scanner", "exporter", "lambda", "robot", "monitor", "worker", "cron",
    "runner",
  ]
  private static let stages: [String: String] = [
    "prod": "prod", "production": "prod", "prd": "prod", "live": "prod", "staging": "staging", "stage": "staging",
    "preprod": "staging", "uat": "staging", "test": "test", "qa": "test", "dev": "dev", "development": "dev",
    "sandbox": "dev",
  ]
  private static let tools = ["terraform", "pulumi", "ansible", "hashicorp", "cloudformation", "jenkins", "gitlab"]
  private static let browsers = [
    "mozilla/", "console.aliyun", "aliyunconsole", "signin.amazonaws", "console.amazonaws",
  ]

  static func isEmergency(_ name: String) -> Bool {
    let lower = name.lowercased()
    return emergency.contains { lower.contains($0) }
  }

  static func isPipeline(_ name: String) -> Bool { !parts(name).isDisjoint(with: pipeline) }
  static func isWorkload(_ name: String) -> Bool { !parts(name).isDisjoint(with: workload) }

  static func stage(_ name: String) -> String? {
    let found = Set(parts(name).compactMap { stages[$0] })
    return found.count == 1 ? found.first : nil
  }

  static func isTool(_ agent: String) -> Bool {
    let lower = agent.lowercased()
    return tools.contains { lower.contains($0) }
  }

  static func isBrowser(_ agent: String) -> Bool {
    let lower = agent.lowercased()
    return browsers.contains { lower.contains($0) }
  }

  /// `alice.smith` and `alice@corp.example`, without digits in a row as machines have them.
  static func isPersonal(_ name: String) -> Bool {
    let local = name.prefix { $0 != "@" }
    guard !local.isEmpty, name.contains("@") || local.contains(".") else { return false }
    var digits = 0
    for byte in local.utf8 {
      digits = byte >= 0x30 && byte <= 0x39 ? digits + 1 : 0
      if digits > 4 { return false }
    }
    return !isPipeline(name) && !isWorkload(name)
  }

  /// What a person is called whatever the provider: the name before the `@`, in lower case.
  static func person(_ name: String) -> String { String(name.prefix { $0 != "@" }).lowercased() }

  private static func parts(_ name: String) -> Set<String> {
    Set(name.lowercased().split { !($0.isASCII && $0.isLetter) }.map(String.init))
  }
}
