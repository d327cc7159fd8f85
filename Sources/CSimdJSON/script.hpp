// The order in which objects of one kind have their keys, remembered so that most keys need no hash.
#pragma once

#include <string.h>

#include <vector>

#include "plan.hpp"

namespace harrier {

/// The keys that objects of one kind had, in their order, and what each led to.
///
/// Writers put their keys in the same order again and again, with some left out. A key is looked for at the place that
/// the last one left, then at the few behind it; only when it is not there is it hashed, and put in.
///
///   script of userIdentity: type principalId arn accountId [sessionContext] userName
///   an object without sessionContext: ... accountId, then one place is passed over, userName
struct Script {
  static constexpr size_t kEntriesMax = 64;
  static constexpr size_t kKeyBytesMax = 32;
  static constexpr size_t kAheadMax = 4;

  struct Entry {
    uint8_t key[kKeyBytesMax];
    uint8_t length;
    uint8_t count;  // 0 or 1: a key planned in several spellings of letter case is looked up each time
    Match match;
  };

  std::vector<Entry> entries;

  const Entry *find(const uint8_t *key, size_t length, uint32_t &cursor) const {
    size_t end = entries.size() < cursor + kAheadMax ? entries.size() : cursor + kAheadMax;
    for (size_t i = cursor; i < end; i++) {
      if (entries[i].length != length || !equal_bytes(entries[i].key, key, length)) continue;
      cursor = uint32_t(i) + 1;
      return &entries[i];
    }
    return nullptr;
  }

  void insert(const uint8_t *key, size_t length, const Match *matches, int count, uint32_t &cursor) {
    if (entries.size() >= kEntriesMax || length > kKeyBytesMax || count > 1) return;
    Entry entry{};
    memcpy(entry.key, key, length);
    entry.length = uint8_t(length);
    entry.count = uint8_t(count);
    if (count == 1) entry.match = matches[0];
    entries.insert(entries.begin() + cursor, entry);
    cursor++;
  }
};

}  // namespace harrier
