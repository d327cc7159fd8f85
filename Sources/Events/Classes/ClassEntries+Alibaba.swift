/// What the actions of Alibaba Cloud mean. Names are those of ActionTrail; the same user is changed through several
/// services (`ram`, `ims`, `resourcemanager`) under several spellings.
extension ClassEntries {
  static let alibaba: [ClassEntry] = alibabaIdentity + alibabaAccount + alibabaLogging + alibabaNetwork + alibabaData

  private static let alibabaIdentity: [ClassEntry] = [
    ClassEntry(.login, "aassub aascustomer aas signin", "ConsoleSignin"),
    ClassEntry(.logout, "aassub aascustomer aas signin", "ConsoleSignout"),
    ClassEntry(.login, "cloudsso", "Signin UserSignin LoginAccessPortal"),
    ClassEntry(.sessionToken, "sts", "AssumeRole AssumeRoleWithSAML AssumeRoleWithOIDC GetFederationToken"),
    ClassEntry(.identityChange, "ram ims", "CreateUser DeleteUser UpdateUser CreateApplication DeleteApplication"),
    ClassEntry(
      .identityChange, "cloudsso",
      "CreateUser DeleteUser UpdateUser UpdateUserStatus AddUserToGroup RemoveUserFromGroup"),
    ClassEntry(.groupChange, "ram ims", "CreateGroup DeleteGroup UpdateGroup AddUserToGroup RemoveUserFromGroup"),
    ClassEntry(.credentialCreation, "ram ims", "CreateAccessKey CreateAppSecret"),
    ClassEntry(.credentialChange, "ram ims", "UpdateAccessKey DeleteAccessKey ChangePassword"),
    ClassEntry(.loginProfile, "ram ims", "CreateLoginProfile UpdateLoginProfile DeleteLoginProfile"),
    ClassEntry(.loginProfile, "cloudsso", "ResetUserPassword"),
    ClassEntry(.mfaChange, "ram ims", "CreateVirtualMFADevice BindMFADevice"),
    ClassEntry(.mfaRemoval, "ram ims", "UnbindMFADevice DeleteVirtualMFADevice DisableVirtualMFA"),
    ClassEntry(.mfaRemoval, "cloudsso", "DeleteMFADeviceForUser"),
    ClassEntry(
      .mfaRemoval, "ram ims", "SetSecurityPreference SetUserSecurityPreference",
      when: .equals(mfaSettings, ["false", "independent", "adaptive"])),
    ClassEntry(.mfaChange, "ram ims", "SetSecurityPreference SetUserSecurityPreference"),
    ClassEntry(
      .mfaRemoval, "cloudsso",
      "UpdateMFAAuthenticationSettings UpdateUserMFAAuthenticationSettings SetMFAAuthenticationStatus",
      when: .equals(
        [
          "requestParameters.MFAAuthenticationSettings", "requestParameters.UserMFAAuthenticationSettings",
          "requestParameters.MFAAuthenticationStatus",
        ], ["Disabled"])),
    ClassEntry(
      .mfaChange, "cloudsso",
      "UpdateMFAAuthenticationSettings UpdateUserMFAAuthenticationSettings SetMFAAuthenticationStatus"),
    ClassEntry(.passwordPolicy, "ram ims", "SetPasswordPolicy"),
    ClassEntry(.passwordPolicy, "cloudsso", "SetPasswordPolicy"),
    ClassEntry(
      .policyChange, "ram resourcemanager",
      "CreatePolicy CreatePolicyVersion UpdatePolicyVersion SetDefaultPolicyVersion DeletePolicy DeletePolicyVersion UpdatePolicyDescription"
    ),
    ClassEntry(
      .policyAttachment, "ram ims",
      "AttachPolicyToUser AttachPolicyToRole AttachPolicyToGroup DetachPolicyFromUser DetachPolicyFromRole DetachPolicyFromGroup"
    ),
    ClassEntry(.policyAttachment, "resourcemanager", "AttachPolicy DetachPolicy"),
    ClassEntry(
      .policyAttachment, "cloudsso",
      "CreateAccessAssignment DeleteAccessAssignment AddPermissionPolicyToAccessConfiguration UpdateInlinePolicyForAccessConfiguration ProvisionAccessConfiguration"
    ),
    ClassEntry(.roleTrust, "ram resourcemanager", "CreateRole UpdateRole DeleteRole CreateServiceLinkedRole"),
    ClassEntry(
      .federationChange, "ims ram",
      "CreateSAMLProvider UpdateSAMLProvider DeleteSAMLProvider CreateOIDCProvider UpdateOIDCProvider DeleteOIDCProvider SetUserSsoSettings AddFingerprintToOIDCProvider AddClientIdToOIDCProvider"
    ),
    ClassEntry(
      .federationChange, "cloudsso",
      "AddExternalSAMLIdPCertificate SetExternalSAMLIdentityProvider ClearExternalSAMLIdentityProvider CreateSCIMServerCredential SetSCIMSynchronizationStatus"
    ),
  ]

