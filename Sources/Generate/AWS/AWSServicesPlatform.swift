// CloudTrail calls of the remaining services: logs, metrics, parameters, analytics, deployment, DNS.

extension AWS {
  private static func service(_ key: String, _ fault: Fault, _ actions: [ActionSpec]) -> ServiceSpec {
    ServiceSpec(
      key: key, source: "\(key).amazonaws.com", host: "\(key).<region>.amazonaws.com", fault: fault, actions: actions)
  }

  private static let stack =
    "arn:aws:cloudformation:<region>:<account>:stack/<pick:app@c>-<env>/<uuid@c>"

  static let platformServices: [ServiceSpec] = [
    service(
      "logs", Fault("ResourceNotFoundException", "The specified log group does not exist."),
      [
        .read("DescribeLogGroups", #"{"logGroupNamePrefix":"/aws/lambda/<pick:app@f>","limit":50}"#),
        .read(
          "FilterLogEvents",
          #"{"logGroupName":"/aws/lambda/<pick:app@f>-<env>","filterPattern":"ERROR","interleaved":true,"limit":100}"#),
        .read(
          "StartQuery",
          #"{"logGroupNames":["/ecs/<pick:app@c>"],"queryString":"fields @timestamp, @message | sort @timestamp desc | limit 100","startTime":<createdEpoch>,"endTime":<epoch>}"#
        ),
        .write(
          "CreateLogStream",
          #"{"logGroupName":"/aws/lambda/<pick:app@f>-<env>","logStreamName":"[$LATEST]<hex:32>"}"#, "null"),
      ]),
    ServiceSpec(
      key: "cloudwatch", source: "monitoring.amazonaws.com", host: "monitoring.<region>.amazonaws.com",
      fault: Fault("InvalidParameterValueException", "The parameter MetricDataQueries is invalid."),
      actions: [
        .read("DescribeAlarms", #"{"alarmNamePrefix":"<pick:app@c>","maxRecords":100}"#),
        .read(
          "GetMetricData",
          #"{"metricDataQueries":[{"id":"m1","metricStat":{"metric":{"namespace":"AWS/ApplicationELB","metricName":"RequestCount","dimensions":[{"name":"LoadBalancer","value":"app/<pick:app@c>/<hex:16@l>"}]},"period":60,"stat":"Sum"}}],"startTime":"<created>","endTime":"<time>"}"#
        ),
      ]),
    service(
      "secretsmanager",
      Fault("ResourceNotFoundException", "Secrets Manager can't find the specified secret."),
      [
        .read("ListSecrets", #"{"maxResults":100}"#),
        .read(
          "GetSecretValue",
          #"{"secretId":"arn:aws:secretsmanager:<region>:<account>:secret:<env>/<pick:app@e>/db-<b36:6@e>"}"#),
        .write(
          "PutSecretValue",
          #"{"secretId":"<env>/<pick:app@e>/db-<b36:6@e>","clientRequestToken":"<uuid@1>","versionStages":["AWSPENDING"]}"#,
          #"{"aRN":"arn:aws:secretsmanager:<region>:<account>:secret:<env>/<pick:app@e>/db-<b36:6@e>","name":"<env>/<pick:app@e>/db","versionId":"<uuid@1>"}"#
        ),
        .write(
          "RotateSecret", #"{"secretId":"<env>/<pick:app@e>/db-<b36:6@e>","rotateImmediately":true}"#,
          #"{"aRN":"arn:aws:secretsmanager:<region>:<account>:secret:<env>/<pick:app@e>/db-<b36:6@e>","versionId":"<uuid@1>"}"#
        ),
      ]),
    service(
      "ssm", Fault("ParameterNotFound", ""),
      [
        .read(
          "GetParameter", #"{"name":"/<env>/<pick:app@p>/config","withDecryption":true}"#,
          resources:
            #""resources":[{"accountId":"<account>","ARN":"arn:aws:ssm:<region>:<account>:parameter/<env>/<pick:app@p>/config"}],"#
        ),
        .write(
          "PutParameter",
          #"{"name":"/<env>/<pick:app@p>/config","value":"HIDDEN_DUE_TO_SECURITY_REASONS","type":"SecureString","overwrite":true,"tier":"Standard"}"#,
          #"{"version":<int:300>,"tier":"Standard"}"#),
        .write(
          "UpdateInstanceInformation",
          #"{"instanceId":"i-0<hex:16@s>","agentVersion":"3.3.2299.0","agentStatus":"Active","platformType":"Linux","platformName":"Amazon Linux","platformVersion":"2023","iPAddress":"<ip10@s>","computerName":"ip-<hex:8@s>.<region>.compute.internal","agentName":"amazon-ssm-agent"}"#,
          "null"),
        .write(
          "StartSession", #"{"target":"i-0<hex:16@i>"}"#,
          #"{"sessionId":"<session>-<b36:17@1>","tokenValue":"Value hidden due to security reasons.","streamUrl":"wss://ssmmessages.<region>.amazonaws.com/v1/data-channel/<session>-<b36:17@1>?role=publish_subscribe"}"#
        ),
        .write(
          "SendCommand",
          #"{"instanceIds":["i-0<hex:16@i>"],"documentName":"AWS-RunShellScript","timeoutSeconds":600,"parameters":"HIDDEN_DUE_TO_SECURITY_REASONS","interactive":false}"#,
          #"{"command":{"commandId":"<uuid@1>","documentName":"AWS-RunShellScript","status":"Pending","instanceIds":["i-0<hex:16@i>"],"targetCount":1,"completedCount":0,"errorCount":0}}"#
        ),
      ]),
    service(
      "cloudformation", Fault("ValidationException", "Stack with id <pick:app@9>-<env> does not exist"),
      [
        .read("DescribeStacks", #"{"stackName":"\#(stack)"}"#),
        .write(
          "CreateChangeSet",
          #"{"stackName":"\#(stack)","changeSetName":"deploy-<num:10@1>","changeSetType":"UPDATE","capabilities":["CAPABILITY_IAM","CAPABILITY_NAMED_IAM"],"parameters":[{"parameterKey":"ImageTag","parameterValue":"<hex:12@2>"}],"templateURL":"https://artifacts-<account>.s3.<region>.amazonaws.com/templates/<hex:32@3>.yaml"}"#,
          #"{"id":"arn:aws:cloudformation:<region>:<account>:changeSet/deploy-<num:10@1>/<uuid@4>","stackId":"\#(stack)"}"#
        ),
        .write(
          "ExecuteChangeSet", #"{"stackName":"\#(stack)","changeSetName":"deploy-<num:10@1>"}"#, "null"),
      ]),
    service(
      "athena", Fault("InvalidRequestException", "QueryExecution <uuid@9> was not found"),
      [
        .write(
          "StartQueryExecution",
          #"{"queryString":"HIDDEN_DUE_TO_SECURITY_REASONS","clientRequestToken":"<uuid@1>","queryExecutionContext":{"database":"<pick:team@2>"},"workGroup":"primary","resultConfiguration":{"outputLocation":"s3://athena-results-<account>/<pick:team@2>/"}}"#,
          #"{"queryExecutionId":"<uuid@3>"}"#),
        .read("GetQueryExecution", #"{"queryExecutionId":"<uuid@s>"}"#),
        .read("GetQueryResults", #"{"queryExecutionId":"<uuid@s>","maxResults":1000}"#),
      ]),
    service(
      "glue", Fault("EntityNotFoundException", "Table <pick:app@9> not found."),
      [
        .read("GetTable", #"{"databaseName":"<pick:team@2>","name":"<pick:app@q>_daily"}"#),
        .read("GetDatabases", #"{"maxResults":100}"#),
      ]),
    service(
      "config", Fault("NoSuchConfigRuleException", "The rule does not exist."),
      [.read("DescribeConfigRules", #"{"configRuleNames":["<pick:app@2>-encrypted"]}"#)]),
    service(
      "guardduty", Fault("BadRequestException", "The request is rejected because the input detectorId is not valid."),
      [.read("ListFindings", #"{"detectorId":"<hex:32@g>","maxResults":50}"#)]),
    service(
      "quicksight", Fault("ResourceNotFoundException", "Dashboard not found."),
      [.read("DescribeDashboard", #"{"awsAccountId":"<account>","dashboardId":"<uuid@h>"}"#)]),
    service(
      "states", Fault("ExecutionLimitExceeded", "The maximum number of running executions has been reached"),
      [
        .write(
          "StartExecution",
          #"{"stateMachineArn":"arn:aws:states:<region>:<account>:stateMachine:<pick:app@w>-flow","input":"HIDDEN_DUE_TO_SECURITY_REASONS","name":"<uuid@1>"}"#,
          #"{"executionArn":"arn:aws:states:<region>:<account>:execution:<pick:app@w>-flow:<uuid@1>","startDate":"<time>"}"#
        )
      ]),
    ServiceSpec(
      key: "route53", source: "route53.amazonaws.com", host: "route53.amazonaws.com", isGlobal: true,
      fault: Fault("InvalidChangeBatch", "Tried to delete resource record set but it was not found"),
      actions: [
        .write(
          "ChangeResourceRecordSets",
          #"{"hostedZoneId":"Z<base32:20@z>","changeBatch":{"changes":[{"action":"UPSERT","resourceRecordSet":{"name":"<pick:app@1>.internal.example","type":"CNAME","tTL":60,"resourceRecords":[{"value":"<pick:app@1>-<num:9>.<region>.elb.amazonaws.com"}]}}]}}"#,
          #"{"changeInfo":{"id":"/change/C<base32:20>","status":"PENDING","submittedAt":"<time>"}}"#)
      ]),
  ]
}
