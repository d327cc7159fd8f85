import Testing

@testable import Events

struct RecognitionTests {
  @Test func eachLineOfAMixedArchiveIsRecognisedByItself() throws {
    let files = [("aws", "aws"), ("alibaba", "alibaba"), ("tencent", "tencent")]
    var lines: [(provider: String, line: String)] = []
    for (file, provider) in files {
      for line in try GoldenTests.lines(file + ".ndjson").prefix(20) { lines.append((provider, line)) }
    }
    lines.shuffle()
    let events = try EventTable.read(lines.map(\.line).joined(separator: "\n") + "\n")
    #expect(events.map { $0["provider"] } == lines.map(\.provider))
  }

  @Test(arguments: [
    #"{"serviceName":"x","eventVersion":"1","eventName":"y","eventTime":"2026-01-05T10:00:00Z"}"#,
    #"{"eventSource":"storage.googleapis.com","eventName":"y","eventVersion":"1","recipientAccountId":"1"}"#,
    #"{"actionType":"Read","resourceType":"user","eventType":"x"}"#,
    #"{"userIdentity":{"type":"Root"},"eventName":"ConsoleLogin"}"#,
    #"{"eventSource":"evilamazonaws.com","eventName":"y"}"#,
  ])
  func keysThatManyProgramsUseDecideNothing(json: String) throws {
    #expect(try EventTable.one(json)["provider"] == "unknown")
  }

  @Test(arguments: [
    (#"{"eventSource":"iam.amazonaws.com","eventName":"CreateUser"}"#, "aws"),
    (
      #"{"eventSource":"ram.aliyuncs.com","eventName":"CreateUser","eventVersion":"1","recipientAccountId":"1"}"#,
      "alibaba"
    ),
    (#"{"eventSource":"cam.tencentcloudapi.com","eventName":"AddUser","eventVersion":2}"#, "tencent"),
    (#"{"userIdentity":{"type":"ram-user"},"eventName":"CreateUser"}"#, "alibaba"),
    (#"{"userIdentity":{"secretId":""},"eventName":"AddUser"}"#, "tencent"),
  ])
  func whatIsLeftOfAnEventIsRecognisedByItsDomainNames(json: String, provider: String) throws {
    #expect(try EventTable.one(json)["provider"] == provider)
  }
}

/// A key that one event hands out is the key that later events act with.
struct SessionKeyTests {
  @Test(arguments: [
    (
      #"{"eventSource":"sts.amazonaws.com","eventName":"AssumeRole","awsRegion":"us-east-1","eventVersion":"1.08","#
        + #""responseElements":{"credentials":{"accessKeyId":"ASIA1","sessionToken":"t"}}}"#,
      #"{"eventSource":"ec2.amazonaws.com","eventName":"RunInstances","awsRegion":"us-east-1","userIdentity":"#
        + #"{"type":"AssumedRole","accessKeyId":"ASIA1"}}"#
    ),
    (
      #"{"serviceName":"Sts","eventSource":"sts.aliyuncs.com","eventName":"AssumeRole","#
        + #""responseElements":{"Credentials":{"AccessKeyId":"STS.1","AccessKeySecret":"s"}}}"#,
      #"{"serviceName":"Ecs","eventSource":"ecs.aliyuncs.com","eventName":"RunInstances","userIdentity":"#
        + #"{"type":"assumed-role","accessKeyId":"STS.1"}}"#
    ),
    (
      #"{"resourceType":"sts","eventSource":"sts.tencentcloudapi.com","eventName":"AssumeRole","actionType":"Write","#
        + #""responseElements":"{\"Credentials\":{\"TmpSecretId\":\"AKID1\",\"TmpSecretKey\":\"s\"}}"}"#,
      #"{"resourceType":"cvm","eventSource":"cvm.tencentcloudapi.com","eventName":"RunInstances","userIdentity":"#
        + #"{"type":"AssumedRole","secretId":"AKID1"}}"#
    ),
  ])
  func mintedKeyJoinsTheSessionThatUsesIt(assume: String, use: String) throws {
    let minted = try #require(try EventTable.one(assume)["minted_key"])
    let session = try EventTable.one(use)
    #expect(session["session_key"] == minted)
    #expect(session["actor_key"] == minted)
  }

  @Test func noColumnHoldsASecret() throws {
    for file in ["aws", "alibaba", "tencent"] {
      for line in try GoldenTests.lines(file + ".ndjson") {
        let event = try EventTable.one(line)
        #expect(!event.values.contains("REMOVED"), "\(event)")
      }
    }
  }
}

struct SourceAddressTests {
  @Test(arguments: ["0.0.0.0", "255.255.255.255", "1.2.3.4", "::", "::1", "2001:db8::1", "::ffff:1.2.3.4"])
  func addressesAreAddresses(text: String) { #expect(isAddress(text)) }

  @Test(arguments: [
    "", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "1..3.4", ".1.2.3.4", "1.2.3.4.", ":", ":::",
    "2001:db8::1%eth0", "2001:db8::g", "192.168.XX.XX", "Internal", "1.2.3.4:80", "99999999999.1.1.1",
    "1111:2222:3333:4444:5555:6666:255.255.255.255:7777:8888",
  ])
  func whatIsNoAddressIsALabel(text: String) { #expect(!isAddress(text)) }

  private func isAddress(_ text: String) -> Bool {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      SourceAddress.isAddress(Text(base: bytes.baseAddress, count: bytes.count))
    }
  }
}

struct VerbsTests {
  @Test(arguments: [
    ("GetUser", "read"), ("LookupEvents", "read"), ("LookUpEvents", "read"), ("BatchGetImage", "read"),
    ("describeInstances", "read"), ("List", "read"), ("CreateUser", "write"), ("ConsoleSignin", "write"),
    ("BatchDeleteImage", "write"), ("Getaway", "unknown"), ("Frobnicate", "unknown"), ("", "unknown"),
  ])
  func theFirstWordOfAnActionTellsReadFromWrite(action: String, expected: String) {
    let rw = Array(action.utf8).withUnsafeBufferPointer { bytes in
      Verbs.infer(Text(base: bytes.baseAddress, count: bytes.count)).string
    }
    #expect(rw == expected)
  }
}
