// What is planted: which incidents, that the truth points at them, and that they look as they should.

import Foundation
import Testing

@testable import Generate

@Suite struct PlantedIncidents {
  private func archive(
    events: Int = 3000, providers: [Provider], incidents: IncidentSelection = .all
  ) throws -> (ArchiveContents, GenerateSummary) {
    let folder = TemporaryFolder()
    let summary = try generate(
      options(folder, events: events, files: 12, providers: providers) { $0.incidents = incidents })
    return (try ArchiveContents(folder.path), summary)
  }

  @Test(arguments: [[Provider.aws], [.tencent], [.alibaba], Provider.allCases])
  func eachEventOfTheTruthIsInTheArchiveOnce(_ providers: [Provider]) throws {
    let (archive, summary) = try archive(providers: providers)
    let counts = Dictionary(grouping: archive.records, by: eventID).mapValues(\.count)
    var named = 0
    for incident in archive.incidents {
      let ids = try #require(incident["events"] as? [String])
      named += ids.count
      #expect(!ids.isEmpty)
      for id in ids { #expect(counts[id] == 1, "\(incident["id"] ?? "")") }
      #expect((incident["reason"] != nil) == (incident["benign"] as? Bool == true))
      #expect((incident["description"] as? String)?.isEmpty == false)
    }
    #expect(named == summary.plantedEvents)
    let kinds = Set(archive.incidents.filter { $0["benign"] as? Bool == false }.compactMap { $0["kind"] as? String })
    #expect(kinds == Set(IncidentKind.allCases.map(\.rawValue)))
  }

  @Test func everyKindComesOnEveryProviderInALargeArchive() {
    let folder = TemporaryFolder()
    let plan = Plan(options: options(folder, events: 1_000_000, files: 60))
    for realm in plan.world.realms.indices {
      for isBenign in [false, true] {
        let kinds = plan.planted.scripts.filter { $0.realm == realm && $0.isBenign == isBenign }.map(\.kind)
        #expect(Set(kinds) == Set(IncidentKind.allCases))
      }
    }
  }

  @Test func noneAreThereWhenNoneAreAskedFor() throws {
    let (archive, summary) = try archive(events: 300, providers: [.aws], incidents: .none)
    #expect(archive.incidents.isEmpty)
    #expect(summary.plantedEvents == 0)
    #expect(archive.records.count == 300)
  }

  @Test func onlyTheKindsAskedForAreThere() throws {
    let selection = try IncidentSelection(parsing: "root-use,mass-deletion")
    let (archive, _) = try archive(providers: [.aws, .tencent], incidents: selection)
    #expect(Set(archive.incidents.compactMap { $0["kind"] as? String }) == ["root-use", "mass-deletion"])
  }

  @Test func kindsThatDoNotFitAreNamedAsOmitted() throws {
    let (archive, summary) = try archive(events: 4, providers: [.aws], incidents: .only([.massDeletion]))
    #expect(summary.omitted == [.massDeletion])
    #expect(archive.records.count == 4)
    #expect((archive.truth["omitted"] as? [Any])?.count == 2)
  }

  @Test func anUnknownKindIsATypedError() {
    #expect(throws: GenerateError.unknownIncident("root-abuse")) { try IncidentSelection(parsing: "root-abuse") }
    #expect(throws: GenerateError.unknownIncident("")) { try IncidentSelection(parsing: "") }
  }

  @Test(arguments: [
    (Provider.aws, "errorMessage", "Failed authentication"), (.alibaba, "errorCode", "LoginFailed.MFA"),
    (.tencent, "apiErrorCode", "AuthFailure.MFAFailure"),
  ])
  func aFailedFactorReadsAsTheProviderWritesIt(_ provider: Provider, _ key: String, _ value: String) throws {
    let (archive, _) = try archive(events: 400, providers: [provider], incidents: .only([.failedMFABurst]))
    let incident = try #require(archive.incidents.first { $0["benign"] as? Bool == false })
    let records = archive.records(of: incident)
    #expect(records.count >= 8)
    for record in records {
      #expect(record[key] as? String == value)
      #expect(["ConsoleLogin", "ConsoleSignin"].contains(record["eventName"] as? String ?? ""))
      guard provider == .aws else { continue }
      #expect(record["eventType"] as? String == "AwsConsoleSignIn")
      #expect(record["errorCode"] == nil)
      #expect((record["responseElements"] as? [String: Any])?["ConsoleLogin"] as? String == "Failure")
      #expect((record["additionalEventData"] as? [String: Any])?["MFAUsed"] as? String == "Yes")
    }
  }

  @Test func anElevatedSessionUsesTheKeyThatItsAssumeRoleReturned() throws {
    let (archive, _) = try archive(events: 400, providers: [.aws], incidents: .only([.elevationOverstay]))
    for incident in archive.incidents {
      let records = archive.records(of: incident)
      let response = try #require(records.first?["responseElements"] as? [String: Any])
      let minted = try #require((response["credentials"] as? [String: Any])?["accessKeyId"] as? String)
      for record in records.dropFirst() {
        #expect((record["userIdentity"] as? [String: Any])?["accessKeyId"] as? String == minted)
      }
    }
  }

  @Test func aKeyMadeForAnotherIsTheOneUsedAfterwards() throws {
    let (archive, _) = try archive(events: 400, providers: [.aws], incidents: .only([.keyCreation]))
    let incident = try #require(archive.incidents.first { $0["benign"] as? Bool == false })
    let records = archive.records(of: incident)
    let creation = try #require(records.first { $0["eventName"] as? String == "CreateAccessKey" })
    let key = (creation["responseElements"] as? [String: Any])?["accessKey"] as? [String: Any]
    let minted = try #require(key?["accessKeyId"] as? String)
    let uses = records.filter { ($0["userIdentity"] as? [String: Any])?["accessKeyId"] as? String == minted }
    #expect(uses.count == 4)
  }

  @Test func someoneWhoLeftDoesNothingButTheIncidentAfterwards() {
    let folder = TemporaryFolder()
    let plan = Plan(options: options(folder, events: 100_000, files: 10, providers: [.aws]))
    for leaver in plan.planted.leavers {
      let actor = plan.world.realms[leaver.realm].accounts[leaver.account].actors[leaver.actor]
      #expect(actor.activeUntil == leaver.time)
      for (number, script) in plan.planted.scripts.enumerated() where number != leaver.script {
        guard script.realm == leaver.realm, script.account == leaver.account else { continue }
        #expect(!script.shots.contains { $0.actor == leaver.actor && $0.time > leaver.time && isSuccess($0.outcome) })
      }
    }
  }

  private func isSuccess(_ outcome: Outcome) -> Bool {
    if case .success = outcome { return true }
    return false
  }
}
