// Who works in an Alibaba account and what they do all day.

extension Alibaba {
  private static let kits = [
    "AlibabaCloud (Linux; amd64) Java/17.0.^ Core/4.6.^ HTTPClient/ApacheHttpClient",
    "AlibabaCloud (Linux; x86_64) Python/3.11.^ Core/2.15.1 python-requests/2.32.3",
    "AlibabaCloud (linux; amd64) Golang/1.23.^ Core/0.01 TeaDSL/1",
    "Aliyun-CLI/3.0.2^ (darwin; arm64)", "aliyun-sdk-nodejs/1.8.^ (linux x64)",
  ]

  static let cast: [CastSpec] = [
    CastSpec(kind: .user, profile: .developer, members: .people(first: 120, count: 26), agents: kits, weight: 50),
    CastSpec(kind: .user, profile: .administrator, members: .people(first: 146, count: 4), agents: kits, weight: 8),
    CastSpec(
      kind: .sso, profile: .developer, members: .people(first: 150, count: 10), role: "aliyunreservedsso-developer",
      session: "<name>@corp.example", agents: kits, weight: 20),
    CastSpec(
      kind: .workload, profile: .workload, members: .named(["orders", "feeds", "push", "media", "risk", "match"]),
      role: "<name>-<env>", network: .instances, agents: kits, sessions: 16, weight: 80),
    CastSpec(
      kind: .role, profile: .function, members: .named(["resize", "webhook", "export", "notify"]),
      role: "fc-<name>", session: "fc-<name>", network: .instances, agents: ["AlibabaCloud-FC/1.^ Python/3.10"],
      sessions: 6, weight: 40),
    CastSpec(
      kind: .bot, profile: .deploy, members: .named(["terraform"]), role: "terraform-runner", session: "terraform",
      network: .builders, agents: ["AlibabaCloud (linux; amd64) Golang/1.23.^ Core/0.01 HashiCorp-Terraform/1.11.^"],
      sessions: 3, weight: 12),
    CastSpec(
      kind: .bot, profile: .deploy, members: .named(["ci-deploy"]), role: "ci-deploy", session: "pipeline",
      network: .builders, agents: ["Aliyun-CLI/3.0.2^ (linux; amd64)"], sessions: 6, weight: 12),
    CastSpec(
      kind: .user, profile: .workload, members: .named(["svc-backup", "svc-monitor"]), network: .builders, agents: kits,
      weight: 8),
    CastSpec(
      kind: .role, profile: .scanner, members: .named(["posture-scanner"]), role: "posture-scanner-readonly",
      session: "posture-scan", network: .builders,
      agents: ["AlibabaCloud (Linux; x86_64) Python/3.11.9 posture-scan/4.2"],
      weight: 8),
    CastSpec(
      kind: .role, profile: .rotation, members: .named(["key-rotation"]), role: "key-rotation", session: "rotate",
      network: .builders, agents: ["AlibabaCloud-FC/1.0 Python/3.10"], weight: 2),
    CastSpec(
      kind: .service, profile: .service, members: .named(["Internal"]), network: .service,
      agents: ["actiontrail.aliyuncs.com", "ess.aliyuncs.com", "slb.aliyuncs.com", "AliyunServices"], weight: 20),
  ]

  static let verbs: [Verb: String] = [
    .login: "AasSub.ConsoleSignin", .rootLogin: "AasCustomer.ConsoleSignin", .whoami: "Sts.GetCallerIdentity",
    .listUsers: "Ram.ListUsers", .listKeys: "Ram.ListAccessKeys", .listInstances: "Ecs.DescribeInstances",
    .listBuckets: "Oss.ListBuckets", .listTrails: "Actiontrail.DescribeTrails", .readSecret: "Kms.GetSecretValue",
    .readBilling: "BssOpenApi.QueryBillOverview", .createUser: "Ram.CreateUser",
    .createLoginProfile: "Ram.CreateLoginProfile", .createKey: "Ram.CreateAccessKey",
    .grantAdmin: "Ram.AttachPolicyToUser", .elevate: "Sts.AssumeRole+elevated", .disableKey: "Ram.UpdateAccessKey",
    .deleteKey: "Ram.DeleteAccessKey", .stopLogging: "Actiontrail.StopLogging",
    .startLogging: "Actiontrail.StartLogging", .deleteTrail: "Actiontrail.DeleteTrail",
    .openPort: "Ecs.AuthorizeSecurityGroup", .deleteBucket: "Oss.DeleteBucket", .terminate: "Ecs.DeleteInstance",
    .deleteSnapshot: "Ecs.DeleteSnapshot", .deleteDatabase: "Rds.DeleteDBInstance",
  ]

