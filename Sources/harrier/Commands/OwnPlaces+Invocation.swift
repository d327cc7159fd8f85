import Archive
import Reports
import State

extension OwnPlaces {
  /// What a sweep writes, which is no log wherever it lies.
  init(_ invocation: Invocation) {
    guard invocation.command == .sweep else {
      self.init()
      return
    }
    let files = invocation.value("state").map(State.files(of:)) ?? []
    self.init(
      files: files.map { Array($0.utf8) }, directory: invocation.value("out").map { Array($0.utf8) },
      isReport: { ReportNames.has(String(decoding: $0, as: UTF8.self)) })
  }
}

extension Discovery {
  /// What was left out on purpose, in words.
  var leftOut: [String] { issues.filter { $0.kind == .own }.map(\.description) }
}
