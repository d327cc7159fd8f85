// Events that belong to an incident or a look-alike, sorted into the files where they will be written.

struct PlantedEvents: Sendable {
  var events: [PlantedEvent] = []

  var count: Int { events.count }
}

struct PlantedEvent: Sendable {
  var file: Int
  var time: Int64
}
