/// How many things a request names, in the spellings of all providers.

import Testing

@testable import Events

@Suite struct NamedTargetsTests {
  @Test(arguments: [
    (#"{"instancesSet":{"items":[{"instanceId":"i-1"},{"instanceId":"i-2"},{"instanceId":"i-3"}]}}"#, 3),
    (#"{"InstanceIds":["ins-1","ins-2"]}"#, 2),
    (#"{"InstanceId.1":"i-1","InstanceId.2":"i-2","Force":"true"}"#, 2),
    (#"{"Disk.1.DiskId":"d-1","Disk.1.Force":"true","Disk.2.DiskId":"d-2","Disk.2.Force":"true"}"#, 2),
    (#"{"DiskIds":"[\"d-1\",\"d-2\",\"d-3\"]"}"#, 3), (#"{"DBInstanceIds":"rm-1,rm-2"}"#, 2),
    (#"{"InstanceId":"i-1"}"#, 1), (#"{"InstanceIds":[]}"#, 1), (#"{"InstanceIds":[""]}"#, 1), ("{}", 1), ("", 1),
    (#"{"InstanceId":"i-1","Tags":[{"Key":"a"},{"Key":"b"}]}"#, 1),
    (#"{"InstanceId":"i-1","Tag.1.Key":"a","Tag.2.Key":"b"}"#, 1),
    (#"{"filterSet":{"items":[{"name":"a"},{"name":"b"}]},"instanceId":"i-1"}"#, 1),
    (#"{"description":"a,b,c"}"#, 1), (#"{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":[1,2]}}}}}}}}}"#, 1),
  ])
  func areCounted(json: String, count: Int) {
    let named = Array(json.utf8).withUnsafeBufferPointer {
      NamedTargets.count(Text(base: $0.baseAddress, count: $0.count))
    }
    #expect(named == count)
  }

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
