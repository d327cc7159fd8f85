// CloudTrail calls of identity, sign-in, audit and organisation services and what they look like.

extension AWS {
  private static let consoleResponse = #"{"ConsoleLogin":"Success"}"#
  private static let consoleExtra =
    #""additionalEventData":{"LoginTo":"<loginTo>","MobileVersion":"No","MFAUsed":"<mfaUsed>"},"#

  private static let assumeRequest =
    #"{"roleArn":"arn:aws:iam::<account>:role/<pick:app@r>-<env>","roleSessionName":"<pick:app@r>-<hex:12@1>","durationSeconds":3600}"#

  private static let credentials =
    #""credentials":{"accessKeyId":"ASIA<base32:16@2>","sessionToken":"<b64:220@3>==","expiration":"<inAnHour>"}"#

  private static let assumeResponse =
    #"{\#(credentials),"assumedRoleUser":{"assumedRoleId":"AROA<base32:17@r>:<pick:app@r>-<hex:12@1>","arn":"arn:aws:sts::<account>:assumed-role/<pick:app@r>-<env>/<pick:app@r>-<hex:12@1>"}}"#

  private static let roleResources =
    #""resources":[{"accountId":"<account>","type":"AWS::IAM::Role","ARN":"arn:aws:iam::<account>:role/<pick:app@r>-<env>"}],"#

  private static let trust =
    #"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"#
    + #"\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"#

