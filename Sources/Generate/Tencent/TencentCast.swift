// Who works in a Tencent account and what they do all day.

extension Tencent {
  private static let kits = [
    "SDK_GO_1.0.^", "SDK_PYTHON_3.0.14^", "SDK_JAVA_3.1.12^", "SDK_NODEJS_4.0.^", "tencentcloud-cli/3.0.14^",
  ]

  static let cast: [CastSpec] = [
    CastSpec(kind: .user, profile: .developer, members: .people(first: 80, count: 30), agents: kits, weight: 60),
    CastSpec(kind: .user, profile: .administrator, members: .people(first: 110, count: 4), agents: kits, weight: 10),
    CastSpec(
      kind: .workload, profile: .workload, members: .named(["orders", "feeds", "push", "media", "risk", "match"]),
      role: "<name>-<env>", session: "<name>", network: .instances, agents: kits, sessions: 16, weight: 80),
    CastSpec(
      kind: .role, profile: .function, members: .named(["resize", "webhook", "export", "notify"]),
      role: "SCF_<name>", session: "scf", network: .instances, agents: ["SDK_PYTHON_3.0.14^"], sessions: 6, weight: 40),
    CastSpec(
      kind: .bot, profile: .deploy, members: .named(["terraform"]), role: "terraform-runner", session: "terraform",
      network: .builders, agents: ["SDK_GO_1.0.^ Terraform/1.11.^"], sessions: 3, weight: 12),
    CastSpec(
      kind: .bot, profile: .deploy, members: .named(["coding-ci"]), role: "ci-deploy", session: "coding-ci",
      network: .builders, agents: ["tencentcloud-cli/3.0.14^"], sessions: 6, weight: 12),
    CastSpec(
      kind: .user, profile: .workload, members: .named(["svc-backup", "svc-monitor"]), network: .builders, agents: kits,
      weight: 8),
    CastSpec(
      kind: .role, profile: .scanner, members: .named(["posture-scanner"]), role: "PostureScannerReadOnly",
      session: "posture-scan", network: .builders, agents: ["SDK_PYTHON_3.0.1400"], weight: 8),
    CastSpec(
      kind: .role, profile: .rotation, members: .named(["key-rotation"]), role: "key-rotation", session: "rotate",
      network: .builders, agents: ["SDK_PYTHON_3.0.1402"], weight: 2),
    CastSpec(
      kind: .internalCall, profile: .internalCall, members: .named(["AS_QCSRole", "TKE_QCSRole", "CLB_QCSLinkedRole"]),
      role: "<name>", session: "qcs", network: .instances, agents: ["", "QCSAgent/1.0"], weight: 30),
  ]

  static let verbs: [Verb: String] = [
    .login: "account.ConsoleLogin", .rootLogin: "account.ConsoleLogin", .whoami: "sts.GetCallerIdentity",
    .listUsers: "cam.ListUsers", .listKeys: "cam.ListAccessKeys", .listInstances: "cvm.DescribeInstances",
    .listBuckets: "cos.GetService", .listTrails: "cloudaudit.DescribeAuditTracks",
    .readSecret: "ssm.GetSecretValue", .readBilling: "billing.DescribeBillSummaryByProduct",
    .createUser: "cam.AddUser", .createLoginProfile: "cam.UpdateUser", .createKey: "cam.CreateAccessKey",
    .grantAdmin: "cam.AttachUserPolicy", .elevate: "sts.AssumeRole+elevated", .disableKey: "cam.UpdateAccessKey",
    .deleteKey: "cam.DeleteAccessKey", .stopLogging: "cloudaudit.StopLogging",
    .startLogging: "cloudaudit.StartLogging", .deleteTrail: "cloudaudit.DeleteAuditTrack",
    .openPort: "vpc.CreateSecurityGroupPolicies", .deleteBucket: "cos.DeleteBucket",
    .terminate: "cvm.TerminateInstances", .deleteSnapshot: "cbs.DeleteSnapshots",
    .deleteDatabase: "cdb.IsolateDBInstance",
  ]

