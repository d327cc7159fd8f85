// The JSON grammar byte by byte, for bytes that have no structural index.
#include "scan.hpp"

#include "text.hpp"

namespace harrier {

namespace {

Scan scan_scalar(const uint8_t *bytes, size_t &i, size_t length) {
  size_t start = i;
  while (i < length) {
    uint8_t c = bytes[i];
    bool part = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == 'E' || c == '+' || c == '-' || c == '.';
    if (!part) break;
    i++;
  }
  if (i == length) return Scan::incomplete;
  const char *text = reinterpret_cast<const char *>(bytes) + start;
  size_t n = i - start;
  auto is = [&](const char *word, size_t size) { return n == size && __builtin_memcmp(text, word, size) == 0; };
  bool good = is("true", 4) || is("false", 5) || is("null", 4) || is_number(bytes + start, n);
  return good ? Scan::ok : Scan::invalid;
}

/// The key and the colon of a member.
Scan scan_key(const uint8_t *bytes, size_t &i, size_t length, Escapes escapes) {
  i = past_blanks(bytes, i, length);
  if (i >= length) return Scan::incomplete;
  if (bytes[i] != '"') return Scan::invalid;
  Scan scan = scan_string(bytes, i, length, escapes);
  if (scan != Scan::ok) return scan;
  i = past_blanks(bytes, i, length);
  if (i >= length) return Scan::incomplete;
  return bytes[i++] == ':' ? Scan::ok : Scan::invalid;
}

}  // namespace

Scan scan_string(const uint8_t *bytes, size_t &i, size_t length, Escapes escapes) {
  for (i++; i < length; i++) {
    uint8_t c = bytes[i];
    if (c == '"') {
      i++;
      return Scan::ok;
    }
    if (c < 0x20) return Scan::invalid;
    if (c == '\\') {
      if (i + 1 >= length) return Scan::incomplete;
      if (escapes == Escapes::any) {
        if (bytes[++i] < 0x20) return Scan::invalid;
        continue;
      }
      size_t bytes_in_escape = bytes[i + 1] == 'u' ? 6 : 2;
      if (i + bytes_in_escape > length) return Scan::incomplete;
      if (!escapes_are_valid(bytes + i, bytes_in_escape)) return Scan::invalid;
      i += bytes_in_escape - 1;
    }
  }
  return Scan::incomplete;
}

Scan scan_value(const uint8_t *bytes, size_t &i, size_t length, Escapes escapes, uint32_t depth_max,
                std::vector<uint8_t> &nesting) {
  uint32_t depth = 0;
  for (;;) {
    i = past_blanks(bytes, i, length);
    if (i >= length) return Scan::incomplete;
    uint8_t c = bytes[i];
    Scan scan = Scan::ok;
    bool opened = false;
    if (c == '{' || c == '[') {
      if (depth >= depth_max) return Scan::too_deep;
      nesting[depth++] = c == '{' ? '}' : ']';
      i++;
      i = past_blanks(bytes, i, length);
      if (i >= length) return Scan::incomplete;
      opened = bytes[i] != nesting[depth - 1];
      if (opened && c == '{') scan = scan_key(bytes, i, length, escapes);
    } else {
      scan = c == '"' ? scan_string(bytes, i, length, escapes) : scan_scalar(bytes, i, length);
    }
    if (scan != Scan::ok) return scan;
    if (opened) continue;
    // A value, or an empty container up to its closing bracket, ended before i.
    for (;;) {
      if (depth == 0) return Scan::ok;
      i = past_blanks(bytes, i, length);
      if (i >= length) return Scan::incomplete;
      c = bytes[i];
      if (c == ',') break;
      if (c != nesting[depth - 1]) return Scan::invalid;
      depth--;
      i++;
    }
    i++;
    if (nesting[depth - 1] != '}') continue;
    scan = scan_key(bytes, i, length, escapes);
    if (scan != Scan::ok) return scan;
  }
}

}  // namespace harrier
