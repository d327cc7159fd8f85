// What the characters of a JSON text mean: numbers, escapes.
#pragma once

#include <cstddef>
#include <cstdint>

namespace harrier {

bool is_number(const uint8_t *p, size_t n);
/// Every backslash begins an escape that JSON knows. Backslashes outside strings do not pass the walk.
bool escapes_are_valid(const uint8_t *p, size_t n);

}  // namespace harrier
