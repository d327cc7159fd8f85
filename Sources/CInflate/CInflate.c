#include "CInflate.h"

#include <isa-l/igzip_lib.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

// ISA-L and zlib count in 32 bits.
#define CI_CHUNK_MAX ((size_t)1 << 30)
#define GZIP_TRAILER_BYTES 8

typedef struct {
  z_stream stream;
  int in_trailer;
  uint32_t crc;
  uint32_t length;
  uint8_t trailer[GZIP_TRAILER_BYTES];
  unsigned trailer_bytes;
  // The header is read byte by byte, see header_step.
  int header_state;
  uint8_t header_flags;
  unsigned header_left;
  uint32_t header_crc;
  unsigned header_checksum;
} zlib_decoder;

typedef struct {
  ZSTD_DCtx *context;
  size_t hint;
  int holds_output;
} zstd_decoder;

struct ci_decoder {
  int backend;
  struct inflate_state *isal;
  int isal_drains;  // damage was found, and output from before it is still to be given
  zlib_decoder *zlib;
  zstd_decoder zstd;
};

enum { H_FIXED, H_EXTRA_SIZE, H_EXTRA_SIZE_HIGH, H_EXTRA, H_NAME, H_COMMENT, H_CRC, H_BODY };

ci_decoder *ci_new(int backend, int window_log_max) {
  ci_decoder *d = calloc(1, sizeof *d);
  if (!d) return NULL;
  d->backend = backend;
  int ok = 0;
  if (backend == CI_GZIP_ISAL) {
    d->isal = calloc(1, sizeof *d->isal);
    ok = d->isal != NULL;
  } else if (backend == CI_GZIP_ZLIB) {
    d->zlib = calloc(1, sizeof *d->zlib);
    ok = d->zlib && inflateInit2(&d->zlib->stream, -15) == Z_OK;
  } else {
    d->zstd.context = ZSTD_createDCtx();
    ok = d->zstd.context &&
         !ZSTD_isError(ZSTD_DCtx_setParameter(d->zstd.context, ZSTD_d_windowLogMax, window_log_max));
  }
  if (!ok) {
    ci_free(d);
    return NULL;
  }
  if (d->isal) isal_inflate_init(d->isal);
  ci_reset(d);
  return d;
}

void ci_free(ci_decoder *d) {
  if (!d) return;
  free(d->isal);
  if (d->zlib) inflateEnd(&d->zlib->stream);
  free(d->zlib);
  ZSTD_freeDCtx(d->zstd.context);
  free(d);
}

void ci_reset(ci_decoder *d) {
  if (d->isal) {
    // Damaged data may look back to before its beginning: it must find nothing of the member before.
    size_t used = (size_t)d->isal->total_out + ISAL_LOOK_AHEAD;
    memset(d->isal->tmp_out_buffer, 0,
           used < sizeof d->isal->tmp_out_buffer ? used : sizeof d->isal->tmp_out_buffer);
    isal_inflate_reset(d->isal);
    d->isal->crc_flag = ISAL_GZIP;
    d->isal->hist_bits = 0;
    d->isal->avail_in = 0;
    d->isal_drains = 0;
  }
  if (d->zlib) {
    zlib_decoder *z = d->zlib;
    inflateReset(&z->stream);
    z->in_trailer = 0;
    z->crc = (uint32_t)crc32(0, NULL, 0);
    z->length = 0;
    z->trailer_bytes = 0;
    z->header_state = H_FIXED;
    z->header_flags = 0;
    z->header_left = 10;
    z->header_crc = (uint32_t)crc32(0, NULL, 0);
    z->header_checksum = 0;
  }
  if (d->zstd.context) {
    ZSTD_DCtx_reset(d->zstd.context, ZSTD_reset_session_only);
    d->zstd.hint = 5;
    d->zstd.holds_output = 0;
  }
}

