// Whether what is no event itself hides a list of them where none is looked for.
//
//   {"Records":"[E,E]"}    {"body":"{\"Records\":[E]}"}    {"Messages":[{"Body":"[E]"}]}    {"page":{"Records":[E,E]}}
//
// A list stands under the key of an envelope at any depth, or is the text of some value, which may be text in text.
// One row cannot show its events, so the record is counted as skipped. Each token is looked at once: what is expected
// of the next value is all that is carried.
#include "parser.hpp"

using namespace harrier;

namespace {

// What is expected of a value. Above kElement it may be wrapped once for each.
constexpr uint8_t kNothing = 0, kElement = 1, kList = 255;

}  // namespace

/// Looks at the tokens from `i` on, the first value of which is expected to be `what`.
bool hj_parser::hides_events(const Tokens &t, uint32_t i, uint32_t to, uint8_t what) {
  std::vector<uint8_t> &around = expected[text_depth];
  around.clear();
  for (; i < to; i++) {
    const uint8_t c = t.first(i);
    if (c == '}' || c == ']') {
      if (around.empty()) return false;
      around.pop_back();
    } else if (c == '{' || c == '[') {
      if (around.size() == depth_max) return false;
      around.push_back((what == kList) == (c == '[') ? what : kNothing);
    } else if (c == '"' && t.first(i + 1) == ':') {
      const uint8_t *key = t.bytes + t.at[i] + 1;
      const size_t length = t.end_of(i) - t.at[i] - 2;
      const uint8_t own = around.empty() ? kNothing : around.back();
      const Mark mark = own == kNothing || own == kList ? Mark::none : mark_of(t, i);
      if (mark == Mark::event) return true;
      what = mark == Mark::wrapper && own > kElement ? own - 1 : opens_lists(key, length) ? kList : kNothing;
      i++;
      continue;
    } else if (c == '"' && text_hides_events(t, i, what)) {
      return true;
    }
    what = !around.empty() && around.back() == kList ? kElement + kMarkWrappersMax : kNothing;
  }
  return false;
}

/// The same for the text of the string at token `i`.
bool hj_parser::text_hides_events(const Tokens &t, uint32_t i, uint8_t what) {
  Tokens inside;
  uint32_t count = 0;
  if (!open_text(t, i, inside, count)) return false;
  text_depth++;
  const bool hides = hides_events(inside, 0, count, inside.first(0) == '[' ? kList : what);
  text_depth--;
  return hides;
}
