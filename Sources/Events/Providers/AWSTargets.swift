/// Which request and response parameters of CloudTrail events name what was changed: target and resources.
enum AWSTargets {
  private static let table = TargetTable([
    (
      ["iam"],
      [
        .request("accessKeyId", "key", when: "AccessKey"),
        .request("serviceSpecificCredentialId", "key"),
        .request("instanceProfileName", "instance profile", when: "InstanceProfile"),
        .request("userName", "user"),
        .request("roleName", "role"),
        .response("role.roleName", "role"),
        .request("groupName", "group"),
        .request("policyArn", "policy"),
        .request("policyName", "policy"),
        .request("sAMLProviderArn", "identity provider"),
        .request("openIDConnectProviderArn", "identity provider"),
        .request("name", "identity provider", when: "SAMLProvider"),
        .request("url", "identity provider", when: "OpenIDConnectProvider"),
        .request("virtualMFADeviceName", "mfa device"),
        .request("serialNumber", "mfa device", when: "VirtualMFADevice"),
        .request("serverCertificateName", "certificate"),
        .request("accountAlias", "account"),
        .response("accessKey.userName", "user"),
      ]
    ),
    (
      ["sts"],
      [
        .request("roleArn", "role"),
        .request("targetPrincipal", "account"),
        .request("name", "user", when: "FederationToken"),
      ]
    ),
    (
      ["ec2"],
      [
        .request("ModifySecurityGroupRulesRequest.GroupId", "network rule"),
        .request("groupId", "network rule", when: "SecurityGroup"),
        .response("groupId", "network rule", when: "SecurityGroup"),
        .request("groupName", "network rule", when: "SecurityGroup"),
        .request("networkAclId", "network rule", when: "NetworkAcl"),
        .request("ModifyManagedPrefixListRequest.PrefixListId", "network rule"),
        .request("routeTableId", "network rule", when: "Route"),
        .request("keyName", "key", when: "KeyPair"),
        .request("keyPairId", "key", when: "KeyPair"),
        .request("snapshotId", "snapshot", when: "Snapshot"),
        .response("snapshotId", "snapshot", when: "Snapshot"),
        .response("imageId", "image", when: "Image"),
        .request("imageId", "image", when: "Image"),
        .request("DeleteFlowLogsRequest.FlowLogId.content", "flow log"),
        .request("CreateFlowLogsRequest.ResourceId.content", "flow log"),
        .request("instanceId", "instance"),
        .response("instancesSet.items.instanceId", "instance"),
        .request("instancesSet.items.instanceId", "instance"),
        .request("InstanceIds", "instance"),
        .request("ReplaceIamInstanceProfileAssociationRequest.AssociationId", "instance"),
        .request("AssociateIamInstanceProfileRequest.InstanceId", "instance"),
        .request("volumeId", "volume"),
        .request("networkInterfaceId", "network interface"),
        .request("subnetId", "subnet"),
        .request("vpcId", "vpc"),
        .request("resourcesSet.items.resourceId", "resource"),
      ]
    ),
    (["s3", "s3express"], [.request("bucketName", "bucket")]),
    (
      ["cloudtrail"],
      [
        .request("name", "trail"),
        .request("trailName", "trail"),
        .request("trailARN", "trail"),
        .request("eventDataStore", "trail"),
        .request("channel", "trail"),
      ]
    ),
    (
      ["kms"],
      [
        .request("keyId", "key"),
        .request("targetKeyId", "key"),
        .response("keyMetadata.keyId", "key"),
        .request("aliasName", "key"),
      ]
    ),
    (["lambda"], [.request("functionName", "function"), .request("layerName", "layer")]),
    (["secretsmanager"], [.request("secretId", "secret"), .request("name", "secret")]),
    (
      ["ssm"],
      [
        .request("instanceIds", "instance"),
        .request("targets.values", "instance", when: "Command"),
        .request("target", "instance", when: "Session"),
        .request("instanceId", "instance"),
        .request("name", "parameter", when: "Parameter"),
        .request("documentName", "document"),
        .request("name", "document", when: "Document"),
        .request("sessionId", "session"),
      ]
    ),
    (
      ["rds"],
      [
        .request("dBSnapshotIdentifier", "snapshot", when: "Snapshot"),
        .request("dBClusterSnapshotIdentifier", "snapshot", when: "Snapshot"),
        .request("dBSecurityGroupName", "network rule", when: "SecurityGroup"),
        .request("dBInstanceIdentifier", "database"),
        .request("dBClusterIdentifier", "database"),
        .request("globalClusterIdentifier", "database"),
      ]
    ),
    (["guardduty"], [.request("detectorId", "detector"), .response("detectorId", "detector")]),
    (
      ["config"],
      [
        .request("configurationRecorderName", "recorder"),
        .request("configurationRecorder.name", "recorder"),
        .request("deliveryChannelName", "recorder"),
        .request("configRuleName", "rule"),
      ]
    ),
    (["logs"], [.request("logGroupName", "log group"), .request("logGroupIdentifier", "log group")]),
    (["cloudwatch"], [.request("alarmNames", "alarm"), .request("alarmName", "alarm")]),
    (["events"], [.request("rule", "rule"), .request("name", "rule")]),
    (
      ["organizations", "account"],
      [
        .request("targetId", "account"), .request("accountId", "account"), .request("policyId", "policy"),
        .path("serviceEventDetails.createAccountStatus.accountId", "account"),
      ]
    ),
    (
      ["sso", "sso-directory", "identitystore"],
      [
        .request("principalId", "principal", when: "AccountAssignment"),
        .request("permissionSetArn", "policy"),
        .request("member.memberId", "user"),
        .request("memberId.userId", "user"),
        .request("userId", "user"),
        .request("userName", "user"),
        .request("groupId", "group"),
        .request("displayName", "group", when: "Group"),
        .request("instanceArn", "identity provider"),
      ]
    ),
    (["lightsail"], [.request("instanceName", "instance")]),
    (["eks"], [.request("principalArn", "role"), .request("name", "cluster"), .request("clusterName", "cluster")]),
    (
      ["wafv2", "waf", "waf-regional", "network-firewall"],
      [.request("name", "network rule"), .request("id", "network rule")]
    ),
    (
      [],
      [
        .request("userName", "user"), .request("roleName", "role"), .request("bucketName", "bucket"),
        .request("functionName", "function"), .request("tableName", "table"), .request("topicArn", "topic"),
        .request("queueUrl", "queue"), .request("stackName", "stack"), .request("repositoryName", "repository"),
        .request("clusterName", "cluster"), .request("dBInstanceIdentifier", "database"),
        .request("instanceId", "instance"), .request("keyId", "key"), .request("resourceArn", "resource"),
      ]
    ),
  ])

