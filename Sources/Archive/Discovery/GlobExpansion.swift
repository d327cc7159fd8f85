/// Finding what a glob matches.
///
/// Only folders that a pattern asks about are read; a literal folder is simply entered. `**` never follows links to
/// directories, whatever the options say, since a link back up would multiply every match. Matches come out sorted by
/// bytes, each once.

import Glibc

extension Discoverer {
  /// - Parameter fault: what the system said of the literal path, in case nothing matches either.
  mutating func take(glob argument: [UInt8], fault: FileFault) {
    guard let pattern = GlobPattern(argument) else { return report(argument, .notFound, fault) }
    var expansion = GlobExpansion(pattern: pattern, calls: calls)
    expansion.expand(pattern.isAbsolute ? [UInt8(ascii: "/")] : [], from: 0, depth: 0)
    for (folder, fault) in expansion.faults { report(folder, fault.kind(whereAbsent: .vanished), fault) }
    for folder in expansion.tooDeep { report(folder, .tooDeep) }
    if expansion.matches.isEmpty { return report(argument, .notFound, fault) }
    var last: FileName?
    for match in expansion.matches.sorted() where match != last {
      last = match
      if let fault = take(path: match.bytes, origin: .named, mayPrune: true) { report(match.bytes, .vanished, fault) }
    }
  }
}

struct GlobExpansion {
  let pattern: GlobPattern
  let calls: FileCalls
  private(set) var matches: [FileName] = []
  /// Folders that had to be read and could not be.
  private(set) var faults: [([UInt8], FileFault)] = []
  private(set) var tooDeep: [[UInt8]] = []

  init(pattern: GlobPattern, calls: FileCalls) {
    self.pattern = pattern
    self.calls = calls
  }

  /// Matches the steps from `index` on below `folder`, which is empty or ends in a slash.
  mutating func expand(_ folder: [UInt8], from index: Int, depth: Int) {
    guard index < pattern.steps.count else { return accept(folder) }
    switch pattern.steps[index] {
    case .literal(let name):
      advance(folder + name, from: index, depth: depth, kind: .unknown)
    case .pattern(let name):
      forEachEntry(of: folder) { expansion, entry, kind in
        guard name.matches(entry) else { return }
        expansion.advance(folder + entry, from: index, depth: depth, kind: kind)
      }
    case .anyFolders:
      expand(folder, from: index + 1, depth: depth)
      forEachEntry(of: folder) { expansion, entry, kind in
        guard kind == .directory, entry.first != UInt8(ascii: ".") else { return }
        let path = folder + entry
        if depth >= DiscoveryOptions.depthMax { return expansion.tooDeep.append(path) }
        expansion.expand(path + [UInt8(ascii: "/")], from: index, depth: depth + 1)
      }
    }
  }

  /// Goes on behind `path`, which matches up to and with step `index`.
  private mutating func advance(_ path: [UInt8], from index: Int, depth: Int, kind: EntryKind) {
    let isLast = index + 1 == pattern.steps.count
    if isLast, !pattern.directoriesOnly { return accept(path, kind: kind) }
    // What is certainly no directory cannot be entered; links and the unknown are found out by trying.
    if kind == .file || kind == .special { return }
    expand(path + [UInt8(ascii: "/")], from: index + 1, depth: depth)
  }

  private mutating func accept(_ path: [UInt8], kind: EntryKind = .unknown) {
    var kind = kind
    if kind == .unknown {
      // A literal end, or an end in a slash, has not been looked at yet.
      guard let status = try? calls.statusOfPath(path, follow: false) else { return }
      kind = status.kind
    }
    if pattern.filesOnly {
      if kind == .link { kind = (try? calls.statusOfPath(path, follow: true).kind) ?? .link }
      if kind == .directory { return }
    }
    matches.append(FileName(path))
  }

  private mutating func forEachEntry(of folder: [UInt8], _ body: (inout Self, [UInt8], EntryKind) -> Void) {
    let listing: DirectoryListing
    do throws(FileFault) {
      let directory = try DirectoryStream(path: folder.isEmpty ? [UInt8(ascii: ".")] : folder, calls: calls)
      listing = DirectoryListing(reading: directory, followLinks: false, calls: calls)
    } catch {
      // That a folder is not there, or is a file, only means that nothing in it matches.
      if !error.isAbsence { faults.append((folder, error)) }
      return
    }
    if let fault = listing.fault { faults.append((folder, fault)) }
    for entry in listing.entries { body(&self, listing.withName(entry) { Array($0) }, entry.kind) }
  }
}