  static let profiles: [(profile: Profile, calls: String)] = [
    (
      .developer,
      """
      Ecs.DescribeInstances 90, Ecs.DescribeInstanceStatus 30, Ecs.DescribeDisks 20, Ecs.DescribeImages 12, \
      Ecs.DescribeSecurityGroupAttribute 20, Sls.GetLogs 70, Sls.ListLogStores 20, Cms.DescribeMetricList 60, \
      CS.DescribeClustersV1 30, CS.DescribeClusterNodes 25, Rds.DescribeDBInstances 20, \
      Rds.DescribeDBInstanceAttribute 15, Vpc.DescribeVpcs 12, Vpc.DescribeVSwitches 12, Oss.ListBuckets 10, \
      Oss.ListObjects 20, Oss.GetObject 20, FC.GetFunction 20, FC.UpdateFunction 5, AasSub.ConsoleSignin 16, \
      Ecs.StartInstance 3, Ecs.StopInstance 3, Ecs.RunInstances 2, Sts.GetCallerIdentity 10, Kms.GetSecretValue 5
      """
    ),
    (
      .administrator,
      """
      Ram.ListUsers 40, Ram.GetUser 30, Ram.ListAccessKeys 25, Ram.ListPoliciesForUser 25, Ram.ListRoles 20, \
      Ram.GetRole 20, Actiontrail.LookupEvents 20, Actiontrail.DescribeTrails 10, Ecs.DescribeInstances 40, \
      Ecs.DescribeSecurityGroupAttribute 25, AasSub.ConsoleSignin 15, Sts.AssumeRole 10, Ecs.RevokeSecurityGroup 2, \
      Ram.AttachPolicyToRole 2, Ram.CreateRole 1
      """
    ),
    (
      .workload,
      """
      Oss.GetObject 170, Oss.PutObject 90, Oss.HeadObject 40, Kms.Decrypt 60, Kms.GenerateDataKey 30, \
      Kms.GetSecretValue 40, Sts.AssumeRole 30, Ecs.DescribeInstances 30, Cms.DescribeMetricList 30, Sls.GetLogs 10
      """
    ),
    (.function, "Oss.GetObject 60, Oss.PutObject 60, FC.InvokeFunction 40, Kms.GetSecretValue 20, Kms.Decrypt 20"),
    (
      .deploy,
      """
      FC.UpdateFunction 20, FC.GetFunction 25, CS.DescribeClustersV1 30, CS.ScaleClusterNodePool 8, \
      Ecs.DescribeInstances 30, Ecs.RunInstances 6, Ecs.DeleteInstance 4, Ecs.DescribeSecurityGroupAttribute 25, \
      Ecs.CreateSecurityGroup 3, Ecs.AuthorizeSecurityGroup 3, Ram.GetRole 20, Ram.AttachPolicyToRole 3, \
      Ram.CreateRole 2, Oss.PutObject 20, Oss.PutBucketPolicy 1, Sts.GetCallerIdentity 15
      """
    ),
    (
      .scanner,
      """
      Ram.ListUsers 20, Ram.ListAccessKeys 20, Ram.ListPoliciesForUser 20, Oss.ListBuckets 10, Oss.ListObjects 20, \
      Ecs.DescribeInstances 25, Ecs.DescribeSecurityGroupAttribute 25, Ecs.DescribeSnapshots 15, \
      Rds.DescribeDBInstances 12, Actiontrail.DescribeTrails 10, Actiontrail.GetTrailStatus 10
      """
    ),
    (
      .rotation,
      "Ram.ListAccessKeys 30, Ram.CreateAccessKey 2, Ram.UpdateAccessKey 2, Ram.DeleteAccessKey 2, Kms.GetSecretValue 20"
    ),
    (
      .service,
      """
      Ecs.DescribeInstances 40, Oss.PutObject 40, Sts.AssumeRole 30, Vpc.DescribeVSwitches 20, \
      CS.DescribeClusterNodes 20
      """
    ),
  ]
}
