// CloudTrail calls of storage, database, queue and key services and what they look like.

extension AWS {
  private static let bucket = "<pick:app@b>-<pick:bucketUse@b>-<account>"
  private static let bucketRequest = #"{"bucketName":"\#(bucket)","Host":"\#(bucket).s3.<region>.amazonaws.com"}"#

  private static let objectResources =
    #""resources":[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::\#(bucket)/<pick:folder@o>/<hex:24@o>.json"},{"#
    + #""accountId":"<account>","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::\#(bucket)"}],"#

  private static let objectRequest =
    #"{"bucketName":"\#(bucket)","Host":"\#(bucket).s3.<region>.amazonaws.com","key":"<pick:folder@o>/<hex:24@o>.json"}"#

  private static let transfer =
    #""additionalEventData":{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256","#
    + #""bytesTransferredIn":<int:90000>,"AuthenticationMethod":"AuthHeader","x-amz-id-2":"<b64:75>=","#
    + #""bytesTransferredOut":<int:400000>},"#

  private static let keyResources =
    #""resources":[{"accountId":"<account>","type":"AWS::KMS::Key","ARN":"arn:aws:kms:<region>:<account>:key/<uuid@k>"}],"#

  private static func tableRequest(_ rest: String) -> String {
    #"{"tableName":"<pick:app@q>-<env>",\#(rest)}"#
  }

  private static let tableResources =
    #""resources":[{"accountId":"<account>","type":"AWS::DynamoDB::Table","ARN":"arn:aws:dynamodb:<region>:<account>:table/<pick:app@q>-<env>"}],"#

