// Whether what stands where one event may stand is several: a list under the key of a wrapper.
//
// {"data":[E,E]} and {"message":"[E,E]"} have the key under which others put one event. They are told by the marks of
// events: keys of providers at the top of an element, or at the top of what a wrapper in it holds.
//
//   {"events":[{"timestamp":1,"message":"{\"eventSource\":...}"}]}    the wrapper's text in the element is marked
//   {"tags":["a"],"data":[{"n":1}]}                                    nothing is: one object like any other
#include "parser.hpp"

using namespace harrier;

/// What the key at token `key` says.
Mark hj_parser::mark_of(const Tokens &t, uint32_t key) const {
  Match matches[kCaseVariantsMax];
  const int count = plan->find(0, t.bytes + t.at[key] + 1, t.end_of(key) - t.at[key] - 2, matches);
  Mark mark = Mark::none;
  for (int m = 0; m < count; m++) {
    const Node &node = plan->nodes[matches[m].child];
    for (uint32_t l = node.first_leaf; l < node.first_leaf + node.leaf_count; l++)
      if (plan->anchors[plan->leaves[l].slot]) return Mark::event;
    if (node.wraps) mark = Mark::wrapper;
  }
  return mark;
}

/// Whether the value at token `i` is an object, or the text of one, that is marked as an event.
bool hj_parser::is_marked(const Tokens &t, uint32_t i, int room) {
  if (t.first(i) == '"') return text_is_marked(t, i, room);
  if (t.first(i++) != '{') return false;
  while (t.first(i) == '"' && t.first(i + 1) == ':') {
    Mark mark = mark_of(t, i);
    i += 2;
    if (mark == Mark::event || (mark == Mark::wrapper && room > 0 && is_marked(t, i, room - 1))) return true;
    if (skip_value(t, i, 1) != Walk::ok || t.first(i) != ',') return false;
    i++;
  }
  return false;
}

bool hj_parser::text_is_marked(const Tokens &t, uint32_t i, int room) {
  if (t.bytes[t.at[i] + 1] != '{') return false;
  Tokens inside;
  uint32_t count = 0;
  if (!open_text(t, i, inside, count)) return false;
  text_depth++;
  bool marked = is_marked(inside, 0, room);
  text_depth--;
  return marked;
}

/// How many elements of the array in front of token `i` are whole and marked, up to `enough`.
int hj_parser::count_marked(const Tokens &t, uint32_t i, size_t start, int enough) {
  int count = 0;
  while (!t.past_end(i) && t.at[i] - start <= record_max) {
    const uint32_t from = i;
    if (skip_value(t, i, 0) != Walk::ok || t.past_end(i - 1)) return count;
    // In a block a string may go on behind its end; a text is whole.
    if (t.first(from) == '"' && t.past_end(i) && t.flags == 0) return count;
    if (t.end_of_value(from, i) - start > record_max + 1) return count;
    count += is_marked(t, from, kMarkWrappersMax);
    if (count == enough || t.first(i) != ',') return count;
    i++;
  }
  return count;
}

bool hj_parser::opens_lists(const uint8_t *key, size_t length) const {
  for (const Envelope &envelope : plan->envelopes)
    if (envelope.kind != HJ_WRAPS && envelope.has(key, length)) return true;
  return false;
}

/// Whether the value at token `i` is a list of events; or an object that is no event itself and has one.
bool hj_parser::holds_marked(const Tokens &t, uint32_t i, size_t start) {
  if (t.first(i) == '[') return count_marked(t, i + 1, start, 1) > 0;
  if (t.first(i++) != '{') return false;
  while (t.first(i) == '"' && t.first(i + 1) == ':' && t.at[i] - start <= record_max) {
    if (mark_of(t, i) == Mark::event) return false;
    if (t.first(i + 2) == '[' && opens_lists(t.bytes + t.at[i] + 1, t.end_of(i) - t.at[i] - 2) &&
        count_marked(t, i + 3, start, 1) > 0)
      return true;
    i += 2;
    if (skip_value(t, i, 0) != Walk::ok || t.first(i) != ',') return false;
    i++;
  }
  return false;
}

/// Whether a text, whose first value ends at token `end` of `count`, holds more events than one.
bool hj_parser::holds_several_texts(const Tokens &t, uint32_t end, uint32_t count) {
  if (t.first(0) == '[') return count_marked(t, 1, 0, 2) > 1;
  if (t.first(0) != '{') return false;
  return holds_marked(t, 0, 0) || (end < count && is_marked(t, end, kMarkWrappersMax));
}

/// As `holds_marked`, for the value at `i`; or that more of it has to be seen. `i` is then the place up to which it was
/// looked at.
Head hj_parser::holds_marked_careful(size_t &i, size_t limit) {
  if (block[i] == '[') return list_is_marked(++i, limit);
  if (block[i] != '{') return Head::plain;
  for (i++;; i++) {
    i = past_blanks(block, i, limit);
    if (i >= limit) return Head::waits;
    const size_t key = i;
    Scan scan = block[i] == '"' ? scan_string(block, i, limit, Escapes::any) : Scan::invalid;
    if (scan != Scan::ok) return scan == Scan::incomplete ? Head::waits : Head::plain;
    const size_t length = i - key - 2;
    const uint32_t at[] = {uint32_t(key), uint32_t(i)};
    if (mark_of(Tokens{block, at, i, 0, 0}, 0) == Mark::event) return Head::plain;
    i = past_blanks(block, i, limit);
    if (i < limit && block[i++] != ':') return Head::plain;
    i = past_blanks(block, i, limit);
    if (i >= limit) return Head::waits;
    if (block[i] == '[' && opens_lists(block + key + 1, length)) {
      size_t seen = i + 1;
      Head head = list_is_marked(seen, limit);
      if (head != Head::plain) return head;
    }
    scan = scan_value(block, i, limit, Escapes::any, depth_max, nesting);
    if (scan != Scan::ok) return scan == Scan::incomplete ? Head::waits : Head::plain;
    i = past_blanks(block, i, limit);
    if (i >= limit) return Head::waits;
    if (block[i] != ',') return Head::plain;
  }
}

/// Whether an element of the array that begins in front of `i` is marked.
Head hj_parser::list_is_marked(size_t &i, size_t limit) {
  for (;; i++) {
    i = past_blanks(block, i, limit);
    if (i >= limit) return Head::waits;
    const size_t from = i;
    Scan scan = scan_value(block, i, limit, Escapes::any, depth_max, nesting);
    if (scan != Scan::ok) return scan == Scan::incomplete ? Head::waits : Head::plain;
    if (is_marked_alone(from, i)) return Head::opened;
    i = past_blanks(block, i, limit);
    if (i >= limit) return Head::waits;
    if (block[i] != ',') return Head::plain;
  }
}

/// As `is_marked`, for the value from `from` to `end`.
bool hj_parser::is_marked_alone(size_t from, size_t end) {
  if (block[from] != '{' && block[from] != '"') return false;
  alone.resize(end - from + HJ_PADDING);
  memcpy(alone.data(), block + from, end - from);
  memset(alone.data() + (end - from), 0, HJ_PADDING);
  simdjson::error_code error;
  if (!careful_index.build(alone.data(), end - from, simdjson::stage1_mode::regular, error)) return false;
  return is_marked(Tokens{alone.data(), careful_index.at(), end - from, 0, 0}, 0, kMarkWrappersMax);
}
