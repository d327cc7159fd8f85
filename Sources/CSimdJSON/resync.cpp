// Where reading goes on behind something bad or too large.
//
// - Among objects one after another: at the next line that begins with a bracket, or behind the bad object's own
//   closing bracket if another object follows there.
// - In an envelope, outside its array: behind the bad member.
// - In an array: behind the element's own end, where brackets and quotes still balance and a separator follows, unless
//   it is an array with objects in it, which a stray bracket makes of the records behind it; else
//   at the next object that stands where a record may stand, or begins a line, parses, and looks like the records of
//   this file.
//
// What lies between is one skip, whatever blocks it is spread over. The first two are passages: they look at each
// byte once and carry a few bits from block to block. The third looks ahead, within a budget.
#include "parser.hpp"

using namespace harrier;

size_t Passage::run(const uint8_t *bytes, size_t from, size_t length, bool &done) {
  for (size_t i = from; i < length; i++) {
    size_t end = i;
    done = over == Over::lines ? step_lines(bytes[i]) : step(bytes[i], end);
    if (done) return end;
  }
  done = false;
  return length;
}

/// One byte of a value or member. True when it ends, before `end` or behind it.
bool Passage::step(uint8_t c, size_t &end) {
  const bool first = is_first, line = at_line;
  is_first = false;
  at_line = c == '\n';
  if (in_string) {
    if (escaped) {
      escaped = false;
    } else if (c == '\\') {
      escaped = true;
    } else if (c == '"') {
      in_string = false;
      end++;
      return depth == 0 && over == Over::value;
    }
    // No string of JSON holds a newline: here a line was cut short.
    return c == '\n' && in_lines;
  }
  // Nothing but these lets an object follow: else a new document begins with this line.
  const bool may_follow = previous == '[' || previous == ':' || previous == ',';
  if (line && c == '{' && !may_follow) {
    restarted = true;
    return true;
  }
  if (is_blank(c)) return depth == 0 && in_scalar && over == Over::value;
  previous = c;
  switch (c) {
    case '"':
      in_string = true;
      return false;
    case '{': case '[':
      depth++;
      return false;
    case '}': case ']':
      if (depth == 0) return !first;
      if (--depth > 0 || over == Over::member) return false;
      end++;
      return true;
    case ',':
      return depth == 0 && !first;
    default:
      in_scalar = true;
      return false;
  }
}

/// One byte of what is bad among objects one after another. True when the next object begins with it.
bool Passage::step_lines(uint8_t c) {
  const bool line = at_line;
  at_line = c == '\n' || c == kRecordSeparator;
  if (is_first) balances = c == '{';
  if (line && (c == '{' || c == '[')) return true;
  is_first = false;
  if (!balances || (balanced && is_blank(c))) return false;
  if (balanced) {
    balances = false;
    return c == '{';
  }
  if (in_string) {
    if (escaped) escaped = false;
    else if (c == '\\') escaped = true;
    else if (c == '"') in_string = false;
    return false;
  }
  if (c == '"') in_string = true;
  else if (c == '{' || c == '[') depth++;
  else if (c == '}' || c == ']') balanced = --depth == 0;
  return false;
}

/// Begins a passage at `position`.
int32_t hj_parser::pass_over(hj_record *record, Over over, uint8_t reason) {
  passage = {};
  passage.over = over;
  passage.in_lines = frame_count == 0;
  passage.reason = reason;
  is_passing = true;
  return run_passage(record);
}

/// The part of the passage that lies in this block.
int32_t hj_parser::run_passage(hj_record *record) {
  bool done;
  size_t start = position;
  bool continued = passage.begun;
  position = passage.run(block, start, length, done);
  passage.begun = true;
  if (done) {
    is_passing = false;
    if (passage.restarted) restart();
    expect = frame_count == 0 ? Expect::value : Expect::next;
  }
  if (position == start) return kGoOn;
  return skip(record, start, position, passage.reason, continued);
}

/// What stands at `position` is no JSON.
int32_t hj_parser::pass_bad(hj_record *record) {
  if (frame_count == 0) return pass_over(record, Over::lines, HJ_BAD_RECORD);
  bool in_object = frames[frame_count - 1] == Frame::object;
  // Where an envelope has members, or an array lacks a comma, a line that begins with an object begins anew: the
  // container was cut short.
  if (block[position] == '{' && (in_object || (expect == Expect::next && begins_line(position)))) {
    restart();
    return skip(record, position, position, HJ_CUT_SHORT);
  }
  // The array was closed and opened again: what follows are its records, not a member.
  if (in_object && block[position] == '[') {
    Head page = opens_page_careful();
    if (page == Head::waits) return finish(position);
    if (page == Head::opened) {
      push_frame(Frame::array, kNoEnvelope, Expect::first);
      position++;
      return skip(record, position - 1, position, HJ_BAD_RECORD);
    }
  }
  return in_object ? pass_over(record, Over::member, HJ_BAD_RECORD) : pass_element(record);
}

