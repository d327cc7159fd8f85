#ifndef HARRIER_CRE2_H
#define HARRIER_CRE2_H

// Regular expressions on RE2: linear in the text, whatever the pattern. Also the C library's substring search, which
// has no Swift name of its own.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  HR_IGNORE_CASE = 1,
  HR_MULTILINE = 2,    // ^ and $ match at line breaks
  HR_DOT_ALL = 4,      // . matches line breaks
};  // hr_flags

typedef struct hr_regex hr_regex;

/// Compiles a pattern of UTF-8 text. NULL when RE2 refuses it: then `message` holds the reason (ended by NUL) and
/// `*position` the byte of the pattern that it is about, or -1.
hr_regex *_Nullable hr_regex_new(const uint8_t *_Nullable pattern, size_t length, uint32_t flags,
                                 char *_Nonnull message, size_t message_size, ptrdiff_t *_Nonnull position);
void hr_regex_free(hr_regex *_Nullable regex);
/// Whether the pattern occurs anywhere in the text. May be called by several threads at once.
int hr_regex_search(const hr_regex *_Nonnull regex, const uint8_t *_Nullable text, size_t length);

/// The place of `needle` in `text`, or -1; in linear time.
ptrdiff_t hr_find(const uint8_t *_Nullable text, size_t length, const uint8_t *_Nullable needle, size_t needle_length);

#ifdef __cplusplus
}
#endif
#endif
