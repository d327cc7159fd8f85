// A hash of texts under a secret key: who chooses the texts but sees neither key nor hash finds no two that share it.
//
// A text is cut into blocks of 1 KiB, the last one filled with zeros to a multiple of 16 bytes. A block of words m
// becomes two 128-bit numbers (NH, as in UMAC and VHASH), the second with the key moved on by two words:
//
//     sum over i of (m[2i] + k[2i] mod 2^64) * (m[2i+1] + k[2i+1] mod 2^64)   mod 2^128
//
// These 256 bits are five numbers below 2^60. The length of the text plus one, and then the five of each block, are
// the coefficients of a polynomial, from the highest down. The hash is its value at two secret points modulo
// p = 2^61 - 1.
//
// Two different texts of at most b blocks share their hash with a probability of at most
//
//     2^-128 + (5 b / 2^60)^2
//
// over the choice of the key. Texts of one length differ in some block; its two NH numbers agree with at most 2^-128
// (Black, Halevi, Krawczyk, Krovetz, Rogaway: UMAC, 1999, for NH with a moved key). If they differ, or the lengths
// do, so do the polynomials: the highest coefficient is never zero and tells the length. Two polynomials of a degree
// of at most 5 b agree at no more than 5 b points, and each point is one of 2^60. For two blocks (an event of 1.5 KB)
// that is 2^-113; for the longest record that is parsed (256 MiB) 2^-79. Among n texts, at most n * n / 2 times that.
#include <cstring>
#include <memory>
#include <new>

#include "include/CSimdJSON.h"

namespace {

using u128 = unsigned __int128;

constexpr size_t kBlockBytes = 1024;
constexpr size_t kBlockWords = kBlockBytes / 8;
// The second sum begins two words further on.
constexpr size_t kSumWords = kBlockWords + 2;
constexpr int kPoints = 2;
constexpr int kParts = 5;
constexpr uint64_t kPrime = (uint64_t(1) << 61) - 1;
constexpr uint64_t kPartMask = (uint64_t(1) << 60) - 1;
static_assert(HJ_HASH_KEY_WORDS == kSumWords + kPoints, "one word of the key for each of the sums' and each point");

/// The number modulo p; it is below 2^124.
uint64_t reduce(u128 x) {
  uint64_t r = (uint64_t(x) & kPrime) + uint64_t(x >> 61);
  r = (r & kPrime) + (r >> 61);
  return r >= kPrime ? r - kPrime : r;
}

uint64_t word(const uint8_t *p) {
  uint64_t x;
  memcpy(&x, p, 8);
  return x;
}

struct Sums {
  u128 first = 0, second = 0;

  void add(const uint8_t *p, const uint64_t *k) {
    const uint64_t a = word(p), b = word(p + 8);
    first += u128(a + k[0]) * (b + k[1]);
    second += u128(a + k[2]) * (b + k[3]);
  }
};

}  // namespace

struct hj_hash_key {
  uint64_t sum[kSumWords];
  uint64_t power[kPoints][kParts];  // the point to the 1st ... 5th

  Sums block(const uint8_t *p, size_t n) const {
    Sums sums;
    size_t i = 0;
    for (; i + 16 <= n; i += 16) sums.add(p + i, sum + i / 8);
    if (i < n) {
      uint8_t rest[16] = {};
      memcpy(rest, p + i, n - i);
      sums.add(rest, sum + i / 8);
    }
    return sums;
  }

  /// The value at a point, with five more coefficients: five steps of Horner's rule with one reduction.
  uint64_t fold(uint64_t value, const uint64_t (&parts)[kParts], int point) const {
    const uint64_t *x = power[point];
    u128 s = u128(value) * x[4] + parts[4];
    for (int i = 0; i < kParts - 1; i++) s += u128(parts[i]) * x[kParts - 2 - i];
    return reduce(s);
  }
};

extern "C" hj_hash_key *hj_hash_key_new(const uint64_t *words) {
  std::unique_ptr<hj_hash_key> key(new (std::nothrow) hj_hash_key);
  if (!key) return nullptr;
  memcpy(key->sum, words, sizeof key->sum);
  for (int point = 0; point < kPoints; point++) {
    uint64_t *power = key->power[point];
    power[0] = words[kSumWords + size_t(point)] & kPartMask;
    for (int i = 1; i < kParts; i++) power[i] = reduce(u128(power[i - 1]) * power[0]);
  }
  return key.release();
}

extern "C" void hj_hash_key_free(hj_hash_key *key) { delete key; }

extern "C" hj_hash128 hj_hash(const hj_hash_key *key, const uint8_t *text, size_t length) {
  uint64_t values[kPoints] = {uint64_t(length) + 1, uint64_t(length) + 1};
  for (size_t at = 0; at < length; at += kBlockBytes) {
    const Sums s = key->block(text + at, length - at < kBlockBytes ? length - at : kBlockBytes);
    const uint64_t parts[kParts] = {
        uint64_t(s.first) & kPartMask,  uint64_t(s.first >> 60) & kPartMask,  uint64_t(s.second) & kPartMask,
        uint64_t(s.second >> 60) & kPartMask, uint64_t(s.first >> 120) << 8 | uint64_t(s.second >> 120)};
    for (int point = 0; point < kPoints; point++) values[point] = key->fold(values[point], parts, point);
  }
  return {values[0], values[1]};
}
