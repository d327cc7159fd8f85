// The one owner of a libyaml parser. All unsafe access to its memory is in this file: an event's pointers live only
// until the next event, so whatever is kept is copied here.

import CYAML

/// libyaml's parser; freed with its owner.
struct YAMLEventParser: ~Copyable {
  struct Event {
    enum Kind {
      case end, documentStart, documentEnd, alias, scalar, sequenceStart, sequenceEnd, mappingStart, mappingEnd
    }

    var kind: Kind
    var text = ""
    var anchor: String?
    var tag: String?
    var isPlain = false
    var line: Int
    var column: Int
  }

  private let handle: OpaquePointer

  /// - Precondition: the bytes outlive the parser.
  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(YAMLFailure) {
    // SAFETY: the caller keeps `bytes` alive; a nil base address comes with a length of 0, which libyaml accepts.
    guard let handle = harrier_yaml_new(bytes.baseAddress, bytes.count) else {
      throw YAMLFailure(code: .outOfMemory, message: "not enough memory to parse YAML", line: 1)
    }
    self.handle = handle
  }

  deinit {
    // SAFETY: the handle came from harrier_yaml_new and this is the only place that frees it.
    harrier_yaml_free(handle)
  }

  /// The next event. After `.end` or an error the parser must not be asked again.
  mutating func next() throws(YAMLFailure) -> Event {
    var raw = harrier_yaml_event()
    // SAFETY: the handle is live; `raw` is filled completely before the call returns.
    harrier_yaml_next(handle, &raw)
    let line = Int(raw.line) + 1
    if raw.kind == HARRIER_YAML_FAILED {
      // SAFETY: libyaml's problem texts are static C strings; the shim never leaves a nil here.
      let problem = raw.problem.map { String(cString: $0) } ?? "unreadable"
      throw YAMLFailure(code: .syntax, message: "YAML does not parse: \(problem)", line: line)
    }
    var event = Event(kind: Self.kind(raw.kind), line: line, column: Int(raw.column) + 1)
    // SAFETY: anchor and tag are NUL-terminated and live until the next call; both are copied here.
    if let anchor = raw.anchor { event.anchor = String(cString: anchor) }
    if let tag = raw.tag { event.tag = String(cString: tag) }
    if event.kind == .scalar {
      // SAFETY: `text` points to `length` bytes that live until the next call; they are copied here.
      event.text = String(decoding: UnsafeBufferPointer(start: raw.text, count: raw.length), as: UTF8.self)
      event.isPlain = raw.plain != 0
    }
    return event
  }

  private static func kind(_ raw: harrier_yaml_kind) -> Event.Kind {
    switch raw {
    case HARRIER_YAML_DOCUMENT_START: .documentStart
    case HARRIER_YAML_DOCUMENT_END: .documentEnd
    case HARRIER_YAML_ALIAS: .alias
    case HARRIER_YAML_SCALAR: .scalar
    case HARRIER_YAML_SEQUENCE_START: .sequenceStart
    case HARRIER_YAML_SEQUENCE_END: .sequenceEnd
    case HARRIER_YAML_MAPPING_START: .mappingStart
    case HARRIER_YAML_MAPPING_END: .mappingEnd
    default: .end
    }
  }
}