  private static let mfaSettings = [
    "requestParameters.EnforceMFAForLogin", "requestParameters.MFAOperationForLogin",
    "requestParameters.LoginProfilePreference.EnforceMFAForLogin",
    "requestParameters.LoginProfilePreference.MFAOperationForLogin",
  ]

  private static let alibabaAccount: [ClassEntry] = [
    ClassEntry(.credentialChange, "aascustomer aas account", "PasswordReset PasswordModify"),
    ClassEntry(.mfaChange, "aascustomer aas account", "MFABind ProtectionAdd"),
    ClassEntry(.mfaRemoval, "aascustomer aas account", "MFAUnbind ProtectionDelete"),
    ClassEntry(.accountChange, "aascustomer aas account", "AccountReg EmailModify MobileModify MobileBind"),
    ClassEntry(
      .organizationChange, "resourcemanager resourcedirectory resourcedirectorymaster",
      "AttachControlPolicy DetachControlPolicy DeleteControlPolicy UpdateControlPolicy DisableControlPolicy CreateControlPolicy AcceptHandshake InviteAccountToResourceDirectory CreateResourceAccount CreateCloudAccount RemoveCloudAccount DeleteAccount MoveAccount BindSecureMobilePhone ChangeAccountEmail DestroyResourceDirectory InitResourceDirectory RegisterDelegatedAdministrator DeregisterDelegatedAdministrator PromoteResourceAccount"
    ),
    ClassEntry(
      .resourceShare, "resourcesharing resourcemanager",
      "AssociateResourceShare CreateResourceShare UpdateResourceShare"),
  ]

  private static let alibabaLogging: [ClassEntry] = [
    ClassEntry(.loggingTamper, "actiontrail", "StopLogging DeleteTrail DeleteInnerTrail DisableInsight"),
    ClassEntry(
      .loggingTamper, "actiontrail", "UpdateTrail", when: .equals(["requestParameters.EventRW"], ["Write", "Read"])),
    ClassEntry(
      .loggingTamper, "actiontrail", "UpdateTrail", when: .lacks("requestParameters.TrailRegion", ["All", "all"])),
    ClassEntry(
      .loggingTamper, "actiontrail", "UpdateTrail",
      when: .has([
        "requestParameters.OssBucketName", "requestParameters.OssKeyPrefix", "requestParameters.SlsProjectArn",
      ])),
    ClassEntry(
      .loggingChange, "actiontrail", "CreateTrail UpdateTrail StartLogging CreateDeliveryHistoryJob EnableInsight"),
    ClassEntry(.loggingTamper, "sls", "UpdateLogStore", when: .below("requestParameters.ttl", 365)),
    ClassEntry(.loggingChange, "sls", "UpdateLogStore CreateLogStore"),
    ClassEntry(.loggingTamper, "sls", "DeleteLogStore DeleteLogstore DeleteProject DeleteIndex DeleteLogtailConfig"),
    ClassEntry(.loggingTamper, "vpc", "DeleteFlowLog DeactiveFlowLog DeactivateFlowLog"),
    ClassEntry(.loggingTamper, "oss", "DeleteBucketLogging"),
    ClassEntry(.loggingTamper, "config", "DeleteConfigDeliveryChannel StopConfigurationRecorder"),
    ClassEntry(.monitoringTamper, "cms", "DeleteMetricRules DisableMetricRules DeleteEventRules DisableEventRules"),
    ClassEntry(.monitoringTamper, "config", "DeleteConfigRules StopConfigRules"),
    ClassEntry(.monitoringTamper, "sas", "ModifyUninstallSwitch UninstallAegis OperateSuspiciousTargetConfig"),
    ClassEntry(.monitoringTamper, "sls", "DeleteAlert DisableAlert"),
  ]

