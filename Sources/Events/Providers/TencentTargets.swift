/// Which parameters of CloudAudit events name what was changed: target and resources.
enum TencentTargets {
  private static let table = TargetTable([
    (
      ["cam"],
      [
        .request("AccessKeyId", "key", when: "AccessKey"),
        .request("TargetUin", "user"),
        .request("AttachUin", "user"),
        .request("DetachUin", "user"),
        .request("SubUin", "user"),
        .request("Info.Uid", "user"),
        .request("Uin", "user"),
        .request("UserName", "user"),
        .request("Name", "identity provider", when: "SAMLProvider"),
        .request("Name", "identity provider", when: "OIDC"),
        .request("Name", "user", when: "User"),
        .request("RoleName", "role"),
        .request("AttachRoleName", "role"),
        .request("AttachRoleId", "role"),
        .request("DetachRoleName", "role"),
        .request("DetachRoleId", "role"),
        .request("RoleId", "role"),
        .request("AttachGroupId", "group"),
        .request("DetachGroupId", "group"),
        .request("GroupId", "group"),
        .request("GroupName", "group"),
        .request("PolicyId", "policy"),
        .request("PolicyName", "policy"),
        .request("StrategyId", "policy"),
      ]
    ),
    (["sts"], [.request("RoleArn", "role"), .request("Name", "user", when: "FederationToken")]),
    (
      ["cloudaudit"],
      [
        .request("AuditName", "trail"), .request("TrackName", "trail"), .request("Name", "trail"),
        .request("TrackId", "trail"),
      ]
    ),
    (["cos"], [.request("Bucket", "bucket"), .request("BucketName", "bucket")]),
    (
      ["vpc", "cvm", "cbs"],
      [
        .request("SecurityGroupId", "network rule", when: "SecurityGroup"),
        .request("SecurityGroupIds", "network rule", when: "SecurityGroup"),
        .request("NetworkAclId", "network rule"),
        .request("RouteTableId", "network rule"),
        .request("FlowLogId", "flow log"),
        .request("KeyIds", "key", when: "Key"),
        .request("ImageId", "image", when: "Image"),
        .request("SnapshotId", "snapshot"),
        .request("SnapshotIds", "snapshot"),
        .request("InstanceIds", "instance"),
        .request("InstanceId", "instance"),
        .request("SubnetId", "subnet"),
        .request("VpcId", "vpc"),
      ]
    ),
    (["kms"], [.request("KeyId", "key"), .request("KeyIds", "key")]),
    (["ssm"], [.request("SecretName", "secret")]),
    (["cls"], [.request("TopicId", "log group"), .request("LogsetId", "log group")]),
    (
      ["cdb", "postgres", "mongodb", "redis", "sqlserver", "mariadb", "dcdb", "keewidb"],
      [.request("InstanceId", "database"), .request("InstanceIds", "database")]
    ),
    (
      ["organization"],
      [
        .response("Uin", "account", when: "CreateOrganizationMember"), .request("MemberUin", "account"),
        .request("MemberUins", "account"),
        .request("PolicyId", "policy"),
      ]
    ),
    (
      [],
      [
        .request("InstanceIds", "instance"), .request("InstanceId", "instance"), .request("ClusterId", "cluster"),
        .request("FunctionName", "function"),
      ]
    ),
  ])

  /// Actions on the caller's own credentials and contacts when nobody is named.
  private static let onOneself: [StaticString] = [
    "CreateAccessKey", "CreateApiKey", "ModifyMail", "ModifyPhoneNum", "ChangeMailPassword", "ModifyMailPassword",
    "BindToken", "UnbindToken", "UnbindStoken", "SetSafeAuthFlag",
  ]

  private static let context = ["actionType", "eventName"] + TencentCloudAudit.source + TencentCloudAudit.who
  private static let sourceBase = 2
  private static let identityBase = sourceBase + TencentCloudAudit.source.count
  private static let tableBase = identityBase + TencentCloudAudit.who.count

  static let recipes: [ProviderTable.Recipe] = [
    .text(.target, context + table.paths) { target($0)?.name ?? .none },
    .text(.targetType, context + table.paths) { target($0)?.type ?? .none },
    .list(
      .resources,
      ["resources", "resourceSet", "resourceName", "resources.ResourceName"] + TencentCloudAudit.source + table.paths
    ) { fields, add in listResources(fields, add) },
  ]

  private static func target(_ fields: Fields) -> (name: Text, type: Text)? {
    let service = TencentCloudAudit.service(fields, base: sourceBase)
    let isChange = TencentCloudAudit.rw(fields, actionType: 0, name: 1).equals(Verbs.write)
    guard isChange || service.equals("sts") else { return nil }
    if let found = table.find(fields, base: tableBase, service: service, action: fields[1]) { return found }
    guard onOneself.contains(where: { fields[1].equals($0) }) else { return nil }
    let actor = TencentCloudAudit.actor(fields, base: identityBase)
    return actor.isEmpty ? nil : (actor, Text("user"))
  }

  private static func listResources(_ fields: Fields, _ add: (Text) -> Void) {
    var count = 0
    func take(_ text: Text) {
      // A star stands for "no object in particular".
      if text.isEmpty || text.equals("*") { return }
      add(text)
      count += 1
    }
    for path in 0...1 where count == 0 { listTexts(fields, path, take) }
    for path in 2...3 where count == 0 { fields.forEachPart(fields[path], separatedBy: "|", or: "|", take) }
    if count == 0 { table.forEach(fields, base: 7, service: TencentCloudAudit.service(fields, base: 4), take) }
  }

  /// A list, a list written as text, or one object; an object in its place is the API reply's summary, which names
  /// other things too.
  private static func listTexts(_ fields: Fields, _ path: Int, _ take: (Text) -> Void) {
    if fields.isNested(path) {
      let list = fields.json(path)
      if list[0] == UInt8(ascii: "[") { fields.forEachScalar(inJSON: list, take) }
      return
    }
    let text = fields[path]
    if text.isEmpty { return }
    if text[0] == UInt8(ascii: "[") { fields.forEachScalar(inJSON: text, take) } else { take(text) }
  }
}
