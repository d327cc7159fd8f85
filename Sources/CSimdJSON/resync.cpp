// Where reading goes on behind something bad or too large.
//
// - Among objects one after another: at the next line that begins with a record, behind the bad object's own closing
//   bracket if another object follows there, or at a record on the same line.
// - In an envelope, outside its array: behind the bad member.
// - In an array: at the element itself where only its separator is missing; behind its own end, where brackets and
//   quotes still balance and a separator follows, unless it is an array with objects in it, which a stray bracket
//   makes of the records behind it; else at the next record.
//
// The next record is an object, or the text of one, that parses and looks like the records of this file (seek.cpp).
// What lies between is one skip, whatever blocks it is spread over. A member is left by a passage: it looks at each
// byte once and carries a few bits from block to block. The others look ahead, within a budget.
#include "parser.hpp"

using namespace harrier;

size_t Passage::run(const uint8_t *bytes, size_t from, size_t length, bool &done) {
  for (size_t i = from; i < length; i++) {
    size_t end = i;
    done = step(bytes[i], end);
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
  if (frame_count == 0) return begin_seek(record);
  bool in_object = frames[frame_count - 1] == Frame::object;
  // Where an envelope has members, or an array lacks a comma, a line that begins with an object begins anew: the
  // container was cut short.
  if (block[position] == '{' && (in_object || (expect == Expect::next && begins_line(position)))) {
    restart();
    return skip(record, position, position, HJ_CUT_SHORT);
  }
  // Only the separator in front of it is missing, or the quote at the end of the text before.
  if (!in_object && expect == Expect::next && (block[position] == '{' || block[position] == '"')) {
    const Head head = begins_text_at(position);
    if (head == Head::waits) return finish(position);
    if (block[position] == '{' || head == Head::opened) {
      expect = Expect::value;
      return skip(record, position, position, HJ_BAD_RECORD);
    }
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

/// A bad element of an array, at `position`.
int32_t hj_parser::pass_element(hj_record *record) {
  size_t start = position, end = start;
  bool waits = !take_bad_key(start);
  const bool has_end = !waits && measure_bad(start, end, waits);
  return waits ? finish(start) : begin_seek(record, has_end ? end : kNoEnd);
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
