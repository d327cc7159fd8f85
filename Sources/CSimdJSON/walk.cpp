// The walk over the structural index: it checks the whole grammar and takes the values of planned paths.
//
// Every function gets `i`, the token where its value begins, and leaves it at the first token behind the value.
// A walk never needs to check for the end of the block: the sentinel behind it (container.cpp) holds no bracket
// and no comma, so a value that is not complete ends as `invalid` at a token past the end.
#include "parser.hpp"
#include "scan.hpp"
#include "text.hpp"

using namespace harrier;

namespace {

/// Whether the text holds a backslash, eight bytes at a time: most texts are short.
bool has_backslash(const uint8_t *p, size_t n) {
  if (n > 64) return memchr(p, '\\', n) != nullptr;
  constexpr uint64_t kOnes = 0x0101010101010101ull, kHigh = 0x8080808080808080ull;
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    uint64_t x;
    memcpy(&x, p + i, 8);
    x ^= kOnes * '\\';
    if ((x - kOnes) & ~x & kHigh) return true;
  }
  for (; i < n; i++)
    if (p[i] == '\\') return true;
  return false;
}

uint8_t scalar_kind(const Tokens &t, uint32_t i) {
  const uint8_t *p = t.bytes + t.at[i];
  size_t n = t.end_of(i) - t.at[i];
  switch (*p) {
    case 't': return n == 4 && memcmp(p, "true", 4) == 0 ? HJ_TRUE : HJ_MISSING;
    case 'f': return n == 5 && memcmp(p, "false", 5) == 0 ? HJ_FALSE : HJ_MISSING;
    case 'n': return n == 4 && memcmp(p, "null", 4) == 0 ? HJ_NULL : HJ_MISSING;
    default: return is_number(p, n) ? HJ_NUMBER : HJ_MISSING;
  }
}

}  // namespace

Walk hj_parser::skip_value(const Tokens &t, uint32_t &i, uint32_t depth) {
  const uint32_t outer = depth;
  for (;;) {
    // A value begins at i.
    switch (t.first(i)) {
      case '"': i++; break;
      case '{':
        if (depth >= depth_max) return Walk::too_deep;
        i++;
        if (t.first(i) == '}') { i++; break; }
        nesting[depth++] = '}';
        goto key;
      case '[':
        if (depth >= depth_max) return Walk::too_deep;
        i++;
        if (t.first(i) == ']') { i++; break; }
        nesting[depth++] = ']';
        continue;
      default:
        if (scalar_kind(t, i) == HJ_MISSING) return Walk::invalid;
        i++;
    }
    // A value ended before i.
    for (;;) {
      if (depth == outer) return Walk::ok;
      uint8_t c = t.first(i);
      if (c == ',') break;
      if (c != nesting[depth - 1]) return Walk::invalid;
      depth--;
      i++;
    }
    i++;
    if (nesting[depth - 1] == ']') continue;
  key:
    if (t.first(i) != '"' || t.first(i + 1) != ':') return Walk::invalid;
    i += 2;
    // Most members are a string and are followed by another.
    if (t.first(i) == '"' && t.first(i + 1) == ',') {
      i += 2;
      goto key;
    }
  }
}

void hj_parser::capture(const Tokens &t, uint32_t from, uint32_t to, uint32_t node, bool exact) {
  const Node &n = plan->nodes[node];
  hj_value value{};
  uint32_t start = t.at[from];
  uint32_t end = t.end_of_value(from, to);
  value.flags = t.flags | (exact ? 0 : HJ_INEXACT);
  switch (t.bytes[start]) {
    case '"':
      value.kind = HJ_STRING;
      start++;
      end--;
      break;
    case '{': value.kind = HJ_OBJECT; break;
    case '[': value.kind = HJ_ARRAY; break;
    default: value.kind = scalar_kind(t, from);
  }
  value.start = start + t.base;
  value.length = end - start;
  for (uint32_t l = n.first_leaf; l < n.first_leaf + n.leaf_count; l++) {
    value.rank = plan->leaves[l].rank | (exact ? 0 : kInexactRank);
    captures.push_back({plan->leaves[l].slot, value, false, wrappers > 0});
    if (plan->anchors[plan->leaves[l].slot] && exact) anchored = true;
  }
}

/// A planned value; of an array that is not empty its members, at any depth.
void hj_parser::capture_members(const Tokens &t, uint32_t from, uint32_t to, uint32_t node, bool exact) {
  if (plan->nodes[node].leaf_count == 0) return;
  if (t.first(from) != '[' || to == from + 2) return capture(t, from, to, node, exact);
  for (uint32_t i = from + 1; i < to;) {
    uint8_t c = t.first(i);
    if (c == ',' || c == ']' || (c == '[' && t.first(i + 1) != ']')) {
      i++;
      continue;
    }
    uint32_t end = i;
    // The walk has been here: this cannot fail.
    if (skip_value(t, end, 0) != Walk::ok) return;
    capture(t, i, end, node, exact);
    i = end;
  }
}

Walk hj_parser::walk_value(const Tokens &t, uint32_t &i, uint32_t node, uint32_t depth) {
  if (!plan->nodes[node].has_children) return skip_value(t, i, depth);
  switch (t.first(i)) {
    case '{': return walk_object(t, i, node, depth);
    case '[': return walk_array(t, i, node, depth);
    case '"':
      if (!t.past_end(i + 1)) walk_text(t, i, node, depth);
      i++;
      return Walk::ok;
    default: return skip_value(t, i, depth);
  }
}

