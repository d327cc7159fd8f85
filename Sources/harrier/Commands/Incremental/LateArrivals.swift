import Correlation
import State

/// Which alerts are made of events that a run has just read.
///
/// Behind the horizon nothing is kept to compare them with: whoever comes so late meets rules of single events, and what
/// they find is news because of where it was read.
struct LateArrivals {
  private let readings: [FileKey: AlertNews.Arrival]
  private let reduction: Reduction
  private let plan: DetectionPlan

  init(_ intake: Intake, _ reduction: Reduction, _ plan: DetectionPlan) {
    self.reduction = reduction
    self.plan = plan
    var readings: [FileKey: AlertNews.Arrival] = [:]
    for (file, reading) in zip(intake.part.files, intake.readings) {
      // Of a file that has grown only what is new was read.
      let isAgain = reading.isAgain && reading.earlier == nil
      readings[FileKey(path: file.path, generation: reading.generation)] = isAgain ? .again : .first
    }
    self.readings = readings
  }

  /// Nil for an alert of a correlation, and for one of which nothing was read in this run.
  func arrival(_ place: Int) -> AlertNews.Arrival? {
    guard place < reduction.episodes.count else { return nil }
    let episode = reduction.episodes[place]
    guard plan.detections[episode.detection].isOfSingleRule else { return nil }
    var arrival: AlertNews.Arrival?
    for event in episode.cited {
      guard Int(event.file) < reduction.files.count else { continue }
      let file = reduction.files[Int(event.file)]
      switch readings[FileKey(path: file.path, generation: file.generation)] {
      case .first: return .first
      case .again: arrival = .again
      case nil: continue
      }
    }
    return arrival
  }
}
