#include "CSQLite.h"

#include <sys/vfs.h>

int hs_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int64_t count) {
  if (count == 0) return sqlite3_bind_zeroblob(statement, index, 0);
  return sqlite3_bind_blob64(statement, index, bytes, (sqlite3_uint64)count, SQLITE_TRANSIENT);
}

int hs_bind_text(sqlite3_stmt *statement, int index, const char *text, int64_t count) {
  return sqlite3_bind_text64(statement, index, count == 0 ? "" : text, (sqlite3_uint64)count, SQLITE_TRANSIENT,
                             SQLITE_UTF8);
}

int64_t hs_file_system(const char *path) {
  struct statfs system;
  return statfs(path, &system) == 0 ? (int64_t)(uint32_t)system.f_type : -1;
}