  static let storageServices: [ServiceSpec] = [
    ServiceSpec(
      key: "s3", source: "s3.amazonaws.com", host: "s3.<region>.amazonaws.com",
      fault: Fault("NoSuchKey", "The specified key does not exist."),
      denied: Fault(
        "AccessDenied",
        "User: <whoami> is not authorized to perform: s3:<action> on resource: \\\"arn:aws:s3:::\(bucket)\\\" because no "
          + "identity-based policy allows the s3:<action> action"),
      actions: [
        .read("GetObject", objectRequest, resources: objectResources, extra: transfer, data: true),
        .read(
          "ListObjects",
          #"{"list-type":"2","bucketName":"\#(bucket)","encoding-type":"url","prefix":"<pick:folder@o>/","delimiter":"/","Host":"\#(bucket).s3.<region>.amazonaws.com"}"#,
          resources:
            #""resources":[{"accountId":"<account>","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::\#(bucket)"}],"#,
          extra: transfer, data: true),
        .write("PutObject", objectRequest, resources: objectResources, extra: transfer, data: true),
        .write("DeleteObject", objectRequest, resources: objectResources, extra: transfer, data: true),
        .read("ListBuckets", #"{"Host":"s3.<region>.amazonaws.com"}"#, extra: transfer),
        .read("GetBucketLocation", bucketRequest, extra: transfer),
        .read("GetBucketPolicy", bucketRequest, extra: transfer),
        .read("GetBucketAcl", bucketRequest, extra: transfer),
        .write(
          "PutBucketPolicy",
          #"{"bucketName":"\#(bucket)","Host":"\#(bucket).s3.<region>.amazonaws.com","policy":"","bucketPolicy":{"Version":"2012-10-17","Statement":[{"Sid":"TlsOnly","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::\#(bucket)/*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}}"#,
          extra: transfer),
        .write("DeleteBucket", bucketRequest, extra: transfer),
      ]),
    ServiceSpec(
      key: "dynamodb", source: "dynamodb.amazonaws.com", host: "dynamodb.<region>.amazonaws.com",
      fault: Fault("ConditionalCheckFailedException", "The conditional request failed"),
      actions: [
        .read("DescribeTable", #"{"tableName":"<pick:app@q>-<env>"}"#),
        .read(
          "GetItem", tableRequest(#""key":{"id":"<uuid>"},"consistentRead":true"#), resources: tableResources,
          data: true),
        .read("Query", tableRequest(#""indexName":"by-owner","limit":50"#), resources: tableResources, data: true),
        .write(
          "PutItem", tableRequest(#""key":{"id":"<uuid>"},"items":["id","owner","updated"]"#),
          resources: tableResources,
          data: true),
        .write("DeleteTable", #"{"tableName":"<pick:app@1>-<b36:6@1>"}"#),
      ]),
    ServiceSpec(
      key: "rds", source: "rds.amazonaws.com", host: "rds.<region>.amazonaws.com",
      fault: Fault("DBInstanceNotFoundFault", "DBInstance <pick:app@9>-db not found."),
      actions: [
        .read("DescribeDBInstances", #"{"dBInstanceIdentifier":"<pick:app@x>-db-<env>"}"#),
        .write(
          "DeleteDBInstance",
          #"{"dBInstanceIdentifier":"<pick:app@1>-db-<b36:4@1>","skipFinalSnapshot":true,"deleteAutomatedBackups":true}"#,
          #"{"dBInstanceIdentifier":"<pick:app@1>-db-<b36:4@1>","dBInstanceStatus":"deleting","engine":"postgres","dBInstanceClass":"db.r6g.large","allocatedStorage":200,"multiAZ":true,"storageEncrypted":true}"#
        ),
      ]),
    ServiceSpec(
      key: "kms", source: "kms.amazonaws.com", host: "kms.<region>.amazonaws.com",
      fault: Fault("NotFoundException", "Key 'arn:aws:kms:<region>:<account>:key/<uuid@9>' does not exist"),
      actions: [
        .read(
          "Decrypt",
          #"{"encryptionContext":{"aws:s3:arn":"arn:aws:s3:::\#(bucket)"},"encryptionAlgorithm":"SYMMETRIC_DEFAULT","keyId":"arn:aws:kms:<region>:<account>:key/<uuid@k>"}"#,
          resources: keyResources, extra: #""additionalEventData":{"keyMaterialId":"<hex:64@k>"},"#),
        .read(
          "GenerateDataKey",
          #"{"keyId":"arn:aws:kms:<region>:<account>:key/<uuid@k>","keySpec":"AES_256","encryptionContext":{"aws:s3:arn":"arn:aws:s3:::\#(bucket)"}}"#,
          resources: keyResources, extra: #""additionalEventData":{"keyMaterialId":"<hex:64@k>"},"#),
        .read("DescribeKey", #"{"keyId":"<uuid@k>"}"#, resources: keyResources),
      ]),
    ServiceSpec(
      key: "sqs", source: "sqs.amazonaws.com", host: "sqs.<region>.amazonaws.com",
      fault: Fault("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist."),
      actions: [
        .write(
          "SendMessage",
          #"{"queueUrl":"https://sqs.<region>.amazonaws.com/<account>/<pick:app@u>-<env>","messageBody":"HIDDEN_DUE_TO_SECURITY_REASONS"}"#,
          #"{"messageId":"<uuid>","mD5OfMessageBody":"<hex:32>"}"#,
          resources:
            #""resources":[{"accountId":"<account>","type":"AWS::SQS::Queue","ARN":"arn:aws:sqs:<region>:<account>:<pick:app@u>-<env>"}],"#,
          data: true),
        .read(
          "ReceiveMessage",
          #"{"queueUrl":"https://sqs.<region>.amazonaws.com/<account>/<pick:app@u>-<env>","maxNumberOfMessages":10,"waitTimeSeconds":20}"#,
          resources:
            #""resources":[{"accountId":"<account>","type":"AWS::SQS::Queue","ARN":"arn:aws:sqs:<region>:<account>:<pick:app@u>-<env>"}],"#,
          data: true),
      ]),
    ServiceSpec(
      key: "sns", source: "sns.amazonaws.com", host: "sns.<region>.amazonaws.com",
      fault: Fault("NotFoundException", "Topic does not exist"),
      actions: [
        .write(
          "Publish",
          #"{"topicArn":"arn:aws:sns:<region>:<account>:<pick:app@u>-events","message":"HIDDEN_DUE_TO_SECURITY_REASONS","messageStructure":"json"}"#,
          #"{"messageId":"<uuid>"}"#, data: true)
      ]),
  ]
}
