// For strdup, strcasecmp and SOCK_CLOEXEC.
#define _GNU_SOURCE

#include "CCurl.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

typedef struct {
  const cl_request *request;
  cl_response *response;
  size_t header_bytes;
  // When the last status line came.
  struct timespec answered;
} exchange;

// Headers of all answers together, those that announce another one included. To take none of a piece is to end there.
static size_t take_header(char *bytes, size_t size, size_t count, void *context) {
  exchange *own = context;
  size_t length = size * count;
  long status = 0;
  char line[32];
  size_t kept = length < sizeof line - 1 ? length : sizeof line - 1;
  memcpy(line, bytes, kept);
  line[kept] = 0;
  // "HTTP/1.1 200 OK", "HTTP/2 200": what the server thinks of the request. 1xx are no answers yet.
  if (sscanf(line, "HTTP/%*[0-9.] %3ld", &status) == 1 && status >= 200) {
    own->response->status = status;
    clock_gettime(CLOCK_MONOTONIC, &own->answered);
  }
  own->header_bytes += length;
  return own->header_bytes > own->request->header_bytes_max ? 0 : length;
}

static size_t take(char *bytes, size_t size, size_t count, void *context) {
  exchange *own = context;
  size_t length = size * count;
  size_t room = own->request->answer_bytes_max - own->response->answer_length;
  size_t kept = length < room ? length : room;
  if (kept > 0) {
    uint8_t *grown = realloc(own->response->answer, own->response->answer_length + kept);
    if (!grown) return 0;
    memcpy(grown + own->response->answer_length, bytes, kept);
    own->response->answer = grown;
    own->response->answer_length += kept;
  }
  return kept;
}

// The address in hand is the one that is connected to: nothing is resolved in between.
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
  exchange *own = context;
  (void)purpose;
  if (!own->request->permits(own->request->context, &address->addr)) return CURL_SOCKET_BAD;
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static int progress(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
  exchange *own = context;
  (void)a, (void)b, (void)c, (void)d;
  if (own->request->interrupted(own->request->context)) return 1;
  if (own->response->status == 0 || own->request->settle_millis <= 0) return 0;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  int64_t millis = (now.tv_sec - own->answered.tv_sec) * 1000 + (now.tv_nsec - own->answered.tv_nsec) / 1000000;
  return millis > own->request->settle_millis;
}

static CURLcode set_up(CURL *curl, const cl_request *request, exchange *own, struct curl_slist *headers) {
  const char *protocols = request->allows_http ? "http,https" : "https";
  CURLcode code = CURLE_OK;
#define SET(option, value) \
  if (code == CURLE_OK) code = curl_easy_setopt(curl, option, value)
  SET(CURLOPT_ERRORBUFFER, own->response->error);
  SET(CURLOPT_URL, request->url);
  SET(CURLOPT_PROTOCOLS_STR, protocols);
  SET(CURLOPT_FOLLOWLOCATION, 0L);
  SET(CURLOPT_NOSIGNAL, 1L);
  // A name server that is silent is not waited for after the timeout.
  SET(CURLOPT_QUICK_EXIT, 1L);
  SET(CURLOPT_PROXY, "");
  SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
  SET(CURLOPT_USERAGENT, request->agent);
  SET(CURLOPT_HTTPHEADER, headers);
  SET(CURLOPT_TIMEOUT_MS, (long)request->timeout_millis);
  SET(CURLOPT_CONNECTTIMEOUT_MS, (long)request->timeout_millis);
  SET(CURLOPT_SSL_VERIFYPEER, 1L);
  SET(CURLOPT_SSL_VERIFYHOST, 2L);
  SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  if (request->authorities) {
    SET(CURLOPT_CAINFO, request->authorities);
    SET(CURLOPT_CAPATH, NULL);
  }
  SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
  SET(CURLOPT_OPENSOCKETDATA, own);
  SET(CURLOPT_HEADERFUNCTION, take_header);
  SET(CURLOPT_HEADERDATA, own);
  SET(CURLOPT_WRITEFUNCTION, take);
  SET(CURLOPT_WRITEDATA, own);
  SET(CURLOPT_NOPROGRESS, 0L);
  SET(CURLOPT_XFERINFOFUNCTION, progress);
  SET(CURLOPT_XFERINFODATA, own);
  if (request->body) {
    SET(CURLOPT_POST, 1L);
    SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_length);
    SET(CURLOPT_POSTFIELDS, (const char *)request->body);
  }
#undef SET
  return code;
}

static void read_result(CURL *curl, cl_response *response) {
  curl_off_t after = 0;
  char *location = NULL;
  if (curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &after) == CURLE_OK) response->retry_after_seconds = after;
  if (curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &location) == CURLE_OK && location) {
    response->location = strdup(location);
  }
}

void cl_send(const cl_request *request, cl_response *response) {
  memset(response, 0, sizeof *response);
  exchange own = {request, response, 0, {0, 0}};
  CURL *curl = curl_easy_init();
  // A large body would wait for leave to be sent.
  struct curl_slist *headers = curl_slist_append(NULL, "Expect:");
  for (size_t i = 0; headers && request->headers && request->headers[i]; i++) {
    struct curl_slist *longer = curl_slist_append(headers, request->headers[i]);
    if (!longer) curl_slist_free_all(headers);
    headers = longer;
  }
  CURLcode code = curl && headers ? set_up(curl, request, &own, headers) : CURLE_OUT_OF_MEMORY;
  if (code == CURLE_OK) code = curl_easy_perform(curl);
  if (response->status > 0) read_result(curl, response);
  response->code = (int)code;
  if (own.header_bytes > request->header_bytes_max) strcpy(response->error, "an answer whose headers have no end");
  if (code != CURLE_OK && !response->error[0]) {
    strncpy(response->error, curl_easy_strerror(code), CL_ERROR_BYTES - 1);
  }
  curl_slist_free_all(headers);
  if (curl) curl_easy_cleanup(curl);
}

void cl_free(cl_response *response) {
  free(response->answer);
  free(response->location);
  response->answer = NULL;
  response->location = NULL;
}

static int same_part(CURLU *a, CURLU *b, CURLUPart part) {
  char *x = NULL, *y = NULL;
  int same = curl_url_get(a, part, &x, CURLU_DEFAULT_PORT) == CURLUE_OK &&
             curl_url_get(b, part, &y, CURLU_DEFAULT_PORT) == CURLUE_OK && strcasecmp(x, y) == 0;
  curl_free(x);
  curl_free(y);
  return same;
}

int cl_same_origin(const char *a, const char *b) {
  CURLU *x = curl_url(), *y = curl_url();
  int same = x && y && curl_url_set(x, CURLUPART_URL, a, 0) == CURLUE_OK &&
             curl_url_set(y, CURLUPART_URL, b, 0) == CURLUE_OK && same_part(x, y, CURLUPART_SCHEME) &&
             same_part(x, y, CURLUPART_HOST) && same_part(x, y, CURLUPART_PORT);
  curl_url_cleanup(x);
  curl_url_cleanup(y);
  return same;
}
