// The bytes of one file, decompressed as they are asked for. Owns the descriptor and ISA-L's state; one per thread,
// reused for every file, because setting up 80 KB of state for each of 100,000 small files would be part of what is
// measured.
#pragma once

#include <fcntl.h>
#include <isa-l/igzip_lib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

class Source {
 public:
  Source() : input_(inputBytes) {}
  ~Source() { close(); }
  Source(const Source &) = delete;
  Source &operator=(const Source &) = delete;

  void open(const std::string &path) {
    close();
    descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor_ < 0) throw std::runtime_error(strerror(errno));
    state_.avail_in = 0;
    inputEnded_ = finished_ = false;
    refill();
    gzip_ = state_.avail_in >= 2 && state_.next_in[0] == 0x1f && state_.next_in[1] == 0x8b;
    if (gzip_) startMember();
  }

  // Fills `room` bytes unless the file ends first; fewer bytes mean the end.
  size_t read(char *into, size_t room) { return gzip_ ? inflateInto(into, room) : copyInto(into, room); }

 private:
  // 256 KiB: larger reads were no faster, smaller ones cost system calls.
  static constexpr size_t inputBytes = 256 << 10;

  void close() {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
  }

  // False at the end of the file. Only called when all earlier input is used up.
  bool refill() {
    if (inputEnded_) return false;
    const ssize_t got = ::read(descriptor_, input_.data(), input_.size());
    if (got < 0) throw std::runtime_error(strerror(errno));
    inputEnded_ = got == 0;
    state_.next_in = input_.data();
    state_.avail_in = static_cast<uint32_t>(got);
    return got > 0;
  }

  // Keeps the input position: a new member begins where the last one ended.
  void startMember() {
    uint8_t *const next = state_.next_in;
    const uint32_t available = state_.avail_in;
    isal_inflate_init(&state_);
    state_.crc_flag = ISAL_GZIP;
    state_.next_in = next;
    state_.avail_in = available;
  }

  size_t inflateInto(char *into, size_t room) {
    size_t filled = 0;
    while (filled < room && !finished_) {
      const bool inputLeft = state_.avail_in > 0 || refill();
      state_.next_out = reinterpret_cast<uint8_t *>(into) + filled;
      state_.avail_out = static_cast<uint32_t>(room - filled);
      const int status = isal_inflate(&state_);
      if (status != ISAL_DECOMP_OK) throw std::runtime_error("corrupt gzip: ISA-L says " + std::to_string(status));
      const size_t before = filled;
      filled = room - state_.avail_out;
      if (state_.block_state == ISAL_BLOCK_FINISH) endMember();
      // ISA-L may hold output back after the last input; only a call that neither reads nor writes shows a truncation.
      else if (!inputLeft && filled == before) throw std::runtime_error("gzip ends in the middle");
    }
    return filled;
  }

  // Bytes after a member that are no further member are ignored, as gzip does.
  void endMember() {
    if (state_.avail_in == 0 && !refill()) {
      finished_ = true;
      return;
    }
    if (state_.next_in[0] == 0x1f) startMember();
    else finished_ = true;
  }

  size_t copyInto(char *into, size_t room) {
    size_t filled = 0;
    while (filled < room && (state_.avail_in > 0 || refill())) {
      const size_t part = std::min<size_t>(room - filled, state_.avail_in);
      memcpy(into + filled, state_.next_in, part);
      state_.next_in += part;
      state_.avail_in -= static_cast<uint32_t>(part);
      filled += part;
    }
    return filled;
  }

  int descriptor_ = -1;
  bool gzip_ = false;
  bool inputEnded_ = false;
  bool finished_ = false;
  std::vector<uint8_t> input_;
  inflate_state state_ = {};
};
