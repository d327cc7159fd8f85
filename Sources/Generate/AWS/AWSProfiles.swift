// What each kind of actor does all day, by weight.

extension AWS {
  static let verbs: [Verb: String] = [
    .login: "signin.ConsoleLogin", .rootLogin: "signin.ConsoleLogin", .whoami: "sts.GetCallerIdentity",
    .listUsers: "iam.ListUsers", .listKeys: "iam.ListAccessKeys", .listInstances: "ec2.DescribeInstances",
    .listBuckets: "s3.ListBuckets", .listTrails: "cloudtrail.DescribeTrails",
    .readSecret: "secretsmanager.GetSecretValue", .readBilling: "ce.GetCostAndUsage", .createUser: "iam.CreateUser",
    .createLoginProfile: "iam.CreateLoginProfile", .createKey: "iam.CreateAccessKey",
    .grantAdmin: "iam.AttachUserPolicy", .elevate: "sts.AssumeRole+elevated", .disableKey: "iam.UpdateAccessKey",
    .deleteKey: "iam.DeleteAccessKey", .stopLogging: "cloudtrail.StopLogging",
    .startLogging: "cloudtrail.StartLogging", .deleteTrail: "cloudtrail.DeleteTrail",
    .openPort: "ec2.AuthorizeSecurityGroupIngress", .deleteBucket: "s3.DeleteBucket",
    .terminate: "ec2.TerminateInstances", .deleteSnapshot: "ec2.DeleteSnapshot",
    .deleteDatabase: "rds.DeleteDBInstance",
  ]