  /// Databases of the type Redis go by two names.
  private static let alibabaDatabases = "rds polardb dds kvstore r-kvstore"

  private static let alibabaNetwork: [ClassEntry] = [
    ClassEntry(
      .adminExposure, "ecs", "AuthorizeSecurityGroup ModifySecurityGroupRule",
      when: .letsEverybodyAdministrate("requestParameters")),
    ClassEntry(
      .networkExposure, "ecs", "AuthorizeSecurityGroup ModifySecurityGroupRule",
      when: .letsEverybodyIn("requestParameters")),
    ClassEntry(
      .networkChange, "ecs",
      "AuthorizeSecurityGroup AuthorizeSecurityGroupEgress RevokeSecurityGroup RevokeSecurityGroupEgress ModifySecurityGroupRule ModifySecurityGroupEgressRule ModifySecurityGroupPolicy JoinSecurityGroup LeaveSecurityGroup CreateSecurityGroup DeleteSecurityGroup ModifySecurityGroupAttribute"
    ),
    ClassEntry(
      .networkChange, "cloudfw",
      "AddControlPolicy ModifyControlPolicy DeleteControlPolicy PutDisableFwSwitch PutEnableFwSwitch PutDisableAllFwSwitch PutEnableAllFwSwitch CreateVpcFirewallControlPolicy ModifyVpcFirewallControlPolicy DeleteVpcFirewallControlPolicy ModifyVpcFirewallSwitchStatus CreateNatFirewallControlPolicy ModifyNatFirewallControlPolicy DeleteNatFirewallControlPolicy AddAddressBook ModifyAddressBook DeleteAddressBook SetAutoProtectNewAssets ModifyControlPolicyPosition"
    ),
    ClassEntry(
      .adminExposure, "vpc", "UpdateNetworkAclEntries",
      when: .letsEverybodyAdministrate("requestParameters", .list)),
    ClassEntry(
      .networkExposure, "vpc", "UpdateNetworkAclEntries", when: .letsEverybodyIn("requestParameters", .list)),
    ClassEntry(.networkChange, "vpc", "UpdateNetworkAclEntries DeleteNetworkAcl UnassociateNetworkAcl"),
    ClassEntry(
      .adminExposure, "swas swas-open", "CreateFirewallRule CreateFirewallRules ModifyFirewallRule",
      when: .letsEverybodyAdministrate("requestParameters", .machine)),
    ClassEntry(
      .networkExposure, "swas swas-open", "CreateFirewallRule CreateFirewallRules ModifyFirewallRule",
      when: .letsEverybodyIn("requestParameters", .machine)),
    ClassEntry(
      .networkChange, "swas swas-open",
      "CreateFirewallRule CreateFirewallRules ModifyFirewallRule DeleteFirewallRule DeleteFirewallRules"),
    ClassEntry(
      .routeChange, "vpc ecs",
      "CreateRouteEntry CreateRouteEntries DeleteRouteEntry DeleteRouteEntries ModifyRouteEntry AssociateRouteTable UnassociateRouteTable CreateRouteTable DeleteRouteTable"
    ),
    ClassEntry(
      .vpcChange, "vpc ecs",
      "CreateVpc DeleteVpc ModifyVpcAttribute CreateVSwitch DeleteVSwitch ModifyVSwitchAttribute AssociateVpcCidrBlock UnassociateVpcCidrBlock GrantInstanceToCen RevokeInstanceFromCen ConnectRouterInterface CreateVpcPeerConnection AcceptVpcPeerConnection DeleteVpcPeerConnection CreateVpnGateway CreateVpnConnection EnableVpcClassicLink DisableVpcClassicLink AttachCenChildInstance DeletionProtection"
    ),
    ClassEntry(
      .vpcChange, "vpcpeer cbn",
      "CreateVpcPeerConnection AcceptVpcPeerConnection DeleteVpcPeerConnection AttachCenChildInstance"),
    ClassEntry(.trafficMirror, "vpc", "CreateTrafficMirrorSession CreateTrafficMirrorFilter"),
    ClassEntry(
      .networkExposure, alibabaDatabases, "ModifySecurityIps ModifyDBClusterAccessWhitelist",
      when: .contains("requestParameters", anywhere)),
    ClassEntry(
      .networkExposure, alibabaDatabases,
      "AllocateInstancePublicConnection AllocatePublicNetworkAddress CreateDBEndpointAddress"),
    ClassEntry(.backupChange, alibabaDatabases, "ModifyBackupPolicy ModifyInstanceCrossBackupPolicy DeleteBackup"),
    ClassEntry(
      .databaseChange, alibabaDatabases,
      "ModifySecurityIps ModifyDBClusterAccessWhitelist ModifyDBInstanceSpec ModifyParameter ModifyDBInstanceTDE ModifyDBInstanceSSL ModifySQLCollectorPolicy RestartDBInstance SwitchDBInstanceNetType MigrateSecurityIPMode ModifyAccountDescription ResetAccountPassword CreateAccount GrantAccountPrivilege ModifyHASwitchConfig ModifyDBInstanceHAConfig SwitchDBInstanceHA MigrateToOtherZone UpgradeDBInstanceKernelVersion UpgradeDBInstanceEngineVersion ModifyDBInstanceMaintainTime ModifyDBInstanceAutoUpgradeMinorVersion ModifyDBInstanceConnectionString ReleaseInstancePublicConnection ModifyDBInstanceNetworkType ModifySecurityGroupConfiguration CreateBackup ModifyDTCSecurityIpHostsForSQLServer ModifyDBInstanceNetworkExpireTime CreateDdrInstance"
    ),
  ]

