#ifndef HARRIER_CCURL_H
#define HARRIER_CCURL_H

// One web request over libcurl. What may be connected to is decided by whoever asks, for the very address of each
// connection; redirects are told, never followed.

#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

enum { CL_ERROR_BYTES = 256 };

typedef struct {
  const char *_Nonnull url;
  /// NULL: a GET.
  const uint8_t *_Nullable body;
  size_t body_length;
  /// "Name: value", ended by NULL.
  const char *_Nullable const *_Nullable headers;
  const char *_Nonnull agent;
  /// PEM; NULL: the system's.
  const char *_Nullable authorities;
  int64_t timeout_millis;
  int allows_http;
  /// How much of an answer is read; what is longer is cut off, and the connection closed.
  size_t answer_bytes_max;
  /// The same of its headers, those of interim answers (1xx) included.
  size_t header_bytes_max;
  /// How long to read on after the status is known; 0: until the timeout.
  int64_t settle_millis;
  /// Whether to connect to an address: 1 or 0.
  int (*_Nonnull permits)(void *_Nullable context, const struct sockaddr *_Nonnull address);
  /// Whether to give up: 1 or 0. Asked several times a second.
  int (*_Nonnull interrupted)(void *_Nullable context);
  void *_Nullable context;
} cl_request;

typedef struct {
  /// 0 if an answer came to its end. Otherwise `status` may be known all the same.
  int code;
  char error[CL_ERROR_BYTES];
  /// 0 if there was no answer.
  long status;
  int64_t retry_after_seconds;
  uint8_t *_Nullable answer;
  size_t answer_length;
  /// Where a redirect leads to; NULL for none.
  char *_Nullable location;
} cl_response;

void cl_send(const cl_request *_Nonnull request, cl_response *_Nonnull response);
void cl_free(cl_response *_Nonnull response);
/// 1 if two addresses have the same scheme, host and port.
int cl_same_origin(const char *_Nonnull a, const char *_Nonnull b);

#endif
