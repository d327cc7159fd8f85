#ifndef HARRIER_CINFLATE_H
#define HARRIER_CINFLATE_H

// Streaming decompression of one member (gzip) or frame (zstd) after another, over ISA-L, zlib and zstd.
// What follows a member, and what a wrong checksum means, is decided by the caller.

#include <stddef.h>
#include <stdint.h>

typedef struct ci_decoder ci_decoder;

enum {
  CI_GZIP_ISAL = 0,
  CI_GZIP_ZLIB = 1,  // slower; the oracle that tests compare ISA-L against
  CI_ZSTD = 2,
};

enum {
  CI_GOING = 0,      // give more input or more room
  CI_MEMBER_END,     // the member is complete and its checksum is right
  CI_BAD_CHECKSUM,   // the member is complete and its checksum is wrong
  CI_DAMAGED,        // not decodable from here on
  CI_WINDOW,         // zstd: needs a larger window than allowed
};

ci_decoder *_Nullable ci_new(int backend, int window_log_max);
void ci_free(ci_decoder *_Nullable decoder);
/// Makes ready for the next member.
void ci_reset(ci_decoder *_Nonnull decoder);
/// Decodes; advances both positions. Returns one of the states above.
int ci_step(ci_decoder *_Nonnull decoder, const uint8_t *_Nonnull in, size_t in_length, size_t *_Nonnull in_used,
            uint8_t *_Nonnull out, size_t out_length, size_t *_Nonnull out_used);

#endif
