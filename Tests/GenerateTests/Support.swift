// What the tests share: a temporary folder, an archive read back with gzip and Foundation's JSON parser, and the truth.

import Foundation

@testable import Generate

/// A folder that goes when the test is over.
final class TemporaryFolder {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "harrier-generate-" + UUID().uuidString
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}

struct ArchiveFile {
  /// Below the output directory.
  var key: String
  var text: Data
  var records: [[String: Any]]
}

struct ArchiveContents {
  var files: [ArchiveFile]
  var truth: [String: Any]

  init(_ root: String) throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: root).sorted()
    files = try names.filter { $0.hasSuffix(".gz") }.map { name in
      let text = try decompressed(root + "/" + name)
      return ArchiveFile(key: name, text: text, records: try parsedRecords(text))
    }
    let data = try Data(contentsOf: URL(fileURLWithPath: root + "/truth.json"))
    truth = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  var records: [[String: Any]] { files.flatMap(\.records) }

  var incidents: [[String: Any]] { truth["incidents"] as? [[String: Any]] ?? [] }

  /// The records of an incident, in its own order.
  func records(of incident: [String: Any]) -> [[String: Any]] {
    let byID = Dictionary(grouping: records, by: eventID)
    return (incident["events"] as? [String] ?? []).flatMap { byID[$0] ?? [] }
  }
}

func eventID(_ record: [String: Any]) -> String {
  record["eventID"] as? String ?? record["eventId"] as? String ?? ""
}

func decompressed(_ path: String) throws -> Data {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/bin/gzip")
  process.arguments = ["-dc", path]
  let pipe = Pipe()
  process.standardOutput = pipe
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  struct GzipFailed: Error { let path: String }
  if process.terminationStatus != 0 { throw GzipFailed(path: path) }
  return data
}

/// The records of an envelope, an array or lines: each must parse.
func parsedRecords(_ text: Data) throws -> [[String: Any]] {
  if text.isEmpty { return [] }
  if text.starts(with: Data("{\"Records\":".utf8)) {
    let envelope = try JSONSerialization.jsonObject(with: text) as? [String: Any]
    return envelope?["Records"] as? [[String: Any]] ?? []
  }
  if text.first == UInt8(ascii: "[") {
    return try JSONSerialization.jsonObject(with: text) as? [[String: Any]] ?? []
  }
  return try text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast().map {
    try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any] ?? [:]
  }
}

func options(
  _ folder: TemporaryFolder, events: Int, files: Int, providers: [Provider] = Provider.allCases,
  change: (inout GenerateOptions) -> Void = { _ in }
) -> GenerateOptions {
  var options = GenerateOptions(outputDirectory: folder.path)
  options.events = events
  options.files = files
  options.providers = providers
  change(&options)
  return options
}