  static let profiles: [(profile: Profile, calls: String)] = [
    (
      .developer,
      """
      cvm.DescribeInstances 90, cvm.DescribeInstancesStatus 30, cvm.DescribeZones 15, cvm.DescribeImages 15, \
      monitor.GetMonitorData 70, monitor.DescribeAlarmPolicies 20, cls.SearchLog 60, cls.DescribeTopics 20, \
      tke.DescribeClusters 35, tke.DescribeClusterInstances 25, cbs.DescribeDisks 20, cdb.DescribeDBInstances 25, \
      vpc.DescribeSecurityGroups 20, vpc.DescribeVpcs 12, vpc.DescribeSubnets 12, cos.GetBucket 25, cos.GetService 10, \
      cos.GetObject 20, scf.GetFunction 20, scf.UpdateFunctionCode 5, account.ConsoleLogin 20, cvm.StartInstances 3, \
      cvm.StopInstances 3, cvm.RunInstances 2, sts.GetCallerIdentity 10, ssm.GetSecretValue 5, cam.GetUser 4
      """
    ),
    (
      .administrator,
      """
      cam.ListUsers 40, cam.GetUser 30, cam.ListAccessKeys 25, cam.ListAttachedUserPolicies 25, cam.DescribeRoleList 20, \
      cam.GetRole 20, cloudaudit.DescribeEvents 20, cloudaudit.DescribeAuditTracks 10, vpc.DescribeSecurityGroups 30, \
      cvm.DescribeInstances 40, account.ConsoleLogin 15, sts.AssumeRole 10, vpc.DeleteSecurityGroupPolicies 2, \
      cam.AttachRolePolicy 2, cam.CreateRole 1, cdb.DescribeDBInstances 10
      """
    ),
    (
      .workload,
      """
      cos.GetObject 170, cos.PutObject 90, cos.HeadObject 40, kms.Decrypt 60, kms.GenerateDataKey 30, \
      ssm.GetSecretValue 40, sts.AssumeRole 30, cvm.DescribeInstances 30, monitor.GetMonitorData 30, cls.SearchLog 10
      """
    ),
    (.function, "cos.GetObject 60, cos.PutObject 60, scf.Invoke 40, ssm.GetSecretValue 20, kms.Decrypt 20"),
    (
      .deploy,
      """
      scf.UpdateFunctionCode 20, scf.GetFunction 25, tke.DescribeClusters 30, tke.ModifyClusterNodePool 8, \
      cvm.DescribeInstances 30, cvm.RunInstances 6, cvm.TerminateInstances 4, vpc.DescribeSecurityGroups 25, \
      vpc.CreateSecurityGroup 3, vpc.CreateSecurityGroupPolicies 3, cam.GetRole 20, cam.AttachRolePolicy 3, \
      cam.CreateRole 2, cos.PutObject 20, cos.PutBucketPolicy 1, sts.GetCallerIdentity 15, cbs.CreateSnapshot 4
      """
    ),
    (
      .scanner,
      """
      cam.ListUsers 20, cam.ListAccessKeys 20, cam.ListAttachedUserPolicies 20, cos.GetService 10, cos.GetBucket 20, \
      cvm.DescribeInstances 25, vpc.DescribeSecurityGroups 25, cbs.DescribeSnapshots 15, cdb.DescribeDBInstances 12, \
      cdb.DescribeBackups 10, cloudaudit.DescribeAuditTracks 10
      """
    ),
    (
      .rotation,
      "cam.ListAccessKeys 30, cam.CreateAccessKey 2, cam.UpdateAccessKey 2, cam.DeleteAccessKey 2, ssm.GetSecretValue 20"
    ),
    (
      .internalCall,
      """
      cvm.DescribeInstances 60, cvm.RunInstances 5, cvm.TerminateInstances 5, vpc.DescribeSubnets 30, \
      tke.DescribeClusterInstances 30, monitor.GetMonitorData 25
      """
    ),
  ]
}
