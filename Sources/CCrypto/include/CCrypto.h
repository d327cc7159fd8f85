#ifndef HARRIER_CCRYPTO_H
#define HARRIER_CCRYPTO_H

// SHA-256 over OpenSSL's libcrypto.

#include <stddef.h>
#include <stdint.h>

enum { CC_SHA256_BYTES = 32 };

typedef struct cc_sha256 cc_sha256;

cc_sha256 *_Nullable cc_sha256_new(void);
void cc_sha256_free(cc_sha256 *_Nullable hash);
/// These return 1, or 0 when the library refused.
int cc_sha256_begin(cc_sha256 *_Nonnull hash);
int cc_sha256_update(cc_sha256 *_Nonnull hash, const void *_Nullable bytes, size_t length);
int cc_sha256_end(cc_sha256 *_Nonnull hash, uint8_t *_Nonnull digest);
/// The digest so far; more bytes may follow.
int cc_sha256_so_far(cc_sha256 *_Nonnull hash, uint8_t *_Nonnull digest);

#endif
