/// What the actions of Tencent Cloud mean. Names are those of CloudAudit; user management is logged under `cam`,
/// some of it under `account`.
extension ClassEntries {
  static let tencent: [ClassEntry] = tencentIdentity + tencentLogging + tencentNetwork + tencentData

  private static let tencentIdentity: [ClassEntry] = [
    ClassEntry(.login, "account cam", "ConsoleLogin"),
    ClassEntry(.sessionToken, "sts", "AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity GetFederationToken"),
    ClassEntry(.sessionToken, "cam", "PassRole"),
    ClassEntry(.loginProfile, "cam", "UpdateUser", when: .has(["requestParameters.Password"])),
    ClassEntry(
      .identityChange, "cam account",
      "AddUser AddSubAccount AddSubAccountCheckingMFA CreateSubAccounts AddConsoleUser DeleteUser DeleteSubAccount UpdateUser CreateSubUserInviteQRCode"
    ),
    ClassEntry(
      .outsideIdentity, "cam account",
      "AddCollaborator AddQywxSubAccount BindWechatUserId BindQQOpenIdAccount BindWechatAccount BindMpAccount CreateAssistApprover"
    ),
    ClassEntry(
      .groupChange, "cam",
      "CreateGroup DeleteGroup UpdateGroup AddUserToGroup AddSubAccountsToGroup RemoveUserFromGroup"),
    ClassEntry(
      .credentialCreation, "cam account cvm",
      "CreateAccessKey CreateApiKey CreateCollApiKey CreateProjectKey EnableApiKey EnableCollApiKey EnableProjectKey CreateKeyPair ImportKeyPair"
    ),
    ClassEntry(
      .credentialChange, "cam account", "UpdateAccessKey DeleteAccessKey ChangeMailPassword ModifyMailPassword"),
    ClassEntry(.secretRead, "cam account", "QueryKeyBySecretId GetProjectKey"),
    ClassEntry(.loginProfile, "cam", "UpdateRoleConsoleLogin ResetSubAccountPassword"),
    ClassEntry(
      .mfaRemoval, "cam account", "SetMfaFlag", when: .lacks("requestParameters.LoginFlag", [":1", ": 1", #":"1""#])),
    ClassEntry(
      .mfaRemoval, "cam account", "SetMfaFlag", when: .lacks("requestParameters.ActionFlag", [":1", ": 1", #":"1""#])),
    ClassEntry(
      .mfaRemoval, "cam account", "SetSafeAuthFlag SetOffsiteLoginFlag",
      when: .equals(
        [
          "requestParameters.LoginFlag", "requestParameters.loginFlag", "requestParameters.Flag",
          "requestParameters.NotifyFlag",
        ], ["0"])),
    ClassEntry(
      .mfaChange, "cam account", "SetMfaFlag SetSafeAuthFlag SetOffsiteLoginFlag BindToken ConsumeCustomMFAToken"),
    ClassEntry(.mfaRemoval, "cam account", "UnbindToken UnbindStoken UnbindRegisterAccountWithMFA"),
    ClassEntry(.passwordPolicy, "cam", "UpdatePasswordRules"),
    ClassEntry(
      .policyChange, "cam",
      "CreatePolicy UpdatePolicy UpdateCamStrategy DeletePolicy CreatePolicyVersion SetDefaultPolicyVersion DeletePolicyVersion"
    ),
    ClassEntry(
      .policyAttachment, "cam",
      "AttachUserPolicy AttachRolePolicy AttachGroupPolicy AttachUsersPolicy AttachRolesPolicy AttachGroupsPolicy AttachUserPolicies AttachRolePolicies AttachGroupPolicies DetachUserPolicy DetachRolePolicy DetachGroupPolicy DetachUserPolicies DetachRolePolicies BatchOperateCamStrategy CreateSubAccountBindPolicy"
    ),
    ClassEntry(
      .boundaryChange, "cam",
      "PutRolePermissionsBoundary DeleteRolePermissionsBoundary PutUserPermissionsBoundary DeleteUserPermissionsBoundary PutEntitiesPermissionsBoundary DeleteEntitiesPermissionsBoundary"
    ),
    ClassEntry(.roleTrust, "cam", "UpdateAssumeRolePolicy CreateRole CreateRoleByConsole DeleteRole UpdateRole"),
    ClassEntry(
      .federationChange, "cam",
      "CreateSAMLProvider UpdateSAMLProvider DeleteSAMLProvider CreateOIDCConfig UpdateOIDCConfig CreateUserSAMLConfig UpdateUserSAMLConfig CreateUserOIDCConfig"
    ),
    ClassEntry(
      .accountChange, "account cam",
      "ModifyMail ModifyPhoneNum ApplyAccountDeactivation ModifySubContactPhoneWithVerifyCode UnbindContactInfo CreateMessageReceiver CreateSubAccountLoginIpPolicy"
    ),
    ClassEntry(
      .organizationChange, "organization",
      "AcceptOrganizationInvitation AddOrganizationNodeMember BindOrganizationMemberAuthAccount BindOrganizationPolicySubAccount MoveOrganizationNodeMembers DeleteOrganizationMembers QuitOrganization DeleteOrganization DeletePolicy DetachPolicy DisablePolicyType CreateOrganizationMember"
    ),
    ClassEntry(.policyAttachment, "organization", "AddPermissionPolicyToRoleConfiguration CreateRoleAssignment"),
    ClassEntry(.federationChange, "organization", "AddExternalSAMLIdPCertificate SetExternalSAMLIdentityProvider"),
    ClassEntry(.resourceShare, "organization", "AddShareUnitMembers AddShareUnitResources"),
  ]

  private static let tencentLogging: [ClassEntry] = [
    ClassEntry(
      .loggingTamper, "cloudaudit",
      "StopLogging DeleteAudit DeleteAuditTrack DeleteExport"),
    ClassEntry(
      .loggingTamper, "cloudaudit", "ModifyAuditTrack ModifyEventsAuditTrack",
      when: .equals(["requestParameters.Status"], ["0"])),
    // Reads or writes alone, chosen products or events, or another place to keep them.
    ClassEntry(
      .loggingTamper, "cloudaudit", "ModifyAuditTrack ModifyEventsAuditTrack",
      when: .equals(["requestParameters.ActionType"], ["Read", "Write"])),
    ClassEntry(
      .loggingTamper, "cloudaudit", "ModifyAuditTrack ModifyEventsAuditTrack",
      when: .lacks("requestParameters.ResourceType", ["*"])),
    ClassEntry(
      .loggingTamper, "cloudaudit", "ModifyAuditTrack ModifyEventsAuditTrack",
      when: .lacks("requestParameters.EventNames", ["*"])),
    ClassEntry(
      .loggingTamper, "cloudaudit", "ModifyAuditTrack ModifyEventsAuditTrack UpdateAudit",
      when: .has(["requestParameters.Storage", "requestParameters.Filters", "requestParameters.CosBucketName"])),
    ClassEntry(
      .loggingTamper, "cloudaudit", "UpdateAudit",
      when: .equals(["requestParameters.ReadWriteAttribute"], ["1", "2"])),
    ClassEntry(
      .loggingChange, "cloudaudit",
      "StartLogging CreateAudit UpdateAudit CreateAuditTrack ModifyAuditTrack CreateEventsAuditTrack ModifyEventsAuditTrack"
    ),
    ClassEntry(.loggingTamper, "cls", "DeleteTopic DeleteLogset"),
    ClassEntry(.loggingTamper, "cls", "ModifyTopic", when: .below("requestParameters.Period", 180)),
    ClassEntry(.loggingChange, "cls", "ModifyTopic"),
    ClassEntry(.loggingTamper, "vpc", "DeleteFlowLog DisableFlowLogs"),
    ClassEntry(
      .loggingTamper, "cos", "PutBucketLogging",
      when: .lacks("requestParameters.BucketLoggingStatus", ["LoggingEnabled"])),
    ClassEntry(.loggingChange, "cos", "PutBucketLogging"),
    ClassEntry(.monitoringTamper, "monitor", "DeleteAlarmPolicy ModifyAlarmPolicyStatus DeletePolicyGroup"),
    ClassEntry(.monitoringTamper, "cwp", "DeleteMachine CloseProVersion UninstallMachineAgent"),
  ]

  private static let databases = "cdb postgres mongodb redis cynosdb sqlserver mariadb dcdb keewidb"

  private static let settingPolicies =
    "CreateSecurityGroupPolicies ModifySecurityGroupPolicies ReplaceSecurityGroupPolicy ReplaceSecurityGroupPolicies"

  private static let tencentNetwork: [ClassEntry] = [
    // What may leave to everywhere lets nobody in.
    ClassEntry(
      .adminExposure, "vpc cvm", settingPolicies,
      when: .letsEverybodyAdministrate("requestParameters.SecurityGroupPolicySet")),
    ClassEntry(
      .networkExposure, "vpc cvm", settingPolicies, when: .letsEverybodyIn("requestParameters.SecurityGroupPolicySet")),
    ClassEntry(
      .adminExposure, "vpc cvm", "ModifyNetworkAclEntries CreateNetworkAclEntries",
      when: .letsEverybodyAdministrate("requestParameters.NetworkAclEntrySet", .list)),
    ClassEntry(
      .networkExposure, "vpc cvm", "ModifyNetworkAclEntries CreateNetworkAclEntries",
      when: .letsEverybodyIn("requestParameters.NetworkAclEntrySet", .list)),
    ClassEntry(
      .adminExposure, "lighthouse", "CreateFirewallRules ModifyFirewallRules",
      when: .letsEverybodyAdministrate("requestParameters", .machine)),
    ClassEntry(
      .networkExposure, "lighthouse", "CreateFirewallRules ModifyFirewallRules",
      when: .letsEverybodyIn("requestParameters", .machine)),
    ClassEntry(
      .networkChange, "lighthouse",
      "CreateFirewallRules ModifyFirewallRules DeleteFirewallRules ApplyFirewallTemplate ResetFirewallTemplateRules"),
    ClassEntry(
      .networkChange, "vpc cvm",
      "CreateSecurityGroup CreateSecurityGroupPolicies ModifySecurityGroupPolicies ReplaceSecurityGroupPolicy ReplaceSecurityGroupPolicies DeleteSecurityGroupPolicies DeleteSecurityGroup ModifyNetworkAclEntries CreateNetworkAclEntries DeleteNetworkAclEntries DeleteNetworkAcl AssociateNetworkAclSubnets CreateNatGatewayDestinationIpPortTranslationNatRule"
    ),
    ClassEntry(.networkChange, "cfw", "RemoveAcRule ModifyAcRule AddAclRule DeleteAcRule ModifyAllRuleStatus"),
    ClassEntry(
      .routeChange, "vpc",
      "CreateRoute CreateRoutes ModifyRoute DeleteRoute DeleteRoutes CreateRouteTable DeleteRouteTable ReplaceRoutes"),
    ClassEntry(
      .vpcChange, "vpc",
      "CreateVpc DeleteVpc ModifyVpcAttribute CreateVpcPeeringConnection AcceptVpcPeeringConnection DeleteVpcPeeringConnection AddUserGw AttachCcnInstances CreateVpnGateway"
    ),
    ClassEntry(.trafficMirror, "vpc", "CreateTrafficMirror"),
    ClassEntry(
      .networkExposure, databases, "OpenWanService OpenDBExtranetAccess OpenWan AllocateWanAddress ModifyOpenWanIp"),
    ClassEntry(
      .networkExposure, "es", "UpdateInstance",
      when: .equals(["PublicAccess", "KibanaPublicAccess"].map { "requestParameters.\($0)" }, ["OPEN"])),
    ClassEntry(
      .networkExposure, "tke", "CreateClusterEndpoint", when: .equals(["requestParameters.IsExtranet"], ["true"])),
  ]

  private static let tencentData: [ClassEntry] = [
    ClassEntry(.dataExposure, "cos", "PutBucket PutBucketACL PutObjectACL", when: .equals(listNames, publicLists)),
    ClassEntry(.dataExposure, "cos", "PutBucket PutBucketACL PutObjectACL", when: .holds(listTexts, publicGroups)),
    ClassEntry(.dataExposure, "cos", "PutBucketPolicy", when: .opensToAll("requestParameters")),
    ClassEntry(
      .dataAccessChange, "cos",
      "PutBucketACL PutBucketAcl PutObjectACL PutBucketPolicy DeleteBucketPolicy PutBucketCORS PutBucketReferer PutBucketDomain"
    ),
    ClassEntry(.dataExposure, "cos", "PutBucketWebsite"),
    ClassEntry(.dataExport, "cos", "PutBucketReplication"),
    ClassEntry(.backupChange, "cos", "PutBucketLifecycle DeleteBucketLifecycle PutBucketVersioning"),
    ClassEntry(.encryptionRemoval, "cos", "DeleteBucketEncryption"),
    ClassEntry(
      .dataExposure, "cvm cbs", "ModifyImageSharePermission ModifySnapshotsSharePermission",
      when: .equals(["requestParameters.Permission"], ["SHARE"])),
    ClassEntry(.dataAccessChange, "cvm cbs", "ModifyImageSharePermission ModifySnapshotsSharePermission"),
    ClassEntry(.dataExport, "cvm", "ExportImages"),
    ClassEntry(
      .keyDestruction, "kms", "ScheduleKeyDeletion DisableKey DisableKeys DeleteImportedKeyMaterial"),
    ClassEntry(.encryptionRemoval, "kms", "DisableKeyRotation"),
    ClassEntry(.keyManagement, "kms", "ImportKeyMaterial CancelKeyDeletion EnableKey EnableKeys"),
    ClassEntry(.secretRead, "ssm", "GetSecretValue GetSSHKeyPairValue"),
    ClassEntry(.secretRead, "tke", "DescribeClusterKubeconfig"),
    ClassEntry(.remoteExecution, "tat", "RunCommand InvokeCommand CreateCommand"),
    ClassEntry(.remoteExecution, "cvm", "StartTerminalSession"),
    ClassEntry(
      .instanceTakeover, "cvm",
      "ResetInstancesPassword ResetInstance AssociateInstancesKeyPairs"),
    ClassEntry(
      .instanceTakeover, "cvm", "ModifyInstancesAttribute",
      when: .has(["requestParameters.UserData", "requestParameters.CamRoleName"])),
    ClassEntry(.instanceTakeover, "lighthouse", "ResetInstancesPassword ResetInstance AssociateInstancesKeyPairs"),
    ClassEntry(.computeCreation, "cvm", "RunInstances CreateInstances"),
    ClassEntry(.codeChange, "scf", "UpdateFunctionCode"),
    ClassEntry(.objectAccess, "cos", "GetObject PutObject HeadObject CopyObject GetBucket"),
    ClassEntry(.destructive, "cos", "DeleteBucket DeleteObject DeleteMultipleObjects"),
    ClassEntry(.destructive, "cvm cbs", "TerminateInstances TerminateDisks DeleteSnapshots DeleteImages"),
    ClassEntry(.destructive, "vpc", "DeleteSubnet"),
    ClassEntry(.destructive, "dnspod", "DeleteRecord DeleteDomain"),
    ClassEntry(
      .destructive, "clb tcr scf ckafka cfs lighthouse es emr tdmq ssm",
      "DeleteLoadBalancer DeleteRepository DeleteNamespace DeleteInstance DeleteFunction DeleteInstancePre DeleteInstancePost DeleteTopic DeleteCfsFileSystem TerminateInstances IsolateInstances TerminateDisks DeleteSnapshots TerminateCluster TerminateInstance DeleteCluster DeleteSecret"
    ),
    ClassEntry(
      .destructive, databases + " tke",
      "IsolateDBInstance IsolateDBInstances DestroyDBInstances OfflineIsolatedInstances DestroyPostpaidInstance DestroyPrepaidInstance DeleteCluster IsolateCluster"
    ),
    ClassEntry(.backupChange, databases, "DeleteBackup ModifyBackupConfig DeleteBackups"),
    ClassEntry(.discovery, "sts", "GetCallerIdentity"),
    ClassEntry(
      .discovery, "cam",
      "ListUsers DescribeRoleList ListPolicies ListAccessKeys ListAttachedUserPolicies ListAttachedRolePolicies ListGroups ListCollaborators DescribeSafeAuthFlag GetAccountSummary GetUserAppId"
    ),
    ClassEntry(.discovery, "cvm", "DescribeInstances DescribeImages DescribeRegions DescribeKeyPairs"),
    ClassEntry(.discovery, "vpc", "DescribeSecurityGroups DescribeVpcs DescribeSubnets DescribeSecurityGroupPolicies"),
    ClassEntry(.discovery, "cos", "GetService GetBucketACL GetBucketPolicy"),
    ClassEntry(.discovery, "ssm", "ListSecrets DescribeSecret"),
    ClassEntry(.discovery, "cloudaudit", "LookUpEvents DescribeEvents DescribeAuditTracks ListAudits DescribeAudit"),
  ]
}
