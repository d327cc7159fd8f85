// The planned paths as a trie over object keys.
//
// The path "a.b" may be met as the key "a.b", or as "b" inside "a". Every spelling is one way through the trie; its
// rank says which wins when a record has several (the literal key first, then the shortest head), and letter case is
// part of the rank: all exact spellings come before any inexact one.
//
//   plan {0: "a.b"}        root --"a.b"--> [slot 0, rank 0]
//                          root --"a"----> n1 --"b"--> [slot 0, rank 1]
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <unordered_map>
#include <vector>

#include "include/CSimdJSON.h"

namespace harrier {

constexpr uint16_t kInexactRank = 0x4000;
constexpr uint16_t kOutsideRank = 0x2000;
// A path of k dots has 2^k spellings; beyond this many dots only the literal key and the plain descent are tried.
constexpr int kSplitDotsMax = 4;
constexpr size_t kPathBytesMax = 1024;

/// Equality of short texts without a call; keys rarely have more than 32 bytes.
inline bool equal_bytes(const uint8_t *a, const uint8_t *b, size_t n) {
  if (n < 8) {
    for (size_t i = 0; i < n; i++)
      if (a[i] != b[i]) return false;
    return true;
  }
  uint64_t x, y;
  for (size_t i = 0; i + 8 <= n; i += 8) {
    memcpy(&x, a + i, 8);
    memcpy(&y, b + i, 8);
    if (x != y) return false;
  }
  memcpy(&x, a + n - 8, 8);
  memcpy(&y, b + n - 8, 8);
  return x == y;
}

struct Leaf {
  uint16_t slot;
  uint16_t rank;
};

struct Node {
  uint32_t first_leaf = 0, leaf_count = 0;
  bool has_children = false;
  // Lengths and first letters of the keys below, as bits: most keys of a record are told apart by these.
  uint64_t lengths = 0, letters = 0;
  bool wraps = false;  // the value under this key is the event itself: paths begin anew inside it
};

struct Edge {
  uint32_t parent, child;
  uint64_t hash;
  uint32_t key_start, key_length;
};

inline uint64_t load_folded(const uint8_t *p, size_t n) {
  uint64_t v = 0;
  memcpy(&v, p, n);
  return v | 0x2020202020202020ull;
}

/// A hash that does not see the case of ASCII letters (nor tell some control characters apart: keys are compared).
inline uint64_t fold_hash(const uint8_t *p, size_t n) {
  uint64_t a, b = 0;
  if (n >= 8) {
    a = load_folded(p, 8);
    b = load_folded(p + n - 8, 8);
    if (n > 16) b ^= load_folded(p + 8, 8) * 0x9E3779B97F4A7C15ull;
  } else {
    a = load_folded(p, n);
  }
  uint64_t h = (a ^ (b << 1 | b >> 63) ^ n) * 0xD6E8FEB86659FD93ull;
  return h ^ (h >> 32);
}

inline bool equal_folded(const uint8_t *a, const uint8_t *b, size_t n) {
  for (size_t i = 0; i < n; i++) {
    uint8_t x = a[i], y = b[i];
    if (x >= 'A' && x <= 'Z') x |= 0x20;
    if (y >= 'A' && y <= 'Z') y |= 0x20;
    if (x != y) return false;
  }
  return true;
}

struct Match {
  uint32_t child;
  bool exact;
};

// A key planned in more spellings that differ in letter case alone is refused by hj_plan_add.
constexpr int kCaseVariantsMax = 32;

// The numbers above mean none.
constexpr size_t kEnvelopesMax = 254;

struct Envelope {
  std::string key;
  uint8_t kind;  // HJ_HOLDS_RECORDS, ...

  bool has(const uint8_t *name, size_t length) const {
    const uint8_t *own = reinterpret_cast<const uint8_t *>(key.data());
    if (key.size() != length) return false;
    return kind == HJ_HOLDS_MARKED ? equal_folded(own, name, length) : memcmp(own, name, length) == 0;
  }
};

}  // namespace harrier

struct hj_plan {
  std::vector<harrier::Node> nodes{1};
  std::vector<harrier::Edge> edges;
  std::vector<std::vector<harrier::Leaf>> pending{1};
  std::vector<harrier::Leaf> leaves;
  std::unordered_multimap<uint64_t, uint32_t> known;  // edges by hash, while the plan is built
  std::vector<uint32_t> table;                        // 1 + edge index, 0 = free
  std::vector<harrier::Envelope> envelopes;
  std::vector<uint8_t> anchors;  // by slot
  std::string keys;
  std::string flat_prefix;  // `event.` of flattened exports
  uint32_t slots = 0;
  uint32_t mask = 0;

  uint32_t grow(uint32_t parent, const uint8_t *key, size_t length);
  void spell(uint32_t node, const uint8_t *path, size_t length, uint16_t slot, uint16_t &rank, bool split);

  static uint64_t mix(uint64_t hash, uint32_t parent) { return hash + parent * 0x9E3779B97F4A7C15ull; }

  /// The edges that this key opens below `parent`, exact or with other letter case, in the order of the table.
  int find(uint32_t parent, const uint8_t *key, size_t length, harrier::Match *out) const {
    const harrier::Node &node = nodes[parent];
    if (length == 0 || !(node.lengths >> (length & 63) & 1) || !(node.letters >> (key[0] & 31) & 1)) return 0;
    uint64_t hash = mix(harrier::fold_hash(key, length), parent);
    int count = 0;
    for (uint32_t i = uint32_t(hash) & mask; table[i] != 0; i = (i + 1) & mask) {
      const harrier::Edge &edge = edges[table[i] - 1];
      if (edge.hash != hash || edge.parent != parent || edge.key_length != length) continue;
      const uint8_t *name = reinterpret_cast<const uint8_t *>(keys.data()) + edge.key_start;
      bool exact = harrier::equal_bytes(name, key, length);
      if (!exact && !harrier::equal_folded(name, key, length)) continue;
      if (count < harrier::kCaseVariantsMax) out[count++] = {edge.child, exact};
    }
    return count;
  }
};
