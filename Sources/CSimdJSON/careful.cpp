// A block that does not parse as a whole, read record by record.
//
// One bad byte must not cost its neighbours. Here each record is first measured byte by byte, then indexed and
// walked on its own. Behind a record that is not JSON the reading is taken up again
// - at the record's own closing bracket, where brackets and quotes still balance and a separator follows;
// - else, among objects one after another, at the next line that begins with a bracket;
// - else, in an array, at the next `,{` that parses and looks like the records of this file.
// What lies between is one skip.
#include "parser.hpp"
#include "text.hpp"

using namespace harrier;

namespace {

bool is_blank(uint8_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

size_t past_blanks(const uint8_t *bytes, size_t i, size_t length) {
  while (i < length && is_blank(bytes[i])) i++;
  return i;
}

}  // namespace

size_t Passage::run(const uint8_t *bytes, size_t from, size_t length, bool &done) {
  done = true;
  for (size_t i = from; i < length; i++) {
    uint8_t c = bytes[i];
    if (in_string) {
      if (escaped) escaped = false;
      else if (c == '\\') escaped = true;
      else if (c == '"') in_string = false;
      else if (c == '\n' && ends_at_newline) return i;
      continue;
    }
    if (c == '"') in_string = true;
    else if (c == '{' || c == '[') depth++;
    else if (c == '}' || c == ']') {
      if (depth <= 1) return depth == 0 ? i : i + 1;
      depth--;
    }
  }
  done = false;
  return length;
}

/// Passes over a record that is too large or whose end is sought; then the block goes on carefully.
int32_t hj_parser::next_careful(hj_record *record) {
  careful = true;
  if (is_passing) {
    bool done;
    size_t end = passage.run(block, 0, length, done);
    bool continued = passage_begun;
    passage_begun = !done;
    is_passing = !done;
    position = end;
    if (done) expect = frame_count == 0 ? Expect::value : Expect::next;
    is_continued = continued;
    return skip(record, 0, end, last && !done ? HJ_CUT_SHORT : HJ_TOO_LARGE);
  }
  if (is_seeking) {
    is_seeking = false;
    position = resync(0);
    is_continued = true;
    if (position > 0) return skip(record, 0, position, HJ_BAD_RECORD);
  }
  if (seeks_next) return finish(position);
  for (;;) {
    position = past_blanks(block, position, length);
    if (position >= length) return finish(length);
    int32_t status;
    if (step_frame(record, status)) return status;
  }
}

/// One step of the container. True with a status for the caller, false to go on.
bool hj_parser::step_frame(hj_record *record, int32_t &status) {
  uint8_t c = block[position];
  bool in_object = frame_count > 0 && frames[frame_count - 1] == Frame::object;
  if (frame_count > 0 && expect != Expect::value && c == (in_object ? '}' : ']')) {
    frame_count--;
    expect = frame_count == 0 ? Expect::value : Expect::next;
    position++;
    return false;
  }
  if (frame_count > 0 && c == ']' && !in_object) {
    // A comma with nothing behind it: the array ends all the same.
    frame_count--;
    expect = frame_count == 0 ? Expect::value : Expect::next;
    position++;
    status = skip(record, position - 1, position, HJ_BAD_RECORD);
    return true;
  }
  if (frame_count > 0 && expect == Expect::next) {
    if (c == ',') {
      expect = Expect::value;
      position++;
      return false;
    }
    status = pass_bad(record, position);
    return true;
  }
  if (in_object) return step_member(record, status);
  if (c == '[' && frame_count == 0) {
    push_frame(Frame::array, kNoEnvelope, Expect::first);
    position++;
    return false;
  }
  if (c != '{' && frame_count == 0) {
    status = pass_bad(record, position);
    return true;
  }
  status = read_candidate(record);
  return status != HJ_OVERFLOW;
}

/// A key and its value in an envelope.
bool hj_parser::step_member(hj_record *record, int32_t &status) {
  size_t inside = 0;
  uint8_t opened = frame_count < kFramesMax ? open_careful(position, inside) : kNoEnvelope;
  if (opened != kNoEnvelope) {
    expect = Expect::next;
    push_frame(plan->envelopes[opened].wraps ? Frame::object : Frame::array, opened, Expect::first);
    position = inside;
    return false;
  }
  size_t i = position;
  Scan key = block[i] == '"' ? scan_string(block, i, length) : Scan::invalid;
  i = past_blanks(block, i, length);
  bool has_colon = key == Scan::ok && i < length && block[i] == ':';
  if (has_colon) i = past_blanks(block, i + 1, length);
  Scan value = has_colon ? scan_value(block, i, length, depth_max, nesting) : key;
  if (key == Scan::ok && !has_colon && i < length) value = Scan::invalid;
  if (key == Scan::ok && i >= length) value = Scan::incomplete;
  if (value == Scan::ok) {
    expect = Expect::next;
    position = i;
    return false;
  }
  status = value == Scan::incomplete && !last ? finish(position) : pass_bad(record, position);
  return true;
}

/// The envelope that opens at the key at `from`; `inside` is then the place behind its bracket.
uint8_t hj_parser::open_careful(size_t from, size_t &inside) {
  if (block[from] != '"') return kNoEnvelope;
  size_t end = from;
  if (scan_string(block, end, length) != Scan::ok) return kNoEnvelope;
  size_t i = past_blanks(block, end, length);
  if (i >= length || block[i] != ':') return kNoEnvelope;
  i = past_blanks(block, i + 1, length);
  if (i >= length) return kNoEnvelope;
  for (size_t e = 0; e < plan->envelopes.size(); e++) {
    const Envelope &envelope = plan->envelopes[e];
    if (envelope.key.size() != end - from - 2 || memcmp(envelope.key.data(), block + from + 1, end - from - 2) != 0)
      continue;
    inside = i + 1;
    size_t element = past_blanks(block, inside, length);
    bool has_records = block[i] == '[' && element < length && (block[element] == '{' || block[element] == ']');
    if (envelope.wraps ? block[i] == '{' : has_records) return uint8_t(e);
  }
  return kNoEnvelope;
}

/// Opens the envelope at `position`, if it is one. Only a key in front of anything nested can tell: the record
/// behind it may be broken further on.
bool hj_parser::open_candidate() {
  if (block[position] != '{' || frame_count + 2 > kFramesMax) return false;
  for (size_t key = past_blanks(block, position + 1, length); key < length;) {
    size_t inside = 0;
    uint8_t opened = open_careful(key, inside);
    if (opened != kNoEnvelope) {
      push_frame(Frame::object, opened, Expect::next);
      push_frame(plan->envelopes[opened].wraps ? Frame::object : Frame::array, opened, Expect::first);
      position = inside;
      return true;
    }
    if (block[key] != '"' || scan_string(block, key, length) != Scan::ok) return false;
    key = past_blanks(block, key, length);
    if (key >= length || block[key] != ':') return false;
    key = past_blanks(block, key + 1, length);
    if (key >= length || block[key] == '{' || block[key] == '[') return false;
    if (scan_value(block, key, length, depth_max, nesting) != Scan::ok) return false;
    key = past_blanks(block, key, length);
    if (key >= length || block[key] != ',') return false;
    key = past_blanks(block, key + 1, length);
  }
  return false;
}

/// The value at `position`, which should be a record. HJ_OVERFLOW: an envelope opened, go on.
int32_t hj_parser::read_candidate(hj_record *record) {
  if (open_candidate()) return HJ_OVERFLOW;
  size_t end = position;
  Scan scan = scan_value(block, end, length, depth_max, nesting);
  if (scan == Scan::ok) return read_alone(end, record);
  if (scan == Scan::incomplete) {
    if (!last) return finish(position);
    size_t start = position;
    position = length;
    return skip(record, start, length, HJ_CUT_SHORT);
  }
  if (scan == Scan::too_deep) {
    Passage over;
    over.ends_at_newline = frame_count == 0;
    bool done;
    size_t start = position;
    end = over.run(block, position, length, done);
    if (!done && !last) return finish(position);
    position = end;
    expect = frame_count == 0 ? Expect::value : Expect::next;
    return skip(record, start, end, HJ_TOO_DEEP);
  }
  return pass_bad(record, position);
}

/// Indexes and walks one value that is known to end at `end`.
int32_t hj_parser::read_alone(size_t end, hj_record *record) {
  size_t start = position;
  bool is_object = block[start] == '{';
  bool good = is_object && parses_as_record(start, end);
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
  return walk_record(t, i, false, opened) == Walk::ok && i == careful_index.count() && end_record(t, 0, end - from);
}

int32_t hj_parser::pass_bad(hj_record *record, size_t from) {
  size_t end = resync(from);
  position = end;
  if (end == from && seeks_next) return finish(from);
  if (end == from) position = end = from + 1;
  return skip(record, from, end, HJ_BAD_RECORD);
}

/// Where reading goes on behind something bad at `from`. Sets `seeks_next` when the block does not tell.
size_t hj_parser::resync(size_t from) {
  bool in_lines = frame_count == 0;
  if (in_lines) {
    const uint8_t *newline = static_cast<const uint8_t *>(memchr(block + from, '\n', length - from));
    size_t after = newline ? size_t(newline - block) + 1 : length;
    if (newline && after < length && (block[after] == '{' || block[after] == '[')) return after - 1;
  }
  if (from < length && (block[from] == '{' || block[from] == '[')) {
    Passage over;
    bool done;
    size_t end = over.run(block, from, length, done);
    if (done) {
      size_t then = past_blanks(block, end, length);
      bool separated = then < length && (in_lines ? block[then] == '{' : block[then] == ',' || block[then] == ']');
      if (separated || (then >= length && last)) {
        expect = in_lines ? Expect::value : Expect::next;
        return end;
      }
    }
  }
  if (!in_lines) return resync_array(from);
  for (size_t i = from; i < length; i++) {
    const uint8_t *newline = static_cast<const uint8_t *>(memchr(block + i, '\n', length - i));
    if (!newline) break;
    i = size_t(newline - block);
    if (i + 1 < length && (block[i + 1] == '{' || block[i + 1] == '[')) return i;
  }
  seeks_next = !last;
  return length > from && block[length - 1] == '\n' && !last ? length - 1 : length;
}

size_t hj_parser::resync_array(size_t from) {
  size_t budget = resync_budget;
  bool after_comma = false;
  size_t comma = from;
  for (size_t i = from; i < length; i++) {
    uint8_t c = block[i];
    if (is_blank(c)) continue;
    bool candidate = c == '{' && after_comma && i > from;
    after_comma = c == ',';
    if (after_comma) comma = i;
    if (!candidate) continue;
    size_t end = i;
    Scan scan = scan_value(block, end, length, depth_max, nesting);
    budget -= end - i < budget ? end - i : budget;
    if (budget == 0) break;
    if (scan == Scan::incomplete && !last) {
      // The next block shows whether this is a record.
      seeks_next = true;
      return comma > from ? comma : i;
    }
    if (scan != Scan::ok) continue;
    size_t key = past_blanks(block, i + 1, length), key_end = key;
    if (block[key] != '"' || scan_string(block, key_end, length) != Scan::ok) continue;
    uint64_t hash = fold_hash(block + key + 1, key_end - key - 2) | 1;
    if (!parses_as_record(i, end) || !(anchored || hash == first_key_hash)) continue;
    resync_budget = budget;
    expect = Expect::value;
    return i;
  }
  resync_budget = budget;
  seeks_next = !last;
  return length;
}

/// Reads one record from bytes of its own, outside any container.
int hj_parser::reread(uint8_t *json, size_t size, hj_record *record) {
  simdjson::error_code error;
  if (!careful_index.build(json, size, simdjson::stage1_mode::regular, error)) return 0;
  Tokens t{json, careful_index.at(), size, 0, 0};
  if (t.first(0) != '{') return 0;
  uint32_t i = 0;
  uint8_t opened;
  if (walk_record(t, i, false, opened) != Walk::ok || i != careful_index.count()) return 0;
  if (!end_record(t, 0, size)) return 0;
  emit(record, t.at[0], t.at[i - 1] + 1);
  return 1;
}
