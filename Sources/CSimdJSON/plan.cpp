// Building the trie of planned paths. See plan.hpp for what it looks like.
#include "plan.hpp"

#include <new>

#include "include/CSimdJSON.h"

using namespace harrier;

uint32_t hj_plan::grow(uint32_t parent, const uint8_t *key, size_t length) {
  int variants = 0;
  const uint64_t hash = mix(fold_hash(key, length), parent);
  const auto alike = known.equal_range(hash);
  for (auto found = alike.first; found != alike.second; ++found) {
    const Edge &edge = edges[found->second];
    const uint8_t *name = reinterpret_cast<const uint8_t *>(keys.data()) + edge.key_start;
    if (edge.parent != parent || edge.key_length != length || !equal_folded(name, key, length)) continue;
    if (memcmp(name, key, length) == 0) return edge.child;
    variants++;
  }
  if (variants >= kCaseVariantsMax) throw std::bad_alloc();
  uint32_t made = uint32_t(nodes.size());
  nodes.emplace_back();
  pending.emplace_back();
  nodes[parent].has_children = true;
  nodes[parent].lengths |= 1ull << (length & 63);
  // ASCII letters share their low five bits whatever their case.
  if (length > 0) nodes[parent].letters |= 1ull << (key[0] & 31);
  known.emplace(hash, uint32_t(edges.size()));
  edges.push_back({parent, made, hash, uint32_t(keys.size()), uint32_t(length)});
  keys.append(reinterpret_cast<const char *>(key), length);
  return made;
}

void hj_plan::spell(uint32_t node, const uint8_t *path, size_t length, uint16_t slot, uint16_t &rank, bool split) {
  uint32_t literal = grow(node, path, length);
  pending[literal].push_back({slot, rank++});
  for (size_t i = 0; i < length; i++) {
    if (path[i] != '.') continue;
    uint32_t head = grow(node, path, i);
    spell(head, path + i + 1, length - i - 1, slot, rank, split);
    if (!split) return;
  }
}

extern "C" {

hj_plan *hj_plan_new(void) { return new (std::nothrow) hj_plan; }

void hj_plan_free(hj_plan *plan) { delete plan; }

int hj_plan_add(hj_plan *plan, const uint8_t *path, size_t length, uint16_t slot, int anchor) try {
  if (length > kPathBytesMax) return -1;
  int dots = 0;
  for (size_t i = 0; i < length; i++) dots += path[i] == '.';
  uint16_t rank = 0;
  plan->spell(0, path, length, slot, rank, dots <= kSplitDotsMax);
  if (slot >= plan->slots) plan->slots = slot + 1u;
  plan->anchors.resize(plan->slots);
  plan->anchors[slot] |= anchor != 0;
  return 0;
} catch (const std::bad_alloc &) {
  return -1;
}

int hj_plan_envelope(hj_plan *plan, const uint8_t *key, size_t length, uint8_t kind) try {
  if (plan->envelopes.size() >= kEnvelopesMax) return -1;
  plan->envelopes.push_back({std::string(reinterpret_cast<const char *>(key), length), kind});
  return 0;
} catch (const std::bad_alloc &) {
  return -1;
}

int hj_plan_wrapper(hj_plan *plan, const uint8_t *key, size_t length, int flattens) try {
  plan->nodes[plan->grow(0, key, length)].wraps = true;
  if (flattens) plan->flat_prefix = std::string(reinterpret_cast<const char *>(key), length) + ".";
  return 0;
} catch (const std::bad_alloc &) {
  return -1;
}

void hj_plan_seal(hj_plan *plan) {
  size_t size = 16;
  while (size < plan->edges.size() * 3) size *= 2;
  plan->table.assign(size, 0);
  plan->mask = uint32_t(size - 1);
  for (uint32_t e = 0; e < plan->edges.size(); e++) {
    uint32_t i = uint32_t(plan->edges[e].hash) & plan->mask;
    while (plan->table[i] != 0) i = (i + 1) & plan->mask;
    plan->table[i] = e + 1;
  }
  plan->known.clear();
  plan->leaves.clear();
  for (uint32_t n = 0; n < plan->nodes.size(); n++) {
    plan->nodes[n].first_leaf = uint32_t(plan->leaves.size());
    plan->nodes[n].leaf_count = uint32_t(plan->pending[n].size());
    plan->leaves.insert(plan->leaves.end(), plan->pending[n].begin(), plan->pending[n].end());
  }
}

uint32_t hj_plan_slots(const hj_plan *plan) { return plan->slots; }
}
