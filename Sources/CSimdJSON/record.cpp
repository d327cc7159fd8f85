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
  has_event = false;
  wrappers = 0;
  roots = 0;
}

/// The captures become slots: the lowest rank wins; the values of one rank stay together, in the record's order.
bool hj_parser::end_record(const Tokens &t, size_t start, size_t end) {
  if (!escapes_are_valid(t.bytes + start, end - start)) return false;
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

/// Whether the array whose first element is token i is empty or holds an object. Others may stand before it: one bad
/// element in front must not hide the records behind it.
bool hj_parser::holds_records(const Tokens &t, uint32_t i, size_t start) const {
  const uint32_t first = i;
  for (uint32_t depth = 0; !t.past_end(i) && t.at[i] - start <= record_max; i++) {
    uint8_t c = t.first(i);
    if (c == '{' && depth == 0) return true;
    if (c == '{' || c == '[') depth++;
    if ((c == '}' || c == ']') && depth-- == 0) return i == first && c == ']';
    // Outside strings too simdjson lets a backslash hide a quote: what follows one is anybody's guess.
    if (c != '"' && memchr(t.bytes + t.at[i], '\\', t.at[i + 1] - t.at[i])) return false;
  }
  return false;
}

/// The envelope that the key at token i opens, if its value is an array of objects (or an object, when it wraps).
/// What has to be seen for that lies within the limit on a record that began at `start`.
uint8_t hj_parser::envelope_at(const Tokens &t, uint32_t i, size_t start) const {
  uint8_t open = t.first(i + 2);
  if ((open != '[' && open != '{') || t.at[i + 2] - start > record_max) return kNoEnvelope;
  size_t length = t.end_of(i) - t.at[i] - 2;
  for (size_t e = 0; e < plan->envelopes.size(); e++) {
    const Envelope &envelope = plan->envelopes[e];
    if (envelope.key.size() != length || memcmp(envelope.key.data(), t.bytes + t.at[i] + 1, length) != 0) continue;
    if (envelope.wraps ? open == '{' : open == '[' && holds_records(t, i + 3, start)) return uint8_t(e);
  }
  return kNoEnvelope;
}

uint64_t hj_parser::key_hash(const Tokens &t, uint32_t i) const {
  return fold_hash(t.bytes + t.at[i] + 1, t.end_of(i) - t.at[i] - 2) | 1;
}