/// Gives what ISA-L decoded ahead into its own buffer before it met damage, up to 64 KiB.
static int isal_drain(struct inflate_state *s, uint8_t *out, size_t out_length, size_t *out_used) {
  size_t held = (size_t)(s->tmp_out_valid - s->tmp_out_processed);
  size_t count = held < out_length ? held : out_length;
  memcpy(out, s->tmp_out_buffer + s->tmp_out_processed, count);
  s->tmp_out_processed += (int32_t)count;
  *out_used += count;
  return count == held ? CI_DAMAGED : CI_GOING;
}

static int isal_step(ci_decoder *d, const uint8_t *in, size_t in_length, size_t *in_used, uint8_t *out,
                     size_t out_length, size_t *out_used) {
  struct inflate_state *s = d->isal;
  if (d->isal_drains) return isal_drain(s, out, out_length, out_used);
  s->next_in = (uint8_t *)in;
  s->avail_in = (uint32_t)in_length;
  s->next_out = out;
  s->avail_out = (uint32_t)out_length;
  int status = isal_inflate(s);
  // On some corrupt streams ISA-L hands back one byte less than none: its count wraps below zero.
  *in_used = s->avail_in <= in_length ? in_length - s->avail_in : in_length;
  *out_used = s->avail_out <= out_length ? out_length - s->avail_out : out_length;
  if (status == ISAL_INCORRECT_CHECKSUM && s->block_state == ISAL_BLOCK_FINISH) return CI_BAD_CHECKSUM;
  if (status < 0 || status == ISAL_NEED_DICT) {
    if (s->tmp_out_valid <= s->tmp_out_processed) return CI_DAMAGED;
    d->isal_drains = 1;
    return isal_drain(s, out + *out_used, out_length - *out_used, out_used);
  }
  // Output may still wait inside the decoder when the trailer has been read.
  if (s->block_state == ISAL_BLOCK_FINISH && s->tmp_out_processed == s->tmp_out_valid) return CI_MEMBER_END;
  return CI_GOING;
}

/// Reads header bytes until the body begins. Returns 0 on a header that is none, or whose own checksum is wrong.
/// Reserved flags are let through, as ISA-L does.
static int header_step(zlib_decoder *z, const uint8_t *in, size_t in_length, size_t *in_used) {
  while (*in_used < in_length && z->header_state != H_BODY) {
    uint8_t c = in[(*in_used)++];
    if (z->header_state != H_CRC) z->header_crc = (uint32_t)crc32(z->header_crc, &c, 1);
    switch (z->header_state) {
      case H_FIXED: {
        unsigned place = 10 - z->header_left--;
        if ((place == 0 && c != 0x1F) || (place == 1 && c != 0x8B) || (place == 2 && c != 8)) return 0;
        if (place == 3) z->header_flags = c;
        if (z->header_left == 0) z->header_state = H_EXTRA_SIZE;
        break;
      }
      case H_EXTRA_SIZE: z->header_left = c; z->header_state = H_EXTRA_SIZE_HIGH; continue;
      case H_EXTRA_SIZE_HIGH:
        z->header_left |= (unsigned)c << 8;
        z->header_state = H_EXTRA;
        z->header_flags &= (uint8_t)~4;
        break;
      case H_EXTRA: z->header_left--; break;
      case H_NAME: if (c == 0) z->header_flags &= (uint8_t)~8; break;
      case H_COMMENT: if (c == 0) z->header_flags &= (uint8_t)~16; break;
      case H_CRC:
        z->header_checksum |= (unsigned)c << (z->header_left == 2 ? 0 : 8);
        if (--z->header_left > 0) break;
        if (z->header_checksum != (z->header_crc & 0xFFFF)) return 0;
        z->header_flags &= (uint8_t)~2;
        break;
    }
    if (z->header_state == H_FIXED || z->header_state == H_EXTRA_SIZE_HIGH) continue;
    if (z->header_state == H_EXTRA && z->header_left > 0) continue;
    if (z->header_flags & 4) {
      z->header_state = H_EXTRA_SIZE;
    } else if (z->header_flags & 8) {
      z->header_state = H_NAME;
    } else if (z->header_flags & 16) {
      z->header_state = H_COMMENT;
    } else if (z->header_flags & 2) {
      if (z->header_state != H_CRC) z->header_left = 2;
      z->header_state = H_CRC;
    } else {
      z->header_state = H_BODY;
    }
  }
  return 1;
}

