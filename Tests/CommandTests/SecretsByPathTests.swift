import Foundation
import Testing

/// A secret is hidden wherever its value is shown, also away from the names above and beside it.
@Suite struct SecretsByPathTests {
  private static let request = """
    {"environment":[{"name":"STAGE","value":"kept-1"},{"name":"DB_PASSWORD","value":"planted-1"}],\
    "password":{"x":{"y":"planted-2"}},"text":"{\\"Variables\\":[{\\"Key\\":\\"Authorization\\",\\"Value\\":\\"planted-3\\"}]}",\
    "attribute":{"value":"kept-2"},"tags":[{"key":"stage","value":"kept-3"}],"mfaSecret":"planted-4",\
    "authorizationToken":"planted-5","nextToken":"kept-4"}
    """

  private static let event = """
    {"eventVersion":"1.08","eventTime":"2026-01-05T10:00:00Z","eventSource":"ecs.amazonaws.com",\
    "eventName":"RegisterTaskDefinition","awsRegion":"eu-central-1","sourceIPAddress":"192.0.2.1","eventID":"s-1",\
    "userIdentity":{"type":"IAMUser","userName":"ada","accountId":"111122223333"},"requestParameters":\(request)}
    """

  private static let paths = [
    "requestParameters.environment.value", "requestParameters.environment.name", "requestParameters.password.x.y",
    "requestParameters.password", "requestParameters.password.x", "requestParameters.text",
    "requestParameters.text.Variables.Value", "requestParameters.attribute.value", "requestParameters.tags.value",
    "requestParameters.mfaSecret", "requestParameters.authorizationToken", "requestParameters.nextToken",
    "requestParameters",
  ]

  private static func outputs(_ more: [String] = []) throws -> String {
    var all = ""
    for path in paths {
      for arguments in [["--columns", path], ["--columns", path, "--format", "tsv"], ["--count-by", path]] {
        all += try Harrier.run(["search", "*", "-"] + arguments + more, input: Data(event.utf8)).output
      }
    }
    all += try Harrier.run(
      ["search", "*", "-", "--columns", paths.joined(separator: ",")] + more, input: Data(event.utf8)
    )
    .output
    all += try Harrier.run(["search", "*", "-", "--raw"] + more, input: Data(event.utf8)).output
    return all + (try Harrier.run(["fields", "-"] + more, input: Data(event.utf8)).output)
  }

  @Test func noPathShowsASecret() throws {
    let shown = try Self.outputs()
    for number in 1...5 { #expect(!shown.contains("planted-\(number)"), "\(number)") }
    for number in 1...4 { #expect(shown.contains("kept-\(number)"), "\(number)") }
  }

  @Test func withoutRedactionTheyAreShown() throws {
    let shown = try Self.outputs(["--no-redact"])
    for number in 1...5 { #expect(shown.contains("planted-\(number)"), "\(number)") }
  }

  @Test func alertsDoNotTellThemEither() throws {
    let folder = try Folder()
    let rule = """
      title: Base
      id: 5c1f6a0e-7d55-4c3e-9b6b-0f3b8f3d2a11
      name: base
      logsource: {product: aws, service: cloudtrail}
      detection:
        s: {eventName: RegisterTaskDefinition}
        condition: s
      ---
      title: A value by its path
      id: 5c1f6a0e-7d55-4c3e-9b6b-0f3b8f3d2a12
      correlation:
        type: event_count
        rules: [base]
        group-by: [requestParameters.environment.value, requestParameters.password.x.y]
        timespan: 1h
        condition: {gte: 1}
      level: high
      """
    let rules = try folder.write("r.yml", rule)
    let log = try folder.write("a.json", Self.event + "\n")
    let result = try Harrier.run("sweep", "--no-builtin", "--rules", rules, log, "--out", folder.path + "/out")
    #expect(result.code == 0, "\(result.errors)")
    var all = result.output
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out") {
      all += try String(contentsOfFile: "\(folder.path)/out/\(name)", encoding: .utf8)
    }
    #expect(all.contains("A value by its path") && !all.contains("planted-"))
  }
}
