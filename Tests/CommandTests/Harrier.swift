import Foundation
import Testing

/// Drives the built binary as a user would: arguments, standard input, exit code, both streams.
struct Harrier {
  struct Result {
    let code: Int32
    let output: String
    let errors: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// The rows of JSON lines.
    var rows: [[String: Any]] {
      lines.compactMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
    }
  }

  /// The binary stands beside the tests' own.
  static let path: String = {
    let own = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    return own.appendingPathComponent("harrier").path
  }()

  static func run(_ arguments: [String], input: Data? = nil, environment: [String: String] = [:]) throws -> Result {
    try Tool.run(path, arguments, input: input, environment: environment)
  }

  static func run(_ arguments: String..., input: String? = nil) throws -> Result {
    try run(arguments, input: input.map { Data($0.utf8) })
  }
}

/// Any program, with both of its streams read at once.
enum Tool {
  static func run(
    _ path: String, _ arguments: [String], input: Data? = nil, environment: [String: String] = [:]
  ) throws -> Harrier.Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let output = Pipe()
    let errors = Pipe()
    let given = Pipe()
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = input == nil ? FileHandle.nullDevice : given
    try process.run()
    if let input {
      DispatchQueue.global().async {
        try? given.fileHandleForWriting.write(contentsOf: input)
        try? given.fileHandleForWriting.close()
      }
    }
    nonisolated(unsafe) var errorBytes = Data()
    let reading = DispatchGroup()
    DispatchQueue.global().async(group: reading) { errorBytes = errors.fileHandleForReading.readDataToEndOfFile() }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    reading.wait()
    process.waitUntilExit()
    return Harrier.Result(
      code: process.terminationStatus, output: String(decoding: bytes, as: UTF8.self),
      errors: String(decoding: errorBytes, as: UTF8.self))
  }
}

/// A folder of its own for each test, gone afterwards.
final class Folder: Sendable {
  let url: URL
  var path: String { url.path }

  /// Where files are never brought to a disk, if there is such a place: for tests that call fsync thousands of times.
  static let memory: URL? =
    FileManager.default.isWritableFile(atPath: "/dev/shm") ? URL(fileURLWithPath: "/dev/shm") : nil

  init(in place: URL? = nil) throws {
    url = (place ?? FileManager.default.temporaryDirectory).appendingPathComponent("harrier-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  @discardableResult
  func write(_ name: String, _ content: Data) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try content.write(to: file)
    return file.path
  }

  @discardableResult
  func write(_ name: String, _ content: String) throws -> String { try write(name, Data(content.utf8)) }
}

/// Small events of AWS CloudTrail.
enum Sample {
  static func event(
    _ number: Int, action: String = "GetUser", time: String = "2026-01-05T10:00:00Z", extra: String = ""
  ) -> String {
    """
    {"eventVersion":"1.08","userIdentity":{"type":"IAMUser","principalId":"AIDA\(number)","arn":\
    "arn:aws:iam::111122223333:user/u\(number % 3)","accountId":"111122223333","userName":"u\(number % 3)"},\
    "eventTime":"\(time)","eventSource":"iam.amazonaws.com","eventName":"\(action)","awsRegion":"us-east-1",\
    "sourceIPAddress":"203.0.113.\(number % 250)","userAgent":"aws-cli/2","requestParameters":null,\
    "responseElements":null,"requestID":"r-\(number)","eventID":"e-\(number)","eventType":"AwsApiCall",\
    "recipientAccountId":"111122223333"\(extra)}
    """
  }

  static func lines(_ count: Int) -> String { (0..<count).map { event($0) }.joined(separator: "\n") + "\n" }
  static func records(_ count: Int) -> String {
    "{\"Records\":[" + (0..<count).map { event($0) }.joined(separator: ",") + "]}"
  }
}