  /// Actions on the caller's own credentials when no user is named.
  private static let onOneself: [StaticString] = [
    "CreateAccessKey", "ChangePassword", "PasswordUpdated", "CreateLoginProfile", "UpdateLoginProfile",
    "DeleteLoginProfile", "EnableMFADevice", "DeactivateMFADevice", "ResyncMFADevice", "UploadSSHPublicKey",
    "UploadSigningCertificate", "CreateServiceSpecificCredential",
  ]

  private static let context =
    ["readOnly", "requestParameters", "errorCode"] + AWSCloudTrail.source + AWSCloudTrail.name + AWSIdentity.paths
  private static let sourceBase = 3
  private static let nameBase = sourceBase + AWSCloudTrail.source.count
  private static let identityBase = nameBase + AWSCloudTrail.name.count
  private static let tableBase = identityBase + AWSIdentity.paths.count

  static let recipes: [ProviderTable.Recipe] = [
    .text(.target, context + table.paths) { target($0)?.name ?? .none },
    .text(.targetType, context + table.paths) { target($0)?.type ?? .none },
    .list(
      .resources,
      [
        "resources.ARN", "resources.ARNPrefix", "resources.ResourceName", "summary.details.statistics.name",
        "eventSource", "insightDetails.eventSource",
      ] + table.paths
    ) { fields, add in listResources(fields, add) },
  ]

  private static func target(_ fields: Fields) -> (name: Text, type: Text)? {
    let service = AWSCloudTrail.service(fields, base: sourceBase)
    let isToken = service.equals("sts")
    guard isToken || AWSCloudTrail.rw(fields, readOnly: 0, source: sourceBase, name: nameBase).equals(Verbs.write)
    else { return nil }
    let action = AWSCloudTrail.action(fields, base: nameBase)
    if let found = table.find(fields, base: tableBase, service: service, action: action) { return shortened(found) }
    guard onOneself.contains(where: { action.equals($0) }) else { return nil }
    // A refused call is logged without its parameters: it may have been about anybody.
    if !fields[2].isEmpty, !fields.isNested(1) { return nil }
    let actor = AWSIdentity(fields, from: identityBase).name
    return actor.isEmpty ? nil : (actor, Text("user"))
  }

  /// A trail is named in full by one call and shortly by the next: the name alone is what both have.
  private static func shortened(_ target: (name: Text, type: Text)) -> (name: Text, type: Text) {
    guard target.type.equals("trail"), target.name.hasPrefix("arn:"),
      let slash = target.name.lastIndex(of: UInt8(ascii: "/"))
    else { return target }
    return (target.name.slice(slash + 1), target.type)
  }

  private static func listResources(_ fields: Fields, _ add: (Text) -> Void) {
    var count = 0
    func take(_ text: Text) {
      if text.isEmpty { return }
      add(text)
      count += 1
    }
    for path in 0...2 where count == 0 { fields.forEach(path, take) }
    // The dimensions of an aggregate are mixed; ARNs are the ones that name objects.
    if count == 0, fields.has(3) { fields.forEach(3) { if $0.hasPrefix("arn:") { take($0) } } }
    if count == 0 { table.forEach(fields, base: 6, service: AWSCloudTrail.service(fields, base: 4), take) }
  }
}
