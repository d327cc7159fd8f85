#include "CMaxMind.h"

#include <maxminddb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct hm_database {
  MMDB_s mmdb;
};

hm_database *hm_open(const char *path, const char **message) {
  *message = NULL;
  hm_database *database = calloc(1, sizeof *database);
  if (!database) {
    *message = "out of memory";
    return NULL;
  }
  int status = MMDB_open(path, MMDB_MODE_MMAP, &database->mmdb);
  if (status != MMDB_SUCCESS) {
    *message = MMDB_strerror(status);
    free(database);
    return NULL;
  }
  return database;
}

void hm_close(hm_database *database) {
  if (!database) return;
  MMDB_close(&database->mmdb);
  free(database);
}

const char *hm_type(const hm_database *database) {
  const char *type = database->mmdb.metadata.database_type;
  return type ? type : "";
}

int hm_is_damaged(const hm_database *database) {
  // Walks down from the root, always to the end first: a tree that leads in circles is deeper than an address is long.
  // So many nodes take some milliseconds; a whole database has millions.
  enum { NODES_MAX = 1 << 16, BITS_MAX = 128 };
  static const char *const path[] = {"location", NULL};
  const MMDB_s *mmdb = &database->mmdb;
  const uint32_t bits = mmdb->metadata.ip_version == 6 ? BITS_MAX : 32;
  struct {
    uint64_t node;
    uint32_t depth;
  } stack[2 * BITS_MAX];
  size_t count = 0;
  if (mmdb->metadata.node_count == 0) return 0;
  stack[count].node = 0;
  stack[count++].depth = 0;
  for (int seen = 0; count > 0 && seen < NODES_MAX; seen++) {
    const uint64_t number = stack[--count].node;
    const uint32_t depth = stack[count].depth;
    MMDB_search_node_s node;
    if (MMDB_read_node(mmdb, (uint32_t)number, &node) != MMDB_SUCCESS) return 1;
    for (int side = 0; side < 2; side++) {
      const uint8_t type = side ? node.right_record_type : node.left_record_type;
      MMDB_entry_s entry = side ? node.right_record_entry : node.left_record_entry;
      if (type == MMDB_RECORD_TYPE_INVALID) return 1;
      if (type == MMDB_RECORD_TYPE_DATA) {
        MMDB_entry_data_s data;
        const int status = MMDB_aget_value(&entry, &data, path);
        if (status == MMDB_INVALID_DATA_ERROR || status == MMDB_CORRUPT_SEARCH_TREE_ERROR) return 1;
      }
      if (type != MMDB_RECORD_TYPE_SEARCH_NODE) continue;
      if (depth + 1 >= bits) return 1;
      stack[count].node = side ? node.right_record : node.left_record;
      stack[count++].depth = depth + 1;
    }
  }
  return 0;
}

static int text(MMDB_entry_s *entry, const char *const *path, const char **text, uint32_t *length) {
  MMDB_entry_data_s data;
  if (MMDB_aget_value(entry, &data, path) != MMDB_SUCCESS || !data.has_data ||
      data.type != MMDB_DATA_TYPE_UTF8_STRING)
    return 0;
  *text = data.utf8_string;
  *length = data.data_size;
  return 1;
}

static int number(MMDB_entry_s *entry, const char *const *path, double *value) {
  MMDB_entry_data_s data;
  if (MMDB_aget_value(entry, &data, path) != MMDB_SUCCESS || !data.has_data) return 0;
  switch (data.type) {
  case MMDB_DATA_TYPE_DOUBLE: *value = data.double_value; return 1;
  case MMDB_DATA_TYPE_FLOAT: *value = (double)data.float_value; return 1;
  case MMDB_DATA_TYPE_UINT16: *value = data.uint16; return 1;
  case MMDB_DATA_TYPE_UINT32: *value = data.uint32; return 1;
  default: return 0;
  }
}

static void read_entry(MMDB_entry_s *entry, hm_location *location) {
  static const char *const country[] = {"country", "iso_code", NULL};
  static const char *const registered[] = {"registered_country", "iso_code", NULL};
  static const char *const country_flat[] = {"country_code", NULL};
  static const char *const country_text[] = {"country", NULL};
  static const char *const city[] = {"city", "names", "en", NULL};
  static const char *const city_text[] = {"city", NULL};
  static const char *const asn[] = {"autonomous_system_number", NULL};
  static const char *const asn_text[] = {"asn", NULL};
  static const char *const latitude[] = {"location", "latitude", NULL};
  static const char *const longitude[] = {"location", "longitude", NULL};
  if (!text(entry, country, &location->country, &location->country_length) &&
      !text(entry, country_flat, &location->country, &location->country_length) &&
      !text(entry, country_text, &location->country, &location->country_length))
    text(entry, registered, &location->country, &location->country_length);
  if (!text(entry, city, &location->city, &location->city_length))
    text(entry, city_text, &location->city, &location->city_length);
  double value;
  if (number(entry, asn, &value)) location->asn = (uint32_t)value;
  text(entry, asn_text, &location->asn_text, &location->asn_text_length);
  location->has_position =
      number(entry, latitude, &location->latitude) && number(entry, longitude, &location->longitude);
}

int hm_lookup(const hm_database *database, const uint8_t *address, int is_v6, hm_location *location) {
  memset(location, 0, sizeof *location);
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
  const struct sockaddr *where;
  if (is_v6) {
    // A database of IPv4 alone knows nothing of others, and calls the question an error.
    if (database->mmdb.metadata.ip_version == 4) return 0;
    memset(&v6, 0, sizeof v6);
    v6.sin6_family = AF_INET6;
    memcpy(&v6.sin6_addr, address, 16);
    where = (const struct sockaddr *)&v6;
  } else {
    memset(&v4, 0, sizeof v4);
    v4.sin_family = AF_INET;
    memcpy(&v4.sin_addr, address, 4);
    where = (const struct sockaddr *)&v4;
  }
  int status = MMDB_SUCCESS;
  MMDB_lookup_result_s result = MMDB_lookup_sockaddr(&database->mmdb, where, &status);
  if (status != MMDB_SUCCESS || !result.found_entry) return 0;
  read_entry(&result.entry, location);
  return 1;
}
