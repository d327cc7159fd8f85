import Archive
import Correlation
import Events

/// The name of a file that alerts cite.
struct ShownFile {
  let path: [UInt8]
  /// As `FileName.text` has it.
  let text: [UInt8]
  /// For a shell.
  let word: [UInt8]

  init(_ path: [UInt8]) {
    self.path = path
    text = FileName(path).text
    word = ShellText.path(path)
  }
}

/// What one thread has worked out of texts: most alerts speak of the same few. Where they do not, it begins anew.
final class KnownTexts {
  // Some megabytes a thread. Longer texts hardly come again.
  private static let textsMax = 1 << 14
  private static let textBytesMax = 512
  private static let filesMax = 1 << 12
  private static let filtersMax = 1 << 12
  private static let incidentsMax = 1 << 14
  private static let originsMax = 1 << 12

  /// By number of the field, then of the text.
  private var texts = TextMemory()
  private var files: [UInt32: ShownFile] = [:]
  private var filters: [[UInt32]: [UInt8]] = [:]
  private var incidentIDs: [Hash128: String] = [:]
  private var origins: [[UInt8]: AddressOrigin?] = [:]

  func text(_ key: UInt64) -> [UInt8]? { texts[key] }

  func note(_ text: [UInt8], _ key: UInt64) {
    guard text.count <= KnownTexts.textBytesMax else { return }
    if texts.count >= KnownTexts.textsMax { texts = TextMemory() }
    texts[key] = text
  }

  func file(_ rank: UInt32, _ make: () -> ShownFile) -> ShownFile {
    if let known = files[rank] { return known }
    if files.count >= KnownTexts.filesMax { files.removeAll(keepingCapacity: true) }
    let made = make()
    files[rank] = made
    return made
  }

  func filter(_ key: [UInt32]) -> [UInt8]? { filters[key] }

  func note(_ filter: [UInt8], _ key: [UInt32]) {
    if filters.count >= KnownTexts.filtersMax { filters.removeAll(keepingCapacity: true) }
    filters[key] = filter
  }
  /// Of fields that are no columns.
  private var numbers: [String: UInt32] = [:]

  func origin(of address: [UInt8], _ find: () -> AddressOrigin?) -> AddressOrigin? {
    if let known = origins[address] { return known }
    let found = find()
    if origins.count >= KnownTexts.originsMax { origins.removeAll(keepingCapacity: true) }
    origins[address] = .some(found)
    return found
  }

  func incidentID(_ id: Hash128) -> String {
    if let text = incidentIDs[id] { return text }
    let text = id.hex
    if incidentIDs.count >= KnownTexts.incidentsMax { incidentIDs.removeAll(keepingCapacity: true) }
    incidentIDs[id] = text
    return text
  }

  func number(of name: String) -> UInt32 {
    if let number = numbers[name] { return number }
    let number = UInt32(numbers.count) + 1 << 8
    numbers[name] = number
    return number
  }
}
