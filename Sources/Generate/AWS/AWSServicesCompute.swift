// CloudTrail calls of compute services and what they look like.

extension AWS {
  private static let groupRules =
    #"{"groupId":"sg-0<hex:16@g>","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":<port>,"toPort":<port>,"#
    + #""groups":{},"ipRanges":{"items":[{"cidrIp":"<cidr>","description":"<pick:app@2>"}]},"ipv6Ranges":{},"#
    + #""prefixListIds":{}}]}}"#

  private static let changedRules =
    #"{"requestId":"<requestID>","_return":true,"securityGroupRuleSet":{"items":[{"groupOwnerId":"<account>","#
    + #""groupId":"sg-0<hex:16@g>","securityGroupRuleId":"sgr-0<hex:16@1>","isEgress":false,"ipProtocol":"tcp","#
    + #""fromPort":<port>,"toPort":<port>,"cidrIpv4":"<cidr>"}]}}"#

  private static func instanceStates(_ code: Int, _ name: String, before: String) -> String {
    #"{"requestId":"<requestID>","instancesSet":{"items":[{"instanceId":"i-0<hex:16@i>","currentState":{"#
      + #""code":\#(code),"name":"\#(name)"},"previousState":{"code":16,"name":"\#(before)"}}]}}"#
  }

  private static let runRequest =
    #"{"instancesSet":{"items":[{"imageId":"ami-0<hex:16@m>","minCount":1,"maxCount":1,"keyName":"<pick:team>-key"}]},"#
    + #""instanceType":"<pick:itype@2>","blockDeviceMapping":{"items":[{"deviceName":"/dev/xvda","ebs":{"#
    + #""volumeSize":<int:500@3>,"deleteOnTermination":true,"volumeType":"gp3","encrypted":true}}]},"#
    + #""monitoring":{"enabled":false},"disableApiTermination":false,"clientToken":"<uuid>","networkInterfaceSet":{"#
    + #""items":[{"deviceIndex":0,"subnetId":"subnet-0<hex:16@n>","groupSet":{"items":[{"groupId":"sg-0<hex:16@g>"}]}}]},"#
    + #""ebsOptimized":true,"iamInstanceProfile":{"arn":"arn:aws:iam::<account>:instance-profile/<pick:app@4>-<env>"},"#
    + #""tagSpecificationSet":{"items":[{"resourceType":"instance","tags":[{"key":"Name","value":"<pick:app@4>-<env>"},"#
    + #"{"key":"team","value":"<pick:team@5>"}]}]}}"#

  private static let runResponse =
    #"{"requestId":"<requestID>","reservationId":"r-0<hex:16>","ownerId":"<account>","groupSet":{},"instancesSet":{"#
    + #""items":[{"instanceId":"i-0<hex:16@1>","imageId":"ami-0<hex:16@m>","currentState":{"code":0,"name":"pending"},"#
    + #""privateDnsName":"ip-<hex:8>.<region>.compute.internal","amiLaunchIndex":0,"productCodes":{},"#
    + #""instanceType":"<pick:itype@2>","launchTime":<epochMillis>,"placement":{"availabilityZone":"<region>a","#
    + #""tenancy":"default"},"monitoring":{"state":"disabled"},"subnetId":"subnet-0<hex:16@n>","vpcId":"vpc-0<hex:16@v>","#
    + #""privateIpAddress":"<ip10>","stateReason":{"code":"pending","message":"pending"},"architecture":"x86_64","#
    + #""rootDeviceType":"ebs","rootDeviceName":"/dev/xvda","virtualizationType":"hvm","hypervisor":"xen","#
    + #""groupSet":{"items":[{"groupId":"sg-0<hex:16@g>","groupName":"<pick:app@4>"}]}}]}}"#

  private static let lambdaConfiguration =
    #"{"functionName":"<pick:app@f>-<env>","functionArn":"arn:aws:lambda:<region>:<account>:function:<pick:app@f>-<env>","#
    + #""runtime":"python3.13","role":"arn:aws:iam::<account>:role/<pick:app@f>-lambda","handler":"app.handler","#
    + #""codeSize":<int:9000000>,"description":"","timeout":30,"memorySize":512,"lastModified":"<time>","#
    + #""codeSha256":"<b64:43>=","version":"$LATEST","tracingConfig":{"mode":"Active"},"revisionId":"<uuid>","#
    + #""state":"Active","lastUpdateStatus":"InProgress","packageType":"Zip","architectures":["arm64"]}"#

