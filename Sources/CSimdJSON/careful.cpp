// A block that does not parse as a whole, read record by record.
//
// One bad byte must not cost its neighbours. Here each record is first measured byte by byte, then indexed and
// walked on its own. Every decision is made on the bytes from the value's beginning up to the limit on records, and
// asks for more content where the block holds less, so it does not depend on where blocks are cut. What the walk of
// a whole block accepts is accepted here in the same way: a block with one bad byte gives the same records.
#include "parser.hpp"

using namespace harrier;

int32_t hj_parser::next_careful(hj_record *record) {
  careful = true;
  for (;;) {
    if (!is_passing && !is_seeking) position = past_blanks(block, position, length);
    if (position >= length) return finish(length);
    int32_t status = is_passing ? run_passage(record) : is_seeking ? seek(record) : step_frame(record);
    if (status != kGoOn) return status;
  }
}

/// One step among objects one after another.
int32_t hj_parser::step_outside(hj_record *record) {
  const uint8_t c = block[position];
  // Zeros at the end are padding; in front of something they are a hole, where something was lost.
  if (c == 0) {
    saw_zeros = true;
    while (position < length && block[position] == 0) position++;
    return kGoOn;
  }
  if (saw_zeros) {
    saw_zeros = false;
    return skip(record, position, position, HJ_BAD_RECORD);
  }
  if (c == kRecordSeparator) {
    position++;
    return kGoOn;
  }
  if (c == '"' && position + 1 >= length && may_wait(position)) return finish(position);
  if (c == '{' || (c == '"' && position + 1 < length && block[position + 1] == '{')) return read_candidate(record);
  // An array that closed too early, or was never opened: what follows is read all the same.
  if (c != '[' && c != ',') return pass_bad(record);
  position++;
  if (c == ',') {
    bool is_surplus = !may_separate;
    int32_t status = is_surplus ? skip(record, position - 1, position, HJ_BAD_RECORD) : kGoOn;
    may_separate = false;
    return status;
  }
  push_frame(Frame::array, kNoEnvelope, Expect::first);
  return kGoOn;
}

/// One step of the container.
int32_t hj_parser::step_frame(hj_record *record) {
  uint8_t c = block[position];
  if (frame_count == 0) return step_outside(record);
  bool in_object = frames[frame_count - 1] == Frame::object;
  if (c == (in_object ? '}' : ']')) {
    bool is_surplus_comma = expect == Expect::value;
    pop_frame();
    position++;
    return is_surplus_comma ? skip(record, position - 1, position, HJ_BAD_RECORD) : kGoOn;
  }
  if (c == ',') {
    bool is_surplus = expect != Expect::next;
    expect = Expect::value;
    position++;
    return is_surplus ? skip(record, position - 1, position, HJ_BAD_RECORD) : kGoOn;
  }
  if (expect == Expect::next) return pass_bad(record);
  return in_object ? step_member(record) : read_candidate(record);
}

/// A key and its value in an envelope.
int32_t hj_parser::step_member(hj_record *record) {
  const size_t limit = window(position);
  size_t inside = 0;
  uint8_t opened = frame_count < kFramesMax ? open_careful(position, limit, inside) : kNoEnvelope;
  if (opened == kUndecided && may_wait(position)) return finish(position);
  if (opened < kUndecided) {
    expect = Expect::next;
    open_envelope(opened, block[inside - 1]);
    position = inside;
    return kGoOn;
  }
  if (block[position] != '"') return pass_bad(record);
  size_t i = position;
  Scan scan = scan_string(block, i, limit, Escapes::any);
  if (scan == Scan::ok) {
    i = past_blanks(block, i, limit);
    if (i >= limit) scan = Scan::incomplete;
    else if (block[i] != ':') scan = Scan::invalid;
    else scan = scan_value(block, ++i, limit, Escapes::any, depth_max, nesting);
  }
  if (scan == Scan::incomplete && may_wait(position)) return finish(position);
  if (scan == Scan::ok && i - position <= record_max) {
    expect = Expect::next;
    position = i;
    return kGoOn;
  }
  if (scan == Scan::incomplete && length - position <= record_max) return pass_over(record, Over::member, HJ_CUT_SHORT);
  if (scan == Scan::too_deep) return pass_over(record, Over::member, HJ_TOO_DEEP);
  return pass_over(record, Over::member, scan == Scan::invalid ? HJ_BAD_RECORD : HJ_TOO_LARGE);
}

