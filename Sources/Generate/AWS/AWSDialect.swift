// How CloudTrail writes a record: identities, the record's frame, errors. The calls are in AWSServices*.swift.

enum AWS {
  static let dialect = Dialect(
    provider: .aws,
    regions: [
      ("us-east-1", "use1", 48), ("eu-west-1", "euw1", 22), ("us-west-2", "usw2", 15), ("eu-central-1", "euc1", 10),
      ("ap-southeast-1", "apse1", 5),
    ],
    weight: 6,
    peopleZones: [0, 0, 0, 1, 1, 2, 2, 4],
    record: record,
    loginRecord: loginRecord,
    kinds: kinds,
    noFault: "",
    faulted: #""errorCode":"<errorCode>","errorMessage":"<errorMessage>","#,
    loginFaulted: #""errorMessage":"<errorMessage>","#,
    loginFailure: #"{"ConsoleLogin":"Failure"}"#,
    mfaUsed: ("Yes", "No"),
    mfaFlag: ("true", "false"),
    loginFaults: LoginFaults(
      password: Fault("", "Failed authentication"), factor: Fault("", "Failed authentication"),
      unknownUser: Fault("", "No username found in supplied account")),
    noResources: "",
    consoleAgent: nil,
    relays: [],
    verbs: verbs,
    denied: Fault(
      "AccessDenied",
      "User: <whoami> is not authorized to perform: <service>:<action> on resource: "
        + "arn:aws:<service>:<region>:<account>:<pick:app@d>/<b36:8@d> because no identity-based policy allows the "
        + "<service>:<action> action"),
    throttled: Fault("ThrottlingException", "Rate exceeded"),
    noResponse: "null",
    escapesPayload: false,
    dataCategory: ("Management", "Data"),
    readOnly: ("true", "false"),
    eventTypes: ("AwsApiCall", "AwsApiCall", "AwsApiCall", "AwsConsoleSignIn"),
    services: computeServices + storageServices + identityServices + platformServices,
    profiles: profiles,
    accounts: [("prod", 48), ("staging", 24), ("test", 18), ("security", 10)],
    cast: cast,
    ids: IDShapes(
      account: IDShape(prefix: "4", alphabet: decimalDigits, count: 11),
      user: IDShape(prefix: "AIDA", alphabet: base32Upper, count: 17),
      role: IDShape(prefix: "AROA", alphabet: base32Upper, count: 17),
      key: IDShape(prefix: "AKIA", alphabet: base32Upper, count: 16)),
    policies: [
      "AmazonS3ReadOnlyAccess", "CloudWatchReadOnlyAccess", "AmazonSSMManagedInstanceCore",
      "AmazonDynamoDBReadOnlyAccess",
    ],
    trail: "org-trail",
    loginPages: [
      "https://console.aws.amazon.com/console/home?hashArgs=%23&isauthcode=true&state=hashArgsFromTB_us-east-1",
      "https://console.aws.amazon.com/console/home?nc2=h_ct&src=header-signin",
      "https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1",
    ],
    opening: #"{"Records":["#,
    separator: ",",
    closing: "]}"
  )

  private static let record =
    #"{"eventVersion":"1.11","userIdentity":<identity>,"eventTime":"<time>","eventSource":"<source>","#
    + #""eventName":"<action>","awsRegion":"<region>","sourceIPAddress":"<ip>","userAgent":"<ua>",<fault>"#
    + #""requestParameters":<request>,"responseElements":<response>,<extra>"requestID":"<requestID>","#
    + #""eventID":"<eventID>","readOnly":<readOnly>,<resources>"eventType":"<eventType>","#
    + #""managementEvent":<management>,"recipientAccountId":"<account>","eventCategory":"<category>"<tail>}"#

  private static let loginRecord =
    #"{"eventVersion":"1.09","userIdentity":<identity>,"eventTime":"<time>","eventSource":"<source>","#
    + #""eventName":"<action>","awsRegion":"<region>","sourceIPAddress":"<ip>","userAgent":"<ua>",<fault>"#
    + #""requestParameters":<request>,"responseElements":<response>,<extra>"eventID":"<eventID>","readOnly":false,"#
    + #""eventType":"AwsConsoleSignIn","managementEvent":true,"recipientAccountId":"<account>","#
    + #""eventCategory":"Management","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","#
    + #""clientProvidedHostHeader":"<host>"}}"#

  private static let tls =
    #","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","#
    + #""clientProvidedHostHeader":"<host>"}"#