static uint32_t little32(const uint8_t *p) {
  return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static int trailer_step(zlib_decoder *z, const uint8_t *in, size_t in_length, size_t *in_used) {
  while (*in_used < in_length && z->trailer_bytes < GZIP_TRAILER_BYTES) z->trailer[z->trailer_bytes++] = in[(*in_used)++];
  if (z->trailer_bytes < GZIP_TRAILER_BYTES) return CI_GOING;
  return little32(z->trailer) == z->crc && little32(z->trailer + 4) == z->length ? CI_MEMBER_END : CI_BAD_CHECKSUM;
}

static int zlib_step(zlib_decoder *z, const uint8_t *in, size_t in_length, size_t *in_used, uint8_t *out,
                     size_t out_length, size_t *out_used) {
  if (!header_step(z, in, in_length, in_used)) return CI_DAMAGED;
  if (z->header_state != H_BODY) return CI_GOING;
  if (!z->in_trailer) {
    z->stream.next_in = (Bytef *)(in + *in_used);
    z->stream.avail_in = (uInt)(in_length - *in_used);
    z->stream.next_out = out;
    z->stream.avail_out = (uInt)out_length;
    int status = inflate(&z->stream, Z_NO_FLUSH);
    *in_used = in_length - z->stream.avail_in;
    *out_used = out_length - z->stream.avail_out;
    z->crc = (uint32_t)crc32(z->crc, out, (uInt)*out_used);
    z->length += (uint32_t)*out_used;
    if (status == Z_STREAM_END) z->in_trailer = 1;
    else if (status != Z_OK && status != Z_BUF_ERROR) return CI_DAMAGED;
  }
  return z->in_trailer ? trailer_step(z, in, in_length, in_used) : CI_GOING;
}

/// zstd is given just what it asks for, so that the place of a wrong checksum is known and reading can go on. What it
/// could not give for want of room is fetched before it gets more: on an error it would keep it.
static int zstd_step(zstd_decoder *z, const uint8_t *in, size_t in_length, size_t *in_used, uint8_t *out,
                     size_t out_length, size_t *out_used) {
  ZSTD_outBuffer o = {out, out_length, 0};
  while (*in_used < in_length || o.pos < o.size) {
    size_t give = in_length - *in_used < z->hint ? in_length - *in_used : z->hint;
    if (z->holds_output) give = 0;
    ZSTD_inBuffer i = {in + *in_used, give, 0};
    size_t before = o.pos;
    size_t status = ZSTD_decompressStream(z->context, &o, &i);
    *out_used = o.pos;
    if (ZSTD_isError(status)) {
      switch (ZSTD_getErrorCode(status)) {
        case ZSTD_error_checksum_wrong: *in_used += give; return CI_BAD_CHECKSUM;
        case ZSTD_error_frameParameter_windowTooLarge: return CI_WINDOW;
        default: return CI_DAMAGED;
      }
    }
    *in_used += i.pos;
    if (status == 0) return CI_MEMBER_END;
    // The hint is for the next call; what of it was not given yet stays due.
    z->hint = status;
    int was_fetching = z->holds_output;
    z->holds_output = o.pos == o.size;
    if (z->holds_output) break;
    if (i.pos == 0 && o.pos == before && !was_fetching) break;
  }
  return CI_GOING;
}

int ci_step(ci_decoder *d, const uint8_t *in, size_t in_length, size_t *in_used, uint8_t *out, size_t out_length,
            size_t *out_used) {
  *in_used = 0;
  *out_used = 0;
  if (in_length > CI_CHUNK_MAX) in_length = CI_CHUNK_MAX;
  if (out_length > CI_CHUNK_MAX) out_length = CI_CHUNK_MAX;
  switch (d->backend) {
    case CI_GZIP_ISAL: return isal_step(d, in, in_length, in_used, out, out_length, out_used);
    case CI_GZIP_ZLIB: return zlib_step(d->zlib, in, in_length, in_used, out, out_length, out_used);
    default: return zstd_step(&d->zstd, in, in_length, in_used, out, out_length, out_used);
  }
}
