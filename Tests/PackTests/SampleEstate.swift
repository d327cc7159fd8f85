/// The configuration that the tests inside built-in rules speak of, as `harrier rules test` reads it.

import Configuration
import Correlation
import Pack

enum SampleEstate {
  static let configuration: Configuration = {
    let reading = Configuration.read(
      Array(Pack.sampleConfiguration.utf8), file: "sample",
      beside: [Pack.sampleTicketsPath: Array(Pack.sampleTickets.utf8)])
    guard let configuration = reading.configuration else { fatalError("\(reading.errors)") }
    return configuration
  }()

  static let estate = Estate(configuration)
}
