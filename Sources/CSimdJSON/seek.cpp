// The search for the next record behind something bad.
//
// It goes byte by byte. Where a record may begin it is tried, which costs from the budget of looking ahead; what is no
// record is passed. What stands before a place tells how much the record itself has to show:
//
//   [x,{"id":1} ...            behind a separator: the first key of this file's records, or a mark of an event
//   [{"id":1}x{"id":2} ...     behind anything else: the same
//   {"a":{"id":1} ...          behind a key: nothing would do, it is a value
//   \n{"a":1} ...              on a line of its own: outside arrays it is tried by whoever reads on
//   Nov 3 x: {"id":1} ...      a content that begins with other text: a mark of an event, in its first part
//
// Outside arrays a container with a marked event in it is such a place as well.
//
// A bad element of an array may have an end, if quotes and brackets are to be believed. The search goes no further than
// that, but looks inside: an open quote makes the inside of strings of all that follows, so a record in between counts
// for more.
#include "parser.hpp"

using namespace harrier;

void Balance::advance(uint8_t c) {
  if (is_first) holds = c == '{';
  is_first = false;
  if (!holds) return;
  if (closed) {
    holds = closed = is_blank(c);
  } else if (in_string) {
    if (escaped) escaped = false;
    else if (c == '\\') escaped = true;
    else if (c == '"') in_string = false;
  } else if (c == '"') {
    in_string = true;
  } else if (c == '{' || c == '[') {
    depth++;
  } else if (c == '}' || c == ']') {
    closed = --depth == 0;
  }
}

/// Looks for the next record behind what is bad at `position`, up to `end` of the block.
int32_t hj_parser::begin_seek(hj_record *record, size_t end) {
  is_seeking = true;
  seek_end = end == kNoEnd ? UINT64_MAX : base + end;
  seek_begun = false;
  seek_passes = true;
  seek_before = seek_before_that = 0;
  balance = {};
  return seek(record);
}

/// Reading goes on at `i`, behind what is bad.
int32_t hj_parser::resume(hj_record *record, size_t i) {
  const size_t start = position;
  const bool continued = is_seeking && seek_begun;
  is_seeking = is_in_front = false;
  expect = Expect::value;
  if (begins_line(i) && !is_separated()) restart();
  position = i;
  return i == start ? kGoOn : skip(record, start, i, HJ_BAD_RECORD, continued);
}

void hj_parser::pass_byte(uint8_t c) {
  if (is_blank(c)) return;
  seek_before_that = seek_before;
  seek_before = c;
}

/// A content that begins with something else than JSON: its first record is sought.
void hj_parser::begin_in_text() {
  is_seeking = is_in_front = true;
  seek_begun = seek_passes = false;
  seek_end = UINT64_MAX;
  seek_before = seek_before_that = 0;
  balance = {};
}

/// Goes on to the next record, and skips what lies before it: the part of that which lies in this block.
int32_t hj_parser::seek(hj_record *record) {
  // White space in front of a content is lost nowhere, wherever blocks are cut.
  while (is_in_front && !seek_begun && position < length && (is_blank(block[position]) || block[position] == kRecordSeparator))
    position++;
  const size_t from = position;
  const size_t to = seek_end - base < length ? size_t(seek_end - base) : length;
  size_t i = from;
  for (; i < to; i++) {
    const uint64_t tried_before = tried;
    const Head head = seek_passes ? Head::plain : resumes(i);
    if (head == Head::opened) return resume(record, i);
    if (head == Head::waits) {
      tried = tried_before;
      break;
    }
    seek_passes = false;
    if (frame_count == 0) balance.advance(block[i]);
    pass_byte(block[i]);
  }
  if (i == from) return finish(from);
  position = i;
  const bool continued = seek_begun;
  seek_begun = true;
  if (base + i == seek_end) {
    is_seeking = false;
    expect = Expect::next;
  }
  return skip(record, from, i, HJ_BAD_RECORD, continued);
}

bool hj_parser::is_separated() const { return seek_before == ',' || seek_before == '['; }

/// Whether the string at `i` is the text of an object.
Head hj_parser::begins_text_at(size_t i) const {
  if (block[i] != '"') return Head::plain;
  if (i + 1 >= length) return may_wait(i) ? Head::waits : Head::plain;
  return block[i + 1] == '{' ? Head::opened : Head::plain;
}

/// Whether reading goes on at `i`.
Head hj_parser::resumes(size_t i) {
  const uint8_t c = block[i];
  if (c != '{' && c != '[' && c != '"') return Head::plain;
  const bool has_line = begins_line(i);
  if (c == '"') {
    const Head head = has_line || is_separated() ? begins_text_at(i) : Head::plain;
    if (head != Head::opened) return head;
  }
  if (is_in_front && base + i >= HJ_FRONT_BYTES) return Head::plain;
  if (frame_count == 0 && !is_in_front && (has_line || (c == '{' && balance.closed))) return Head::opened;
  if ((seek_before == ':' && seek_before_that == '"') || !may_look_ahead(i, tried)) return Head::plain;
  size_t end = i;
  if (frame_count == 0 && c != '"') {
    const Head head = holds_marked_careful(end, window(i));
    if (head == Head::opened || (head == Head::waits && may_wait(i))) return head;
    tried += end - i;
  }
  if (c == '[') return Head::plain;
  end = i;
  const Escapes escapes = c == '{' ? Escapes::strict : Escapes::any;
  Scan scan = scan_value(block, end, window(i), escapes, depth_max, nesting);
  // The next block shows whether this is a record.
  if (scan == Scan::incomplete && may_wait(i)) return Head::waits;
  if (scan == Scan::ok && end - i <= record_max && looks_alike(i, end)) return Head::opened;
  tried += end - i;
  return Head::plain;
}

/// A whole object that is an event, or begins with the key with which the records of this file begin. Where none is
/// known, any that has a line of its own.
bool hj_parser::looks_alike(size_t from, size_t end) {
  if (block[from] == '"') return parses_as_record(from, end) && (anchored || (reads_texts && !is_in_front));
  size_t key = past_blanks(block, from + 1, end), key_end = key;
  if (block[key] != '"' || scan_string(block, key_end, end, Escapes::strict) != Scan::ok) return false;
  const uint64_t hash = fold_hash(block + key + 1, key_end - key - 2) | 1;
  if (!parses_as_record(from, end)) return false;
  if (anchored || is_in_front) return anchored;
  const bool has_line = begins_line(from);
  if (!has_line && !is_separated()) return hash == first_key_hash;
  const uint64_t known = first_key_hash != 0 ? first_key_hash : bad_key_hash;
  return hash == known || (known == 0 && has_line && !is_separated());
}

bool hj_parser::may_look_ahead(size_t from, uint64_t spent) const {
  return spent <= kAheadFree + kAheadPerByte * (base + from);
}

/// A sequence of RFC 7464 has no lines, but a byte in front of each record.
bool hj_parser::begins_line(size_t i) const {
  const uint8_t before = i > 0 ? block[i - 1] : byte_before;
  return before == '\n' || (before == kRecordSeparator && frame_count == 0);
}
