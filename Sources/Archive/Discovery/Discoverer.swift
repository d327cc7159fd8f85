/// One discovery in progress: what each argument means, and which files are already known.

import Glibc

struct Discoverer {
  let options: DiscoveryOptions
  let calls: FileCalls
  var result = Discovery()
  /// Every directory that was read, by the name it was first read under.
  var directories: [FileIdentity: FileName] = [:]
  /// The directories that the walk is inside of, outermost first.
  var ancestors: [FileIdentity] = []
  private var known = IdentityTable()
  private var standardInputTaken = false

  init(options: DiscoveryOptions, calls: FileCalls) {
    self.options = options
    self.calls = calls
  }

  mutating func take(argument: [UInt8]) {
    if argument == Array("-".utf8) {
      takeStandardInput()
    } else if argument.first == UInt8(ascii: "@") {
      take(list: Array(argument.dropFirst()), argument: argument)
    } else if let fault = take(path: argument, origin: .named, mayPrune: false) {
      take(glob: argument, fault: fault)
    }
  }

  /// Whether standard input is free; from now on it is not.
  mutating func claimStandardInput(for argument: [UInt8]) -> Bool {
    if standardInputTaken { report(argument, .standardInputTaken) }
    defer { standardInputTaken = true }
    return !standardInputTaken
  }

  private mutating func takeStandardInput() {
    let name = FileName("-")
    guard claimStandardInput(for: name.bytes) else { return }
    do throws(FileFault) {
      let status = try calls.statusOfDescriptor(STDIN_FILENO)
      add(name, origin: .stdin, status: status)
    } catch {
      report(name.bytes, .unreadable, error)
    }
  }

  /// Takes the file or directory of this very name. Returns the fault if there is none, so that the caller can try
  /// what else the name may mean; every other failure is reported here.
  mutating func take(path: [UInt8], origin: FileOrigin, mayPrune: Bool) -> FileFault? {
    do throws(FileFault) {
      let status = try calls.statusOfPath(path, follow: true)
      if status.kind == .directory {
        walkArgument(path)
      } else if mayPrune, isOutsideRange(pathDays(of: FileName(path))) {
        skip(file: FileName(path))
      } else {
        add(FileName(path), origin: origin, status: status)
      }
    } catch {
      if error.isAbsence {
        if (try? calls.statusOfPath(path, follow: false)) == nil { return error }
        report(path, .danglingLink, error)
      } else {
        report(path, error.kind(whereAbsent: .notFound), error)
      }
    }
    return nil
  }

  private mutating func walkArgument(_ path: [UInt8]) {
    let before = (files: result.files.count, issues: result.issues.count)
    do throws(FileFault) {
      let directory = try DirectoryStream(path: path, calls: calls)
      var folder = path
      if folder.last != UInt8(ascii: "/") { folder.append(UInt8(ascii: "/")) }
      walk(directory, folder: &folder, name: FileName(path))
    } catch {
      report(path, error.kind(whereAbsent: .vanished), error)
    }
    if before == (result.files.count, result.issues.count) { report(path, .emptyDirectory) }
  }

  mutating func add(_ name: FileName, origin: FileOrigin, status: FileStatus) {
    // Only an ordinary file's size says how much there is to read.
    add(name, origin: origin, identity: status.identity, size: status.kind == .file ? status.size : -1)
  }

  mutating func add(_ name: FileName, origin: FileOrigin, identity: FileIdentity, size: Int64) {
    if options.own.has(identity) { return report(name.bytes, .own) }
    let file = FoundFile(name: name, size: size, device: identity.device, inode: identity.inode, origin: origin)
    guard let first = known.index(of: identity, in: result.files) else {
      result.files.append(file)
      known.insert(result.files.count - 1, in: result.files)
      return
    }
    guard isSame(file, result.files[first]) else {
      result.files.append(file)
      return
    }
    // Who names a file means it, also when a walk met it before.
    if origin.isNamed, !result.files[first].origin.isNamed { result.files[first].origin = origin }
    report(name.bytes, .sameFile(result.files[first].name))
  }

  /// Where a directory's word on an inode is all we have, asks the files themselves: on filesystems of several layers
  /// two different files can show the same number, and taking them for one would lose evidence.
  private func isSame(_ a: FoundFile, _ b: FoundFile) -> Bool {
    guard let first = try? identity(asking: a), let second = try? identity(asking: b) else { return false }
    return first == second
  }

  private func identity(asking file: FoundFile) throws(FileFault) -> FileIdentity {
    if file.origin == .stdin { return try calls.statusOfDescriptor(STDIN_FILENO).identity }
    return try calls.statusOfPath(file.name.bytes, follow: true).identity
  }

  mutating func skip(file: FileName) {
    result.filesSkippedByDate += 1
    report(file.bytes, .fileSkippedByDate)
  }

  func isOutsideRange(_ days: ClosedRange<Int32>?) -> Bool {
    guard let days, let range = options.dateRange else { return false }
    return !range.overlaps((days.lowerBound - pathDayMargin)...(days.upperBound + pathDayMargin))
  }

  mutating func report(_ name: [UInt8], _ kind: DiscoveryIssue.Kind, _ fault: FileFault? = nil) {
    result.issues.append(DiscoveryIssue(name: FileName(name), kind: kind, errno: fault?.errno ?? 0))
  }
}

extension FileFault {
  /// Nothing of that name, or a name that goes on below something that is no directory.
  var isAbsence: Bool { errno == ENOENT || errno == ENOTDIR }

  func kind(whereAbsent absent: DiscoveryIssue.Kind) -> DiscoveryIssue.Kind {
    switch errno {
    case ENOENT, ENOTDIR: absent
    case EACCES, EPERM: .permissionDenied
    case ELOOP: .loop
    default: .unreadable
    }
  }
}
