// SQLite as it is, and what Swift cannot say in its terms: values that SQLite copies, and a layer below it in which a
// test can break any single write.
#pragma once

#include <sqlite3.h>
#include <stdint.h>

// Binds bytes that SQLite copies. A length of 0 binds an empty value, never NULL.
int hs_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int64_t count);
int hs_bind_text(sqlite3_stmt *statement, int index, const char *text, int64_t count);

// What the layer below asks before each call that changes something on disk: 0 lets it happen. A number is the
// SQLITE_... code that the call returns instead; HS_SHORT_WRITE writes half and then fails for want of room.
#define HS_SHORT_WRITE (-1)
typedef int (*hs_fault)(void);

// Makes "harrier-faults" the file layer of connections that ask for it by name. Returns an SQLite code.
int hs_install_faults(hs_fault fault);

// The kernel's number for the kind of file system that a path lies on; -1 with errno where it cannot be told.
int64_t hs_file_system(const char *path);
