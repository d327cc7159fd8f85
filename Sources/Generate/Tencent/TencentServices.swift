// CloudAudit calls and what they look like. `resources` holds the tail of the six-part resource name; `extra` holds
// the mark of a sensitive operation.

extension Tencent {
  private static func read(_ name: String, _ request: String, on resource: String? = nil) -> ActionSpec {
    .read(name, request, resources: resource)
  }

  /// A change; `key` names what the response tells besides the request id.
  private static func write(
    _ name: String, _ request: String, _ response: String = "", on resource: String? = nil, sensitive: Bool = false
  ) -> ActionSpec {
    .write(
      name, request, #"{\#(response)"RequestId":"<requestID>"}"#, resources: resource, extra: sensitive ? "1" : nil)
  }

  private static func service(
    _ key: String, _ fault: Fault, host: String = "tencentcloudapi.com", isGlobal: Bool = false, _ actions: [ActionSpec]
  ) -> ServiceSpec {
    ServiceSpec(
      key: key, source: key, host: "\(key).\(host)", isGlobal: isGlobal, version: "3.0", fault: fault, actions: actions)
  }

  private static let instance = "instance/ins-<b36:8@i>"
  private static let bucket = "prefix//13<num:8@Y>/<pick:app@b>-<env>-13<num:8@Y>/*"
  private static let group = "sg/sg-<b36:8@g>"

  private static let objectRequest =
    #"{"bucketName":"<pick:app@b>-<env>-13<num:8@Y>","reqPath":"/<pick:folder@o>/<hex:24@o>.json","reqBytesSent":<int:2000>,"rspBytesSent":<int:90000>,"rspStatusCode":200,"storageClass":"STANDARD"}"#

  private static let objectService = ServiceSpec(
    key: "cos", source: "cos", host: "<pick:app@b>-<env>-13<num:8@Y>.cos.<region>.myqcloud.com",
    fault: Fault("NoSuchKey", "The specified key does not exist."),
    denied: Fault("AccessDenied", "Access Denied."),
    actions: [
      read("GetObject", objectRequest, on: bucket), read("HeadObject", objectRequest, on: bucket),
      read("GetService", "{}"),
      read("GetBucket", #"{"bucketName":"<pick:app@b>-<env>-13<num:8@Y>","max-keys":1000}"#, on: bucket),
      write("PutObject", objectRequest, on: bucket),
      write("DeleteBucket", #"{"bucketName":"<pick:app@1>-<b36:6@1>-13<num:8@Y>"}"#, on: bucket, sensitive: true),
      write(
        "PutBucketPolicy", #"{"bucketName":"<pick:app@b>-<env>-13<num:8@Y>","policy":{"version":"2.0"}}"#, on: bucket,
        sensitive: true),
    ])

  private static let accessFault = Fault("ResourceNotFound.UserNotExist", "User does not exist.")

  private static let cam = service(
    "cam", accessFault, isGlobal: true,
    [
      read("ListUsers", "{}"), read("GetUser", #"{"Name":"<target>"}"#, on: "uin/<targetPID>"),
      read("ListAccessKeys", #"{"TargetUin":<targetPID>}"#, on: "uin/<targetPID>"),
      read("ListAttachedUserPolicies", #"{"TargetUin":<targetPID>,"Page":1,"Rp":20}"#, on: "uin/<targetPID>"),
      read("DescribeRoleList", #"{"Page":1,"Rp":200}"#), read("GetRole", #"{"RoleName":"<pick:app@r>-<env>"}"#),
      write(
        "AddUser", #"{"Name":"<target>","Remark":"","ConsoleLogin":1,"UseApi":0}"#,
        #""Uin":<targetPID>,"Name":"<target>","#, sensitive: true),
      write(
        "UpdateUser", #"{"Name":"<target>","ConsoleLogin":1,"NeedResetPassword":0}"#, on: "uin/<targetPID>",
        sensitive: true),
      write(
        "CreateAccessKey", #"{"TargetUin":<targetPID>}"#,
        #""AccessKey":{"AccessKeyId":"<targetKey>","CreateTime":"<localTime>","Status":"Active"},"#,
        on: "uin/<targetPID>", sensitive: true),
      write(
        "UpdateAccessKey", #"{"TargetUin":<targetPID>,"AccessKeyId":"AKID<base32:9@1>","Status":"Inactive"}"#,
        on: "uin/<targetPID>", sensitive: true),
      write(
        "DeleteAccessKey", #"{"TargetUin":<targetPID>,"AccessKeyId":"AKID<base32:9@1>"}"#, on: "uin/<targetPID>",
        sensitive: true),
      write(
        "AttachUserPolicy", #"{"AttachUin":<targetPID>,"PolicyId":<policyID>,"PolicyName":"<policy>"}"#,
        on: "uin/<targetPID>", sensitive: true),
      write(
        "AttachRolePolicy", #"{"AttachRoleName":"<pick:app@r>-<env>","PolicyId":<policyID>,"PolicyName":"<policy>"}"#,
        sensitive: true),
      write(
        "CreateRole",
        #"{"RoleName":"<pick:app@r>-<b36:5@1>","PolicyDocument":"{\"version\":\"2.0\",\"statement\":[{\"effect\":\"allow\",\"action\":[\"sts:AssumeRole\"],\"principal\":{\"service\":[\"cvm.qcloud.com\"]}}]}"}"#,
        #""RoleId":"46116860184<num:8>","#, sensitive: true),
    ])

  private static let cvm = service(
    "cvm", Fault("InvalidInstanceId.NotFound", "The instance ins-<b36:8@9> does not exist."),
    [
      read("DescribeInstances", #"{"InstanceIds":["ins-<b36:8@i>"],"Limit":20,"Offset":0}"#, on: instance),
      read("DescribeInstancesStatus", #"{"Limit":100,"Offset":0}"#), read("DescribeZones", "{}"),
      read("DescribeImages", #"{"Filters":[{"Name":"image-type","Values":["PRIVATE_IMAGE"]}],"Limit":20}"#),
      write(
        "RunInstances",
        #"{"InstanceChargeType":"POSTPAID_BY_HOUR","Placement":{"Zone":"<region>-3","ProjectId":0},"InstanceType":"<pick:ctype@2>","ImageId":"img-<b36:8@m>","SystemDisk":{"DiskType":"CLOUD_BSSD","DiskSize":50},"VirtualPrivateCloud":{"VpcId":"vpc-<b36:8@v>","SubnetId":"subnet-<b36:8@n>"},"InstanceCount":1,"InstanceName":"<pick:app@4>-<env>","SecurityGroupIds":["sg-<b36:8@g>"],"LoginSettings":{"KeyIds":["skey-<b36:8@k>"]}}"#,
        #""InstanceIdSet":["ins-<b36:8@1>"],"#, on: "instance/*"),
      write("TerminateInstances", #"{"InstanceIds":["ins-<b36:8@i>"]}"#, on: instance, sensitive: true),
      write("StartInstances", #"{"InstanceIds":["ins-<b36:8@i>"]}"#, on: instance),
      write("StopInstances", #"{"InstanceIds":["ins-<b36:8@i>"],"StopType":"SOFT_FIRST"}"#, on: instance),
    ])

  private static let audit = service(
    "cloudaudit", Fault("ResourceNotFound.AuditNotExist", "The track does not exist."),
    [
      read("DescribeAuditTracks", #"{"PageNumber":1,"PageSize":20}"#),
      read("DescribeEvents", #"{"StartTime":<createdEpoch>,"EndTime":<epoch>,"MaxResults":50}"#),
      write("StopLogging", #"{"AuditName":"<trail>"}"#, on: "track/<trail>", sensitive: true),
      write("StartLogging", #"{"AuditName":"<trail>"}"#, on: "track/<trail>", sensitive: true),
      write("DeleteAuditTrack", #"{"TrackId":2<num:4@j>}"#, on: "track/2<num:4@j>", sensitive: true),
    ])

  private static let vpc = service(
    "vpc", Fault("ResourceNotFound", "The security group sg-<b36:8@9> does not exist."),
    [
      read("DescribeSecurityGroups", #"{"SecurityGroupIds":["sg-<b36:8@g>"]}"#, on: group),
      read("DescribeSubnets", #"{"Filters":[{"Name":"vpc-id","Values":["vpc-<b36:8@v>"]}]}"#),
      read("DescribeVpcs", #"{"VpcIds":["vpc-<b36:8@v>"]}"#, on: "vpc/vpc-<b36:8@v>"),
      write(
        "CreateSecurityGroup", #"{"GroupName":"<pick:app@2>-<env>","GroupDescription":"<pick:app@2>"}"#,
        #""SecurityGroup":{"SecurityGroupId":"sg-<b36:8@g>","SecurityGroupName":"<pick:app@2>-<env>"},"#),
      write(
        "CreateSecurityGroupPolicies",
        #"{"SecurityGroupId":"sg-<b36:8@g>","SecurityGroupPolicySet":{"Ingress":[{"Protocol":"TCP","Port":"<port>","CidrBlock":"<cidr>","Action":"ACCEPT","PolicyDescription":"<pick:app@2>"}]}}"#,
        on: group, sensitive: true),
      write(
        "DeleteSecurityGroupPolicies",
        #"{"SecurityGroupId":"sg-<b36:8@g>","SecurityGroupPolicySet":{"Ingress":[{"Protocol":"TCP","Port":"<port>","CidrBlock":"<cidr>","Action":"ACCEPT"}]}}"#,
        on: group, sensitive: true),
    ])

  private static let missing = Fault("ResourceNotFound", "The specified resource does not exist.")

  static let services: [ServiceSpec] = [
    service(
      "account", Fault("AuthFailure", "login failed: wrong user name or password"), isGlobal: true,
      [
        ActionSpec(
          name: "ConsoleLogin", write: true,
          request: #"{"loginType":"password","s_url":"<loginTo>","mfa":"<mfaUsed>"}"#,
          response: "", isLogin: true)
      ]),
    service(
      "sts", Fault("AuthFailure.TokenFailure", "The provided token is not correct."),
      [
        read("GetCallerIdentity", "{}"),
        ActionSpec(
          name: "AssumeRole", write: true,
          request:
            #"{"RoleArn":"qcs::cam::uin/<account>:roleName/<pick:app@r>-<env>","RoleSessionName":"<pick:app@r>-<hex:8@1>","DurationSeconds":3600}"#,
          response:
            #"{"Credentials":{"TmpSecretId":"AKID<base32:9@2>"},"ExpiredTime":<expiresEpoch>,"RequestId":"<requestID>"}"#,
          resources: "roleName/<pick:app@r>-<env>"),
        ActionSpec(
          name: "AssumeRole", write: true,
          request:
            #"{"RoleArn":"qcs::cam::uin/<account>:roleName/<target>","RoleSessionName":"<name>","DurationSeconds":43200}"#,
          response:
            #"{"Credentials":{"TmpSecretId":"AKID<base32:12@t><b36:44@t>"},"ExpiredTime":<expiresEpoch>,"RequestId":"<requestID>"}"#,
          resources: "roleName/<target>", alias: "elevated"),
      ]),
    cam, cvm, audit, vpc, objectService,
    service(
      "cbs", missing,
      [
        read("DescribeDisks", #"{"Limit":20}"#), read("DescribeSnapshots", #"{"Limit":20}"#),
        write(
          "CreateSnapshot", #"{"DiskId":"disk-<b36:8@i>"}"#, #""SnapshotId":"snap-<b36:8@1>","#,
          on: "volume/disk-<b36:8@i>"),
        write(
          "DeleteSnapshots", #"{"SnapshotIds":["snap-<b36:8@1>"]}"#, on: "snapshot/snap-<b36:8@1>", sensitive: true),
      ]),
    service(
      "cdb", missing,
      [
        read("DescribeDBInstances", #"{"InstanceIds":["cdb-<b36:8@x>"]}"#, on: "instanceId/cdb-<b36:8@x>"),
        read("DescribeBackups", #"{"InstanceId":"cdb-<b36:8@x>"}"#, on: "instanceId/cdb-<b36:8@x>"),
        write("IsolateDBInstance", #"{"InstanceId":"cdb-<b36:8@1>"}"#, on: "instanceId/cdb-<b36:8@1>", sensitive: true),
      ]),
    service(
      "monitor", Fault("InvalidParameterValue", "The metric does not exist."),
      [
        read(
          "GetMonitorData",
          #"{"Namespace":"QCE/CVM","MetricName":"CPUUsage","Period":300,"Instances":[{"Dimensions":[{"Name":"InstanceId","Value":"ins-<b36:8@i>"}]}],"StartTime":"<created>","EndTime":"<time>"}"#
        ),
        read("DescribeAlarmPolicies", #"{"Module":"monitor","PageNumber":1}"#),
      ]),
    service(
      "tke", missing,
      [
        read("DescribeClusters", #"{"ClusterIds":["cls-<b36:8@c>"]}"#, on: "cluster/cls-<b36:8@c>"),
        read("DescribeClusterInstances", #"{"ClusterId":"cls-<b36:8@c>"}"#, on: "cluster/cls-<b36:8@c>"),
        write(
          "ModifyClusterNodePool", #"{"ClusterId":"cls-<b36:8@c>","NodePoolId":"np-<b36:8@w>","MaxNodesNum":<int:20>}"#,
          on: "cluster/cls-<b36:8@c>"),
      ]),
    service(
      "scf", missing,
      [
        read("GetFunction", #"{"FunctionName":"<pick:app@f>-<env>","Namespace":"default"}"#),
        write(
          "UpdateFunctionCode",
          #"{"FunctionName":"<pick:app@f>-<env>","CosBucketName":"artifacts","CosObjectName":"/builds/<hex:40>.zip"}"#),
        write("Invoke", #"{"FunctionName":"<pick:app@f>-<env>","InvocationType":"RequestResponse"}"#),
      ]),
    service(
      "cls", missing,
      [
        read(
          "SearchLog", #"{"TopicId":"<uuid@l>","From":<createdEpoch>,"To":<epoch>,"Query":"level:ERROR","Limit":100}"#),
        read("DescribeTopics", #"{"Limit":20}"#),
      ]),
    service(
      "kms", Fault("ResourceUnavailable.CmkNotFound", "The CMK does not exist."),
      [
        read("Decrypt", #"{"CiphertextBlob":"***"}"#, on: "creatorUin/<account>/key/<uuid@k>"),
        read("GenerateDataKey", #"{"KeyId":"<uuid@k>","KeySpec":"AES_256"}"#, on: "creatorUin/<account>/key/<uuid@k>"),
      ]),
    service(
      "ssm", Fault("ResourceNotFound", "The secret does not exist."),
      [
        read(
          "GetSecretValue", #"{"SecretName":"<env>-<pick:app@e>","VersionId":"v1"}"#, on: "secret/<env>-<pick:app@e>")
      ]),
    service("billing", missing, isGlobal: true, [read("DescribeBillSummaryByProduct", #"{"BeginTime":"2025-12-01"}"#)]),
  ]
}
