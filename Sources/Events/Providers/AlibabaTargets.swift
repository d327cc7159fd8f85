/// Which parameters of ActionTrail events name what was changed: target and resources.
enum AlibabaTargets {
  private static let table = TargetTable([
    (
      ["ram", "ims"],
      [
        .request("UserAccessKeyId", "key", when: "AccessKey"),
        .request("SerialNumber", "mfa device", when: "VirtualMFADevice"),
        .request("VirtualMFADeviceName", "mfa device"),
        .request("UserName", "user"),
        .request("UserPrincipalName", "user"),
        .request("RoleName", "role"),
        .request("GroupName", "group"),
        .request("PolicyName", "policy"),
        .request("SAMLProviderName", "identity provider"),
        .request("OIDCProviderName", "identity provider"),
        .request("AccountAlias", "account"),
        .path("referencedResources.ACS::RAM::User", "user"),
        .path("referencedResources.ACS::RAM::Role", "role"),
        .path("referencedResources.ACS::RAM::Group", "group"),
        .path("referencedResources.ACS::RAM::Policy", "policy"),
      ]
    ),
    (["sts"], [.request("RoleArn", "role")]),
    (
      ["resourcemanager", "resourcedirectorymaster", "resourcesharing"],
      [
        .request("PrincipalName", "principal"),
        .response("Account.AccountId", "account", when: "Account"),
        .request("TargetId", "account"),
        .request("AccountId", "account"),
        .request("PolicyName", "policy"),
        .request("PolicyId", "policy"),
        .request("RoleName", "role"),
        .request("ResourceShareId", "share"),
      ]
    ),
    (
      ["cloudsso"],
      [
        .request("PrincipalId", "principal"),
        .request("UserId", "user"),
        .request("UserName", "user"),
        .request("AccessConfigurationId", "policy"),
        .request("GroupId", "group"),
        .request("DirectoryId", "identity provider"),
      ]
    ),
    (
      ["ecs"],
      [
        .request("SecurityGroupId", "network rule", when: "SecurityGroup"),
        .response("SecurityGroupId", "network rule", when: "SecurityGroup"),
        .request("KeyPairName", "key", when: "KeyPair"),
        .request("ImageId", "image", when: "Image"),
        .request("SnapshotId", "snapshot", when: "Snapshot"),
        .request("InstanceId", "instance"),
        .request("InstanceId.1", "instance"),
        .response("InstanceIdSets.InstanceIdSet", "instance"),
        .request("DiskId", "volume"),
        .path("referencedResources.ACS::ECS::SecurityGroup", "network rule"),
        .path("referencedResources.ACS::ECS::Instance", "instance"),
      ]
    ),
    (
      ["vpc"],
      [
        .request("RouteTableId", "network rule"),
        .request("NetworkAclId", "network rule"),
        .request("FlowLogId", "flow log"),
        .request("VSwitchId", "subnet"),
        .request("VpcId", "vpc"),
      ]
    ),
    (["cloudfw"], [.request("AclUuid", "network rule"), .request("Source", "network rule")]),
    (["oss"], [.request("BucketName", "bucket"), .path("referencedResources.ACS::OSS::Bucket", "bucket")]),
    (["kms"], [.request("KeyId", "key"), .request("SecretName", "secret"), .request("AliasName", "key")]),
    (
      ["actiontrail"],
      [
        .request("Name", "trail"), .request("TrailName", "trail"),
        .path("referencedResources.ACS::ActionTrail::Trail", "trail"),
      ]
    ),
    (
      ["sls"],
      [
        .request("LogstoreName", "log group"), .request("Logstore", "log group"), .request("ProjectName", "log group"),
        .request("Project", "log group"),
      ]
    ),
    (
      ["rds", "polardb", "dds", "kvstore", "r-kvstore"],
      [
        .request("DBInstanceId", "database"), .request("DBClusterId", "database"), .request("InstanceId", "database"),
      ]
    ),
    (
      [],
      [
        .request("UserName", "user"), .request("RoleName", "role"), .request("BucketName", "bucket"),
        .request("ClusterId", "cluster"), .request("InstanceId", "instance"), .request("ResourceId", "resource"),
      ]
    ),
  ])

  /// Actions on the caller's own credentials and contacts when nobody is named.
  private static let onOneself: [StaticString] = [
    "CreateAccessKey", "ChangePassword", "BindMFADevice", "UnbindMFADevice", "PasswordReset", "PasswordModify",
    "MFABind", "MFAUnbind", "EmailModify", "MobileModify", "MobileBind", "CreateLoginProfile",
  ]

  private static let context =
    ["eventRW", "errorCode", "requestParameters"] + AlibabaActionTrail.source
    + AlibabaActionTrail.name + AlibabaActionTrail.who + ["requestParameters.PrincipalType"]
  private static let sourceBase = 3
  private static let nameBase = sourceBase + AlibabaActionTrail.source.count
  private static let identityBase = nameBase + AlibabaActionTrail.name.count
  private static let principalType = identityBase + AlibabaActionTrail.who.count
  private static let tableBase = principalType + 1

  static let recipes: [ProviderTable.Recipe] = [
    .text(.target, context + table.paths) { target($0)?.name ?? .none },
    .text(.targetType, context + table.paths) { target($0)?.type ?? .none },
    .list(.resources, ["referencedResources", "resourceName"] + AlibabaActionTrail.source + table.paths) {
      fields, add in
      listResources(fields, add)
    },
  ]

  private static func target(_ fields: Fields) -> (name: Text, type: Text)? {
    let service = AlibabaActionTrail.service(fields, base: sourceBase)
    let isChange = AlibabaActionTrail.rw(fields, eventRW: 0, name: nameBase).equals(Verbs.write)
    guard isChange || service.equals("sts") else { return nil }
    let action = fields.first(nameBase, nameBase + 1)
    if let found = table.find(fields, base: tableBase, service: service, action: action) {
      return principal(found, fields[principalType])
    }
    guard onOneself.contains(where: { action.equals($0) }) else { return nil }
    // A refused call without parameters may have been about anybody.
    if !fields[1].isEmpty, !fields.isNested(2) { return nil }
    let actor = AlibabaActionTrail.actor(fields, base: identityBase)
    return actor.isEmpty ? nil : (actor, Text("user"))
  }

  /// Some services call a user by the name of the sign-in page, `alice@corp.onaliyun.com`, others `alice`: one column,
  /// one name. No name of a user, group or role has an `@` of its own.
  private static func principal(_ found: (name: Text, type: Text), _ spoken: Text) -> (name: Text, type: Text) {
    guard found.type.equals("user") || found.type.equals("principal"),
      let at = found.name.firstIndex(of: UInt8(ascii: "@"))
    else { return found }
    let name = found.name.slice(0, at)
    if spoken.equals("IMSUser") { return (name, Text("user")) }
    if spoken.equals("IMSGroup") { return (name, Text("group")) }
    if spoken.equals("ServiceRole") { return (name, Text("role")) }
    return (name, found.type)
  }

  private static func listResources(_ fields: Fields, _ add: (Text) -> Void) {
    var count = 0
    func take(_ text: Text) {
      add(text)
      count += 1
    }
    if fields.isNested(0) { fields.forEachScalar(inJSON: fields.json(0), take) }
    if count == 0 { fields.forEachPart(fields[1], separatedBy: ",", or: ";", take) }
    if count == 0 {
      table.forEach(fields, base: 6, service: AlibabaActionTrail.service(fields, base: 2), take)
    }
  }
}
