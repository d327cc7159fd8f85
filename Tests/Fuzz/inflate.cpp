// Feeds arbitrary bytes to the decoders, whole and cut into many pieces, with room for output of any size.
//
// What must hold for any input: the pieces do not change what comes out, how much input a member takes or how it
// ends; ISA-L and zlib agree on everything but how far they get before they notice damage.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

extern "C" {
#include "CInflate.h"
}

namespace {

constexpr size_t kHeaderBytes = 4;
constexpr size_t kOutputMax = 4 << 20;
constexpr int kWindowLogMax = 22;
// A decoder that neither takes nor gives anything this often is stuck.
constexpr int kIdleStepsMax = 4;

[[noreturn]] void fail(const char *what) {
  fprintf(stderr, "FAILED: %s\n", what);
  abort();
}

struct Freeing {
  void operator()(ci_decoder *decoder) const { ci_free(decoder); }
};

struct Decoding {
  std::vector<uint8_t> output;
  size_t used = 0;
  int members = 0, bad_checksums = 0;
  int state = CI_GOING;  // the last one; CI_GOING: the input ended inside a member

  bool is_broken() const { return state != CI_MEMBER_END; }

  bool operator==(const Decoding &other) const {
    return output == other.output && members == other.members && bad_checksums == other.bad_checksums &&
           state == other.state && (state != CI_MEMBER_END || used == other.used);
  }
};

uint32_t next_random(uint32_t &state) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

/// Whether the caller would try another member here.
bool may_begin(int backend, const uint8_t *p, size_t left) {
  if (backend != CI_ZSTD) return left >= 3 && p[0] == 0x1F && p[1] == 0x8B && p[2] == 8;
  // A frame or a skippable one; not the frames of zstd's early versions.
  const bool is_frame = left >= 4 && p[0] == 0x28 && p[1] == 0xB5 && p[2] == 0x2F && p[3] == 0xFD;
  return is_frame || (left >= 4 && (p[0] & 0xF0) == 0x50 && p[1] == 0x2A && p[2] == 0x4D && p[3] == 0x18);
}

/// The bytes of a gzip header. ISA-L misreads some that come in pieces: callers begin a member with all of it.
size_t header_bytes(const uint8_t *p, size_t left) {
  const uint8_t flags = left > 3 ? p[3] : 0;
  size_t i = 10;
  if (flags & 4 && left > 12) i += 2 + (size_t)(p[10] | p[11] << 8);
  for (int part = 0; part < 2; part++) {
    if (!(flags & (part == 0 ? 8 : 16))) continue;
    while (i < left && p[i] != 0) i++;
    i++;
  }
  i += flags & 2 ? 2 : 0;
  return i < left ? i : left;
}

/// Decodes member after member in pieces of at most `piece_max` bytes into rooms of at most `room_max`.
Decoding decode(int backend, const uint8_t *input, size_t length, size_t piece_max, size_t room_max, uint32_t seed) {
  std::unique_ptr<ci_decoder, Freeing> decoder(ci_new(backend, kWindowLogMax));
  Decoding decoding;
  uint32_t random = seed | 1;
  int idle = 0;
  bool begins = true;
  while (decoding.output.size() < kOutputMax) {
    size_t left = length - decoding.used;
    size_t piece = next_random(random) % piece_max + 1;
    if (begins && backend == CI_GZIP_ISAL) {
      size_t header = header_bytes(input + decoding.used, left);
      if (piece < header) piece = header;
    }
    begins = false;
    if (piece > left) piece = left;
    size_t room = next_random(random) % room_max + 1;
    // Copies of their own size, so that the sanitizer sees a byte too far.
    std::unique_ptr<uint8_t[]> in(new uint8_t[piece + 1]), out(new uint8_t[room]);
    memcpy(in.get(), input + decoding.used, piece);
    size_t used = 0, made = 0;
    int state = ci_step(decoder.get(), in.get(), piece, &used, out.get(), room, &made);
    if (used > piece || made > room) fail("a step went too far");
    decoding.used += used;
    decoding.output.insert(decoding.output.end(), out.get(), out.get() + made);
    if (state == CI_MEMBER_END || state == CI_BAD_CHECKSUM) {
      decoding.members++;
      decoding.bad_checksums += state == CI_BAD_CHECKSUM;
      if (!may_begin(backend, input + decoding.used, length - decoding.used)) {
        decoding.state = CI_MEMBER_END;
        return decoding;
      }
      ci_reset(decoder.get());
      begins = true;
      idle = 0;
      continue;
    }
    if (state != CI_GOING) {
      decoding.state = state;
      return decoding;
    }
    idle = used == 0 && made == 0 ? idle + 1 : 0;
    if (left == 0 && idle > 1) return decoding;
    if (idle > kIdleStepsMax) fail("no progress");
  }
  return decoding;
}

bool is_prefix(const std::vector<uint8_t> &a, const std::vector<uint8_t> &b) {
  return a.size() <= b.size() && std::equal(a.begin(), a.end(), b.begin());
}

/// Where one finds damage the other may still wait for input that would show it, and has given more or less.
bool agree_on_damage(const Decoding &a, const Decoding &b) {
  return a.is_broken() && b.is_broken() && a.members == b.members &&
         (is_prefix(a.output, b.output) || is_prefix(b.output, a.output));
}

void print(const char *name, const Decoding &d) {
  fprintf(stderr, "%s: %zu bytes from %zu, %d members, %d bad checksums, state %d\n", name, d.output.size(), d.used,
          d.members, d.bad_checksums, d.state);
}

void expect_equal(const char *what, const Decoding &a, const Decoding &b) {
  if (a == b) return;
  print("one", a);
  print("other", b);
  fail(what);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size) {
  if (size <= kHeaderBytes) return 0;
  const size_t piece_max = 1 + input[0], room_max = 1 + input[1] * 16;
  const uint32_t seed = input[2];
  const uint8_t *bytes = input + kHeaderBytes;
  const size_t length = size - kHeaderBytes;
  if (!may_begin(input[3] % 4 == 0 ? CI_ZSTD : CI_GZIP_ISAL, bytes, length)) return 0;
  if (input[3] % 4 == 0) {
    Decoding whole = decode(CI_ZSTD, bytes, length, length, kOutputMax, seed);
    Decoding split = decode(CI_ZSTD, bytes, length, piece_max, room_max, seed);
    if (!agree_on_damage(whole, split)) expect_equal("the pieces change what zstd gives", whole, split);
    return 0;
  }
  Decoding isal = decode(CI_GZIP_ISAL, bytes, length, length, kOutputMax, seed);
  Decoding zlib = decode(CI_GZIP_ZLIB, bytes, length, length, kOutputMax, seed);
  Decoding isal_split = decode(CI_GZIP_ISAL, bytes, length, piece_max, room_max, seed);
  Decoding zlib_split = decode(CI_GZIP_ZLIB, bytes, length, piece_max, room_max, seed);
  if (!isal.is_broken()) expect_equal("the pieces change what ISA-L gives", isal, isal_split);
  if (!zlib.is_broken()) expect_equal("the pieces change what zlib gives", zlib, zlib_split);
  if (!agree_on_damage(isal, zlib)) expect_equal("ISA-L and zlib differ", isal, zlib);
  return 0;
}
