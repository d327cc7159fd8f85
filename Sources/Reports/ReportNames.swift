/// Which names in the directory of reports are those of reports.
public enum ReportNames {
  private static let all: Set<String> = {
    var names = Set(ReportKind.allCases.map(\.fileName))
    names.formUnion(["alerts.jsonl", "summary.json", Manifest.fileName])
    return names
  }()

  private static let directories: Set<String> = [PreviousManifest.directory, KeptReports.directory]

  /// Directories of earlier reports and manifests included, and what a run that was killed left beside its place.
  public static func has(_ name: String) -> Bool {
    all.contains(name) || directories.contains(name) || isLeftover(name)
  }

  /// `.alerts.jsonl.k3Xq0Z`, as `mkstemp` names them.
  private static func isLeftover(_ name: String) -> Bool {
    guard name.hasPrefix("."), let dot = name.lastIndex(of: "."), name[dot...].count == 7 else { return false }
    return all.contains(String(name[..<dot].dropFirst()))
  }
}
