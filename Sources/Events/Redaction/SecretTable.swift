/// What counts as a secret: the names that hold one, the names that only sound like it, and the marks of a value.
///
/// This file is data. `SecretIndex` turns the names into a lookup, `Redactor` applies them, `docs/REDACTION.md` lists
/// the same for readers and a test compares the two. Names are written as they are compared: lower-case, without
/// `_`, `-`, `.` and spaces, without trailing digits (`AuthenticationCode1` is `authenticationcode`).
enum SecretTable {
  /// Everything below these names is secret: strings, and the strings of objects and arrays.
  static let names = [
    "sessiontoken", "securitytoken", "ststoken", "temporarytoken", "xamzsecuritytoken", "xacssecuritytoken",
    "xosssecuritytoken", "xcossecuritytoken", "xtctoken", "secretaccesskey", "accesskeysecret", "secretkey",
    "tmpsecretkey", "secretstring", "secretbinary", "secretdata", "secretvalue", "password", "passwd", "newpassword",
    "oldpassword", "masteruserpassword", "masterpassword", "loginpassword", "instancepassword", "adminpassword",
    "administratorpassword", "administratorloginpassword", "dbpassword", "dbpass", "rootpassword", "userpassword",
    "sqlpassword", "mysqlpwd", "passphrase", "pwd", "pass", "userpass", "rootpass", "adminpass", "smtppass",
    "passwords",
    "passwordhash", "passwordcredential", "proxyauthorization", "xauthtoken",
    "setcookie", "xapikey", "privatekey", "privatekeydata",
    "keymaterial", "privatekeymaterial", "importedkeymaterial", "encryptedkeymaterial", "presharedkey", "accountkey",
    "storageaccountkey", "sharedaccesskey", "base32stringseed", "qrcodepng", "samlassertion",
    "samlresponse", "webidentitytoken", "idtoken", "accesstoken", "refreshtoken", "bearertoken", "authtoken",
    "apitoken", "csrftoken", "signintoken", "xamzsignature", "xgoogsignature", "xosssignature",
    "qsignature", "clientsecret", "appsecret", "clientassertion", "authorizationcode", "codeverifier",
    "connectionstring", "primaryconnectionstring", "secondaryconnectionstring", "sastoken", "sasurl",
    "accountsastoken", "servicesastoken", "plaintext", "plaintextkey", "plaintextdatakey", "seed", "stringseed",
    "secrettext", "secretkeys", "accesskeysecrets", "privatekeys", "privatekeypem", "privatekeybody", "clientkeydata",
    "kubeconfig", "sessioncookie", "oidctoken", "appkey", "xtcsignature",
  ]

  /// One-time codes: like `names`, and here a number is a secret too.
  static let codes = [
    "otp", "totp", "mfacode", "tokencode", "authenticationcode", "verificationcode", "verifycode", "securitycode",
    "smscode", "recoverycode", "otpcode", "totpcode", "pincode", "pin", "passcode", "activationcode",
  ]

  /// Names that hold a secret or the id of one: a string that is an id stays.
  static let ambiguous = ["apikey", "secret", "token", "secrets", "tokens"]

  /// Names under which an object describes the thing, as Azure's `authorization` does: its own keys tell what is in it.
  static let shallow = ["apikey", "secret", "token", "authorization", "signature", "cookie"]

  /// Any name that ends so is secret.
  static let suffixes = [
    "password", "passwd", "secretkey", "accesskeysecret", "secretaccesskey", "privatekey", "sessiontoken",
    "securitytoken", "accesstoken", "refreshtoken", "authtoken", "bearertoken", "clientsecret", "appsecret",
    "apisecret", "sharedsecret", "consumersecret", "signingsecret", "webhooksecret", "jwtsecret", "passphrase",
    "passwords", "pwd", "passwordhash", "mfasecret", "otpsecret",
  ]

  /// Any name is secret whose last word is one of these: `smtpPass`, `DB_PASS`, `SLACK_TOKEN`, not `bypass`.
  static let lastWords = ["pass", "token", "secret"]

  /// Names that end like a secret and hold none.
  static let exceptions = [
    "allowuserstochangepassword", "allowuserchangepassword", "changepassword", "requirepassword", "haspassword",
    "generatepassword", "managemasteruserpassword", "rotatemasteruserpassword", "hasprivatekey", "isprivatekey",
    "generatesecretkey", "nexttoken", "nextpagetoken", "pagetoken", "paginationtoken", "continuationtoken",
    "continuetoken", "skiptoken", "deltatoken", "synctoken", "cursortoken", "clienttoken", "clientrequesttoken",
    "idempotencytoken", "idempotenttoken", "startingtoken", "resumetoken", "previoustoken", "nextforwardtoken",
    "nextbackwardtoken", "sequencetoken", "nextsequencetoken", "uploadsequencetoken", "changetoken", "locktoken",
    "updatetoken", "creationtoken", "querytoken", "deduplicationtoken", "imagepullsecret",
  ]

  /// Names that only as a parameter (`name=value`) mean a secret; as a key they are as often something else.
  static let parameters = ["sig"]

  /// HTTP headers: in a text, `name: value` hides the rest of the line.
  static let headers = [
    "authorization", "proxyauthorization", "cookie", "setcookie", "xapikey", "xauthtoken", "xamzsecuritytoken",
    "xacssecuritytoken", "xosssecuritytoken", "xcossecuritytoken", "xtctoken",
  ]

  /// `{"name": "DB_PASSWORD", "value": "..."}`: a value under a second name is secret when the first says so.
  static let pairNames = ["name", "key", "parameterkey", "parametername", "headername", "variablename"]
  static let pairValues = ["value", "parametervalue", "headervalue", "variablevalue", "stringvalue"]

  /// A text that starts a word with one of these, followed by at least so many token bytes, holds a token.
  static let tokenPrefixes: [(prefix: String, rest: Int)] = [
    ("ghp_", 20), ("gho_", 20), ("ghu_", 20), ("ghs_", 20), ("ghr_", 20), ("github_pat_", 20), ("glpat-", 16),
    ("xoxb-", 10), ("xoxp-", 10), ("xoxa-", 10), ("xoxe-", 10), ("xoxr-", 10), ("xoxs-", 10), ("xapp-", 10),
    ("AIza", 30), ("npm_", 30), ("sk_live_", 16), ("rk_live_", 16), ("sk-ant-", 16), ("hvs_", 20),
    ("k8s-aws-v1.", 20),
  ]

  /// Under an ambiguous name a value that starts so is an id.
  static let idPrefixes = ["AKIA", "ASIA", "LTAI", "AKID", "STS.", "arn:", "acs:", "qcs:"]

  /// Values that a provider has already masked, and the answers of a switch. A value of asterisks only counts too.
  static let masks = [
    "[redacted]", "[REDACTED]", "<redacted>", "REDACTED", "HIDDEN_DUE_TO_SECURITY_REASONS", "<sensitiveDataRemoved>",
    "sensitiveDataRemoved", "(sensitive)", "<masked>", "[MASKED]", "MASKED", "true", "false", "True", "False", "null",
  ]

  /// What stands in the place of a secret.
  static let mark = "[redacted]"
}
