// A passage over what is bad or too large: what it ends at, and the few bits that it carries from block to block.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace harrier {

enum class Over : uint8_t {
  value,   // one value: ends behind it
  member,  // of an envelope: ends before the separator behind it
};

/// A passage over bytes that looks at quotes and brackets alone and goes on from block to block.
struct Passage {
  Over over = Over::value;
  bool in_lines = false;  // among objects one after another: a new line can begin a new one
  uint8_t reason = 0;
  bool begun = false;     // some of it is reported already
  bool restarted = false; // a new document began inside it

  /// Where it ends, or `length` with `done` = false.
  size_t run(const uint8_t *bytes, size_t from, size_t length, bool &done);

 private:
  uint32_t depth = 0;
  bool in_string = false, escaped = false;
  bool is_first = true, in_scalar = false;
  bool at_line = false;    // the last byte was a newline
  uint8_t previous = 0;    // the last byte outside strings that is not blank

  bool step(uint8_t c, size_t &end);
};

/// Whether brackets still tell where a bad object ended.
struct Balance {
  bool closed = false;  // it ended, and nothing but white space came behind it

  void advance(uint8_t c);

 private:
  bool is_first = true, holds = false;
  bool in_string = false, escaped = false;
  uint32_t depth = 0;
};

}  // namespace harrier
