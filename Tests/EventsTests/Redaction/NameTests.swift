/// Which names hide their values, in the spellings of the providers, and which stay.
import Testing

@testable import Events

/// One spelling of a name of the table for each style a provider writes.
private func spellings(_ name: String) -> [String] {
  let capital = name.prefix(1).uppercased() + name.dropFirst()
  let middle = name.index(name.startIndex, offsetBy: name.count / 2)
  let (head, tail) = (name[..<middle], name[middle...])
  return [name, capital, name.uppercased()] + ["_", "-", " "].map { head + $0 + tail }
}

@Suite struct NameTests {
  @Test(arguments: SecretTable.names + SecretTable.codes + SecretTable.ambiguous + SecretTable.shallow)
  func everySecretNameHidesItsStringInEverySpelling(name: String) {
    for key in spellings(name) {
      #expect(
        redacted(#"{"a":1,"\#(key)":"Zq9!vX_long value","b":"c"}"#).text == #"{"a":1,"\#(key)":"[redacted]","b":"c"}"#)
      #expect(redactedText("Zq9!vX", key: key).text == "[redacted]", "\(key)")
    }
  }

  @Test(arguments: SecretTable.suffixes)
  func everySuffixHidesWhateverStandsBefore(suffix: String) {
    for key in ["my\(suffix)", "Orders_\(suffix.uppercased())", "a.b.\(suffix)", "x/\(suffix)", "\(suffix)2"] {
      #expect(redacted(#"{"\#(key)":"Zq9!vX"}"#).text == #"{"\#(key)":"[redacted]"}"#)
    }
  }

  @Test(arguments: SecretTable.names)
  func everyNameHidesTheStringsOfItsObjectsAndArrays(name: String) {
    let value = #"{"a":["x9",{"b":"y9"}],"n":7,"t":true,"z":null}"#
    let hidden = #"{"a":["[redacted]",{"b":"[redacted]"}],"n":7,"t":true,"z":null}"#
    #expect(redacted(#"{"\#(name)":\#(value),"after":"kept"}"#).text == #"{"\#(name)":\#(hidden),"after":"kept"}"#)
  }

  @Test(arguments: SecretTable.codes)
  func aNumberIsHiddenUnderEveryCode(name: String) {
    #expect(redacted(#"{"\#(name)":123456,"n":[-1.5e3]}"#).text == #"{"\#(name)":"[redacted]","n":[-1.5e3]}"#)
    #expect(redacted(#"{"\#(name)":[123456,true]}"#).text == #"{"\#(name)":["[redacted]",true]}"#)
  }

  @Test func aNumberStaysUnderOtherSecretNames() {
    #expect(redacted(#"{"password":123456}"#).count == 0)
  }

  @Test(arguments: [
    "pwd", "Pwd", "pass", "MYSQL_PWD", "dbPwd", "smtpPass", "DB_PASS", "db-pass", "redisPass2", "passwords", "secrets",
    "tokens", "userPasswords", "SLACK_TOKEN", "GITHUB_TOKEN", "JWT_SECRET", "slack_token", "APP-SECRET",
    "env.NPM_TOKEN", "authorizationToken", "identityToken", "subjectToken", "ssoToken", "tmpToken", "tokenSecret",
    "mfaSecret", "totpSecret", "seedSecret", "masterPasswordHash", "OIDCToken", "PrivateKeyBody", "SecretText",
  ])
  func shortNamesPluralsAndVariablesHideWhatIsBelow(key: String) {
    #expect(redacted(#"{"\#(key)":"Zq9!vX"}"#).text == #"{"\#(key)":"[redacted]"}"#)
    #expect(
      redacted(#"{"\#(key)":["Zq9",{"db":"vX"}],"n":1}"#).text
        == #"{"\#(key)":["[redacted]",{"db":"[redacted]"}],"n":1}"#)
    #expect(redacted(#"{"\#(key)":{"db":"vX"}}"#).text == #"{"\#(key)":{"db":"[redacted]"}}"#)
    #expect(redacted(#"{"name":"\#(key)","value":"Zq9"}"#).text == #"{"name":"\#(key)","value":"[redacted]"}"#)
    #expect(redactedText("run \(key)=Zq9vX end").text == "run \(key)=[redacted] end")
  }

  @Test(arguments: SecretTable.parameters)
  func aParameterNameHidesInTextsAndNotAsAKey(name: String) {
    #expect(redacted(#"{"\#(name)":"Zq9!vX"}"#).count == 0)
    #expect(redactedText("u?\(name)=Zq9vX&a=b").text == "u?\(name)=[redacted]&a=b")
  }

  @Test(arguments: SecretTable.exceptions)
  func everyExceptionStays(name: String) {
    for key in spellings(name) { #expect(redacted(#"{"\#(key)":"value"}"#).count == 0, "\(key)") }
  }

  @Test(arguments: [
    "passwordLastUsed", "PasswordResetRequired", "passwordPolicy", "minimumPasswordLength", "MaxPasswordAge",
    "passwordReusePrevention", "requireSymbols", "nextToken", "NextToken", "continuationToken", "pageToken", "marker",
    "clientToken", "clientRequestToken", "tokenExpiration", "secretId", "SecretId", "secretArn", "SecretName",
    "tmpSecretId", "accessKeyId", "AccessKeyId", "keyId", "privateKeyType", "signatureVersion", "SignatureMethod",
    "publicKeyMaterial", "ciphertextBlob", "authenticationMethod", "cookies_enabled", "seedlist", "imagePullSecrets",
    "x-amz-id-2", "mfaBypass", "BYPASS", "compass", "NEXT_TOKEN", "next_token", "page-token", "nextPageToken",
    "tokenizer", "passwords_changed", "apikeyid", "nextForwardToken", "LockToken", "startingToken", "CreationToken",
    "pinned", "opinion", "mfaAuthenticated", "otpEnabled", "credentialId",
    "userName", "n", "", "_", "-", "1",
  ])
  func namesThatOnlySoundSecretStay(key: String) {
    let record = #"{"\#(key)":"Kept value 1","o":{"\#(key)":["x","y"],"b":false}}"#
    #expect(redacted(record).text == record)
  }

  @Test(arguments: SecretTable.masks + ["", "*", "********"])
  func whatIsMaskedAlreadyStays(value: String) {
    let record = #"{"password":"\#(value)","token":["\#(value)"]}"#
    #expect(redacted(record).count == 0)
    #expect(redacted(#"{"password":"<sensitiveDataRemoved>"}"#).count == 0)
  }

  @Test(arguments: SecretTable.idPrefixes.map { $0 + "EXAMPLE0123456789abcdef" } + ["a1b2c3d4e5"])
  func anIdStaysUnderAmbiguousNamesOnly(value: String) {
    for name in SecretTable.ambiguous { #expect(redacted(#"{"\#(name)":"\#(value)"}"#).count == 0) }
    #expect(redacted(#"{"password":"\#(value)"}"#).count == 1)
  }

  @Test(arguments: SecretTable.shallow)
  func anObjectUnderAShallowNameIsLookedInto(name: String) {
    let record = #"{"\#(name)":{"scope":"prod","password":"p9"},"z":1}"#
    #expect(redacted(record).text == #"{"\#(name)":{"scope":"prod","password":"[redacted]"},"z":1}"#)
    #expect(redacted(#"{"\#(name)":["t9"]}"#).text == #"{"\#(name)":["[redacted]"]}"#)
  }

  @Test(arguments: [
    (#"{"name":"DB_PASSWORD","value":"p9"}"#, #"{"name":"DB_PASSWORD","value":"[redacted]"}"#),
    (#"{"value":"p9","type":"x","name":"DB_PASSWORD"}"#, #"{"value":"[redacted]","type":"x","name":"DB_PASSWORD"}"#),
    (
      #"{"value":"p9","password":"q9","name":"/prod/db/password","z":1}"#,
      #"{"value":"[redacted]","password":"[redacted]","name":"/prod/db/password","z":1}"#
    ),
    (
      #"[{"Key":"ApiSecret","Value":"p9"},{"Key":"Stage","Value":"prod"}]"#,
      #"[{"Key":"ApiSecret","Value":"[redacted]"},{"Key":"Stage","Value":"prod"}]"#
    ),
    (#"{"parameterKey":"Password","parameterValue":"****"}"#, #"{"parameterKey":"Password","parameterValue":"****"}"#),
    (#"{"name":"password","value":["a9",1]}"#, #"{"name":"password","value":["[redacted]",1]}"#),
    (#"[{"name":"password"},{"value":"kept"}]"#, #"[{"name":"password"},{"value":"kept"}]"#),
    (#"[{"value":"kept"},{"name":"password"}]"#, #"[{"value":"kept"},{"name":"password"}]"#),
  ])
  func aPairOfNameAndValueIsReadTogether(record: String, expected: String) {
    #expect(redacted(record).text == expected)
  }

  @Test func aKeyWrittenWithEscapesIsSeenThrough() {
    #expect(redacted(#"{"pass\u0077ord":"p9"}"#).text == #"{"pass\u0077ord":"[redacted]"}"#)
    #expect(redacted(#"{"\u0050\u0041SSWORD" : "p9"}"#).text == #"{"\u0050\u0041SSWORD" : "[redacted]"}"#)
  }

  @Test func aSecondRunChangesNothing() {
    let once = redacted(#"{"password":"p9","u":"?sig=abc&x=1","t":"Bearer abcdefgh12345"}"#)
    #expect(once.count == 3)
    let twice = redacted(once.text)
    #expect(twice.text == once.text && twice.count == 0)
  }
}
