// The gzip writer declared in CDeflate.h. ISA-L keeps a stream and, for levels above 0, a caller-supplied work buffer:
// both live in one allocation that the handle owns.
#include "CDeflate.h"

#include <isa-l/igzip_lib.h>
#include <stdlib.h>

struct cdeflate {
  struct isal_zstream stream;
  uint8_t *work;
  uint32_t work_bytes;
  int level;
};

static uint32_t work_bytes_for(int level) {
  switch (level) {
    case 1: return ISAL_DEF_LVL1_DEFAULT;
    case 2: return ISAL_DEF_LVL2_DEFAULT;
    case 3: return ISAL_DEF_LVL3_DEFAULT;
    default: return 0;
  }
}

cdeflate *cdeflate_create(int level) {
  if (level < CDEFLATE_LEVEL_MIN || level > CDEFLATE_LEVEL_MAX) return NULL;
  cdeflate *self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  self->level = level;
  self->work_bytes = work_bytes_for(level);
  if (self->work_bytes > 0) {
    self->work = malloc(self->work_bytes);
    if (self->work == NULL) {
      free(self);
      return NULL;
    }
  }
  cdeflate_reset(self);
  return self;
}

void cdeflate_destroy(cdeflate *self) {
  if (self == NULL) return;
  free(self->work);
  free(self);
}

void cdeflate_reset(cdeflate *self) {
  isal_deflate_init(&self->stream);
  self->stream.level = (uint32_t)self->level;
  self->stream.level_buf = self->work;
  self->stream.level_buf_size = self->work_bytes;
  self->stream.gzip_flag = IGZIP_GZIP;
}

int cdeflate_step(cdeflate *self, const uint8_t *input, size_t input_count, int finish, uint8_t *output,
                  size_t output_capacity, size_t *consumed, size_t *produced) {
  // ISA-L counts in 32 bits: longer buffers are taken in pieces, and only the last piece may end the stream.
  const size_t piece_max = 1u << 30;
  size_t piece = input_count < piece_max ? input_count : piece_max;
  size_t room = output_capacity < piece_max ? output_capacity : piece_max;
  struct isal_zstream *stream = &self->stream;
  stream->next_in = (uint8_t *)input;
  stream->avail_in = (uint32_t)piece;
  stream->next_out = output;
  stream->avail_out = (uint32_t)room;
  stream->end_of_stream = finish && piece == input_count;
  stream->flush = NO_FLUSH;
  int status = isal_deflate(stream);
  *consumed = piece - stream->avail_in;
  *produced = room - stream->avail_out;
  return status;
}

int cdeflate_finished(const cdeflate *self) { return self->stream.internal_state.state == ZSTATE_END; }
