/// The company that the tests inside the built-in rules speak of, as a configuration: beside `Pack.samples`, which gives
/// its lists to rules of single events. `harrier rules test` asks it where no configuration is named.

extension Pack {
  /// The configuration, as YAML. It names `sampleTicketsPath`.
  public static let sampleConfiguration = """
    accounts:
      - {id: '111122223333'}
      - {id: '222233334444'}
      - {id: sample-prod, environment: prod, regions: [eu-west-1]}
      - {id: sample-dev, environment: dev}
    environments:
      prod: {}
      dev: {identities: [sample-developer]}
    people:
      owl: {identities: sample-owl, sessions: owl.session, working_hours: {from: '22:00', to: '06:00', days: [mon-sun]}}
    break_glass:
      - {identity: sample-break-glass, windows: [{from: 2026-01-07, to: '2026-01-07T02:00:00Z'}]}
    offboarded:
      - {identity: sample-leaver, account: '111122223333', since: '2026-01-05T12:00:00Z'}
    service: [{identity: sample-service}]
    automation: [{identity: sample-robot, networks: [192.0.2.0/24]}]
    approved_roles: [{role: sample-approved-role, account: '222233334444', from: '111122223333'}]
    networks: {blocked: [198.51.100.0/24]}
    working_hours: {from: '08:00', to: '19:00'}
    change_freeze: [{from: 2026-01-08, to: 2026-01-09, reason: stocktaking}]
    tickets: tickets.csv
    naming: {user: '[a-z]+'}
    allowed_regions: [us-east-1]
    """

  public static let sampleTicketsPath = "tickets.csv"

  public static let sampleTickets = """
    who,what,from,to
    ann,CreateUser,2026-01-05,2026-01-06
    """
}
