/// Secrets that are known by their look, in plain texts and in strings of records.
import Testing

@testable import Events

private let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1g"
private let pem = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow+/=\nabc\n-----END RSA PRIVATE KEY-----"

@Suite struct MarkTests {
  @Test(arguments: [
    (jwt, "[redacted]"),
    ("token is \(jwt), ok", "token is [redacted], ok"),
    ("a \(pem) b", "a [redacted] b"),
    ("-----BEGIN PRIVATE KEY-----\nMIIEow", "[redacted]"),
    ("password=\(pem)\nx=1", "password=[redacted][redacted]\nx=1"),
    ("Bearer abcdef", "Bearer [redacted]"),
    ("bearer  v1.x-Y_z~+/=", "bearer  [redacted]"),
    ("Basic dXNlcjpwYXNz", "Basic [redacted]"),
    ("Authorization: AWS4-HMAC-SHA256 Credential=AKIA1/x, Signature=ab\nHost: h", "Authorization: [redacted]\nHost: h"),
    ("Cookie: a=b; c=d", "Cookie: [redacted]"),
    (
      "https://b.s3.amazonaws.com/k?X-Amz-Credential=AKIAEXAMPLE%2Fx&X-Amz-Signature=0a1b2c&X-Amz-Date=20260105",
      "https://b.s3.amazonaws.com/k?X-Amz-Credential=AKIAEXAMPLE%2Fx&X-Amz-Signature=[redacted]&X-Amz-Date=20260105"
    ),
    ("X-Amz-Security-Token=IQoJb3%2F%3D", "X-Amz-Security-Token=[redacted]"),
    ("a?OSSAccessKeyId=LTAI5t&Expires=1&Signature=vjby%2B", "a?OSSAccessKeyId=LTAI5t&Expires=1&Signature=[redacted]"),
    ("q-ak=AKIDx&q-signature=00ff&x=1", "q-ak=AKIDx&q-signature=[redacted]&x=1"),
    ("u%3FSignature%3Dab12%26Expires%3D1", "u%3FSignature%3D[redacted]%26Expires%3D1"),
    ("?sv=2022&sig=ab%2Fc&se=x", "?sv=2022&sig=[redacted]&se=x"),
    ("user=a&password=p%409&x", "user=a&password=[redacted]&x"),
    ("access_token=a9 client_secret=b9", "access_token=[redacted] client_secret=[redacted]"),
    ("Server=s;User=u;Password=p9;X=1", "Server=s;User=u;Password=[redacted];X=1"),
    ("AccountName=n;AccountKey=ab==;E=c", "AccountName=n;AccountKey=[redacted];E=c"),
    ("{password=p9, user=u}", "{password=[redacted], user=u}"),
    ("{user=u, password=p9}", "{user=u, password=[redacted]}"),
    ("export AWS_SECRET_ACCESS_KEY='wJalr x' end", "export AWS_SECRET_ACCESS_KEY='[redacted]' end"),
    ("password = p9 z", "password = [redacted] z"),
    ("{'user': 'u', 'password': 'p9'}", "{'user': 'u', 'password': '[redacted]'}"),
    (#"got "password": "p\"9" here"#, #"got "password": "[redacted]" here"#),
    (#"got \"password\": \"p9\" here"#, #"got \"password\": \"[redacted]\" here"#),
    ("login --password p9 --user u", "login --password [redacted] --user u"),
    ("login --db-password='p 9'", "login --db-password='[redacted]'"),
    ("https://user:p9@host/x", "https://user:[redacted]@host/x"),
    (
      "failed: {\"password\":\"p9\",\"u\":1} at x?sig=1",
      "failed: {\"password\":\"[redacted]\",\"u\":1} at x?sig=[redacted]"
    ),
    (#"failed: {\"password\":\"p9\",\"u\":1} end"#, #"failed: {\"password\":\"[redacted]\",\"u\":1} end"#),
    (#"{\"a\":\"{\\\"password\\\":\\\"p9\\\"}\"}"#, #"{\"a\":\"{\\\"password\\\":\\\"[redacted]\\\"}\"}"#),
  ])
  func theMarkedPartIsReplacedInTextsAndInRecords(text: String, expected: String) {
    #expect(redactedText(text).text == expected)
    let record = redacted(json(["k": text, "l": [text]]))
    #expect(canonical(record.text) == json(["k": expected, "l": [expected]]))
  }

  @Test(arguments: SecretTable.tokenPrefixes.map(\.prefix))
  func aKnownTokenIsReplacedAtAWordOnly(prefix: String) {
    let token = prefix + "Ab3" + String(repeating: "k9Z", count: 12)
    for (before, after) in [("", ""), ("use ", " now"), ("a:", ""), ("(", ")")] {
      #expect(redactedText(before + token + after).text == before + "[redacted]" + after)
    }
    #expect(redacted(#"{"k":"\#(token)"}"#).count == 1)
    #expect(redacted(#"{"k":"use \#(token)"}"#).count == 1)
    #expect(redacted(#"{"k":"\#(prefix)x"}"#).count == 0)
    #expect(redacted(#"{"k":"Q\#(token)"}"#).count == 0)
  }

  @Test(arguments: [
    "Bearer token is invalid", "bearer authentication required", "Basic authentication failed", "Basic support plan",
    "The forbearer x1", "Your password must have 8 characters", "Invalid password: too short", "password=",
    "password=***&x=1", "signature == nil", "if (token == 'x')", "eyJhbGciOiJIUzI1NiJ9", "eyJuZXh0Ijo1fQ==",
    "-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----\nMIID",
    "AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE", "LTAI5tEXAMPLEEXAMPLE", "AKIDEXAMPLE0123", "STS.NUExample1",
    "arn:aws:sts::123456789012:assumed-role/Admin/alice@corp.example", "AROAEXAMPLE:alice@corp.example",
    "aws-cli/2.15.0 md/awscrt#0.19 ua/2.0 os/linux#5.10 md/arch#x86_64 lang/python#3.11 cfg/retry-mode#standard",
    "https://host:8443/x?next=1&nextToken=abc", "https://host/a:b@c", "mailto:a@b.example", "x@y:z@w",
    "{\"a\":\"b\"}", "[1, 2, 3]", "[INFO] started", "{not json", "\"quoted etag\"", "a = b", "100%", "--user u",
    "SELECT * FROM t WHERE a = 'b'", "ghp_short", "Cookies: none",
    "arn:aws:secretsmanager:us-east-1:1:secret:a/password-x",
    "2026-01-05T10:00:00Z", "fd00::1", "",
  ])
  func nearMissesStay(text: String) {
    let result = redactedText(text)
    #expect(result.text == text && result.count == 0)
    let record = json(["k": text, "l": [text]])
    #expect(redacted(record).text == record)
  }

  @Test(arguments: SecretTable.headers, ["x9", "a=b; c=d", "Zm9v/+="])
  func aHeaderHidesTheRestOfItsLine(name: String, value: String) {
    for text in ["\(name): \(value)", "Host: h\r\n\(name.uppercased()): \(value)\r\nX: y"] {
      let expected = text.replacing(value, with: "[redacted]")
      #expect(redactedText(text).text == expected)
      #expect(canonical(redacted(json(["k": text])).text) == json(["k": expected]))
    }
  }

  @Test func aParameterEndsAtTheQuoteOfItsString() {
    let record = #"{"u":"/?sig=abc","v":"password=x\"y","w":1}"#
    #expect(redacted(record).text == #"{"u":"/?sig=[redacted]","v":"password=[redacted]\"y","w":1}"#)
  }

  @Test func aKeyThatIsATokenIsReplacedToo() {
    #expect(redacted(#"{"\#(jwt)":1}"#).text == #"{"[redacted]":1}"#)
  }

  @Test func aTextThatIsNoRecordIsStillSearched() {
    #expect(redacted("password=p9 x").text == "password=[redacted] x")
    #expect(redacted(#"{"a":oops,"password":"p9"}"#).text == #"{"a":oops,"password":"[redacted]"}"#)
    #expect(redacted(#"{"password":"p9 cut of"#).text.contains("p9") == false)
    #expect(redacted(#"{"a":"password=p9"#).text.contains("p9") == false)
  }
}