/// Out of whatever container: a new document begins.
void hj_parser::restart() {
  frame_count = 0;
  expect = Expect::value;
}

bool hj_parser::begins_line(size_t i) const { return (i > 0 ? block[i - 1] : byte_before) == '\n'; }

bool hj_parser::may_look_ahead(size_t from, uint64_t spent) const {
  return spent <= kAheadFree + kAheadPerByte * (base + from);
}

/// A bad element of an array, at `position`.
int32_t hj_parser::pass_element(hj_record *record) {
  size_t start = position, end = start;
  bool waits = !take_bad_key(start);
  if (!waits && measure_bad(start, end, waits)) {
    position = end;
    expect = Expect::next;
    return skip(record, start, end, HJ_BAD_RECORD);
  }
  if (waits) return finish(start);
  is_seeking = true;
  seek_begun = seek_separated = false;
  seek_passes = true;
  return seek(record);
}

/// Remembers the first key of a bad element, if it has one. False: more content has to be seen.
bool hj_parser::take_bad_key(size_t from) {
  const size_t limit = window(from);
  bad_key_hash = 0;
  if (block[from] != '{') return true;
  size_t key = past_blanks(block, from + 1, limit), end = key;
  if (key >= limit) return !may_wait(from);
  if (block[key] != '"') return true;
  Scan scan = scan_string(block, end, limit, Escapes::strict);
  if (scan == Scan::ok) bad_key_hash = fold_hash(block + key + 1, end - key - 2) | 1;
  return scan != Scan::incomplete || !may_wait(from);
}

/// The end of a bad element, if a separator follows there. `waits`: more content has to be seen.
bool hj_parser::measure_bad(size_t from, size_t &end, bool &waits) {
  if (!may_look_ahead(from, measured)) return false;
  const size_t limit = window(from);
  const uint8_t c = block[from];
  bool done = false;
  if (c == '{' || c == '[' || c == '"') {
    Passage own;
    end = own.run(block, from, limit, done);
    // Another's closing bracket: its own is missing.
    const uint8_t closing = c == '"' ? '"' : c == '{' ? '}' : ']';
    if (done && block[end - 1] != closing) {
      measured += end - from;
      return false;
    }
    // A bracket too many takes whole records in: they are sought one by one.
    if (done && c == '[' && memchr(block + from, '{', end - from)) {
      measured += end - from;
      return false;
    }
  } else {
    for (end = from + 1; end < limit && !done; end += !done) {
      uint8_t d = block[end];
      done = d == ',' || d == ']' || d == '"' || d == '{' || d == '[' || d == '}';
    }
  }
  size_t then = done ? past_blanks(block, end, limit) : limit;
  if (then >= limit && may_wait(from)) {
    waits = true;
    return false;
  }
  measured += then - from;
  return then < limit && (block[then] == ',' || block[then] == ']');
}

/// Looks for the next record of an array, and skips what lies before it.
int32_t hj_parser::seek(hj_record *record) {
  size_t from = position, i = from;
  bool found = false;
  for (; i < length && !found; i += !found) {
    uint8_t c = block[i];
    if (is_blank(c)) continue;
    bool is_candidate = c == '{' && !seek_passes && (seek_separated || begins_line(i));
    seek_passes = false;
    if (is_candidate && may_look_ahead(i, tried)) {
      size_t end = i;
      Scan scan = scan_value(block, end, window(i), Escapes::strict, depth_max, nesting);
      // The next block shows whether this is a record.
      if (scan == Scan::incomplete && may_wait(i)) break;
      found = scan == Scan::ok && end - i <= record_max && looks_alike(i, end);
      if (!found) tried += end - i;
    }
    if (!found) seek_separated = c == ',' || c == '[';
  }
  position = i;
  bool waits = !found && i < length;
  if (found) {
    is_seeking = false;
    expect = Expect::value;
    if (!seek_separated) restart();
  }
  if (i == from) return waits ? finish(from) : kGoOn;
  bool continued = seek_begun;
  seek_begun = true;
  return skip(record, from, i, HJ_BAD_RECORD, continued);
}

/// A whole object that is an event, or begins with the key with which the records of this file begin. Where none is
/// known, any that has a line of its own.
bool hj_parser::looks_alike(size_t from, size_t end) {
  size_t key = past_blanks(block, from + 1, end), key_end = key;
  if (block[key] != '"' || scan_string(block, key_end, end, Escapes::strict) != Scan::ok) return false;
  uint64_t hash = fold_hash(block + key + 1, key_end - key - 2) | 1;
  if (!parses_as_record(from, end)) return false;
  const uint64_t known = first_key_hash != 0 ? first_key_hash : bad_key_hash;
  return anchored || hash == known || (known == 0 && !seek_separated);
}
