// A thin layer over RE2: flags, one search, and errors as text with a place.
#include "include/CRE2.h"

#include <re2/re2.h>

#include <cstdio>
#include <cstring>
#include <new>
#include <string>

using re2::RE2;
using re2::StringPiece;

// RE2 gives up caching states beyond this and goes on more slowly. SigmaHQ's patterns need some kilobytes; thousands
// of hostile ones must not add up to gigabytes.
static constexpr int64_t kMemoryMax = 4 << 20;

struct hr_regex {
  RE2 compiled;
  hr_regex(const StringPiece &pattern, const RE2::Options &options) : compiled(pattern, options) {}
};

static RE2::Options options_for(uint32_t flags) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_encoding(RE2::Options::EncodingUTF8);
  options.set_case_sensitive(!(flags & HR_IGNORE_CASE));
  options.set_dot_nl(flags & HR_DOT_ALL);
  options.set_max_mem(kMemoryMax);
  return options;
}

extern "C" {

hr_regex *hr_regex_new(const uint8_t *pattern, size_t length, uint32_t flags, char *message, size_t message_size,
                       ptrdiff_t *position) try {
  static const char prefix[] = "(?m)";
  std::string text(flags & HR_MULTILINE ? prefix : "");
  size_t added = text.size();
  if (length > 0) text.append(reinterpret_cast<const char *>(pattern), length);
  hr_regex *regex = new hr_regex(StringPiece(text), options_for(flags));
  if (regex->compiled.ok()) return regex;
  snprintf(message, message_size, "%s", regex->compiled.error().c_str());
  const std::string &about = regex->compiled.error_arg();
  size_t at = about.empty() ? std::string::npos : text.find(about, added);
  *position = at == std::string::npos ? -1 : ptrdiff_t(at - added);
  delete regex;
  return nullptr;
} catch (const std::bad_alloc &) {
  snprintf(message, message_size, "out of memory");
  *position = -1;
  return nullptr;
}

void hr_regex_free(hr_regex *regex) { delete regex; }

int hr_regex_search(const hr_regex *regex, const uint8_t *text, size_t length) {
  // RE2 tells an empty text from none by its pointer.
  StringPiece piece(length > 0 ? reinterpret_cast<const char *>(text) : "", length);
  return regex->compiled.Match(piece, 0, length, RE2::UNANCHORED, nullptr, 0);
}

ptrdiff_t hr_find(const uint8_t *text, size_t length, const uint8_t *needle, size_t needle_length) {
  if (needle_length == 0) return 0;
  if (needle_length > length) return -1;
  const void *found = memmem(text, length, needle, needle_length);
  return found ? static_cast<const uint8_t *>(found) - text : -1;
}
}
