// One record: its walk from brace to brace, the slots its values come to, and whether it is an envelope instead.
#include "parser.hpp"
#include "text.hpp"

using namespace harrier;

void hj_parser::begin_record() {
  for (const Capture &c : captures) slots[c.slot] = hj_value{};
  captures.clear();
  more.clear();
  side.clear();
  duplicates = 0;
  anchored = false;
  present = 0;
  key_hash_in_hand = 0;
  inexact_path = false;
  is_wrapped = false;
  has_several = false;
  has_event = false;
  wrappers = 0;
  roots = 0;
}

/// The captures become slots: the lowest rank wins; the values of one rank stay together, in the record's order.
bool hj_parser::end_record(const Tokens &t, uint32_t from, uint32_t to) {
  const size_t start = t.at[from], end = t.end_of_value(from, to);
  if (!escapes_are_valid(t.bytes + start, end - start)) return false;
  record_tokens = t;
  record_from = from;
  record_to = to;
  if (!anchored && !has_several && t.first(from) == '{') has_several = hides_events(t, from, to, 0);
  for (Capture &c : captures) {
    if (c.dead) continue;
    if (is_wrapped && !c.wrapped) c.value.rank |= kOutsideRank;
    hj_value &slot = slots[c.slot];
    if (c.slot < 64) present |= 1ull << c.slot;
    if (slot.kind == HJ_MISSING || c.value.rank < slot.rank) {
      slot = c.value;
    } else if (c.value.rank == slot.rank) {
      more.push_back(c.value);
      (slot.next == 0 ? slot.next : more[tails[c.slot]].next) = uint32_t(more.size());
      tails[c.slot] = uint32_t(more.size()) - 1;
    }
  }
  return true;
}

Walk hj_parser::walk_record(const Tokens &t, uint32_t &i, bool may_open, uint8_t &opened) {
  begin_record();
  const size_t start = t.at[i];
  i++;
  if (t.first(i) == '}') { i++; return Walk::ok; }
  uint64_t serial = ++object_serial;
  uint32_t cursor = 0;
  for (bool is_first = true;; is_first = false) {
    if (may_open && !anchored && t.first(i) == '"' && t.first(i + 1) == ':') {
      opened = envelope_at(t, i, start);
      if (opened != kNoEnvelope) return Walk::envelope;
    }
    if (is_first && first_key_hash == 0 && t.first(i) == '"') key_hash_in_hand = key_hash(t, i);
    Walk walk = walk_member(t, i, 0, serial, 1, cursor);
    if (walk != Walk::ok) return walk;
    uint8_t c = t.first(i++);
    if (c == '}') return Walk::ok;
    if (c != ',') { i--; return Walk::invalid; }
  }
}

/// The string at token i, if its text is one record: an event that somebody wrote as JSON text.
bool hj_parser::read_text(const Tokens &t, uint32_t i) {
  if (t.bytes[t.at[i] + 1] != '{') return false;
  begin_record();
  walk_text(t, i, 0, 0);
  return has_event && end_record(t, i, i + 1);
}

/// Whether the token is a string that an event may be written in; seen within the limit on what begins at `start`.
bool hj_parser::begins_text(const Tokens &t, uint32_t i, size_t start) const {
  return t.first(i) == '"' && t.bytes[t.at[i] + 1] == '{' && t.at[i] + 1 - start <= record_max;
}

/// Outside strings too simdjson lets a backslash hide a quote: what follows one is anybody's guess.
bool hj_parser::hides_quote(const Tokens &t, uint32_t i) const {
  return t.first(i) != '"' && memchr(t.bytes + t.at[i], '\\', t.at[i + 1] - t.at[i]);
}

