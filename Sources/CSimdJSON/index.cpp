// simdjson's stage 1: the places of all structural characters, and the check of UTF-8 and control characters.
#include "parser.hpp"

using namespace harrier;

bool Index::build(const uint8_t *bytes, size_t length, simdjson::stage1_mode mode, simdjson::error_code &error) {
  if (length > capacity || !implementation) {
    size_t wanted = length < kBlockBytesDefault ? kBlockBytesDefault : length + length / 4;
    // The depth is of no use here: stage 2 never runs.
    error = simdjson::get_active_implementation()->create_dom_parser_implementation(wanted, 1, implementation);
    if (error) {
      implementation.reset();
      capacity = 0;
      return false;
    }
    capacity = wanted;
  }
  error = implementation->stage1(bytes, length, mode);
  return error == simdjson::SUCCESS;
}

void Index::shrink() {
  if (capacity <= 2 * kBlockBytesDefault) return;
  implementation.reset();
  capacity = 0;
}
