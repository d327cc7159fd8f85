// Who works in an AWS account: people behind single sign-on, people with old users and keys, workloads, automation and
// AWS's own services.

extension AWS {
  private static let sdks = [
    "aws-sdk-java/2.31.^ md/io#sync md/http#Apache ua/2.1 os/Linux#6.1.1^ lang/java#21.0.^ md/OpenJDK_64-Bit_Server_VM",
    "Boto3/1.38.^ md/Botocore#1.38.^ ua/2.1 os/linux#6.1.1^-150.224.amzn2023.x86_64 md/arch#x86_64 lang/python#3.12.9 md/pyimpl#CPython cfg/retry-mode#standard Botocore/1.38.^",
    "aws-sdk-go-v2/1.36.^ ua/2.1 os/linux lang/go#1.24.3 md/GOOS#linux md/GOARCH#arm64 api/s3#1.79.3 m/E,g",
    "aws-sdk-js/3.8^.0 ua/2.1 os/linux#6.1.1^ lang/js md/nodejs#22.^.0 api/dynamodb#3.8^.0 m/N,E,i",
    "aws-sdk-rust/1.3.^ ua/2.1 api/s3/1.86.0 os/linux lang/rust/1.86.0 m/E,b",
  ]

  private static let commandLines = [
    "aws-cli/2.27.^ md/awscrt#0.26.1 ua/2.1 os/macos#24.4.0 md/arch#arm64 lang/python#3.13.3 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/prompt#off",
    "aws-cli/2.25.^ md/awscrt#0.23.8 ua/2.1 os/linux#6.8.0-59-generic md/arch#x86_64 lang/python#3.12.9 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/distrib#ubuntu.24",
    "aws-cli/2.22.^ md/awscrt#0.22.0 ua/2.0 os/windows#11 md/arch#amd64 lang/python#3.12.6 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe",
    "Boto3/1.37.^ md/Botocore#1.37.^ ua/2.1 os/macos#24.4.0 md/arch#arm64 lang/python#3.11.12 md/pyimpl#CPython Botocore/1.37.^",
  ]

  private static let terraform = [
    "APN/1.0 HashiCorp/1.0 Terraform/1.11.^ (+https://www.terraform.io) terraform-provider-aws/5.^.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.36.^ ua/2.1 os/linux lang/go#1.23.8"
  ]

  private static let pipelines = [
    "aws-cli/2.27.^ md/awscrt#0.26.1 ua/2.1 os/linux#6.11.0-1012-azure md/arch#x86_64 lang/python#3.13.2 exec-env/GitHub_Actions",
    "configure-aws-credentials-for-github-actions",
    "cdk-cli/2.10^.0 aws-sdk-js/3.758.0 os/linux lang/js md/nodejs#20.19.1",
  ]

  private static let ssoPath = "aws-reserved/sso.amazonaws.com/eu-west-1/"

  static let cast: [CastSpec] = [
    CastSpec(
      kind: .sso, profile: .developer, members: .people(first: 0, count: 24),
      role: "AWSReservedSSO_Developer_5f3c1e9a7b2d4860", rolePath: ssoPath, agents: commandLines, weight: 60),
    CastSpec(
      kind: .sso, profile: .administrator, members: .people(first: 24, count: 5),
      role: "AWSReservedSSO_PlatformAdmin_c81d90fa27e6b354", rolePath: ssoPath, agents: commandLines, weight: 12),
    CastSpec(
      kind: .sso, profile: .analyst, members: .people(first: 29, count: 8),
      role: "AWSReservedSSO_DataAnalyst_0be7f412d9635ac8", rolePath: ssoPath, agents: commandLines, weight: 14),
    CastSpec(
      kind: .sso, profile: .billing, members: .people(first: 37, count: 2),
      role: "AWSReservedSSO_Billing_39a6d15f80c2eb74", rolePath: ssoPath, agents: commandLines, weight: 2),
    CastSpec(
      kind: .federated, profile: .federation, members: .people(first: 29, count: 8), role: "corp-saml-analyst",
      session: "<name>@corp.example", agents: ["AWS Signin, aws-internal/3"], weight: 4),
    CastSpec(
      kind: .user, profile: .developer, members: .people(first: 40, count: 24), agents: commandLines, weight: 20),
    CastSpec(
      kind: .user, profile: .administrator, members: .people(first: 64, count: 4), agents: commandLines, weight: 4),
    CastSpec(
      kind: .workload, profile: .workload,
      members: .named(["checkout", "catalog", "search", "ledger", "inventory", "notifier", "gateway", "profile"]),
      role: "<name>-<env>", network: .instances, agents: sdks, sessions: 24, weight: 90),
    CastSpec(
      kind: .internalCall, profile: .internalCall, members: .named(["autoscaling.amazonaws.com"]),
      role: "AWSServiceRoleForAutoScaling", rolePath: "aws-service-role/autoscaling.amazonaws.com/",
      session: "AutoScaling", network: .service, agents: [], weight: 10),
    CastSpec(
      kind: .internalCall, profile: .internalCall, members: .named(["ecs.amazonaws.com"]),
      role: "AWSServiceRoleForECS", rolePath: "aws-service-role/ecs.amazonaws.com/", session: "ecs-service-scheduler",
      network: .service, agents: [], weight: 10),
    CastSpec(
      kind: .role, profile: .function,
      members: .named(["order-events", "thumbnailer", "webhook", "invoice-export", "audit-relay", "token-cleanup"]),
      role: "<name>-lambda", rolePath: "service-role/", session: "<name>-<env>", network: .instances,
      agents: [
        "Boto3/1.38.3 md/Botocore#1.38.3 ua/2.1 os/linux#5.10.236 md/arch#aarch64 lang/python#3.13.3 exec-env/AWS_Lambda_python3.13"
      ],
      sessions: 6, weight: 50),
    CastSpec(
      kind: .bot, profile: .deploy, members: .named(["terraform"]), role: "terraform-runner", session: "terraform",
      network: .builders, agents: terraform, sessions: 4, weight: 12),
    CastSpec(
      kind: .bot, profile: .deploy, members: .named(["ci-deploy"]), role: "ci-deploy", session: "GitHubActions",
      network: .builders, agents: pipelines, sessions: 12, weight: 16),
    CastSpec(
      kind: .user, profile: .workload, members: .named(["svc-backup", "svc-legacy-import", "svc-metrics"]),
      network: .builders, agents: sdks, weight: 8),
    CastSpec(
      kind: .role, profile: .scanner, members: .named(["posture-scanner"]), role: "PostureScannerReadOnly",
      session: "posture-scan", network: .builders, agents: ["Boto3/1.36.26 md/Botocore#1.36.26 posture-scan/4.2"],
      sessions: 2, weight: 9),
    CastSpec(
      kind: .role, profile: .rotation, members: .named(["key-rotation"]), role: "key-rotation",
      session: "rotate", network: .builders, agents: ["Boto3/1.38.3 exec-env/AWS_Lambda_python3.13"], weight: 2),
    CastSpec(
      kind: .service, profile: .service,
      members: .named([
        "lambda.amazonaws.com", "ec2.amazonaws.com", "ecs-tasks.amazonaws.com", "cloudtrail.amazonaws.com",
        "config.amazonaws.com", "delivery.logs.amazonaws.com", "events.amazonaws.com", "states.amazonaws.com",
      ]), network: .service, agents: [], weight: 100),
  ]
}