  static let computeServices: [ServiceSpec] = [
    ServiceSpec(
      key: "ec2", source: "ec2.amazonaws.com", host: "ec2.<region>.amazonaws.com",
      fault: Fault("Client.InvalidInstanceID.NotFound", "The instance ID 'i-0<hex:16@9>' does not exist"),
      denied: Fault(
        "Client.UnauthorizedOperation",
        "You are not authorized to perform this operation. User: <whoami> is not authorized to perform: ec2:<action> on "
          + "resource: arn:aws:ec2:<region>:<account>:instance/i-0<hex:16@i> because no identity-based policy allows "
          + "the ec2:<action> action. Encoded authorization failure message: <b64:340>"),
      actions: [
        .read("DescribeInstances", #"{"instancesSet":{"items":[{"instanceId":"i-0<hex:16@i>"}]},"filterSet":{}}"#),
        .read(
          "DescribeSecurityGroups",
          #"{"securityGroupSet":{},"securityGroupIdSet":{"items":[{"groupId":"sg-0<hex:16@g>"}]},"filterSet":{}}"#),
        .read(
          "DescribeVolumes",
          #"{"volumeSet":{},"filterSet":{"items":[{"name":"attachment.instance-id","valueSet":{"items":[{"value":"i-0<hex:16@i>"}]}}]}}"#
        ),
        .read("DescribeVpcs", #"{"vpcSet":{"items":[{"vpcId":"vpc-0<hex:16@v>"}]},"filterSet":{}}"#),
        .read(
          "DescribeTags",
          #"{"filterSet":{"items":[{"name":"resource-id","valueSet":{"items":[{"value":"i-0<hex:16@i>"}]}}]}}"#),
        .read(
          "DescribeSnapshots",
          #"{"maxResults":1000,"ownersSet":{"items":[{"owner":"self"}]},"sharedUsersSet":{},"filterSet":{}}"#),
        .write("RunInstances", runRequest, runResponse),
        .write(
          "TerminateInstances", #"{"instancesSet":{"items":[{"instanceId":"i-0<hex:16@i>"}]}}"#,
          instanceStates(32, "shutting-down", before: "running")),
        .write(
          "StartInstances", #"{"instancesSet":{"items":[{"instanceId":"i-0<hex:16@i>"}]}}"#,
          instanceStates(0, "pending", before: "stopped")),
        .write(
          "StopInstances", #"{"instancesSet":{"items":[{"instanceId":"i-0<hex:16@i>"}]},"force":false}"#,
          instanceStates(64, "stopping", before: "running")),
        .write(
          "CreateTags",
          #"{"resourcesSet":{"items":[{"resourceId":"i-0<hex:16@i>"}]},"tagSet":{"items":[{"key":"release","value":"<num:4>"}]}}"#,
          #"{"requestId":"<requestID>","_return":true}"#),
        .write(
          "CreateSecurityGroup",
          #"{"groupName":"<pick:app@2>-<env>","groupDescription":"<pick:app@2>","vpcId":"vpc-0<hex:16@v>"}"#,
          #"{"requestId":"<requestID>","_return":true,"groupId":"sg-0<hex:16@g>"}"#),
        .write("AuthorizeSecurityGroupIngress", groupRules, changedRules),
        .write("RevokeSecurityGroupIngress", groupRules, #"{"requestId":"<requestID>","_return":true}"#),
        .write(
          "DeleteSnapshot", #"{"snapshotId":"snap-0<hex:16@1>","force":false}"#,
          #"{"requestId":"<requestID>","_return":true}"#),
        .write(
          "CreateNetworkInterface",
          #"{"subnetId":"subnet-0<hex:16@n>","description":"AWS Lambda VPC ENI-<pick:app@f>-<uuid@1>","groupSet":{"items":[{"groupId":"sg-0<hex:16@g>"}]},"privateIpAddressesSet":{},"clientToken":"<uuid@2>"}"#,
          #"{"requestId":"<requestID>","networkInterface":{"networkInterfaceId":"eni-0<hex:16@1>","subnetId":"subnet-0<hex:16@n>","vpcId":"vpc-0<hex:16@v>","availabilityZone":"<region>b","ownerId":"<account>","requesterManaged":false,"status":"pending","privateIpAddress":"<ip10@3>","sourceDestCheck":true}}"#
        ),
      ]),
    ServiceSpec(
      key: "lambda", source: "lambda.amazonaws.com", host: "lambda.<region>.amazonaws.com",
      fault: Fault(
        "ResourceNotFoundException",
        "Function not found: arn:aws:lambda:<region>:<account>:function:<pick:app@9>-<env>"),
      actions: [
        .read("GetFunction", #"{"functionName":"<pick:app@f>-<env>"}"#),
        .read("ListFunctions", #"{"maxItems":50}"#),
        .write(
          "UpdateFunctionCode",
          #"{"functionName":"<pick:app@f>-<env>","s3Bucket":"<pick:team>-artifacts-<account>","s3Key":"builds/<hex:40>.zip","publish":true,"dryRun":false}"#,
          lambdaConfiguration),
        .write(
          "Invoke",
          #"{"functionName":"arn:aws:lambda:<region>:<account>:function:<pick:app@f>-<env>","invocationType":"RequestResponse"}"#,
          resources:
            #""resources":[{"accountId":"<account>","type":"AWS::Lambda::Function","ARN":"arn:aws:lambda:<region>:<account>:function:<pick:app@f>-<env>"}],"#,
          extra: #""additionalEventData":{"functionVersion":"$LATEST"},"#, data: true),
      ]),
    ServiceSpec(
      key: "ecs", source: "ecs.amazonaws.com", host: "ecs.<region>.amazonaws.com",
      fault: Fault("ClusterNotFoundException", "Cluster not found."),
      actions: [
        .read("DescribeServices", #"{"cluster":"<env>-main","services":["<pick:app@c>"]}"#),
        .read("ListTasks", #"{"cluster":"<env>-main","serviceName":"<pick:app@c>","maxResults":100}"#),
        .write(
          "RegisterTaskDefinition",
          #"{"family":"<pick:app@c>","taskRoleArn":"arn:aws:iam::<account>:role/<pick:app@c>-task","executionRoleArn":"arn:aws:iam::<account>:role/ecs-execution","networkMode":"awsvpc","cpu":"512","memory":"1024","requiresCompatibilities":["FARGATE"],"containerDefinitions":[{"name":"<pick:app@c>","image":"<account>.dkr.ecr.<region>.amazonaws.com/<pick:app@c>:<hex:12@1>","essential":true,"portMappings":[{"containerPort":8080,"protocol":"tcp"}],"environment":"HIDDEN_DUE_TO_SECURITY_REASONS","logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"/ecs/<pick:app@c>","awslogs-region":"<region>"}}}]}"#,
          #"{"taskDefinition":{"taskDefinitionArn":"arn:aws:ecs:<region>:<account>:task-definition/<pick:app@c>:<int:900@2>","family":"<pick:app@c>","status":"ACTIVE","registeredBy":"arn:aws:sts::<account>:assumed-role/<role>/<session>"}}"#
        ),
        .write(
          "UpdateService",
          #"{"cluster":"<env>-main","service":"<pick:app@c>","taskDefinition":"arn:aws:ecs:<region>:<account>:task-definition/<pick:app@c>:<int:900@2>","desiredCount":<int:12@3>,"forceNewDeployment":false}"#,
          #"{"service":{"serviceArn":"arn:aws:ecs:<region>:<account>:service/<env>-main/<pick:app@c>","serviceName":"<pick:app@c>","status":"ACTIVE","desiredCount":<int:12@3>,"launchType":"FARGATE","deployments":[{"id":"ecs-svc/<num:19>","status":"PRIMARY","rolloutState":"IN_PROGRESS"}]}}"#
        ),
      ]),
    ServiceSpec(
      key: "autoscaling", source: "autoscaling.amazonaws.com", host: "autoscaling.<region>.amazonaws.com",
      fault: Fault("ValidationException", "AutoScalingGroup name not found - null"),
      actions: [
        .read("DescribeAutoScalingGroups", #"{"autoScalingGroupNames":["<pick:app@c>-<env>-asg"],"maxRecords":100}"#)
      ]),
    ServiceSpec(
      key: "elasticloadbalancing", source: "elasticloadbalancing.amazonaws.com",
      host: "elasticloadbalancing.<region>.amazonaws.com",
      fault: Fault("TargetGroupNotFoundException", "One or more target groups not found"),
      actions: [
        .read(
          "DescribeTargetHealth",
          #"{"targetGroupArn":"arn:aws:elasticloadbalancing:<region>:<account>:targetgroup/<pick:app@c>-<env>/<hex:16@l>"}"#
        )
      ]),
    ServiceSpec(
      key: "ecr", source: "ecr.amazonaws.com", host: "api.ecr.<region>.amazonaws.com",
      fault: Fault(
        "RepositoryNotFoundException", "The repository with name '<pick:app@9>' does not exist in the registry"),
      actions: [
        .read("GetAuthorizationToken", #"{"registryIds":["<account>"]}"#),
        .read(
          "BatchGetImage",
          #"{"registryId":"<account>","repositoryName":"<pick:app@c>","imageIds":[{"imageTag":"<hex:12@1>"}],"acceptedMediaTypes":["application/vnd.oci.image.manifest.v1+json","application/vnd.docker.distribution.manifest.v2+json"]}"#,
          resources:
            #""resources":[{"accountId":"<account>","ARN":"arn:aws:ecr:<region>:<account>:repository/<pick:app@c>"}],"#),
        .write(
          "PutImage",
          #"{"registryId":"<account>","repositoryName":"<pick:app@c>","imageTag":"<hex:12@1>","imageManifestMediaType":"application/vnd.oci.image.manifest.v1+json"}"#,
          #"{"image":{"registryId":"<account>","repositoryName":"<pick:app@c>","imageId":{"imageDigest":"sha256:<hex:64>","imageTag":"<hex:12@1>"}}}"#
        ),
      ]),
  ]
}
