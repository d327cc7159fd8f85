#include "CSQLite.h"

#include <string.h>
#include <sys/vfs.h>

int hs_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int64_t count) {
  if (count == 0) return sqlite3_bind_zeroblob(statement, index, 0);
  return sqlite3_bind_blob64(statement, index, bytes, (sqlite3_uint64)count, SQLITE_TRANSIENT);
}

int hs_bind_text(sqlite3_stmt *statement, int index, const char *text, int64_t count) {
  return sqlite3_bind_text64(statement, index, count == 0 ? "" : text, (sqlite3_uint64)count, SQLITE_TRANSIENT,
                             SQLITE_UTF8);
}

// A file of the layer: the real one follows it in the same block.
typedef struct {
  sqlite3_file base;
  sqlite3_file *real;
} faulty_file;

static sqlite3_vfs *below;
static hs_fault ask;

static sqlite3_file *real(sqlite3_file *file) { return ((faulty_file *)file)->real; }

static int file_close(sqlite3_file *file) { return real(file)->pMethods->xClose(real(file)); }
static int file_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 at) {
  return real(file)->pMethods->xRead(real(file), bytes, count, at);
}
static int file_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 at) {
  int fault = ask();
  if (fault == HS_SHORT_WRITE) {
    real(file)->pMethods->xWrite(real(file), bytes, count / 2, at);
    return SQLITE_FULL;
  }
  return fault ? fault : real(file)->pMethods->xWrite(real(file), bytes, count, at);
}
static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
  int fault = ask();
  return fault > 0 ? fault : real(file)->pMethods->xTruncate(real(file), size);
}
static int file_sync(sqlite3_file *file, int flags) {
  int fault = ask();
  return fault > 0 ? SQLITE_IOERR_FSYNC : real(file)->pMethods->xSync(real(file), flags);
}
static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
static int file_lock(sqlite3_file *file, int lock) { return real(file)->pMethods->xLock(real(file), lock); }
static int file_unlock(sqlite3_file *file, int lock) { return real(file)->pMethods->xUnlock(real(file), lock); }
static int file_reserved(sqlite3_file *file, int *result) {
  return real(file)->pMethods->xCheckReservedLock(real(file), result);
}
static int file_control(sqlite3_file *file, int operation, void *argument) {
  return real(file)->pMethods->xFileControl(real(file), operation, argument);
}
static int file_sector(sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); }
static int file_device(sqlite3_file *file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); }

// Version 1: without shared memory and memory maps, every change goes through the functions above.
static const sqlite3_io_methods methods = {
    1,         file_close,    file_read,    file_write,  file_truncate, file_sync,   file_size,
    file_lock, file_unlock,   file_reserved, file_control, file_sector,  file_device, 0,
    0,         0,             0,            0,           0,
};

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *given) {
  faulty_file *own = (faulty_file *)file;
  own->base.pMethods = 0;
  own->real = (sqlite3_file *)(own + 1);
  int code = below->xOpen(below, name, own->real, flags, given);
  if (own->real->pMethods) own->base.pMethods = &methods;
  return code;
}
static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync) {
  int fault = ask();
  return fault > 0 ? SQLITE_IOERR_DELETE : below->xDelete(below, name, sync);
}
static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *result) {
  return below->xAccess(below, name, flags, result);
}
static int vfs_path(sqlite3_vfs *vfs, const char *name, int count, char *out) {
  return below->xFullPathname(below, name, count, out);
}
static int vfs_random(sqlite3_vfs *vfs, int count, char *out) { return below->xRandomness(below, count, out); }
static int vfs_sleep(sqlite3_vfs *vfs, int microseconds) { return below->xSleep(below, microseconds); }
static int vfs_time(sqlite3_vfs *vfs, double *time) { return below->xCurrentTime(below, time); }
static int vfs_error(sqlite3_vfs *vfs, int count, char *out) { return below->xGetLastError(below, count, out); }

int hs_install_faults(hs_fault fault) {
  static sqlite3_vfs own;
  below = sqlite3_vfs_find(0);
  if (!below) return SQLITE_ERROR;
  ask = fault;
  memset(&own, 0, sizeof own);
  own.iVersion = 1;
  own.szOsFile = (int)sizeof(faulty_file) + below->szOsFile;
  own.mxPathname = below->mxPathname;
  own.zName = "harrier-faults";
  own.xOpen = vfs_open;
  own.xDelete = vfs_delete;
  own.xAccess = vfs_access;
  own.xFullPathname = vfs_path;
  own.xRandomness = vfs_random;
  own.xSleep = vfs_sleep;
  own.xCurrentTime = vfs_time;
  own.xGetLastError = vfs_error;
  return sqlite3_vfs_register(&own, 0);
}

int64_t hs_file_system(const char *path) {
  struct statfs system;
  return statfs(path, &system) == 0 ? (int64_t)(uint32_t)system.f_type : -1;
}