Walk hj_parser::walk_array(const Tokens &t, uint32_t &i, uint32_t node, uint32_t depth) {
  if (depth >= depth_max) return Walk::too_deep;
  i++;
  if (t.first(i) == ']') { i++; return Walk::ok; }
  for (;;) {
    Walk walk = walk_value(t, i, node, depth + 1);
    if (walk != Walk::ok) return walk;
    uint8_t c = t.first(i++);
    if (c == ']') return Walk::ok;
    if (c != ',') { i--; return Walk::invalid; }
  }
}

Walk hj_parser::walk_matched(const Tokens &t, uint32_t &i, const Match &m, uint64_t serial, uint32_t depth,
                             bool is_flat, bool &is_repeated) {
  // The same key in another case, or flattened, is another key: it does not replace this one.
  const size_t sighted = m.child * 4 + (m.exact ? 0 : 1) + (is_flat ? 2 : 0);
  const int level = roots;
  if (sightings[level].empty()) sightings[level].resize(plan->nodes.size() * 4);
  if (const Sighting &sighting = sightings[level][sighted]; sighting.object == serial) {
    is_repeated = true;
    for (uint32_t k = sighting.first_capture; k < sighting.end_capture; k++) captures[k].dead = true;
  }
  bool outer_inexact = inexact_path;
  inexact_path |= !m.exact;
  uint32_t first = uint32_t(captures.size()), from = i;
  const Node &node = plan->nodes[m.child];
  Walk walk = Walk::ok;
  if (is_flat) is_wrapped = true;
  wrappers += is_flat;
  bool is_plain = !node.has_children && !node.wraps && t.first(i) == '"';
  if (is_plain) i++;
  if (node.wraps && wrappers < kWrappersMax) {
    is_wrapped = true;
    wrappers++;
    roots++;
    walk = walk_value(t, i, 0, depth);
    roots--;
    wrappers--;
    if (walk == Walk::ok && t.first(from) == '{') note_event(t.at[from] + t.base, t.at[i - 1] + 1 + t.base, t.flags);
    if (walk == Walk::ok && node.has_children) i = from;
  }
  if (walk == Walk::ok && i == from) walk = walk_value(t, i, m.child, depth);
  if (walk == Walk::ok && !t.past_end(i)) {
    if (is_plain) capture(t, from, i, m.child, !inexact_path);
    else capture_members(t, from, i, m.child, !inexact_path);
  }
  wrappers -= is_flat;
  inexact_path = outer_inexact;
  sightings[level][sighted] = {serial, first, uint32_t(captures.size())};
  return walk;
}

/// A member whose key does not stand where it stood before: it is looked up, and put into the script.
Walk hj_parser::walk_unscripted(const Tokens &t, uint32_t &i, uint32_t node, const uint8_t *key, size_t length,
                                uint64_t serial, uint32_t depth, uint32_t &cursor) {
  uint8_t plain[256];
  bool escaped = has_backslash(key, length);
  if (escaped && length <= sizeof plain) {
    length = hj_unescape(key, length, plain);
    key = plain;
  }
  const size_t prefix = plan->flat_prefix.size();
  const bool has_prefix = node == 0 && prefix > 0 && length > prefix && key[prefix - 1] == '.' &&
                          memcmp(key, plan->flat_prefix.data(), prefix) == 0;
  const uint32_t from = i;
  Walk walk = Walk::ok;
  bool is_met = false, is_repeated = false;
  // As it stands; then, where an event is spread over keys with a prefix, without that.
  for (bool is_flat : {false, true}) {
    if (is_flat) {
      if (!has_prefix) break;
      key += prefix;
      length -= prefix;
    }
    Match matches[kCaseVariantsMax];
    int count = plan->find(node, key, length, matches);
    if (!escaped && !has_prefix) scripts[node].insert(key, length, matches, count, cursor);
    for (int m = 0; m < count && walk == Walk::ok; m++) {
      is_met = true;
      i = from;
      walk = walk_matched(t, i, matches[m], serial, depth, is_flat, is_repeated);
    }
  }
  duplicates += is_repeated;
  return is_met ? walk : skip_value(t, i, depth);
}

/// `i` stands at the key; the colon is checked here.
Walk hj_parser::walk_member(const Tokens &t, uint32_t &i, uint32_t node, uint64_t serial, uint32_t depth,
                            uint32_t &cursor) {
  if (t.first(i) != '"' || t.first(i + 1) != ':') return Walk::invalid;
  const uint8_t *key = t.bytes + t.at[i] + 1;
  size_t length = t.end_of(i) - t.at[i] - 2;
  i += 2;
  const Script::Entry *entry = scripts[node].find(key, length, cursor);
  if (!entry) return walk_unscripted(t, i, node, key, length, serial, depth, cursor);
  if (entry->count == 0) {
    // Most values are strings: one token.
    if (t.first(i) != '"') return skip_value(t, i, depth);
    i++;
    return Walk::ok;
  }
  // A copy: the walk below may put further keys into this script.
  Match match = entry->match;
  bool is_repeated = false;
  Walk walk = walk_matched(t, i, match, serial, depth, false, is_repeated);
  duplicates += is_repeated;
  return walk;
}

Walk hj_parser::walk_object(const Tokens &t, uint32_t &i, uint32_t node, uint32_t depth) {
  if (depth >= depth_max) return Walk::too_deep;
  i++;
  if (t.first(i) == '}') { i++; return Walk::ok; }
  uint64_t serial = ++object_serial;
  uint32_t cursor = 0;
  for (;;) {
    Walk walk = walk_member(t, i, node, serial, depth + 1, cursor);
    if (walk != Walk::ok) return walk;
    uint8_t c = t.first(i++);
    if (c == '}') return Walk::ok;
    if (c != ',') { i--; return Walk::invalid; }
  }
}