  static let profiles: [(profile: Profile, calls: String)] = [
    (
      .developer,
      """
      ec2.DescribeInstances 90, logs.FilterLogEvents 70, logs.DescribeLogGroups 60, cloudwatch.GetMetricData 60, \
      cloudwatch.DescribeAlarms 40, s3.ListBuckets 30, s3.GetBucketLocation 25, lambda.GetFunction 35, \
      lambda.ListFunctions 25, ecs.DescribeServices 35, ecs.ListTasks 25, dynamodb.DescribeTable 20, \
      rds.DescribeDBInstances 22, ec2.DescribeSecurityGroups 22, ec2.DescribeVolumes 15, ec2.DescribeVpcs 14, \
      sts.GetCallerIdentity 40, signin.ConsoleLogin 12, secretsmanager.GetSecretValue 8, ssm.GetParameter 18, \
      ssm.StartSession 5, ec2.StartInstances 3, ec2.StopInstances 3, lambda.UpdateFunctionCode 8, iam.GetRole 9, \
      iam.ListRoles 7, kms.Decrypt 10, ec2.CreateTags 5, cloudformation.DescribeStacks 20, ecr.GetAuthorizationToken 18, \
      logs.StartQuery 15, s3.GetObject 25, ec2.RunInstances 2, ssm.SendCommand 2
      """
    ),
    (
      .administrator,
      """
      iam.ListUsers 40, iam.ListRoles 35, iam.GetUser 30, iam.GetRole 30, iam.ListAttachedRolePolicies 25, \
      iam.ListAccessKeys 22, iam.GetAccountSummary 15, ec2.DescribeInstances 50, ec2.DescribeSecurityGroups 40, \
      cloudtrail.LookupEvents 20, cloudtrail.DescribeTrails 12, organizations.ListAccounts 12, \
      signin.ConsoleLogin 12, sts.AssumeRole 20, sts.GetCallerIdentity 25, ec2.CreateTags 8, \
      ec2.CreateSecurityGroup 2, ec2.RevokeSecurityGroupIngress 2, iam.CreateRole 2, iam.AttachRolePolicy 2, \
      iam.AddUserToGroup 1, kms.DescribeKey 12, config.DescribeConfigRules 10, guardduty.ListFindings 15, \
      s3.GetBucketPolicy 12, rds.DescribeDBInstances 15, cloudwatch.DescribeAlarms 20
      """
    ),
    (
      .analyst,
      """
      athena.StartQueryExecution 40, athena.GetQueryExecution 60, athena.GetQueryResults 40, glue.GetTable 50, \
      glue.GetDatabases 25, s3.GetObject 60, s3.ListObjects 30, signin.ConsoleLogin 10, quicksight.DescribeDashboard 12, \
      cloudwatch.GetMetricData 10, sts.GetCallerIdentity 8
      """
    ),
    (
      .workload,
      """
      s3.GetObject 170, s3.PutObject 90, s3.ListObjects 30, dynamodb.GetItem 90, dynamodb.PutItem 40, \
      dynamodb.Query 45, kms.Decrypt 120, kms.GenerateDataKey 60, secretsmanager.GetSecretValue 45, \
      ssm.GetParameter 50, ssm.UpdateInstanceInformation 60, sqs.SendMessage 30, sqs.ReceiveMessage 50, \
      sns.Publish 20, logs.CreateLogStream 25, ec2.DescribeInstances 30, ec2.DescribeTags 20, \
      ecr.GetAuthorizationToken 20, ecr.BatchGetImage 25, sts.AssumeRole 25, sts.GetCallerIdentity 15, \
      cloudwatch.GetMetricData 15, elasticloadbalancing.DescribeTargetHealth 25, autoscaling.DescribeAutoScalingGroups 15
      """
    ),
    (
      .function,
      """
      dynamodb.GetItem 100, dynamodb.PutItem 80, dynamodb.Query 50, s3.GetObject 60, s3.PutObject 50, \
      kms.Decrypt 60, logs.CreateLogStream 60, sqs.SendMessage 40, secretsmanager.GetSecretValue 30, \
      lambda.Invoke 40, states.StartExecution 15, sns.Publish 15, ssm.GetParameter 25
      """
    ),
    (
      .deploy,
      """
      cloudformation.DescribeStacks 40, cloudformation.CreateChangeSet 12, cloudformation.ExecuteChangeSet 10, \
      ec2.DescribeInstances 30, ec2.DescribeSecurityGroups 25, ec2.DescribeVpcs 20, ec2.CreateTags 15, \
      ec2.RunInstances 6, ec2.TerminateInstances 4, ec2.CreateSecurityGroup 3, ec2.AuthorizeSecurityGroupIngress 3, \
      iam.GetRole 30, iam.ListAttachedRolePolicies 25, iam.PutRolePolicy 5, iam.AttachRolePolicy 4, \
      iam.CreateRole 3, lambda.UpdateFunctionCode 18, lambda.GetFunction 20, \
      ecs.RegisterTaskDefinition 14, ecs.UpdateService 14, ecs.DescribeServices 25, ecr.PutImage 12, \
      ecr.GetAuthorizationToken 14, s3.PutObject 20, s3.GetBucketPolicy 10, s3.PutBucketPolicy 1, \
      ssm.PutParameter 5, route53.ChangeResourceRecordSets 3, sts.GetCallerIdentity 20, \
      sts.AssumeRoleWithWebIdentity 10, elasticloadbalancing.DescribeTargetHealth 15, rds.DescribeDBInstances 8, \
      dynamodb.DescribeTable 8, kms.DescribeKey 10
      """
    ),
    (
      .scanner,
      """
      iam.ListUsers 15, iam.ListRoles 15, iam.ListAccessKeys 15, iam.GetAccountSummary 6, s3.ListBuckets 10, \
      s3.GetBucketPolicy 25, s3.GetBucketLocation 20, ec2.DescribeInstances 25, ec2.DescribeSecurityGroups 25, \
      ec2.DescribeSnapshots 15, rds.DescribeDBInstances 12, kms.DescribeKey 20, lambda.ListFunctions 12, \
      cloudtrail.DescribeTrails 10, cloudtrail.GetTrailStatus 10, config.DescribeConfigRules 10, \
      guardduty.ListFindings 8, secretsmanager.ListSecrets 6, sts.AssumeRole 6
      """
    ),
    (
      .rotation,
      """
      iam.ListAccessKeys 30, iam.CreateAccessKey 2, iam.UpdateAccessKey 2, iam.DeleteAccessKey 2, \
      secretsmanager.GetSecretValue 20, secretsmanager.PutSecretValue 8, secretsmanager.RotateSecret 4, iam.GetUser 12
      """
    ),
    (
      .service,
      """
      sts.AssumeRole 220, kms.Decrypt 40, kms.GenerateDataKey 40, s3.GetBucketAcl 30, s3.PutObject 30, \
      logs.CreateLogStream 10
      """
    ),
    (
      .internalCall,
      """
      ec2.DescribeInstances 40, ec2.CreateNetworkInterface 12, ec2.RunInstances 6, ec2.TerminateInstances 6, \
      ec2.CreateTags 10, kms.Decrypt 40, kms.GenerateDataKey 25, elasticloadbalancing.DescribeTargetHealth 40, \
      autoscaling.DescribeAutoScalingGroups 20, cloudwatch.GetMetricData 20, s3.GetObject 15, \
      secretsmanager.GetSecretValue 6
      """
    ),
    (.federation, "sts.AssumeRoleWithSAML 1"),
    (.billing, "ce.GetCostAndUsage 30, organizations.ListAccounts 5, signin.ConsoleLogin 5"),
  ]
}