/// Whether the array whose first element is token i is empty or holds a record. Others may stand before it: one bad
/// element in front must not hide the records behind it.
bool hj_parser::holds_records(const Tokens &t, uint32_t i, size_t start) const {
  const uint32_t first = i;
  // Brackets that lead in may be one too many, or a page's.
  bool leads = true;
  for (uint32_t depth = 0; !t.past_end(i) && t.at[i] - start <= record_max; i++) {
    uint8_t c = t.first(i);
    if ((c == '{' || begins_text(t, i, start)) && (depth == 0 || leads)) return true;
    leads = leads && (c == '[' || c == ',' || c == ']');
    if (c == '{' || c == '[') depth++;
    if ((c == '}' || c == ']') && depth-- == 0) return i == first && c == ']';
    if (hides_quote(t, i)) return false;
  }
  return false;
}

/// The envelope that the key at token i opens, if its value is an array of objects (or an object, when it wraps).
/// What has to be seen for that lies within the limit on a record that began at `start`.
uint8_t hj_parser::envelope_at(const Tokens &t, uint32_t i, size_t start) {
  uint8_t open = t.first(i + 2);
  if ((open != '[' && open != '{') || t.at[i + 2] - start > record_max) return kNoEnvelope;
  size_t length = t.end_of(i) - t.at[i] - 2;
  for (size_t e = 0; e < plan->envelopes.size(); e++) {
    const Envelope &envelope = plan->envelopes[e];
    if (!envelope.has(t.bytes + t.at[i] + 1, length)) continue;
    if (envelope.kind == HJ_HOLDS_MARKED ? holds_marked(t, i + 2, start)
        : envelope.kind == HJ_WRAPS      ? open == '{'
                                         : open == '[' && holds_records(t, i + 3, start))
      return uint8_t(e);
  }
  return kNoEnvelope;
}

/// Every gap between tokens ends where a token begins, and the end of a string is no token: there is white space in
/// the record if and only if some byte in front of a token is white space. Outside strings no other byte of a record
/// is as low.
bool hj_parser::record_is_compact() const {
  const uint8_t *before = record_tokens.bytes - 1;
  const uint32_t *at = record_tokens.at + record_from + 1, *end = record_tokens.at + record_to;
  // Several minima at a time: no one of them waits for the other.
  uint8_t a = 0xFF, b = 0xFF, c = 0xFF, d = 0xFF;
  for (; end - at >= 4; at += 4) {
    a = before[at[0]] < a ? before[at[0]] : a;
    b = before[at[1]] < b ? before[at[1]] : b;
    c = before[at[2]] < c ? before[at[2]] : c;
    d = before[at[3]] < d ? before[at[3]] : d;
  }
  for (; at < end; at++) a = before[*at] < a ? before[*at] : a;
  return a > ' ' && b > ' ' && c > ' ' && d > ' ';
}

uint64_t hj_parser::key_hash(const Tokens &t, uint32_t i) const {
  return fold_hash(t.bytes + t.at[i] + 1, t.end_of(i) - t.at[i] - 2) | 1;
}

/// Reads one record from bytes of its own, outside any container.
int hj_parser::reread(uint8_t *json, size_t size, hj_record *record) {
  uint8_t behind[HJ_PADDING];
  memcpy(behind, json + size, HJ_PADDING);
  memset(json + size, 0, HJ_PADDING);
  simdjson::error_code error;
  bool good = size > 0 && careful_index.build(json, size, simdjson::stage1_mode::regular, error);
  if (good) {
    Tokens t{json, careful_index.at(), size, 0, 0};
    uint32_t i = 0;
    uint8_t opened;
    const bool is_text = t.first(0) == '"';
    good = is_text ? careful_index.count() == 1 && read_text(t, i++)
                   : t.first(0) == '{' && walk_record(t, i, false, opened) == Walk::ok &&
                         i == careful_index.count() && end_record(t, 0, i);
    if (good) {
      *record = {};
      record->start = t.at[0];
      record->end = t.end_of_value(0, i);
      record->duplicates = duplicates;
      record->envelope = kNoEnvelope;
      record->shape = HJ_SHAPE_LINES;
    }
  }
  memcpy(json + size, behind, HJ_PADDING);
  return good;
}
