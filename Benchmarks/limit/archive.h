// One file's records, block by block. A block is cut at what looks like the last record boundary and proved by the
// parse: a second pass that finds boundaries for certain costs a third of the floor. What follows the cut is carried to
// the front of the next block.
//
// Worked example, blocks of 26 bytes over `{"Records":[{"a":1},{"a":2},{"a":3}]}`:
//   first block   {"Records":[{"a":1},{"a":2     cut at the `,` before the second record; the parser sees `[{"a":1}]`
//   carried       ,{"a":2                        the comma becomes the `[` of the next array
//   second block  [{"a":2},{"a":3}]}             the file ends: everything is parsed
#pragma once

#include "record.h"
#include "source.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

struct Totals {
  uint64_t events = 0;
  uint64_t bytes = 0;
  uint64_t weight = 0;
};

class ArchiveReader {
 public:
  explicit ArchiveReader(size_t blockBytes)
      : largestBlock_(std::max(blockBytes, blockBytesMax)), buffer_(blockBytes + simdjson::SIMDJSON_PADDING) {
    parser_.threaded = false;
    if (parser_.allocate(blockBytes)) throw std::bad_alloc();
  }

  // Calls `each` with every record of the file. What was counted before an error stays counted.
  template <class Each>
  void readFile(const std::string &path, Totals &totals, Each each) {
    source_.open(path);
    held_ = 0;
    framing_ = Framing::unknown;
    for (bool ended = false; !ended;) {
      const size_t room = buffer_.size() - simdjson::SIMDJSON_PADDING - held_;
      const size_t got = source_.read(buffer_.data() + held_, room);
      totals.bytes += got;
      held_ += got;
      ended = got < room;
      const size_t done = parseHeld(ended, totals, each);
      if (done == 0 && !ended) grow();
      held_ -= done;
      memmove(buffer_.data(), buffer_.data() + done, held_);
    }
    if (held_ > 0) throw std::runtime_error("the last " + std::to_string(held_) + " bytes hold no readable record");
  }

 private:
  enum class Framing { unknown, array, lines };

  // No record of an audit log is near 64 MiB; a block that cannot be parsed by then is damaged, and a floor repairs
  // nothing.
  static constexpr size_t blockBytesMax = size_t(64) << 20;
  // Enough to see what a document is; fewer bytes are only judged at the end of the file.
  static constexpr size_t framingBytes = 64;

  void grow() {
    if (buffer_.size() > largestBlock_) throw std::runtime_error("a block of 64 MiB holds no readable record");
    buffer_.resize(buffer_.size() * 2);
  }

  // Returns how many of the held bytes are done with. Documents may follow each other in one file.
  template <class Each>
  size_t parseHeld(bool ended, Totals &totals, Each &each) {
    for (size_t at = 0;;) {
      if (framing_ == Framing::unknown) {
        at = afterSpace(at);
        if (at == held_ || (!ended && held_ - at < framingBytes)) return at;
        at = findFraming(at);
      }
      const size_t next =
          framing_ == Framing::array ? parseArray(at, ended, totals, each) : parseLines(at, ended, totals, each);
      if (next == at || framing_ != Framing::unknown) return next;
      at = next;
    }
  }

  // Returns the place of an array's `[`, or of the first line.
  size_t findFraming(size_t document) {
    constexpr std::string_view key = "\"Records\"";
    size_t at = document;
    if (buffer_[at] == '{') {
      at = afterSpace(at + 1);
      const std::string_view held(buffer_.data() + at, held_ - at);
      if (held.substr(0, key.size()) == key) at = afterSpace(at + key.size());
      if (at < held_ && buffer_[at] == ':') at = afterSpace(at + 1);
    }
    const bool array = at < held_ && buffer_[at] == '[';
    framing_ = array ? Framing::array : Framing::lines;
    return array ? at : document;
  }

  size_t afterSpace(size_t at) const {
    while (at < held_ && isSpace(buffer_[at])) ++at;
    return at;
  }