  static let identityServices: [ServiceSpec] = [
    ServiceSpec(
      key: "signin", source: "signin.amazonaws.com", host: "us-east-1.signin.aws.amazon.com", isGlobal: true,
      fault: Fault("", "Failed authentication"),
      actions: [
        ActionSpec(
          name: "ConsoleLogin", write: true, request: "null", response: consoleResponse, extra: consoleExtra,
          isLogin: true)
      ]),
    ServiceSpec(
      key: "sts", source: "sts.amazonaws.com", host: "sts.<region>.amazonaws.com",
      fault: Fault("ExpiredTokenException", "The security token included in the request is expired"),
      denied: Fault(
        "AccessDenied",
        "User: <whoami> is not authorized to perform: sts:<action> on resource: arn:aws:iam::<account>:role/<pick:app@r>-<env>"
      ),
      actions: [
        .read("GetCallerIdentity", "null"),
        ActionSpec(
          name: "AssumeRole", write: false, request: assumeRequest, response: assumeResponse, resources: roleResources),
        ActionSpec(
          name: "AssumeRole", write: false,
          request:
            #"{"roleArn":"arn:aws:iam::<account>:role/<target>","roleSessionName":"<name>","durationSeconds":43200}"#,
          response:
            #"{"credentials":{"accessKeyId":"ASIA<base32:16@t>","sessionToken":"<b64:220@3>==","expiration":"<expires>"},"assumedRoleUser":{"assumedRoleId":"<targetPID>:<name>","arn":"arn:aws:sts::<account>:assumed-role/<target>/<name>"}}"#,
          resources:
            #""resources":[{"accountId":"<account>","type":"AWS::IAM::Role","ARN":"arn:aws:iam::<account>:role/<target>"}],"#,
          alias: "elevated"),
        ActionSpec(
          name: "AssumeRoleWithWebIdentity", write: false,
          request:
            #"{"roleArn":"arn:aws:iam::<account>:role/<role>","roleSessionName":"<session>","durationSeconds":3600}"#,
          response:
            #"{\#(credentials),"subjectFromWebIdentityToken":"repo:acme/<pick:app@1>:ref:refs/heads/main","assumedRoleUser":{"assumedRoleId":"<roleID>:<session>","arn":"arn:aws:sts::<account>:assumed-role/<role>/<session>"},"provider":"arn:aws:iam::<account>:oidc-provider/token.actions.githubusercontent.com","audience":"sts.amazonaws.com"}"#,
          resources: roleResources),
        ActionSpec(
          name: "AssumeRoleWithSAML", write: false,
          request:
            #"{"sAMLAssertionID":"_<uuid@1>","roleSessionName":"<session>","durationSeconds":3600,"roleArn":"arn:aws:iam::<account>:role/<role>","principalArn":"arn:aws:iam::<account>:saml-provider/corp"}"#,
          response:
            #"{\#(credentials),"assumedRoleUser":{"assumedRoleId":"<roleID>:<session>","arn":"arn:aws:sts::<account>:assumed-role/<role>/<session>"},"subjectType":"persistent","issuer":"https://sso.corp.example/saml","audience":"https://signin.aws.amazon.com/saml"}"#,
          resources: roleResources),
      ]),
    ServiceSpec(
      key: "iam", source: "iam.amazonaws.com", host: "iam.amazonaws.com", isGlobal: true,
      fault: Fault("NoSuchEntityException", "The user with name <pick:app@9>-svc cannot be found."),
      denied: Fault(
        "AccessDenied",
        "User: <whoami> is not authorized to perform: iam:<action> on resource: user <target> because no identity-based "
          + "policy allows the iam:<action> action"),
      actions: [
        .read("ListUsers", #"{"maxItems":100}"#), .read("ListRoles", #"{"maxItems":100}"#),
        .read("GetUser", #"{"userName":"<target>"}"#), .read("GetRole", #"{"roleName":"<pick:app@r>-<env>"}"#),
        .read("ListAttachedRolePolicies", #"{"roleName":"<pick:app@r>-<env>"}"#),
        .read("ListAccessKeys", #"{"userName":"<target>"}"#), .read("GetAccountSummary", "null"),
        .write(
          "CreateUser", #"{"userName":"<target>"}"#,
          #"{"user":{"path":"/","userName":"<target>","userId":"<targetPID>","arn":"arn:aws:iam::<account>:user/<target>","createDate":"<time>"}}"#
        ),
        .write(
          "CreateLoginProfile", #"{"userName":"<target>","passwordResetRequired":false}"#,
          #"{"loginProfile":{"userName":"<target>","createDate":"<time>","passwordResetRequired":false}}"#),
        .write(
          "CreateAccessKey", #"{"userName":"<target>"}"#,
          #"{"accessKey":{"accessKeyId":"<targetKey>","status":"Active","userName":"<target>","createDate":"<time>"}}"#),
        .write(
          "UpdateAccessKey", #"{"userName":"<target>","status":"Inactive","accessKeyId":"AKIA<base32:16@1>"}"#, "null"),
        .write("DeleteAccessKey", #"{"userName":"<target>","accessKeyId":"AKIA<base32:16@1>"}"#, "null"),
        .write("AttachUserPolicy", #"{"userName":"<target>","policyArn":"arn:aws:iam::aws:policy/<policy>"}"#, "null"),
        .write(
          "PutUserPolicy",
          #"{"userName":"<target>","policyName":"inline-<b36:6@1>","policyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}"#,
          "null"),
        .write("AddUserToGroup", #"{"groupName":"<pick:team>","userName":"<target>"}"#, "null"),
        .write(
          "CreateRole",
          #"{"path":"/","roleName":"<pick:app@r>-<b36:5@1>","description":"<pick:app@r>","assumeRolePolicyDocument":"\#(trust)"}"#,
          #"{"role":{"path":"/","roleName":"<pick:app@r>-<b36:5@1>","roleId":"AROA<base32:17@1>","arn":"arn:aws:iam::<account>:role/<pick:app@r>-<b36:5@1>","createDate":"<time>"}}"#
        ),
        .write(
          "AttachRolePolicy",
          #"{"roleName":"<pick:app@r>-<env>","policyArn":"arn:aws:iam::aws:policy/<policy>"}"#, "null"),
        .write(
          "PutRolePolicy",
          #"{"roleName":"<pick:app@r>-<env>","policyName":"<pick:app@r>-runtime","policyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\",\"s3:PutObject\"],\"Resource\":\"arn:aws:s3:::<pick:app@r>-data/*\"}]}"}"#,
          "null"),
      ]),
    ServiceSpec(
      key: "cloudtrail", source: "cloudtrail.amazonaws.com", host: "cloudtrail.<region>.amazonaws.com",
      fault: Fault("TrailNotFoundException", "Unknown trail: <trail> for the user: <account>"),
      actions: [
        .read("DescribeTrails", #"{"trailNameList":[],"includeShadowTrails":true}"#),
        .read("GetTrailStatus", #"{"name":"<trail>"}"#),
        .read(
          "LookupEvents",
          #"{"maxResults":50,"lookupAttributes":[{"attributeKey":"ReadOnly","attributeValue":"false"}]}"#),
        .write("StopLogging", #"{"name":"arn:aws:cloudtrail:<region>:<account>:trail/<trail>"}"#, "null"),
        .write("StartLogging", #"{"name":"arn:aws:cloudtrail:<region>:<account>:trail/<trail>"}"#, "null"),
        .write("DeleteTrail", #"{"name":"arn:aws:cloudtrail:<region>:<account>:trail/<trail>"}"#, "null"),
      ]),
    ServiceSpec(
      key: "organizations", source: "organizations.amazonaws.com", host: "organizations.us-east-1.amazonaws.com",
      isGlobal: true,
      fault: Fault("AWSOrganizationsNotInUseException", "Your account is not a member of an organization."),
      actions: [.read("ListAccounts", #"{"maxResults":20}"#)]),
    ServiceSpec(
      key: "ce", source: "ce.amazonaws.com", host: "ce.us-east-1.amazonaws.com", isGlobal: true,
      fault: Fault("DataUnavailableException", "Data is not available. Please try to adjust the time period."),
      actions: [
        .read(
          "GetCostAndUsage",
          #"{"granularity":"MONTHLY","metrics":["UnblendedCost"],"groupBy":[{"type":"DIMENSION","key":"SERVICE"}]}"#)
      ]),
  ]
}
