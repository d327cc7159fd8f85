/// What the beginning of a content looks like.
public enum ContentLook: Equatable, Sendable {
  case json
  case empty
  case other(ForeignKind)
}

/// Something that is no log, with a word for it and what to do about it. One byte, for each file's line has one.
public enum ForeignKind: UInt8, Sendable {
  case zip, tar, bzip2, xz, sevenZip, lz4, gzipInside, parquet, avro, orc, sqlite
  case png, jpeg, gif, pdf, program, markup
  case utf16, utf16BE, utf16LE
  case behindText, table, text, binary

  public var name: String {
    switch self {
    case .zip: "zip archive"
    case .tar: "tar archive"
    case .bzip2: "bzip2 data"
    case .xz: "xz data"
    case .sevenZip: "7-Zip archive"
    case .lz4: "lz4 data"
    case .gzipInside: "gzip data, packed twice or damaged"
    case .parquet: "Parquet"
    case .avro: "Avro"
    case .orc: "ORC"
    case .sqlite: "SQLite database"
    case .png: "PNG image"
    case .jpeg: "JPEG image"
    case .gif: "GIF image"
    case .pdf: "PDF document"
    case .program: "program"
    case .markup: "markup (HTML or XML)"
    case .utf16, .utf16BE, .utf16LE: "UTF-16 text"
    case .behindText: "JSON behind other text"
    case .table: "CSV table"
    case .text: "text"
    case .binary: "binary data"
    }
  }

  /// What makes a log of it, or nothing where nothing does.
  public var remedy: String {
    switch self {
    case .zip: "unpack it first: unzip -d DIR FILE"
    case .tar: "unpack it first: tar -xf FILE -C DIR"
    case .bzip2: "unpack it first: bunzip2 -k FILE"
    case .xz: "unpack it first: unxz -k FILE"
    case .sevenZip: "unpack it first: 7z x FILE"
    case .lz4: "unpack it first: unlz4 FILE"
    case .gzipInside: "unpack it once: gunzip -k FILE"
    case .parquet, .avro, .orc, .sqlite: "export the events as JSON"
    case .utf16: "convert it first: iconv -f UTF-16 -t UTF-8 FILE"
    case .utf16BE: "convert it first: iconv -f UTF-16BE -t UTF-8 FILE"
    case .utf16LE: "convert it first: iconv -f UTF-16LE -t UTF-8 FILE"
    case .behindText: "no event was found in it: cut off what stands in front of the records"
    case .table: "export the events as JSON: the console's CSV leaves fields out"
    case .png, .jpeg, .gif, .pdf, .program, .markup, .text, .binary: ""
    }
  }

  /// Whether records may stand behind what the content begins with: text, or zeros where a file was cut and written
  /// on. Archives, images and markup hold at most examples.
  public var mayHoldRecords: Bool { [.behindText, .table, .text, .binary].contains(self) }

  /// JSON is there, and none of it was read.
  public var holdsJSON: Bool { self == .behindText }
}
