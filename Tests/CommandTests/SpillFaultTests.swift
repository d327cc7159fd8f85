import Foundation
import Testing

/// Alerts that are kept in a temporary file and cannot be read back: nobody is told half of what was found.
@Suite struct SpillFaultTests {
  // Every hit is an alert, and a thousand of them fill what 1M leaves for alerts.
  private static let rule = """
    title: Anything
    id: 7d1a2f0e-5a5e-4a51-9f63-0d9c5f3f2b10
    status: test
    level: low
    logsource: {product: aws, service: cloudtrail}
    detection: {one: {eventSource|contains: amazonaws}, condition: one}
    alert: {gap: 1s}

    """

  @Test func alertsThatCannotBeReadBackAreNoSuccess() throws {
    let folder = try Folder()
    let rules = try folder.write("rules.yml", SpillFaultTests.rule)
    _ = try Harrier.run(
      "generate", "--out", "\(folder.path)/logs", "--events", "5000", "--files", "4", "--provider", "aws", "-q")
    func sweep(_ fault: Fault) throws -> Harrier.Result {
      var fault = fault
      // What the system calls a file without a name.
      fault.file = "(deleted)"
      let arguments = [
        "sweep", "\(folder.path)/logs", "--no-builtin", "--rules", rules, "--memory", "1M", "-j", "1", "-q",
      ]
      return try Harrier.run(arguments, environment: fault.environment)
    }
    let looks = try Fault.counted(folder, sweep).looks
    #expect(looks > 5000)
    // What is read last are alerts: their addresses are counted.
    for at in [looks, looks - 1, looks - 1000] {
      let broken = try sweep(Fault(kind: "read", at: at))
      #expect(broken.code == 4)
      #expect(broken.errors.contains("alerts cannot be read back from a temporary file"), "\(broken.errors)")
    }
  }
}
