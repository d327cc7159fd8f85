/// How many things a call is about, in the spellings of all providers.

import Events
import Testing

@testable import Correlation

@Suite struct ThingCountTests {
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
      ThingReader.count([Text(base: $0.baseAddress, count: $0.count), .none, .none])
    }
    #expect(named == count)
  }
}
