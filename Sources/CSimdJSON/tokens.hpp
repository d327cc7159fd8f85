// A piece of JSON by its tokens, as simdjson's first stage finds them.
#pragma once

#include <simdjson.h>

#include <memory>

#include "scan.hpp"

namespace harrier {

/// JSON with its structural index: `at[i]` is the place of token i.
struct Tokens {
  const uint8_t *bytes = nullptr;
  const uint32_t *at = nullptr;
  size_t length = 0;
  uint8_t flags = 0;   // HJ_SIDE for JSON that was text in a string
  uint32_t base = 0;   // what to add to a place to get an offset in the side buffer

  uint8_t first(uint32_t i) const { return bytes[at[i]]; }
  bool past_end(uint32_t i) const { return at[i] >= length; }
  /// One behind the last byte of the token, white space not counted.
  uint32_t end_of(uint32_t i) const {
    uint32_t end = at[i + 1];
    while (end > at[i] && is_blank(bytes[end - 1])) end--;
    return end;
  }
  /// One behind the last byte of the value that takes the tokens from `from` to `to`.
  uint32_t end_of_value(uint32_t from, uint32_t to) const {
    return to == from + 1 ? end_of(from) : at[to - 1] + 1;
  }
};

/// simdjson's stage 1 with a capacity of its own.
class Index {
 public:
  bool build(const uint8_t *bytes, size_t length, simdjson::stage1_mode mode, simdjson::error_code &error);
  const uint32_t *at() const { return implementation->structural_indexes.get(); }
  uint32_t count() const { return implementation->n_structural_indexes; }
  void shrink();

 private:
  std::unique_ptr<simdjson::internal::dom_parser_implementation> implementation;
  size_t capacity = 0;
};

}  // namespace harrier
