/// What the actions of AWS mean that record and watch. A trail that is told to record more is no tampering.
extension ClassEntries {
  static let awsLogging: [ClassEntry] = [
    ClassEntry(
      .loggingTamper, "cloudtrail",
      "StopLogging DeleteTrail DeleteEventDataStore StopEventDataStoreIngestion UpdateEventDataStore DeleteChannel"),
    // Elsewhere, under another key, or less; a trail that records more is no tampering.
    ClassEntry(
      .loggingTamper, "cloudtrail", "UpdateTrail",
      when: .has([
        "requestParameters.s3BucketName", "requestParameters.kmsKeyId", "requestParameters.s3KeyPrefix",
        "requestParameters.cloudWatchLogsLogGroupArn",
      ])),
    ClassEntry(
      .loggingTamper, "cloudtrail", "UpdateTrail",
      when: .equals(
        [
          "requestParameters.isMultiRegionTrail", "requestParameters.includeGlobalServiceEvents",
          "requestParameters.enableLogFileValidation", "requestParameters.isOrganizationTrail",
        ], ["false"])),
    ClassEntry(
      .loggingTamper, "cloudtrail", "PutEventSelectors",
      when: .equals(["requestParameters.eventSelectors.readWriteType"], ["ReadOnly", "WriteOnly"])),
    ClassEntry(
      .loggingTamper, "cloudtrail", "PutEventSelectors",
      when: .equals(["requestParameters.eventSelectors.includeManagementEvents"], ["false"])),
    ClassEntry(
      .loggingTamper, "cloudtrail", "PutEventSelectors",
      when: .holds(["requestParameters.eventSelectors.excludeManagementEventSources"], ["amazonaws"])),
    ClassEntry(
      .loggingTamper, "cloudtrail", "PutEventSelectors",
      when: .lacks("requestParameters.advancedEventSelectors", ["Management"])),
    ClassEntry(
      .loggingTamper, "cloudtrail", "PutEventSelectors",
      when: .contains("requestParameters.advancedEventSelectors", ["readOnly"])),
    ClassEntry(.loggingChange, "cloudtrail", "UpdateTrail PutEventSelectors"),
    ClassEntry(
      .loggingChange, "cloudtrail", "CreateTrail StartLogging PutInsightSelectors CreateEventDataStore AddTags"),
    ClassEntry(.loggingTamper, "ec2", "DeleteFlowLogs"),
    ClassEntry(.loggingChange, "ec2", "CreateFlowLogs"),
    ClassEntry(.loggingTamper, "logs", "DeleteLogGroup DeleteLogStream DeleteSubscriptionFilter DeleteMetricFilter"),
    ClassEntry(.loggingTamper, "logs", "PutRetentionPolicy", when: .below("requestParameters.retentionInDays", 90)),
    ClassEntry(.loggingChange, "logs", "PutRetentionPolicy"),
    ClassEntry(.loggingTamper, "route53resolver", "DeleteResolverQueryLogConfig DisassociateResolverQueryLogConfig"),
    ClassEntry(.loggingTamper, "config", "StopConfigurationRecorder DeleteConfigurationRecorder DeleteDeliveryChannel"),
    ClassEntry(
      .loggingTamper, "s3", "PutBucketLogging",
      when: .lacks("requestParameters.BucketLoggingStatus", ["LoggingEnabled"])),
    ClassEntry(.loggingChange, "s3", "PutBucketLogging"),
    ClassEntry(
      .monitoringTamper, "guardduty", "UpdateDetector", when: .equals(["requestParameters.enable"], ["false"])),
    ClassEntry(
      .monitoringTamper, "guardduty",
      "DeleteDetector DisassociateFromMasterAccount DisassociateFromAdministratorAccount DisassociateMembers StopMonitoringMembers DeleteMembers CreateFilter UpdateFilter CreateIPSet UpdateIPSet DeletePublishingDestination"
    ),
    ClassEntry(
      .monitoringTamper, "securityhub",
      "DisableSecurityHub BatchDisableStandards DisassociateFromAdministratorAccount DeleteMembers"),
    ClassEntry(.monitoringTamper, "cloudwatch", "DeleteAlarms DisableAlarmActions"),
    ClassEntry(.monitoringTamper, "events", "DisableRule DeleteRule RemoveTargets"),
    ClassEntry(.monitoringTamper, "config", "DeleteConfigRule DeleteEvaluationResults DeleteRemediationConfiguration"),
    ClassEntry(.monitoringTamper, "macie2", "DisableMacie DisableOrganizationAdminAccount"),
    ClassEntry(.monitoringTamper, "inspector2", "Disable"),
    ClassEntry(.monitoringTamper, "access-analyzer", "DeleteAnalyzer CreateArchiveRule"),
    ClassEntry(
      .monitoringTamper, "wafv2 waf waf-regional", "DeleteWebACL DisassociateWebACL DeleteLoggingConfiguration"),
  ]
}
