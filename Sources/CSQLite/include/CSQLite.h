// SQLite as it is, and what Swift cannot say in its terms: values that SQLite copies.
#pragma once

#include <sqlite3.h>
#include <stdint.h>

// Binds bytes that SQLite copies. A length of 0 binds an empty value, never NULL.
int hs_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int64_t count);
int hs_bind_text(sqlite3_stmt *statement, int index, const char *text, int64_t count);

// The kernel's number for the kind of file system that a path lies on; -1 with errno where it cannot be told.
int64_t hs_file_system(const char *path);
