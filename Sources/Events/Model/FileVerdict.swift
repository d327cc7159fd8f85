import Archive
import Glibc

/// What a person is told about a file that was not simply read: what happened, where, and what to do.
public struct FileVerdict {
  private let entry: FileEntry

  public init(_ entry: FileEntry) { self.entry = entry }

  /// Empty when there is nothing to tell.
  public var text: String {
    var parts: [String] = []
    switch entry.status {
    case .unreadable: parts.append("unreadable: \(systemMessage(entry.content.errorNumber))")
    case .empty: parts.append("empty")
    case .unread: parts.append("not read to its end: the scan stopped before")
    case .skipped: parts.append(skipped)
    case .damaged, .unverified, .ok: break
    }
    if entry.content.trouble != .none, entry.status != .unreadable {
      parts.append("\(entry.content.trouble.description) (at byte \(entry.content.troubleOffset) of the file)")
    }
    if entry.content.badChecksums > 0 {
      parts.append(
        entry.content.badChecksums == 1 ? "1 checksum is wrong" : "\(entry.content.badChecksums) checksums are wrong")
    }
    if entry.content.trailingBytes > 0 {
      let bytes = entry.content.trailingBytes == 1 ? "1 byte" : "\(entry.content.trailingBytes) bytes"
      parts.append("no part of the compressed data: \(bytes) behind it")
    }
    if entry.status != .skipped || entry.look == .json { parts.append(contentsOf: losses) }
    if entry.tally.skips[Int(SkipReason.digest.rawValue)] > 0 {
      parts.append("a digest of log files, which holds no events")
    }
    if entry.tally.skips[Int(SkipReason.truth.rawValue)] > 0 {
      parts.append("the truth of a generated archive, which holds no events")
    }
    if entry.tally.isUnclosed { parts.append("the content ends inside its array") }
    if entry.content.deletedWhileRead { parts.append("deleted while it was read") }
    if entry.content.changedWhileRead { parts.append("changed while it was read") }
    return parts.joined(separator: "; ")
  }

  private var skipped: String {
    guard case .other(let kind) = entry.look else { return "not a log: JSON that does not parse" }
    return "not a log: \(kind.name)" + (kind.remedy.isEmpty ? "" : "; \(kind.remedy)")
  }

  private var losses: [String] {
    guard entry.tally.lossCount > 0, let first = entry.tally.firstLoss else { return [] }
    let reasons = SkipReason.allCases.filter { $0.isLoss && entry.tally.skips[Int($0.rawValue)] > 0 }
      .map { $0.words(entry.tally.skips[Int($0.rawValue)]) }
    return ["skipped \(reasons.joined(separator: ", ")) (the first at byte \(first.offset) of the content)"]
  }

  private func systemMessage(_ number: Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      buffer.initialize(repeating: 0)
      guard let base = buffer.baseAddress, strerror_r(number, base, buffer.count - 1) == 0 else {
        return "error \(number)"
      }
      return String(cString: base)
    }
  }
}
