#include "CCrypto.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct cc_sha256 {
  EVP_MD_CTX *context;
  EVP_MD *digest;
};

cc_sha256 *cc_sha256_new(void) {
  cc_sha256 *h = calloc(1, sizeof *h);
  if (!h) return NULL;
  h->context = EVP_MD_CTX_new();
  // Fetched once: looking the algorithm up again for each file costs more than hashing a small one.
  h->digest = EVP_MD_fetch(NULL, "SHA256", NULL);
  if (h->context && h->digest) return h;
  cc_sha256_free(h);
  return NULL;
}

void cc_sha256_free(cc_sha256 *h) {
  if (!h) return;
  EVP_MD_CTX_free(h->context);
  EVP_MD_free(h->digest);
  free(h);
}

int cc_sha256_begin(cc_sha256 *h) { return EVP_DigestInit_ex(h->context, h->digest, NULL); }

int cc_sha256_update(cc_sha256 *h, const void *bytes, size_t length) {
  return EVP_DigestUpdate(h->context, bytes, length);
}

int cc_sha256_end(cc_sha256 *h, uint8_t *digest) { return EVP_DigestFinal_ex(h->context, digest, NULL); }

int cc_sha256_so_far(cc_sha256 *h, uint8_t *digest) {
  EVP_MD_CTX *copy = EVP_MD_CTX_new();
  int done = copy && EVP_MD_CTX_copy_ex(copy, h->context) && EVP_DigestFinal_ex(copy, digest, NULL);
  EVP_MD_CTX_free(copy);
  return done;
}
