// Counts by action, one table a thread: open addressing over views, so that counting an action already seen
// allocates nothing.
#pragma once

#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <vector>

class Tally {
 public:
  void add(std::string_view action) {
    Slot &slot = find(action);
    if (slot.count++ == 0 && ++used_ * 2 > slots_.size()) grow();
  }

  void mergeInto(std::map<std::string, uint64_t> &total) const {
    for (const Slot &slot : slots_)
      if (slot.count != 0) total[slot.action] += slot.count;
  }

 private:
  struct Slot {
    uint64_t hash = 0;
    uint64_t count = 0;
    std::string action;
  };

  // Multiply and fold eight bytes at a time. Unseeded: a floor need not survive chosen input, so it may be cheaper than
  // a reader.
  static uint64_t hashOf(std::string_view text) {
    uint64_t hash = text.size();
    while (text.size() >= sizeof(uint64_t)) {
      uint64_t word;
      memcpy(&word, text.data(), sizeof word);
      hash = fold(hash ^ word);
      text.remove_prefix(sizeof word);
    }
    uint64_t rest = 0;
    memcpy(&rest, text.data(), text.size());
    return fold(hash ^ rest);
  }

  static uint64_t fold(uint64_t value) {
    const auto product = static_cast<unsigned __int128>(value ^ 0x9E3779B97F4A7C15ull) * 0xD6E8FEB86659FD93ull;
    return static_cast<uint64_t>(product >> 64) ^ static_cast<uint64_t>(product);
  }

  Slot &find(std::string_view action) {
    const uint64_t hash = hashOf(action);
    const size_t mask = slots_.size() - 1;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
      Slot &slot = slots_[at];
      if (slot.count == 0) {
        slot.hash = hash;
        slot.action.assign(action);
        return slot;
      }
      if (slot.hash == hash && slot.action == action) return slot;
    }
  }

  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    const size_t mask = slots_.size() - 1;
    for (Slot &slot : old) {
      if (slot.count == 0) continue;
      size_t at = slot.hash & mask;
      while (slots_[at].count != 0) at = (at + 1) & mask;
      slots_[at] = std::move(slot);
    }
  }

  // Archives hold a few thousand actions; 4,096 slots spare most of the growing and stay within the second-level cache.
  std::vector<Slot> slots_ = std::vector<Slot>(4096);
  size_t used_ = 0;
};
