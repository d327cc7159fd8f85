// What the characters of a JSON text mean: numbers, escapes, white space between tokens.
#include "text.hpp"

#include <cstring>

#include "include/CSimdJSON.h"

namespace {

bool is_digit(uint8_t c) { return c >= '0' && c <= '9'; }

int hex(uint8_t c) {
  if (is_digit(c)) return c - '0';
  uint8_t lower = c | 0x20;
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The value of four hexadecimal digits, or -1.
int32_t hex4(const uint8_t *p) {
  int a = hex(p[0]), b = hex(p[1]), c = hex(p[2]), d = hex(p[3]);
  return (a | b | c | d) < 0 ? -1 : a << 12 | b << 8 | c << 4 | d;
}

uint8_t *put_utf8(uint32_t c, uint8_t *out) {
  if (c < 0x80) {
    *out++ = uint8_t(c);
  } else if (c < 0x800) {
    *out++ = uint8_t(0xC0 | c >> 6);
    *out++ = uint8_t(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    *out++ = uint8_t(0xE0 | c >> 12);
    *out++ = uint8_t(0x80 | (c >> 6 & 0x3F));
    *out++ = uint8_t(0x80 | (c & 0x3F));
  } else {
    *out++ = uint8_t(0xF0 | c >> 18);
    *out++ = uint8_t(0x80 | (c >> 12 & 0x3F));
    *out++ = uint8_t(0x80 | (c >> 6 & 0x3F));
    *out++ = uint8_t(0x80 | (c & 0x3F));
  }
  return out;
}

/// Reads the \u escape at p (behind the u), a surrogate pair included. A lone surrogate becomes U+FFFD; an escape that
/// is cut off becomes a question mark, since the text must not grow.
const uint8_t *take_unicode(const uint8_t *p, const uint8_t *end, uint32_t &c) {
  c = 0xFFFD;
  if (end - p < 4) {
    c = '?';
    return end;
  }
  int32_t first = hex4(p);
  p += 4;
  if (first < 0) return p;
  if (first < 0xD800 || first > 0xDFFF) {
    c = uint32_t(first);
  } else if (first < 0xDC00 && end - p >= 6 && p[0] == '\\' && p[1] == 'u') {
    int32_t second = hex4(p + 2);
    if (second >= 0xDC00 && second <= 0xDFFF) {
      c = 0x10000u + (uint32_t(first - 0xD800) << 10) + uint32_t(second - 0xDC00);
      p += 6;
    }
  }
  return p;
}

}  // namespace

namespace harrier {

bool is_number(const uint8_t *p, size_t n) {
  const uint8_t *end = p + n;
  if (p < end && *p == '-') p++;
  if (p == end || !is_digit(*p)) return false;
  if (*p == '0') {
    p++;
  } else {
    while (p < end && is_digit(*p)) p++;
  }
  if (p < end && *p == '.') {
    p++;
    if (p == end || !is_digit(*p)) return false;
    while (p < end && is_digit(*p)) p++;
  }
  if (p < end && (*p == 'e' || *p == 'E')) {
    p++;
    if (p < end && (*p == '+' || *p == '-')) p++;
    if (p == end || !is_digit(*p)) return false;
    while (p < end && is_digit(*p)) p++;
  }
  return p == end;
}

bool escapes_are_valid(const uint8_t *p, size_t n) {
  const uint8_t *end = p + n;
  while ((p = static_cast<const uint8_t *>(memchr(p, '\\', size_t(end - p))))) {
    p++;
    // Runs of escapes are common (JSON text in a string): stay here while they last.
    for (;;) {
      if (p == end) return false;
      switch (*p++) {
        case '"': case '\\': case '/': case 'b': case 'f': case 'n': case 'r': case 't': break;
        case 'u':
          if (end - p < 4 || hex4(p) < 0) return false;
          p += 4;
          break;
        default: return false;
      }
      if (p < end && *p == '\\') { p++; continue; }
      break;
    }
    if (p == end) return true;
  }
  return true;
}

}  // namespace harrier

extern "C" size_t hj_unescape(const uint8_t *text, size_t length, uint8_t *out) {
  const uint8_t *p = text, *end = text + length;
  uint8_t *o = out;
  while (p < end) {
    const void *found = memchr(p, '\\', size_t(end - p));
    const uint8_t *stop = found ? static_cast<const uint8_t *>(found) : end;
    memcpy(o, p, size_t(stop - p));
    o += stop - p;
    p = stop + 1;
    if (p >= end) break;
    uint8_t c = *p++;
    switch (c) {
      case 'b': *o++ = '\b'; break;
      case 'f': *o++ = '\f'; break;
      case 'n': *o++ = '\n'; break;
      case 'r': *o++ = '\r'; break;
      case 't': *o++ = '\t'; break;
      case 'u': {
        uint32_t point;
        p = take_unicode(p, end, point);
        o = put_utf8(point, o);
        break;
      }
      default: *o++ = c;
    }
  }
  return size_t(o - out);
}

extern "C" size_t hj_compact(const uint8_t *json, size_t length, uint8_t *out) {
  const uint8_t *p = json, *end = json + length;
  uint8_t *o = out;
  while (p < end) {
    uint8_t c = *p++;
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') continue;
    *o++ = c;
    if (c != '"') continue;
    while (p < end) {
      c = *p++;
      *o++ = c;
      if (c == '"') break;
      if (c == '\\' && p < end) *o++ = *p++;
    }
  }
  return size_t(o - out);
}

extern "C" ptrdiff_t hj_find(const uint8_t *text, size_t length, const uint8_t *needle, size_t needle_length) {
  const void *found = memmem(text, length, needle, needle_length);
  return found ? static_cast<const uint8_t *>(found) - text : -1;
}
