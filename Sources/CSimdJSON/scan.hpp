// The JSON grammar byte by byte, for bytes that have no structural index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace harrier {

enum class Scan : uint8_t { ok, invalid, incomplete, too_deep };

/// Whether the escapes in strings are checked: those of framing are not, in either way of reading.
enum class Escapes : uint8_t { strict, any };

/// Leaves `i` behind the string that begins there.
Scan scan_string(const uint8_t *bytes, size_t &i, size_t length, Escapes escapes);
/// Leaves `i` behind the value that begins there, or at the place where it went wrong. UTF-8 is not checked.
/// `nesting` has room for `depth_max`.
Scan scan_value(const uint8_t *bytes, size_t &i, size_t length, Escapes escapes, uint32_t depth_max,
                std::vector<uint8_t> &nesting);

inline bool is_blank(uint8_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

inline size_t past_blanks(const uint8_t *bytes, size_t i, size_t length) {
  while (i < length && is_blank(bytes[i])) i++;
  return i;
}

}  // namespace harrier
