// The JSON grammar byte by byte, for bytes that have no structural index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace harrier {

enum class Scan : uint8_t { ok, invalid, incomplete, too_deep };

/// Leaves `i` behind the string that begins there.
Scan scan_string(const uint8_t *bytes, size_t &i, size_t length);
/// Leaves `i` behind the value that begins there, or at the place where it went wrong. UTF-8 is not checked.
Scan scan_value(const uint8_t *bytes, size_t &i, size_t length, uint32_t depth_max, std::vector<uint8_t> &nesting);

}  // namespace harrier
