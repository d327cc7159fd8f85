/// The configuration that the tests inside built-in rules speak of, beside `Pack.samples`.

import Configuration
import Correlation
import Foundation
import ReadingSupport

enum SampleEstate {
  private static let tickets = """
    who,what,from,to
    ann,CreateUser,2026-01-05,2026-01-06
    """

  private static let text = """
    accounts:
      - {id: '111122223333'}
      - {id: '222233334444'}
      - {id: sample-prod, environment: prod, regions: [eu-west-1]}
      - {id: sample-dev, environment: dev}
    environments:
      prod: {}
      dev: {identities: [sample-developer]}
    people:
      owl: {identities: sample-owl, working_hours: {from: '22:00', to: '06:00', days: [mon-sun]}}
    break_glass:
      - {identity: sample-break-glass, windows: [{from: 2026-01-07, to: '2026-01-07T02:00:00Z'}]}
    offboarded:
      - {identity: sample-leaver, account: '111122223333', since: '2026-01-05T12:00:00Z'}
    service: [{identity: sample-service}]
    automation: [{identity: sample-robot, networks: [192.0.2.0/24]}]
    approved_roles: [{role: sample-approved-role, account: '222233334444', from: '111122223333'}]
    working_hours: {from: '08:00', to: '19:00'}
    change_freeze: [{from: 2026-01-08, to: 2026-01-09, reason: stocktaking}]
    tickets: tickets.csv
    naming: {user: '[a-z]+'}
    allowed_regions: [us-east-1]
    """

  static let configuration: Configuration = {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("harrier-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(tickets.utf8).write(to: folder.appendingPathComponent("tickets.csv"))
      let file = folder.appendingPathComponent("harrier.yaml")
      try Data(text.utf8).write(to: file)
      let reading = Configuration.load(path: file.path)
      guard let configuration = reading.configuration else { fatalError("\(reading.errors)") }
      return configuration
    } catch {
      fatalError("\(error)")
    }
  }()

  static let estate = Estate(configuration)
}
