// The seven values that every question about an audit log needs, taken from one record in a single walk over its
// fields.
#pragma once

#include <simdjson.h>

#include <cstring>
#include <string_view>

namespace ondemand = simdjson::ondemand;

struct Record {
  std::string_view time, source, action, user, arn, address, errorCode, account, ownAccount;

  std::string_view actor() const { return user.empty() ? arn : user; }
  std::string_view owner() const { return account.empty() ? ownAccount : account; }

  // What the seven values weigh: a result the compiler cannot drop, so that every value is really located.
  size_t weight() const {
    const size_t what = time.size() + source.size() + action.size() + errorCode.size();
    return what + actor().size() + address.size() + owner().size();
  }
};

// A string's bytes without copying where nothing is escaped, which is nearly always; numbers (Tencent's times and
// codes) as written.
inline std::string_view textOf(ondemand::value value) {
  std::string_view token = value.raw_json_token();
  if (token.empty()) return {};
  if (token.front() != '"') return token.front() == 'n' ? std::string_view() : token;
  const size_t close = token.rfind('"');
  std::string_view text = token.substr(1, close - 1);
  if (memchr(text.data(), '\\', text.size()) != nullptr) return value.get_string().value();
  // The token counts as read although no accessor consumed it; the walk skips it as it skips any unread value.
  return text;
}

// Keys are compared as they are written: an escaped key would be missed, which costs a floor nothing and no provider
// writes.
template <size_t size>
bool isKey(const char *key, const char (&name)[size]) {
  return memcmp(key, name, size - 1) == 0 && key[size - 1] == '"';
}

inline void readIdentity(ondemand::object identity, Record &record) {
  for (auto field : identity) {
    const char *key = field.key().value().raw();
    if (isKey(key, "userName")) record.user = textOf(field.value());
    else if (isKey(key, "arn")) record.arn = textOf(field.value());
    else if (isKey(key, "accountId")) record.ownAccount = textOf(field.value());
  }
}

// Walks every field, so that the last of two equal keys wins, as in jq and in Harrier. The first letter spares most
// comparisons.
inline void readRecord(ondemand::object object, Record &record) {
  for (auto field : object) {
    const char *key = field.key().value().raw();
    switch (key[0]) {
    case 'e':
      if (isKey(key, "eventName")) record.action = textOf(field.value());
      else if (isKey(key, "eventTime")) record.time = textOf(field.value());
      else if (isKey(key, "errorCode")) record.errorCode = textOf(field.value());
      else if (isKey(key, "eventSource") && record.source.empty()) record.source = textOf(field.value());
      break;
    case 's':
      if (isKey(key, "sourceIPAddress") || isKey(key, "sourceIpAddress")) record.address = textOf(field.value());
      else if (isKey(key, "serviceName")) record.source = textOf(field.value());
      break;
    case 'r':
      if (isKey(key, "recipientAccountId")) record.account = textOf(field.value());
      else if (isKey(key, "resourceType")) record.source = textOf(field.value());
      break;
    case 'u':
      if (isKey(key, "userIdentity")) {
        ondemand::object identity;
        if (!field.value().get_object().get(identity)) readIdentity(identity, record);
      }
      break;
    default: break;
    }
  }
}
