/// Which things a request names, in the spellings of all providers.

import Testing

@testable import Events

@Suite struct NamedTargetsTests {
  @Test(arguments: [
    (#"{"instancesSet":{"items":[{"instanceId":"i-1"},{"instanceId":"i-2"}]}}"#, ["i-1", "i-2"]),
    (#"{"Disk.1.DiskId":"d-1","Disk.1.Force":"true","Disk.2.DiskId":"d-2"}"#, ["d-1", "d-2"]),
    (#"{"DBInstanceIds":"rm-1,rm-2"}"#, ["rm-1", "rm-2"]), (#"{"InstanceId":"i-1"}"#, []),
  ])
  func areTold(json: String, names: [String]) {
    let named = Array(json.utf8).withUnsafeBufferPointer {
      NamedTargets.listed(in: Text(base: $0.baseAddress, count: $0.count))
    }
    #expect(named == names)
  }

  @Test(arguments: [
    (#"{"snapshotId":"s-1","clientToken":"a","force":true}"#, "s-1"),
    (#"{"instancesSet":{"items":[{"instanceId":"i-1"}]}}"#, "i-1"),
    (#"{"Group":"g","Stream":"s","RequestId":"r"}"#, "g s"), ("{}", ""),
  ])
  func aRepeatedCallIsAboutTheSame(json: String, name: String) {
    let named = Array(json.utf8).withUnsafeBufferPointer {
      NamedTargets.single(in: Text(base: $0.baseAddress, count: $0.count))
    }
    #expect(named == name)
  }
}