  static bool isSpace(char byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

  // `start` is the `[` or the comma before the first record. Returns the same place before the first record not yet
  // read.
  template <class Each>
  size_t parseArray(size_t start, bool ended, Totals &totals, Each &each) {
    const size_t cut = ended ? lastOf(']', held_) : lastBoundary(start);
    if (cut == none || cut <= start) return start;
    const char after = buffer_[cut];
    buffer_[start] = '[';
    buffer_[cut] = ']';
    const size_t next = walkArray(start, cut, totals, each);
    buffer_[cut] = after;
    return next != start && buffer_[next] == ']' ? afterArray(next) : next;
  }

  // Returns the place after the last record that could be read: the cut itself, if the cut was a boundary.
  template <class Each>
  size_t walkArray(size_t start, size_t cut, Totals &totals, Each &each) {
    const char *next = buffer_.data() + start;
    try {
      const simdjson::padded_string_view text(next, cut + 1 - start, buffer_.size() - start);
      ondemand::document document = parser_.iterate(text);
      for (auto value : document.get_array()) {
        ondemand::object object = value.get_object();
        count(object, totals, each);
        next = document.current_location();
      }
      if (next == buffer_.data() + start) next = buffer_.data() + afterSpace(start + 1);
    } catch (const simdjson::simdjson_error &) {
      // Expected once a block where the cut fell into a nested array: that record is read again with the next block.
    }
    return static_cast<size_t>(next - buffer_.data());
  }

  // The envelope's own `}` and what lies between it and the next document.
  size_t afterArray(size_t bracket) {
    framing_ = Framing::unknown;
    const size_t at = afterSpace(bracket + 1);
    return at < held_ && buffer_[at] == '}' ? afterSpace(at + 1) : at;
  }

  template <class Each>
  size_t parseLines(size_t start, bool ended, Totals &totals, Each &each) {
    const size_t newline = ended ? held_ : lastOf('\n', held_);
    if (newline == none || newline <= start) return start;
    size_t next = start;
    try {
      ondemand::document_stream lines = parser_.iterate_many(buffer_.data() + start, newline - start, newline - start);
      for (auto line = lines.begin(); line != lines.end(); ++line) {
        next = start + line.current_index();
        auto document = *line;
        ondemand::object object = document.get_object();
        count(object, totals, each);
      }
      next = newline - lines.truncated_bytes();
    } catch (const simdjson::simdjson_error &) {
      // A line that is no object stays in front and is reported when no larger block can be had.
    }
    return ended && next != start ? afterSpace(next) : next;
  }

  template <class Each>
  static void count(ondemand::object object, Totals &totals, Each &each) {
    Record record;
    readRecord(object, record);
    totals.events += 1;
    totals.weight += record.weight();
    each(record);
  }

  static constexpr size_t none = SIZE_MAX;

  size_t lastOf(char byte, size_t before) const {
    const void *found = memrchr(buffer_.data(), byte, before);
    return found == nullptr ? none : static_cast<size_t>(static_cast<const char *>(found) - buffer_.data());
  }

  // The comma of the last `},{"`, with any space in it.
  size_t lastBoundary(size_t start) const {
    for (size_t brace = lastOf('{', held_); brace != none && brace > start; brace = lastOf('{', brace)) {
      const size_t key = afterSpace(brace + 1);
      const size_t comma = beforeSpace(brace);
      if (key >= held_ || buffer_[key] != '"' || comma <= start || buffer_[comma] != ',') continue;
      if (buffer_[beforeSpace(comma)] == '}') return comma;
    }
    return none;
  }

  // The last byte before `at` that is no space; the array's `[` always ends the search.
  size_t beforeSpace(size_t at) const {
    do --at;
    while (at > 0 && isSpace(buffer_[at]));
    return at;
  }

  const size_t largestBlock_;
  std::vector<char> buffer_;
  size_t held_ = 0;
  Framing framing_ = Framing::unknown;
  Source source_;
  ondemand::parser parser_;
};