  private static let consoleTail = tls + #","sessionCredentialFromConsole":"true""#

  /// An assumed role; `web` is the provider that vouched for it, where there is one.
  private static func assumed(session: String, web: String = "", after: String = "") -> String {
    #"{"type":"AssumedRole","principalId":"<roleID>:\#(session)","arn":"arn:aws:sts::<account>:assumed-role/"#
      + #"<role>/\#(session)","accountId":"<account>","accessKeyId":"ASIA<base32:16@a>","sessionContext":{"#
      + #""sessionIssuer":{"type":"Role","principalId":"<roleID>","arn":"arn:aws:iam::<account>:role/"#
      + #"<rolePath><role>","accountId":"<account>","userName":"<role>"},\#(web)"attributes":{"#
      + #""creationDate":"<created>","mfaAuthenticated":"<mfa>"}\#(after)}}"#
  }

  private static let roleName = "arn:aws:sts::<account>:assumed-role/<role>/"

  private static let kinds: [ActorKind: KindSpec] = [
    .user: KindSpec(
      identity: #"{"type":"IAMUser","principalId":"<pid>","arn":"arn:aws:iam::<account>:user/<name>","#
        + #""accountId":"<account>","accessKeyId":"<key>","userName":"<name>"}"#,
      loginIdentity: #"{"type":"IAMUser","principalId":"<pid>","accountId":"<account>","accessKeyId":"","#
        + #""userName":"<name>"}"#,
      consoleIdentity: #"{"type":"IAMUser","principalId":"<pid>","arn":"arn:aws:iam::<account>:user/<name>","#
        + #""accountId":"<account>","accessKeyId":"ASIA<base32:16@a>","userName":"<name>","sessionContext":{"#
        + #""attributes":{"creationDate":"<created>","mfaAuthenticated":"<mfa>"}}}"#,
      whoami: "arn:aws:iam::<account>:user/<name>", tail: tls, consoleTail: consoleTail),
    .root: KindSpec(
      identity: #"{"type":"Root","principalId":"<account>","arn":"arn:aws:iam::<account>:root","#
        + #""accountId":"<account>","accessKeyId":"ASIA<base32:16@a>","sessionContext":{"attributes":{"#
        + #""creationDate":"<created>","mfaAuthenticated":"<mfa>"}}}"#,
      loginIdentity: #"{"type":"Root","principalId":"<account>","arn":"arn:aws:iam::<account>:root","#
        + #""accountId":"<account>","accessKeyId":""}"#,
      whoami: "arn:aws:iam::<account>:root", tail: consoleTail),
    .sso: KindSpec(
      identity: assumed(session: "<session>"),
      loginIdentity: #"{"type":"AssumedRole","principalId":"<roleID>:<session>","arn":"\#(roleName)<session>","#
        + #""accountId":"<account>","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"<roleID>","#
        + #""arn":"arn:aws:iam::<account>:role/<rolePath><role>","accountId":"<account>","userName":"<role>"},"#
        + #""attributes":{"creationDate":"<created>","mfaAuthenticated":"false"}}}"#,
      whoami: roleName + "<session>", tail: tls, consoleTail: consoleTail),
    .federated: KindSpec(
      identity: #"{"type":"SAMLUser","principalId":"<b64:27@s>=:<session>","userName":"<session>","#
        + #""identityProvider":"<b64:27@s>="}"#,
      whoami: roleName + "<session>", tail: tls),
    .workload: KindSpec(
      identity: assumed(session: "i-0<hex:16@s>", after: #","ec2RoleDelivery":"2.0""#),
      whoami: roleName + "i-0<hex:16@s>", tail: tls),
    .bot: KindSpec(
      identity: assumed(
        session: "<session>-<num:9@s>",
        web: #""webIdFederationData":{"federatedProvider":"arn:aws:iam::<account>:oidc-provider/"#
          + #"token.actions.githubusercontent.com","attributes":{}},"#),
      whoami: roleName + "<session>-<num:9@s>", tail: tls),
    .role: KindSpec(
      identity: assumed(session: "<session>"), whoami: roleName + "<session>", tail: tls),
    .service: KindSpec(
      identity: #"{"type":"AWSService","invokedBy":"<invoker>"}"#, whoami: "<invoker>",
      tail: #","sharedEventID":"<uuid>""#),
    .internalCall: KindSpec(
      identity: String(assumed(session: "<session>").dropLast()) + #","invokedBy":"<invoker>"}"#,
      whoami: roleName + "<session>"),
  ]
}
