// ActionTrail calls and what they look like.

extension Alibaba {
  /// What every request carries besides its own parameters.
  private static func request(_ own: String) -> String {
    #"{"AcsHost":"<host>","AcsProduct":"<service>","RequestId":"<eventIDUpper>","RegionId":"<region>","#
      + (own.isEmpty ? "" : own + ",") + #""AcceptLanguage":"zh-CN","HostId":"<host>"<caller>}"#
  }

  private static func read(_ name: String, _ own: String = "", on resource: String? = nil, data: Bool = false)
    -> ActionSpec
  {
    .read(name, request(own), resources: resource, data: data)
  }

  private static func write(
    _ name: String, _ own: String, _ response: String = "", on resource: String? = nil, data: Bool = false
  ) -> ActionSpec {
    .write(
      name, request(own), #"{\#(response.isEmpty ? "" : response + ",")"RequestId":"<eventIDUpper>"}"#,
      resources: resource, data: data)
  }

  private static func service(
    _ key: String, host: String, version: String, fault: Fault, isGlobal: Bool = false, _ actions: [ActionSpec]
  ) -> ServiceSpec {
    ServiceSpec(
      key: key, source: host, host: host, isGlobal: isGlobal, version: version, fault: fault, actions: actions)
  }

  private static let instance = #""ACS::ECS::Instance":["i-bp<b36:20@i>"]"#
  private static let group = #""ACS::ECS::SecurityGroup":["sg-bp<b36:20@g>"]"#
  private static let bucket = #""ACS::OSS::Bucket":["<pick:app@b>-<env>-<b36:4@b>"]"#
  private static let user = #""ACS::RAM::User":["<target>"]"#
  private static let objectKey =
    #""bucketName":"<pick:app@b>-<env>-<b36:4@b>","objectName":"<pick:folder@o>/<hex:24@o>.json","requestLength":<int:4000>,"responseLength":<int:90000>"#

