/// What the actions of AWS mean. Names are those of CloudTrail; services as in column `service`.
enum ClassEntries {
  /// Networks that mean everybody: any with no bit set, however its address is written.
  static let anywhere: [StaticString] = [#"/0""#, "0.0.0.0/0,", "::/0,"]
  /// Where a list of who may use a bucket or object stands: as its name, or written out.
  static let listNames = ["acl", "x-amz-acl", "x-oss-acl", "x-oss-object-acl", "x-cos-acl"].map {
    "requestParameters.\($0)"
  }
  static let listTexts =
    ["AccessControlPolicy", "AccessControlList"].map { "requestParameters.\($0)" }
    + ["amz", "oss", "cos"].flatMap { name in
      ["read", "write", "read-acp", "write-acp", "full-control"].map { "requestParameters.x-\(name)-grant-\($0)" }
    }
  static let publicLists: [StaticString] = ["public-read", "public-read-write", "authenticated-read"]
  static let publicGroups: [StaticString] = ["groups/global/", "anyone:anyone"]

  static let aws: [ClassEntry] =
    awsSignIn + awsIdentity + awsLogging + awsNetwork + awsData + awsExecution + awsDiscovery

  private static let awsSignIn: [ClassEntry] = [
    ClassEntry(.login, "signin", "ConsoleLogin CheckMfa SwitchRole CredentialVerification UserAuthentication"),
    ClassEntry(.login, "sso", "Authenticate Federate UserAuthentication CredentialVerification"),
    ClassEntry(.logout, "signin", "ExitRole Logout"),
    ClassEntry(.logout, "sso", "Logout"),
    ClassEntry(.credentialChange, "signin", "PasswordUpdated PasswordRecoveryRequested PasswordRecoveryCompleted"),
    ClassEntry(
      .sessionToken, "sts",
      "AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity GetFederationToken GetSessionToken"),
    ClassEntry(.elevation, "sts", "AssumeRoot"),
    ClassEntry(.sessionToken, "signin", "GetSigninToken"),
    ClassEntry(.sessionToken, "rolesanywhere", "CreateSession"),
  ]

  private static let awsIdentity: [ClassEntry] = [
    ClassEntry(.identityChange, "iam", "CreateUser DeleteUser UpdateUser CreateInstanceProfile DeleteInstanceProfile"),
    ClassEntry(
      .identityChange, "identitystore sso-directory", "CreateUser DeleteUser UpdateUser DisableUser EnableUser"),
    ClassEntry(.groupChange, "iam", "CreateGroup DeleteGroup UpdateGroup AddUserToGroup RemoveUserFromGroup"),
    ClassEntry(
      .groupChange, "identitystore sso-directory",
      "CreateGroup DeleteGroup CreateGroupMembership DeleteGroupMembership AddMemberToGroup RemoveMemberFromGroup"),
    ClassEntry(
      .credentialCreation, "iam",
      "CreateAccessKey CreateServiceSpecificCredential ResetServiceSpecificCredential UploadSSHPublicKey UploadSigningCertificate"
    ),
    ClassEntry(.credentialCreation, "ec2", "CreateKeyPair ImportKeyPair"),
    ClassEntry(.credentialChange, "iam", "UpdateAccessKey DeleteAccessKey ChangePassword UpdateSSHPublicKey"),
    ClassEntry(.loginProfile, "iam", "CreateLoginProfile UpdateLoginProfile DeleteLoginProfile"),
    ClassEntry(.mfaChange, "iam", "CreateVirtualMFADevice EnableMFADevice ResyncMFADevice"),
    ClassEntry(.mfaRemoval, "iam", "DeactivateMFADevice DeleteVirtualMFADevice"),
    ClassEntry(.mfaRemoval, "sso-directory", "DeleteMfaDeviceForUser"),
    ClassEntry(.mfaChange, "sso-directory", "StartVirtualMfaDeviceRegistration CompleteVirtualMfaDeviceRegistration"),
    ClassEntry(.passwordPolicy, "iam", "UpdateAccountPasswordPolicy DeleteAccountPasswordPolicy"),
    ClassEntry(
      .policyChange, "iam",
      "CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion SetDefaultPolicyVersion"),
    ClassEntry(
      .policyAttachment, "iam",
      "AttachUserPolicy AttachRolePolicy AttachGroupPolicy DetachUserPolicy DetachRolePolicy DetachGroupPolicy PutUserPolicy PutRolePolicy PutGroupPolicy DeleteUserPolicy DeleteRolePolicy DeleteGroupPolicy AddRoleToInstanceProfile"
    ),
    ClassEntry(
      .policyAttachment, "sso",
      "CreateAccountAssignment AttachManagedPolicyToPermissionSet PutInlinePolicyToPermissionSet AttachCustomerManagedPolicyReferenceToPermissionSet ProvisionPermissionSet"
    ),
    ClassEntry(.policyAttachment, "eks", "CreateAccessEntry AssociateAccessPolicy UpdateAccessEntry"),
    ClassEntry(
      .boundaryChange, "iam",
      "PutUserPermissionsBoundary PutRolePermissionsBoundary DeleteUserPermissionsBoundary DeleteRolePermissionsBoundary"
    ),
    ClassEntry(.roleTrust, "iam", "CreateRole UpdateAssumeRolePolicy DeleteRole UpdateRole"),
    ClassEntry(
      .federationChange, "iam",
      "CreateSAMLProvider UpdateSAMLProvider DeleteSAMLProvider CreateOpenIDConnectProvider DeleteOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint AddClientIDToOpenIDConnectProvider"
    ),
    ClassEntry(
      .federationChange, "rolesanywhere",
      "CreateTrustAnchor UpdateTrustAnchor CreateProfile UpdateProfile EnableTrustAnchor"),
    ClassEntry(
      .federationChange, "sso sso-directory",
      "AssociateDirectory UpdateSsoConfiguration CreateExternalIdPConfigurationForDirectory EnableExternalIdPConfigurationForDirectory UpdateExternalIdPConfigurationForDirectory CreateInstance CreateTrustedTokenIssuer"
    ),
    ClassEntry(
      .organizationChange, "organizations",
      "LeaveOrganization RemoveAccountFromOrganization InviteAccountToOrganization AcceptHandshake CreateAccount CloseAccount MoveAccount DetachPolicy AttachPolicy DeletePolicy UpdatePolicy CreatePolicy DisablePolicyType DeleteOrganization RegisterDelegatedAdministrator DeregisterDelegatedAdministrator EnableAWSServiceAccess DisableAWSServiceAccess"
    ),
    ClassEntry(
      .resourceShare, "ram",
      "CreateResourceShare AssociateResourceShare UpdateResourceShare EnableSharingWithAwsOrganization"),
    ClassEntry(
      .accountChange, "account",
      "PutAlternateContact DeleteAlternateContact PutContactInformation EnableRegion DisableRegion AcceptPrimaryEmailUpdate StartPrimaryEmailUpdate"
    ),
  ]

  private static let awsNetwork: [ClassEntry] = [
    ClassEntry(
      .adminExposure, "ec2", "AuthorizeSecurityGroupIngress ModifySecurityGroupRules",
      when: .letsEverybodyAdministrate("requestParameters")),
    ClassEntry(
      .networkExposure, "ec2", "AuthorizeSecurityGroupIngress ModifySecurityGroupRules",
      when: .letsEverybodyIn("requestParameters")),
    ClassEntry(
      .adminExposure, "ec2", "CreateNetworkAclEntry ReplaceNetworkAclEntry",
      when: .letsEverybodyAdministrate("requestParameters", .list)),
    ClassEntry(
      .networkExposure, "ec2", "CreateNetworkAclEntry ReplaceNetworkAclEntry",
      when: .letsEverybodyIn("requestParameters", .list)),
    ClassEntry(
      .adminExposure, "lightsail", "OpenInstancePublicPorts PutInstancePublicPorts",
      when: .letsEverybodyAdministrate("requestParameters", .machine)),
    ClassEntry(
      .networkExposure, "lightsail", "OpenInstancePublicPorts PutInstancePublicPorts",
      when: .letsEverybodyIn("requestParameters", .machine)),
    ClassEntry(
      .networkChange, "lightsail", "OpenInstancePublicPorts PutInstancePublicPorts CloseInstancePublicPorts"),
    // Which ports the rules that name the list are about is not logged.
    ClassEntry(
      .networkExposure, "ec2", "ModifyManagedPrefixList",
      when: .holds(
        ["AddEntry", "AddEntries"].map { "requestParameters.ModifyManagedPrefixListRequest.\($0)" }, anywhere)
    ),
    ClassEntry(
      .networkChange, "ec2",
      "ModifyManagedPrefixList AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress ModifySecurityGroupRules CreateSecurityGroup DeleteSecurityGroup CreateNetworkAcl DeleteNetworkAcl CreateNetworkAclEntry ReplaceNetworkAclEntry DeleteNetworkAclEntry ReplaceNetworkAclAssociation ModifyNetworkInterfaceAttribute"
    ),
    ClassEntry(
      .networkChange, "network-firewall",
      "DeleteFirewall UpdateFirewallPolicy DeleteFirewallPolicy DeleteRuleGroup UpdateRuleGroup"),
    ClassEntry(
      .routeChange, "ec2",
      "CreateRoute ReplaceRoute DeleteRoute CreateRouteTable DeleteRouteTable AssociateRouteTable DisassociateRouteTable ReplaceRouteTableAssociation CreateInternetGateway AttachInternetGateway CreateNatGateway"
    ),
    ClassEntry(
      .vpcChange, "ec2",
      "CreateVpc DeleteVpc ModifyVpcAttribute CreateVpcPeeringConnection AcceptVpcPeeringConnection DeleteVpcPeeringConnection CreateVpcEndpoint DeleteVpcEndpoints CreateTransitGatewayVpcAttachment AcceptTransitGatewayPeeringAttachment CreateVpnConnection CreateClientVpnEndpoint"
    ),
    ClassEntry(.trafficMirror, "ec2", "CreateTrafficMirrorSession CreateTrafficMirrorTarget CreateTrafficMirrorFilter"),
    ClassEntry(
      .networkExposure, "rds", "ModifyDBInstance CreateDBInstance",
      when: .equals(["requestParameters.publiclyAccessible"], ["true"])),
    ClassEntry(
      .databaseChange, "rds",
      "ModifyDBInstance ModifyDBCluster ModifyDBParameterGroup RebootDBInstance AuthorizeDBSecurityGroupIngress"),
    ClassEntry(
      .networkExposure, "redshift", "ModifyCluster CreateCluster",
      when: .equals(["requestParameters.publiclyAccessible"], ["true"])),
    ClassEntry(.networkExposure, "eks", "UpdateClusterConfig", when: .contains("requestParameters", anywhere)),
    ClassEntry(
      .accountChange, "route53domains", "TransferDomainToAnotherAwsAccount DisableDomainTransferLock TransferDomain"),
    ClassEntry(.networkChange, "route53", "DeleteHostedZone DisassociateVPCFromHostedZone"),
  ]

  private static let awsData: [ClassEntry] = [
    ClassEntry(
      .dataExposure, "s3 s3control", "CreateBucket PutBucketAcl PutObjectAcl", when: .equals(listNames, publicLists)),
    ClassEntry(
      .dataExposure, "s3 s3control", "CreateBucket PutBucketAcl PutObjectAcl", when: .holds(listTexts, publicGroups)),
    ClassEntry(
      .dataExposure, "s3 s3control", "PutBucketPolicy PutAccessPointPolicy", when: .opensToAll("requestParameters")),
    ClassEntry(
      .dataAccessChange, "s3 s3control",
      "PutBucketAcl PutBucketPolicy PutObjectAcl DeleteBucketPolicy PutBucketCors PutAccessPointPolicy"),
    ClassEntry(
      .dataExposure, "s3 s3control",
      "PutBucketPublicAccessBlock PutAccountPublicAccessBlock PutPublicAccessBlock",
      when: .contains("requestParameters.PublicAccessBlockConfiguration", ["false"])),
    ClassEntry(
      .dataAccessChange, "s3 s3control", "PutBucketPublicAccessBlock PutAccountPublicAccessBlock PutPublicAccessBlock"),
    ClassEntry(
      .dataExposure, "s3 s3control",
      "DeleteBucketPublicAccessBlock DeleteAccountPublicAccessBlock DeletePublicAccessBlock PutBucketWebsite"),
    ClassEntry(.dataExport, "s3", "PutBucketReplication"),
    ClassEntry(
      .backupChange, "s3",
      "PutBucketVersioning PutBucketLifecycle PutBucketLifecycleConfiguration DeleteBucketLifecycle"),
    ClassEntry(.encryptionRemoval, "s3", "DeleteBucketEncryption"),
    ClassEntry(.encryptionRemoval, "ec2", "DisableEbsEncryptionByDefault"),
    ClassEntry(
      .dataExposure, "ec2", "ModifySnapshotAttribute",
      when: .contains("requestParameters.createVolumePermission", [#""add""#])),
    ClassEntry(.dataAccessChange, "ec2", "ModifySnapshotAttribute ResetSnapshotAttribute"),
    ClassEntry(
      .dataExposure, "ec2", "ModifyImageAttribute", when: .contains("requestParameters.launchPermission", [#""add""#])),
    ClassEntry(.dataAccessChange, "ec2", "ModifyImageAttribute ResetImageAttribute"),
    ClassEntry(
      .dataExposure, "rds", "ModifyDBSnapshotAttribute ModifyDBClusterSnapshotAttribute",
      when: .contains("requestParameters", ["valuesToAdd"])),
    ClassEntry(.dataExport, "ec2", "CreateInstanceExportTask CreateStoreImageTask ExportImage"),
    ClassEntry(.dataExport, "rds", "StartExportTask"),
    ClassEntry(.dataExport, "dynamodb", "ExportTableToPointInTime"),
    ClassEntry(
      .dataExposure, "lambda", "CreateFunctionUrlConfig UpdateFunctionUrlConfig",
      when: .equals(["requestParameters.authType"], ["NONE"])),
    ClassEntry(
      .dataAccessChange, "lambda",
      "AddPermission20150331 AddPermission20150331v2 AddPermission AddLayerVersionPermission20181031"),
    ClassEntry(
      .dataExposure,
      "ecr ecr-public sqs sns secretsmanager elasticfilesystem glacier kms backup logs dynamodb es kinesis",
      "SetRepositoryPolicy PutRegistryPolicy SetQueueAttributes CreateQueue SetTopicAttributes CreateTopic PutResourcePolicy PutFileSystemPolicy SetVaultAccessPolicy PutKeyPolicy CreateKey PutBackupVaultAccessPolicy CreateDomain UpdateDomainConfig CreateElasticsearchDomain UpdateElasticsearchDomainConfig",
      when: .opensToAll("requestParameters")),
    ClassEntry(
      .dataExposure, "sqs sns", "AddPermission",
      when: .equals(["requestParameters.aWSAccountIds", "requestParameters.aWSAccountId"], ["*"])),
    ClassEntry(
      .dataAccessChange, "ecr sqs sns secretsmanager elasticfilesystem glacier",
      "SetRepositoryPolicy PutRegistryPolicy AddPermission SetQueueAttributes PutResourcePolicy PutFileSystemPolicy SetVaultAccessPolicy"
    ),
    ClassEntry(
      .keyManagement, "kms",
      "PutKeyPolicy CreateGrant ImportKeyMaterial CancelKeyDeletion EnableKey UpdatePrimaryRegion"),
    ClassEntry(
      .keyDestruction, "kms",
      "ScheduleKeyDeletion DisableKey DeleteImportedKeyMaterial DeleteCustomKeyStore"),
    ClassEntry(.encryptionRemoval, "kms", "DisableKeyRotation"),
    ClassEntry(.secretRead, "secretsmanager", "GetSecretValue BatchGetSecretValue"),
    ClassEntry(
      .secretRead, "ssm", "GetParameter GetParameters GetParametersByPath",
      when: .equals(["requestParameters.withDecryption"], ["true"])),
    ClassEntry(.secretRead, "ec2", "GetPasswordData"),
    ClassEntry(.secretRead, "lightsail", "DownloadDefaultKeyPair GetInstanceAccessDetails"),
    ClassEntry(.objectAccess, "s3", "GetObject PutObject CopyObject HeadObject ListObjects ListObjectsV2"),
    ClassEntry(.destructive, "s3", "DeleteBucket DeleteObject DeleteObjects"),
    ClassEntry(.destructive, "ec2", "TerminateInstances DeleteVolume DeleteSnapshot DeregisterImage DeleteSubnet"),
    ClassEntry(
      .destructive, "rds",
      "DeleteDBInstance DeleteDBCluster DeleteDBSnapshot DeleteDBClusterSnapshot DeleteGlobalCluster"),
    ClassEntry(
      .destructive, "dynamodb elasticfilesystem eks ecs redshift elasticache lambda cloudformation ecr es",
      "DeleteTable DeleteFileSystem DeleteCluster DeleteService DeleteCacheCluster DeleteFunction20150331 DeleteStack DeleteRepository BatchDeleteImage DeleteDomain"
    ),
    ClassEntry(
      .destructive, "elasticloadbalancing autoscaling kinesis firehose sqs sns fsx memorydb docdb neptune lightsail",
      "DeleteLoadBalancer DeleteAutoScalingGroup DeleteStream DeleteDeliveryStream DeleteQueue DeleteTopic DeleteFileSystem DeleteVolume DeleteCluster DeleteDBCluster DeleteDBInstance DeleteInstance DeleteDisk DeleteRelationalDatabase"
    ),
    ClassEntry(.destructive, "secretsmanager", "DeleteSecret"),
    ClassEntry(.backupChange, "rds", "DeleteDBInstanceAutomatedBackup"),
    ClassEntry(
      .backupChange, "backup",
      "DeleteBackupVault DeleteRecoveryPoint DeleteBackupPlan DeleteBackupSelection PutBackupVaultAccessPolicy DeleteBackupVaultLockConfiguration UpdateRecoveryPointLifecycle"
    ),
    ClassEntry(.backupChange, "dynamodb", "DeleteBackup UpdateContinuousBackups"),
  ]

  private static let awsExecution: [ClassEntry] = [
    ClassEntry(
      .remoteExecution, "ssm",
      "SendCommand StartSession ResumeSession StartAutomationExecution CreateAssociation UpdateAssociation"),
    ClassEntry(.remoteExecution, "ecs", "ExecuteCommand"),
    ClassEntry(.remoteExecution, "ec2-instance-connect", "SendSSHPublicKey SendSerialConsoleSSHPublicKey"),
    ClassEntry(.remoteExecution, "cloudshell", "CreateSession CreateEnvironment"),
    ClassEntry(
      .instanceTakeover, "ec2",
      "EnableSerialConsoleAccess AssociateIamInstanceProfile ReplaceIamInstanceProfileAssociation ModifyInstanceMetadataOptions"
    ),
    ClassEntry(.instanceTakeover, "ec2", "ModifyInstanceAttribute", when: .contains("requestParameters", ["userData"])),
    ClassEntry(
      .codeChange, "lambda",
      "UpdateFunctionCode20150331v2 UpdateFunctionCode UpdateFunctionConfiguration20150331v2 UpdateFunctionConfiguration CreateEventSourceMapping20150331 PublishLayerVersion20181031"
    ),
    ClassEntry(.computeCreation, "ec2", "RunInstances RequestSpotInstances RequestSpotFleet CreateFleet"),
    ClassEntry(.computeCreation, "lambda", "CreateFunction20150331 CreateFunction"),
    ClassEntry(.computeCreation, "sagemaker", "CreateNotebookInstance CreatePresignedNotebookInstanceUrl"),
    ClassEntry(.computeCreation, "lightsail", "CreateInstances"),
  ]

  private static let awsDiscovery: [ClassEntry] = [
    ClassEntry(.discovery, "sts", "GetCallerIdentity GetAccessKeyInfo"),
    ClassEntry(
      .discovery, "iam",
      "GetAccountAuthorizationDetails GetAccountSummary GetAccountPasswordPolicy GetCredentialReport GenerateCredentialReport ListUsers ListRoles ListGroups ListPolicies ListAccessKeys ListAttachedUserPolicies ListAttachedRolePolicies ListUserPolicies ListRolePolicies ListGroupsForUser ListInstanceProfiles ListSAMLProviders ListOpenIDConnectProviders ListVirtualMFADevices SimulatePrincipalPolicy"
    ),
    ClassEntry(.discovery, "organizations", "DescribeOrganization ListAccounts ListRoots ListPolicies"),
    ClassEntry(
      .discovery, "ec2",
      "DescribeInstances DescribeSecurityGroups DescribeSnapshots DescribeImages DescribeVpcs DescribeSubnets DescribeRegions DescribeInstanceAttribute DescribeKeyPairs DescribeVolumes DescribeFlowLogs GetConsoleScreenshot GetLaunchTemplateData"
    ),
    ClassEntry(
      .discovery, "s3",
      "ListBuckets GetBucketAcl GetBucketPolicy GetBucketPublicAccessBlock GetBucketLogging GetBucketVersioning"),
    ClassEntry(.discovery, "secretsmanager", "ListSecrets DescribeSecret"),
    ClassEntry(.discovery, "ssm", "DescribeParameters DescribeInstanceInformation"),
    ClassEntry(.discovery, "kms", "ListKeys ListAliases"),
    ClassEntry(.discovery, "rds", "DescribeDBInstances DescribeDBSnapshots"),
    ClassEntry(.discovery, "lambda", "ListFunctions20150331 ListFunctions"),
    ClassEntry(.discovery, "cloudtrail", "DescribeTrails GetTrailStatus GetEventSelectors LookupEvents ListTrails"),
    ClassEntry(.discovery, "guardduty", "ListDetectors GetDetector ListFindings"),
    ClassEntry(.discovery, "ses", "GetSendQuota GetAccount ListIdentities GetAccountSendingEnabled"),
    ClassEntry(.discovery, "servicequotas", "ListServiceQuotas"),
    ClassEntry(.discovery, "bedrock", "ListFoundationModels GetFoundationModelAvailability"),
  ]
}