  private static let publicAccessBlocks = [
    "requestParameters.BlockPublicAccess", "requestParameters.PublicAccessBlockConfiguration.BlockPublicAccess",
  ]

  private static let alibabaData: [ClassEntry] = [
    ClassEntry(.dataExposure, "oss", "PutBucket PutBucketAcl PutObjectACL", when: .equals(listNames, publicLists)),
    ClassEntry(.dataExposure, "oss", "PutBucket PutBucketAcl PutObjectACL", when: .holds(listTexts, publicLists)),
    ClassEntry(
      .dataExposure, "oss", "PutBucketPublicAccessBlock PutPublicAccessBlock PutAccessPointPublicAccessBlock",
      when: .equals(publicAccessBlocks, ["false"])),
    ClassEntry(
      .dataExposure, "oss", "PutBucketPublicAccessBlock PutPublicAccessBlock PutAccessPointPublicAccessBlock",
      when: .contains("requestParameters", ["<BlockPublicAccess>false"])),
    ClassEntry(
      .dataAccessChange, "oss", "PutBucketPublicAccessBlock PutPublicAccessBlock PutAccessPointPublicAccessBlock"),
    ClassEntry(
      .dataExposure, "oss",
      "DeleteBucketPublicAccessBlock DeletePublicAccessBlock DeleteAccessPointPublicAccessBlock"),
    ClassEntry(.dataExposure, "oss", "PutBucketPolicy PutAccessPointPolicy", when: .opensToAll("requestParameters")),
    ClassEntry(
      .dataExposure, "kms sls", "SetKeyPolicy SetSecretPolicy PutProjectPolicy", when: .opensToAll("requestParameters")),
    ClassEntry(
      .dataAccessChange, "oss",
      "PutBucketAcl PutBucketACL PutObjectACL PutBucketPolicy DeleteBucketPolicy PutBucketCors PutBucketReferer"),
    ClassEntry(.dataExposure, "oss", "PutBucketWebsite"),
    ClassEntry(.dataExport, "oss", "PutBucketReplication"),
    ClassEntry(.backupChange, "oss", "PutBucketVersioning PutBucketLifecycle DeleteBucketLifecycle"),
    ClassEntry(.encryptionRemoval, "oss", "DeleteBucketEncryption"),
    ClassEntry(
      .dataExposure, "ecs", "ModifyImageSharePermission ModifySnapshotSharePermission",
      when: .contains("requestParameters", [#""AddAccount"#])),
    ClassEntry(
      .dataExposure, "ecs", "ModifyImageSharePermission ModifySnapshotSharePermission",
      when: .equals(["requestParameters.IsPublic"], ["true"])),
    ClassEntry(.dataAccessChange, "ecs", "ModifyImageSharePermission ModifySnapshotSharePermission"),
    ClassEntry(.dataExport, "ecs", "ExportImage ExportSnapshot"),
    ClassEntry(.keyDestruction, "kms", "ScheduleKeyDeletion DisableKey DeleteKeyMaterial DeleteSecret"),
    ClassEntry(
      .keyManagement, "kms", "UpdateRotationPolicy SetKeyPolicy ImportKeyMaterial CancelKeyDeletion EnableKey"),
    ClassEntry(.secretRead, "kms", "GetSecretValue ExportDataKey"),
    ClassEntry(.secretRead, "oos", "GetSecretParameter GetSecretParameters"),
    ClassEntry(.secretRead, "cs", "DescribeClusterUserKubeconfig DescribeClusterV2UserKubeconfig"),
    ClassEntry(.remoteExecution, "ecs", "RunCommand InvokeCommand StartTerminalSession SendFile"),
    ClassEntry(.remoteExecution, "oos", "StartExecution"),
    ClassEntry(.instanceTakeover, "ecs", "AttachInstanceRamRole AttachKeyPair ReplaceSystemDisk"),
    ClassEntry(
      .instanceTakeover, "ecs", "ModifyInstanceAttribute ModifyInstanceVncPasswd",
      when: .contains("requestParameters", ["UserData", "Password"])),
    ClassEntry(.credentialCreation, "ecs", "CreateKeyPair ImportKeyPair"),
    ClassEntry(.computeCreation, "ecs", "RunInstances CreateInstance"),
    ClassEntry(.codeChange, "fc", "UpdateFunction UpdateFunctionCode"),
    ClassEntry(.objectAccess, "oss", "GetObject PutObject HeadObject CopyObject ListObjects"),
    ClassEntry(.destructive, "oss", "DeleteBucket DeleteObject DeleteMultipleObjects"),
    ClassEntry(.destructive, "ecs", "DeleteInstance DeleteInstances DeleteDisk ReleaseDisk DeleteSnapshot DeleteImage"),
    ClassEntry(
      .destructive, "alidns", "DeleteDomainRecord DeleteSubDomainRecords DeleteDomain"),
    ClassEntry(
      .destructive, alibabaDatabases + " cs",
      "DeleteDBInstance DeleteDBCluster DestroyDBInstance DeleteInstance DeleteDatabase DeleteCluster"),
    ClassEntry(
      .destructive, "slb alb nlb nas ots fc cr ess ros elasticsearch alikafka hbase drds gpdb swas swas-open",
      "DeleteLoadBalancer DeleteFileSystem DeleteInstance DeleteInstances DeleteTable DeleteService DeleteFunction DeleteRepository DeleteRepo DeleteNamespace DeleteScalingGroup DeleteStack DeleteStacks ReleaseInstance DeleteDBInstance"
    ),
    ClassEntry(.discovery, "sts", "GetCallerIdentity"),
    ClassEntry(
      .discovery, "ram ims",
      "ListUsers ListRoles ListGroups ListPolicies ListAccessKeys ListPoliciesForUser ListPoliciesForRole GetAccountSummary GetSecurityPreference GetPasswordPolicy ListVirtualMFADevices GenerateCredentialReport GetCredentialReport"
    ),
    ClassEntry(
      .discovery, "ecs",
      "DescribeInstances DescribeSecurityGroups DescribeSecurityGroupAttribute DescribeSnapshots DescribeImages DescribeRegions DescribeDisks"
    ),
    ClassEntry(.discovery, "oss", "ListBuckets GetBucketAcl GetBucketPolicy GetService"),
    ClassEntry(.discovery, "kms", "ListSecrets ListKeys DescribeSecret"),
    ClassEntry(.discovery, "actiontrail", "DescribeTrails GetTrailStatus LookupEvents"),
  ]
}
