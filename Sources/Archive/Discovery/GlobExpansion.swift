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
    expansion.matches.sort { $0.name < $1.name }
    var last: FileName?
    for match in expansion.matches where match.name != last {
      last = match.name
      take(match)
    }
  }

  private mutating func take(_ match: GlobExpansion.Match) {
    if let identity = match.identity {
      if options.dateRange != nil, isOutsideRange(pathDays(of: match.name)) { return skip(file: match.name) }
      add(match.name, origin: .named, identity: identity, size: -1)
    } else if let fault = take(path: match.name.bytes, origin: .named, mayPrune: true) {
      report(match.name.bytes, .vanished, fault)
    }
  }
}

struct GlobExpansion {
  struct Match {
    let name: FileName
    /// Of an ordinary file, as its directory says; nil where the file must be looked at.
    let identity: FileIdentity?
  }

  /// What is known of a path while it is matched.
  private struct Candidate {
    var kind = EntryKind.unknown
    var identity: FileIdentity?
  }

  let pattern: GlobPattern
  let calls: FileCalls
  var matches: [Match] = []
  /// Folders that had to be read and could not be.
  private(set) var faults: [([UInt8], FileFault)] = []
  private(set) var tooDeep: [[UInt8]] = []

  init(pattern: GlobPattern, calls: FileCalls) {
    self.pattern = pattern
    self.calls = calls
  }

  /// Matches the steps from `index` on below `folder`, which is empty or ends in a slash.
  mutating func expand(_ folder: [UInt8], from index: Int, depth: Int) {
    guard index < pattern.steps.count else { return accept(FileName(folder), Candidate()) }
    switch pattern.steps[index] {
    case .literal(let name):
      advance(FileName(folder + name), from: index, depth: depth, Candidate())
    case .pattern(let pattern):
      forEachEntry(of: folder) { expansion, name, candidate in
        guard pattern.matches(name) else { return }
        expansion.advance(FileName(folder: folder, leaf: name), from: index, depth: depth, candidate)
      }
    case .anyFolders:
      expand(folder, from: index + 1, depth: depth)
      forEachEntry(of: folder) { expansion, name, candidate in
        guard candidate.kind == .directory, name.first != UInt8(ascii: ".") else { return }
        if depth >= DiscoveryOptions.depthMax { return expansion.tooDeep.append(folder + name) }
        expansion.expand(folder + name + [UInt8(ascii: "/")], from: index, depth: depth + 1)
      }
    }
  }

  /// Goes on behind `path`, which matches up to and with step `index`.
  private mutating func advance(_ path: FileName, from index: Int, depth: Int, _ candidate: Candidate) {
    let isLast = index + 1 == pattern.steps.count
    if isLast, !pattern.directoriesOnly { return accept(path, candidate) }
    // What is certainly no directory cannot be entered; links and the unknown are found out by trying.
    if candidate.kind == .file || candidate.kind == .special { return }
    expand(path.bytes + [UInt8(ascii: "/")], from: index + 1, depth: depth)
  }

  private mutating func accept(_ path: FileName, _ candidate: Candidate) {
    var kind = candidate.kind
    if kind == .unknown {
      // A literal end, or an end in a slash, has not been looked at yet.
      guard let status = try? calls.statusOfPath(path.bytes, follow: false) else { return }
      kind = status.kind
    }
    if pattern.filesOnly {
      if kind == .link { kind = (try? calls.statusOfPath(path.bytes, follow: true).kind) ?? .link }
      if kind == .directory { return }
    }
    matches.append(Match(name: path, identity: candidate.identity))
  }

  private mutating func forEachEntry(
    of folder: [UInt8], _ body: (inout Self, UnsafeBufferPointer<UInt8>, Candidate) -> Void
  ) {
    let listing: DirectoryListing
    let device: UInt64
    do throws(FileFault) {
      let directory = try DirectoryStream(path: folder.isEmpty ? [UInt8(ascii: ".")] : folder, calls: calls)
      device = try calls.statusOfDescriptor(directory.descriptor).identity.device
      listing = DirectoryListing(reading: directory, followLinks: false, calls: calls)
    } catch {
      // That a folder is not there, or is a file, only means that nothing in it matches.
      if !error.isAbsence { faults.append((folder, error)) }
      return
    }
    if let fault = listing.fault { faults.append((folder, fault)) }
    for entry in listing.entries {
      let identity = entry.kind == .file ? FileIdentity(device: device, inode: entry.inode) : nil
      listing.withName(entry) { body(&self, $0, Candidate(kind: entry.kind, identity: identity)) }
    }
  }
}
