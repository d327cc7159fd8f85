/// The recursive walk of a directory.
///
/// Each directory is opened relative to its parent's descriptor, so neither the length of a path nor a link that someone
/// swaps in half-way leads the walk elsewhere. Every entry ends as a file, as a walked directory or as an issue.

import Glibc

extension Discoverer {
  /// Reads `directory`, whose path with a slash behind it is `folder`, and everything below.
  mutating func walk(_ directory: borrowing DirectoryStream, folder: inout [UInt8], name: FileName) {
    let status: FileStatus
    do throws(FileFault) {
      status = try calls.statusOfDescriptor(directory.descriptor)
    } catch {
      return report(name.bytes, error.kind(whereAbsent: .vanished), error)
    }
    if let first = directories[status.identity] {
      return report(name.bytes, ancestors.contains(status.identity) ? .loop : .sameFile(first))
    }
    directories[status.identity] = name
    ancestors.append(status.identity)
    defer { ancestors.removeLast() }

    let listing = DirectoryListing(reading: directory, followLinks: options.followLinks, calls: calls)
    let outside = options.dateRange != nil && isOutsideRange(daysOfFiles(in: folder))
    let isOwn = options.own.directory == status.identity
    var hasOwn = false
    for entry in listing.entries {
      if isOwn, listing.withName(entry, options.own.isReport) {
        hasOwn = true
      } else if entry.entered {
        enter(entry, listing, below: directory, folder: &folder)
      } else {
        take(entry, listing, below: directory, status.identity.device, folder: folder, outside: outside)
      }
    }
    if hasOwn { report(name.bytes, .own) }
    if let fault = listing.fault { report(name.bytes, fault.kind(whereAbsent: .vanished), fault) }
  }

  private mutating func enter(
    _ entry: DirectoryListing.Entry, _ listing: DirectoryListing, below parent: borrowing DirectoryStream,
    folder: inout [UInt8]
  ) {
    let length = folder.count
    listing.withName(entry) { folder.append(contentsOf: $0) }
    defer { folder.removeSubrange(length...) }
    if ancestors.count >= DiscoveryOptions.depthMax { return report(folder, .tooDeep) }
    if options.dateRange != nil, isOutsideRange(daysOfEverything(below: folder)) {
      result.directoriesSkippedByDate += 1
      return report(folder, .directorySkippedByDate)
    }
    let name = FileName(folder)
    // A directory that became a link since it was listed is not followed.
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (entry.kind == .link ? 0 : O_NOFOLLOW)
    do throws(FileFault) {
      let base = parent.descriptor
      let descriptor = try listing.call(entry) { (leaf) throws(FileFault) in try calls.open(base, leaf, flags) }
      let directory = try DirectoryStream(owning: descriptor, calls: calls)
      folder.append(UInt8(ascii: "/"))
      walk(directory, folder: &folder, name: name)
    } catch {
      report(name.bytes, error.kind(whereAbsent: .vanished), error)
    }
  }

  private mutating func take(
    _ entry: DirectoryListing.Entry, _ listing: DirectoryListing, below parent: borrowing DirectoryStream,
    _ device: UInt64, folder: [UInt8], outside: Bool
  ) {
    let name = listing.withName(entry) { FileName(folder: folder, leaf: $0) }
    switch entry.kind {
    case .file:
      if outside { return skip(file: name) }
      add(name, origin: .walked, identity: FileIdentity(device: device, inode: entry.inode), size: -1)
    case .link:
      take(link: entry, listing, name, base: parent.descriptor, outside: outside)
    case .special:
      report(name.bytes, .special)
    case .directory, .unknown:
      // Its kind could not be asked when the directory was read, so it is asked again, for the reason.
      take(unknown: entry, listing, name, base: parent.descriptor)
    }
  }

  private mutating func take(
    link entry: DirectoryListing.Entry, _ listing: DirectoryListing, _ name: FileName, base: Int32, outside: Bool
  ) {
    do throws(FileFault) {
      let status = try listing.call(entry) { (leaf) throws(FileFault) in try calls.status(base, leaf, true) }
      switch status.kind {
      case .file where outside: skip(file: name)
      case .file: add(name, origin: .walked, status: status)
      case .directory: report(name.bytes, .linkNotFollowed)
      default: report(name.bytes, .special)
      }
    } catch {
      report(name.bytes, error.kind(whereAbsent: .danglingLink), error)
    }
  }

  private mutating func take(
    unknown entry: DirectoryListing.Entry, _ listing: DirectoryListing, _ name: FileName, base: Int32
  ) {
    do throws(FileFault) {
      _ = try listing.call(entry) { (leaf) throws(FileFault) in try calls.status(base, leaf, false) }
      report(name.bytes, .vanished)
    } catch {
      report(name.bytes, error.kind(whereAbsent: .vanished), error)
    }
  }
}