  private static let ecs = service(
    "Ecs", host: "ecs.<region>.aliyuncs.com", version: "2014-05-26",
    fault: Fault("InvalidInstanceId.NotFound", "The specified InstanceId does not exist."),
    [
      read("DescribeInstances", #""InstanceIds":"[\"i-bp<b36:20@i>\"]","PageSize":50"#, on: instance),
      read("DescribeInstanceStatus", #""PageSize":50"#), read("DescribeDisks", #""PageSize":50"#),
      read("DescribeSecurityGroupAttribute", #""SecurityGroupId":"sg-bp<b36:20@g>""#, on: group),
      read("DescribeImages", #""ImageOwnerAlias":"self""#), read("DescribeSnapshots", #""PageSize":50"#),
      write(
        "RunInstances",
        #""InstanceType":"<pick:ctype@2>","ImageId":"aliyun_3_x64_20G_alibase_20251215.vhd","MinAmount":1,"MaxAmount":1,"SystemDisk.Category":"cloud_essd","SystemDisk.Size":40,"VSwitchId":"vsw-bp<b36:20@n>","SecurityGroupId":"sg-bp<b36:20@g>","ZoneId":"<region>-h","InstanceName":"<pick:app@4>-<env>","InternetMaxBandwidthOut":0,"HttpTokens":"required""#,
        #""InstanceIdSets":{"InstanceIdSet":["i-bp<b36:20@1>"]}"#, on: #""ACS::ECS::Instance":["i-bp<b36:20@1>"]"#),
      write("DeleteInstance", #""InstanceId":"i-bp<b36:20@i>","Force":true"#, on: instance),
      write("StartInstance", #""InstanceId":"i-bp<b36:20@i>""#, on: instance),
      write("StopInstance", #""InstanceId":"i-bp<b36:20@i>","ForceStop":"false""#, on: instance),
      write("DeleteSnapshot", #""SnapshotId":"s-bp<b36:20@1>","Force":true"#),
      write(
        "CreateSecurityGroup", #""SecurityGroupName":"<pick:app@2>-<env>","VpcId":"vpc-bp<b36:20@v>""#,
        #""SecurityGroupId":"sg-bp<b36:20@g>""#, on: group),
      write(
        "AuthorizeSecurityGroup",
        #""SecurityGroupId":"sg-bp<b36:20@g>","IpProtocol":"tcp","PortRange":"<port>/<port>","SourceCidrIp":"<cidr>","Policy":"accept""#,
        on: group),
      write(
        "RevokeSecurityGroup",
        #""SecurityGroupId":"sg-bp<b36:20@g>","IpProtocol":"tcp","PortRange":"<port>/<port>","SourceCidrIp":"<cidr>""#,
        on: group),
    ])

  private static let ram = service(
    "Ram", host: "ram.aliyuncs.com", version: "2015-05-01",
    fault: Fault("EntityNotExist.User", "The user does not exist: <pick:app@9>"), isGlobal: true,
    [
      read("ListUsers", #""MaxItems":100"#), read("GetUser", #""UserName":"<target>""#, on: user),
      read("ListAccessKeys", #""UserName":"<target>""#, on: user),
      read("ListPoliciesForUser", #""UserName":"<target>""#, on: user), read("ListRoles", #""MaxItems":100"#),
      read("GetRole", #""RoleName":"<pick:app@r>-<env>""#),
      write(
        "CreateUser", #""UserName":"<target>","DisplayName":"<target>""#,
        #""User":{"UserName":"<target>","UserId":"<targetPID>","CreateDate":"<time>"}"#, on: user),
      write(
        "CreateLoginProfile", #""UserName":"<target>","PasswordResetRequired":"false","MFABindRequired":"false""#,
        #""LoginProfile":{"UserName":"<target>","CreateDate":"<time>","MFABindRequired":false}"#, on: user),
      write(
        "CreateAccessKey", #""UserName":"<target>""#,
        #""AccessKey":{"AccessKeyId":"<targetKey>","Status":"Active","CreateDate":"<time>"}"#, on: user),
      write(
        "UpdateAccessKey", #""UserName":"<target>","UserAccessKeyId":"LTAI5t<base32:9@1>","Status":"Inactive""#,
        on: user),
      write("DeleteAccessKey", #""UserName":"<target>","UserAccessKeyId":"LTAI5t<base32:9@1>""#, on: user),
      write(
        "AttachPolicyToUser", #""PolicyType":"System","PolicyName":"<policy>","UserName":"<target>""#,
        on: #""ACS::RAM::Policy":["<policy>"],"ACS::RAM::User":["<target>"]"#),
      write(
        "AttachPolicyToRole", #""PolicyType":"System","PolicyName":"<policy>","RoleName":"<pick:app@r>-<env>""#,
        on: #""ACS::RAM::Policy":["<policy>"],"ACS::RAM::Role":["<pick:app@r>-<env>"]"#),
      write(
        "CreateRole",
        #""RoleName":"<pick:app@r>-<b36:5@1>","AssumeRolePolicyDocument":"{\"Statement\":[{\"Action\":\"sts:AssumeRole\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":[\"ecs.aliyuncs.com\"]}}],\"Version\":\"1\"}""#,
        on: #""ACS::RAM::Role":["<pick:app@r>-<b36:5@1>"]"#),
    ])

  private static func signIn(_ key: String, host: String, extra: String) -> ServiceSpec {
    service(
      key, host: host, version: "", fault: Fault("LoginFailed", "login failed: user name or password is incorrect"),
      isGlobal: true,
      [ActionSpec(name: "ConsoleSignin", write: true, response: "", extra: extra, isLogin: true)])
  }

  private static let trailFault = Fault("TrailNotFoundException", "The specified Trail does not exist.")
  private static let trail = #""ACS::ActionTrail::Trail":["<trail>"]"#

  static let services: [ServiceSpec] = [
    signIn(
      "AasSub", host: "signin.aliyun.com",
      extra: #""callbackUrl":"<loginTo>","mfaChecked":"<mfaUsed>","loginAccount":"<name>@<account>.onaliyun.com""#),
    signIn(
      "AasCustomer", host: "http://account.aliyun.com/login/login_aliyun.htm",
      extra: #""loginAccount":"owner-<env>","isMFAChecked":"<mfaUsed>""#),
    ecs, ram,
    service(
      "Sts", host: "sts.<region>.aliyuncs.com", version: "2015-04-01",
      fault: Fault("InvalidSecurityToken.Expired", "Specified SecurityToken is expired."),
      [
        read("GetCallerIdentity"),
        ActionSpec(
          name: "AssumeRole", write: true,
          request: request(
            #""RoleArn":"acs:ram::<account>:role/<pick:app@r>-<env>","RoleSessionName":"<pick:app@r>-<hex:8@1>","DurationSeconds":3600"#
          ),
          response:
            #"{"requestId":"<eventIDUpper>","assumedRoleUser":{"arn":"acs:ram::<account>:role/<pick:app@r>-<env>/<pick:app@r>-<hex:8@1>","assumedRoleId":"3<num:17@r>:<pick:app@r>-<hex:8@1>"},"credentials":{"accessKeyId":"STS.NT<base32:9@2>","expiration":"<inAnHour>"}}"#,
          resources: #""ACS::RAM::Role":["<pick:app@r>-<env>"]"#),
        ActionSpec(
          name: "AssumeRole", write: true,
          request: request(
            #""RoleArn":"acs:ram::<account>:role/<target>","RoleSessionName":"<name>","DurationSeconds":43200"#),
          response:
            #"{"requestId":"<eventIDUpper>","assumedRoleUser":{"arn":"acs:ram::<account>:role/<target>/<name>","assumedRoleId":"<targetPID>:<name>"},"credentials":{"accessKeyId":"STS.NT<base32:9@t><b36:10@t>","expiration":"<expires>"}}"#,
          resources: #""ACS::RAM::Role":["<target>"]"#, alias: "elevated"),
      ]),
    service(
      "Oss", host: "oss-<region>.aliyuncs.com", version: "2019-05-17",
      fault: Fault("NoSuchKey", "The specified key does not exist."),
      [
        read("GetObject", objectKey, on: bucket, data: true), read("HeadObject", objectKey, on: bucket, data: true),
        read("ListObjects", #""bucketName":"<pick:app@b>-<env>-<b36:4@b>""#, on: bucket, data: true),
        read("ListBuckets"), write("PutObject", objectKey, on: bucket, data: true),
        write("PutBucketPolicy", #""bucketName":"<pick:app@b>-<env>-<b36:4@b>""#, on: bucket),
        write(
          "DeleteBucket", #""bucketName":"<pick:app@1>-<b36:6@1>""#,
          on: #""ACS::OSS::Bucket":["<pick:app@1>-<b36:6@1>"]"#),
      ]),
    service(
      "Actiontrail", host: "actiontrail.<region>.aliyuncs.com", version: "2020-07-06", fault: trailFault,
      [
        read("DescribeTrails", #""IncludeShadowTrails":"true""#),
        read("GetTrailStatus", #""Name":"<trail>""#, on: trail),
        read("LookupEvents", #""MaxResults":"50","LookupAttribute.1.Key":"EventRW","LookupAttribute.1.Value":"Write""#),
        write("StopLogging", #""Name":"<trail>""#, on: trail), write("StartLogging", #""Name":"<trail>""#, on: trail),
        write("DeleteTrail", #""Name":"<trail>""#, on: trail),
      ]),
    service(
      "Rds", host: "rds.aliyuncs.com", version: "2014-08-15",
      fault: Fault("InvalidDBInstanceId.NotFound", "The DBInstanceId provided does not exist."),
      [
        read("DescribeDBInstanceAttribute", #""DBInstanceId":"rm-bp<b36:15@x>""#),
        read("DescribeDBInstances", #""PageSize":30"#),
        write(
          "DeleteDBInstance", #""DBInstanceId":"rm-bp<b36:15@1>","ReleasedKeepPolicy":"None""#,
          on: #""ACS::RDS::DBInstance":["rm-bp<b36:15@1>"]"#),
      ]),
    service(
      "Vpc", host: "vpc.<region>.aliyuncs.com", version: "2016-04-28",
      fault: Fault("InvalidVpcId.NotFound", "Specified VPC does not exist."),
      [read("DescribeVpcs", #""VpcId":"vpc-bp<b36:20@v>""#), read("DescribeVSwitches", #""VpcId":"vpc-bp<b36:20@v>""#)]),
    service(
      "Kms", host: "kms.<region>.aliyuncs.com", version: "2016-01-20",
      fault: Fault("Forbidden.KeyNotFound", "The specified Key is not found."),
      [
        read("Decrypt", #""KeyId":"<uuid@k>""#, on: #""ACS::KMS::Key":["<uuid@k>"]"#),
        read("GenerateDataKey", #""KeyId":"<uuid@k>","KeySpec":"AES_256""#, on: #""ACS::KMS::Key":["<uuid@k>"]"#),
        read(
          "GetSecretValue", #""SecretName":"<env>/<pick:app@e>/db""#,
          on: #""ACS::KMS::Secret":["<env>/<pick:app@e>/db"]"#),
      ]),
    service(
      "CS", host: "cs.<region>.aliyuncs.com", version: "2015-12-15",
      fault: Fault("ErrorClusterNotFound", "cluster not found"),
      [
        read("DescribeClustersV1", #""page_size":50"#), read("DescribeClusterNodes", #""ClusterId":"c<hex:32@c>""#),
        write("ScaleClusterNodePool", #""ClusterId":"c<hex:32@c>","count":<int:8>"#),
      ]),
    service(
      "FC", host: "<account>.<region>.fc.aliyuncs.com", version: "2021-04-06",
      fault: Fault("FunctionNotFound", "function not found"),
      [
        read("GetFunction", #""functionName":"<pick:app@f>-<env>""#),
        write("UpdateFunction", #""functionName":"<pick:app@f>-<env>","ossObjectName":"builds/<hex:40>.zip""#),
        write("InvokeFunction", #""functionName":"<pick:app@f>-<env>""#, data: true),
      ]),
    service(
      "Sls", host: "<region>.log.aliyuncs.com", version: "2020-12-30",
      fault: Fault("LogStoreNotExist", "logstore does not exist"),
      [
        read("GetLogs", #""project":"<pick:team@2>-logs","logstore":"<pick:app@q>","query":"level: ERROR""#),
        read("ListLogStores", #""project":"<pick:team@2>-logs""#),
      ]),
    service(
      "Cms", host: "metrics.<region>.aliyuncs.com", version: "2019-01-01",
      fault: Fault("ResourceNotFound", "The metric does not exist."),
      [read("DescribeMetricList", #""Namespace":"acs_ecs_dashboard","MetricName":"CPUUtilization","Period":"60""#)]),
    service(
      "BssOpenApi", host: "business.aliyuncs.com", version: "2017-12-14",
      fault: Fault("InvalidParameter", "BillingCycle is invalid."),
      isGlobal: true, [read("QueryBillOverview", #""BillingCycle":"2025-12""#)]),
  ]
}