/// The envelope that opens at `key`, `inside` is then the place behind its bracket; or `kUndecided`.
uint8_t hj_parser::open_careful(size_t key, size_t limit, size_t &inside) {
  size_t end = key;
  if (block[key] != '"' || scan_string(block, end, limit, Escapes::any) != Scan::ok) return kNoEnvelope;
  size_t i = past_blanks(block, end, limit);
  if (i >= limit || block[i] != ':') return kNoEnvelope;
  i = past_blanks(block, i + 1, limit);
  if (i >= limit) return kNoEnvelope;
  for (size_t e = 0; e < plan->envelopes.size(); e++) {
    const Envelope &envelope = plan->envelopes[e];
    if (!envelope.has(block + key + 1, end - key - 2)) continue;
    inside = i + 1;
    Head head = Head::plain;
    size_t seen = i;
    if (envelope.kind == HJ_HOLDS_MARKED) head = holds_marked_careful(seen, limit);
    else if (envelope.kind == HJ_WRAPS) head = block[i] == '{' ? Head::opened : Head::plain;
    else if (block[i] == '[') head = array_holds_records(inside, limit);
    if (head != Head::plain) return head == Head::opened ? uint8_t(e) : kUndecided;
  }
  return kNoEnvelope;
}

/// As `holds_records`, for the array that begins in front of `i`; or that its next element has to be seen.
Head hj_parser::array_holds_records(size_t i, size_t limit) const {
  bool is_first = true, leads = true;
  for (uint32_t depth = 0; i < limit;) {
    uint8_t c = block[i];
    if (c == '"') {
      if (i + 1 < limit && block[i + 1] == '{' && (depth == 0 || leads)) return Head::opened;
      Scan scan = scan_string(block, i, limit, Escapes::any);
      if (scan != Scan::ok) return scan == Scan::incomplete ? Head::waits : Head::plain;
    } else {
      if (c == '\\') return Head::plain;
      if (c == '{' && (depth == 0 || leads)) return Head::opened;
      if (c == '{' || c == '[') depth++;
      if ((c == '}' || c == ']') && depth-- == 0) return is_first && c == ']' ? Head::opened : Head::plain;
      i++;
    }
    is_first = is_first && is_blank(c);
    leads = leads && (is_blank(c) || c == '[' || c == ',' || c == ']');
  }
  return Head::waits;
}

/// Opens the envelope at `position`, if it is one: some key of the object, in front of anything that marks the
/// object itself as an event, holds records. The record behind it may be broken further on.
Head hj_parser::open_candidate() {
  if (block[position] != '{' || frame_count + 2 > kFramesMax) return Head::plain;
  const size_t limit = window(position);
  const Head unfinished = may_wait(position) ? Head::waits : Head::plain;
  for (size_t key = past_blanks(block, position + 1, limit); key < limit;) {
    size_t inside = 0;
    uint8_t opened = open_careful(key, limit, inside);
    if (opened == kUndecided && unfinished == Head::waits) return unfinished;
    if (opened < kUndecided) {
      if (head_is_anchored(position, key)) return Head::plain;
      push_frame(Frame::object, opened, Expect::next);
      open_envelope(opened, block[inside - 1]);
      position = inside;
      return Head::opened;
    }
    if (block[key] != '"') return Head::plain;
    Scan scan = scan_string(block, key, limit, Escapes::any);
    if (scan == Scan::ok) {
      key = past_blanks(block, key, limit);
      if (key >= limit) return unfinished;
      if (block[key++] != ':') return Head::plain;
      scan = scan_value(block, key, limit, Escapes::any, depth_max, nesting);
    }
    if (scan != Scan::ok) return scan == Scan::incomplete ? unfinished : Head::plain;
    key = past_blanks(block, key, limit);
    if (key >= limit) return unfinished;
    if (block[key] != ',') return Head::plain;
    key = past_blanks(block, key + 1, limit);
  }
  return unfinished;
}

/// Whether the members between `from`, where the object begins, and `key` mark it as an event.
bool hj_parser::head_is_anchored(size_t from, size_t key) {
  size_t comma = key - 1;
  while (comma > from && block[comma] != ',') comma--;
  if (comma == from) return false;
  const size_t size = comma - from + 1;
  alone.resize(size + HJ_PADDING);
  memcpy(alone.data(), block + from, size - 1);
  alone[size - 1] = '}';
  memset(alone.data() + size, 0, HJ_PADDING);
  simdjson::error_code error;
  if (!careful_index.build(alone.data(), size, simdjson::stage1_mode::regular, error)) return false;
  Tokens t{alone.data(), careful_index.at(), size, 0, 0};
  uint32_t i = 0;
  uint8_t opened;
  return walk_record(t, i, false, opened) == Walk::ok && anchored;
}

