// A gzip writer over ISA-L's streaming deflate: memory in, memory out, no files and no policy.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cdeflate cdeflate;

/// Levels ISA-L has: 0 is the fastest, 3 the smallest.
enum { CDEFLATE_LEVEL_MIN = 0, CDEFLATE_LEVEL_MAX = 3 };

/// NULL when memory is short or the level is outside the range.
cdeflate *cdeflate_create(int level);
void cdeflate_destroy(cdeflate *stream);

/// Begins a new gzip member; the level stays.
void cdeflate_reset(cdeflate *stream);

/// Compresses `input` into `output`. Call again with what was not consumed until `*consumed == input_count` and
/// `*produced < output_capacity`. With `finish` set the last call writes the trailer. Returns 0, or ISA-L's error.
int cdeflate_step(cdeflate *stream, const uint8_t *input, size_t input_count, int finish, uint8_t *output,
                  size_t output_capacity, size_t *consumed, size_t *produced);

/// 1 once the trailer is written.
int cdeflate_finished(const cdeflate *stream);

#ifdef __cplusplus
}
#endif
