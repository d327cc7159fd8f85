// A flat view of libmaxminddb: everything that is known of one address in one call, no policy.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct hm_database hm_database;

// Texts point into the database and live as long as it does; NULL where nothing is known. They are not NUL-terminated.
typedef struct {
  const char *country;
  uint32_t country_length;
  const char *city;
  uint32_t city_length;
  // A number, or a text such as AS64500 in the databases of some vendors.
  uint32_t asn;
  const char *asn_text;
  uint32_t asn_text_length;
  int has_position;
  double latitude;
  double longitude;
} hm_location;

// NULL if the file cannot be opened or is no database; `message` then says why and lives for ever.
hm_database *hm_open(const char *path, const char **message);
void hm_close(hm_database *database);
// What it says it is, such as GeoLite2-City; lives as long as the database.
const char *hm_type(const hm_database *database);
// Whether a walk through much of its tree meets damage.
int hm_is_damaged(const hm_database *database);
// `address`: 4 bytes, or 16 if `is_v6`. 1 if the address was found, 0 if not or if the database is damaged there.
int hm_lookup(const hm_database *database, const uint8_t *address, int is_v6, hm_location *location);
