// JSON text inside strings: its planned values stand beside those of the record, in bytes of their own.
#include "parser.hpp"
#include "scan.hpp"
#include "text.hpp"

using namespace harrier;

/// The JSON in the string at token `i`, without its escapes; false where it is none, or too deep. It is good while
/// `text_depth` stays as it is.
bool hj_parser::open_text(const Tokens &t, uint32_t i, Tokens &inside, uint32_t &count) {
  const uint32_t start = t.at[i] + 1, end = t.end_of(i) - 1;
  if (end <= start || text_depth >= kTextDepthMax) return false;
  if (t.bytes[start] != '{' && t.bytes[start] != '[') return false;
  std::vector<uint8_t> &text = texts[text_depth];
  text.resize(end - start + HJ_PADDING);
  const size_t length = hj_unescape(t.bytes + start, end - start, text.data());
  memset(text.data() + length, 0, HJ_PADDING);
  simdjson::error_code error;
  Index &inner = text_index[text_depth];
  if (!inner.build(text.data(), length, simdjson::stage1_mode::regular, error)) return false;
  inside = {text.data(), inner.at(), length, HJ_SIDE, 0};
  count = inner.count();
  return true;
}

void hj_parser::walk_text(const Tokens &t, uint32_t i, uint32_t node, uint32_t depth) {
  // Without the quotes.
  if (side.size() + (t.end_of(i) - t.at[i]) > kSideBytesMax + 2) return;
  Tokens inside;
  uint32_t count = 0;
  if (!open_text(t, i, inside, count)) return;
  const uint32_t base = inside.base = uint32_t(side.size()), length = uint32_t(inside.length);
  side.insert(side.end(), inside.bytes, inside.bytes + length);
  size_t before = captures.size();
  bool was_anchored = anchored;
  uint32_t j = 0;
  text_depth++;
  Walk walk = walk_value(inside, j, node, depth);
  // Of several events in one text no one may stand for all.
  if (walk == Walk::ok && node == 0 && holds_several_texts(inside, j, count)) has_several = true;
  text_depth--;
  if (walk == Walk::ok && j == count && escapes_are_valid(inside.bytes, length)) {
    if (node == 0 && inside.first(0) == '{') note_event(base, base + length, HJ_SIDE);
    return;
  }
  for (size_t k = before; k < captures.size(); k++) captures[k].dead = true;
  anchored = was_anchored;
}

void hj_parser::note_event(uint32_t start, uint32_t end, uint8_t flags) {
  if (has_event) return;
  has_event = true;
  event_start = start;
  event_end = end;
  event_flags = flags;
}