/// As `opens_page`, for the element at `position`.
Head hj_parser::opens_page_careful() const {
  const size_t room = kFramesMax - frame_count, limit = window(position);
  const Head unfinished = may_wait(position) ? Head::waits : Head::plain;
  size_t i = position;
  for (size_t depth = 0; i < limit;) {
    uint8_t c = block[i];
    if (c == '"') {
      if (i + 1 < limit && block[i + 1] == '{') return Head::opened;
      Scan scan = scan_string(block, i, limit, Escapes::any);
      if (scan != Scan::ok) return scan == Scan::incomplete ? unfinished : Head::plain;
      continue;
    }
    if (c == '{') return Head::opened;
    if (c == '[' ? depth++ == room : c == ']' ? --depth == 0 : c == '}' || c == ':' || c == '\\') return Head::plain;
    i++;
  }
  return unfinished;
}

/// The value at `position`, which should be a record.
int32_t hj_parser::read_candidate(hj_record *record) {
  if (block[position] == '[') {
    Head page = opens_page_careful();
    if (page == Head::waits) return finish(position);
    if (page == Head::opened) {
      push_frame(Frame::array, kNoEnvelope, Expect::first);
      position++;
      return kGoOn;
    }
  }
  Head head = open_candidate();
  if (head == Head::opened) return kGoOn;
  if (head == Head::waits) return finish(position);
  size_t end = position;
  Escapes escapes = block[position] == '{' ? Escapes::strict : Escapes::any;
  Scan scan = scan_value(block, end, window(position), escapes, depth_max, nesting);
  if (scan == Scan::ok && end - position <= record_max) return read_alone(end, record);
  if (scan == Scan::ok || (scan == Scan::incomplete && length - position > record_max))
    return pass_over(record, Over::value, HJ_TOO_LARGE);
  if (scan == Scan::too_deep) return pass_over(record, Over::value, HJ_TOO_DEEP);
  if (scan == Scan::invalid) return pass_bad(record);
  if (!last) return finish(position);
  return pass_over(record, Over::value, HJ_CUT_SHORT);
}

/// Whether a separator stands behind the element that ends at `i`.
Head hj_parser::is_followed(size_t i) const {
  const size_t limit = window(position);
  i = past_blanks(block, i, limit);
  if (i >= limit) return may_wait(position) ? Head::waits : Head::plain;
  return block[i] == ',' || block[i] == ']' ? Head::opened : Head::plain;
}

/// Indexes and walks one value that is known to end at `end`.
int32_t hj_parser::read_alone(size_t end, hj_record *record) {
  size_t start = position;
  bool is_object = block[start] == '{';
  bool good = (is_object || block[start] == '"') && parses_as_record(start, end);
  // Outside any container a string that is no event is no element of anything.
  if (!good && !is_object && frame_count == 0) return pass_bad(record);
  // A quote too many or too few makes a text of what stands between two of them.
  if (!good && block[start] == '"') {
    const Head head = block[start + 1] == '{' ? Head::plain : is_followed(end);
    if (head == Head::waits) return finish(start);
    if (head == Head::plain) return begin_seek(record);
  }
  position = end;
  expect = frame_count == 0 ? Expect::value : Expect::next;
  if (good) return emit(record, start, end);
  return skip(record, start, end, is_object ? HJ_BAD_RECORD : HJ_NOT_OBJECT);
}

bool hj_parser::parses_as_record(size_t from, size_t end) {
  simdjson::error_code error;
  alone.resize(end - from + HJ_PADDING);
  memcpy(alone.data(), block + from, end - from);
  memset(alone.data() + (end - from), 0, HJ_PADDING);
  if (!careful_index.build(alone.data(), end - from, simdjson::stage1_mode::regular, error)) return false;
  Tokens t{alone.data(), careful_index.at(), end - from, 0, uint32_t(from)};
  uint32_t i = 0;
  uint8_t opened;
  if (t.first(0) == '"') return careful_index.count() == 1 && read_text(t, 0);
  return walk_record(t, i, false, opened) == Walk::ok && i == careful_index.count() && end_record(t, 0, i);
}
