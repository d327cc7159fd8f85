// Breaks one system call of a program that it is loaded into with LD_PRELOAD: the program itself knows nothing of it and
// holds no code for it, so that what is tested is what is installed. Used by tests only; without HARRIER_FAULT in the
// environment it changes nothing.
//
//     HARRIER_FAULT=kill:17     the process ends before the 17th call that changes something on disk, as by kill -9
//     HARRIER_FAULT=tear:17     half of what the 17th call is to write is written, then the process ends
//     HARRIER_FAULT=short:17    half of it is written, then there is no room
//     HARRIER_FAULT=ENOSPC:17   the call fails; also EIO
//     HARRIER_FAULT=stuck:17    this call and all after it fail for want of room
//     HARRIER_FAULT=read:17     the 17th call that reads or locks a file whose name HARRIER_FAULT_FILE ends fails with EIO
//     HARRIER_FAULT=overflow:0  what the kernel tells of watched directories is lost, as when its queue overflows
//     HARRIER_FAULT=count:0     the numbers of both kinds of calls are written into HARRIER_FAULT_COUNT
//     HARRIER_RESOLVER=silent   no name server answers for half a minute
//     HARRIER_CLOCK=1767607200  the clock stands still at this second
#define _GNU_SOURCE
#include "faults.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum fault { NONE, KILL, TEAR, SHORT, FULL, FAILED, STUCK, READ, OVERFLOW, COUNT };

static enum fault kind;
static long chosen;
static const char *suffix;
static atomic_long changes, looks;

__attribute__((constructor)) static void begin(void) {
  static const struct {
    const char *name;
    enum fault kind;
  } names[] = {{"kill", KILL},  {"tear", TEAR},   {"short", SHORT}, {"ENOSPC", FULL},
               {"EIO", FAILED}, {"stuck", STUCK}, {"read", READ},   {"overflow", OVERFLOW},
               {"count", COUNT}};
  const char *text = getenv("HARRIER_FAULT");
  const char *colon = text ? strchr(text, ':') : 0;
  if (!colon) return;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    size_t length = (size_t)(colon - text);
    if (strlen(names[i].name) == length && !strncmp(names[i].name, text, length)) kind = names[i].kind;
  }
  chosen = atol(colon + 1);
  suffix = getenv("HARRIER_FAULT_FILE");
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("HARRIER_FAULT_COUNT");
  FILE *file = kind == COUNT && path ? fopen(path, "w") : 0;
  if (!file) return;
  kind = NONE;
  fprintf(file, "%ld %ld\n", atomic_load(&changes), atomic_load(&looks));
  fclose(file);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

// What is to become of a call that changes something.
static enum fault change(void) {
  if (kind == NONE) return NONE;
  long number = atomic_fetch_add(&changes, 1) + 1;
  if (kind == STUCK) return number >= chosen ? FULL : NONE;
  if (number != chosen || kind == READ || kind == OVERFLOW || kind == COUNT) return NONE;
  if (kind == KILL) die();
  return kind;
}

// The same for calls that write nothing: no half of them can be done.
static int refused(void) {
  switch (change()) {
    case TEAR: die(); return 0;
    case FULL: case SHORT: errno = ENOSPC; return 1;
    case FAILED: errno = EIO; return 1;
    default: return 0;
  }
}

static int refused_look(int descriptor) {
  if ((kind != READ && kind != COUNT) || !suffix) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  size_t tail = strlen(suffix);
  if (length < (ssize_t)tail || memcmp(path + length - tail, suffix, tail)) return 0;
  if (atomic_fetch_add(&looks, 1) + 1 != chosen || kind != READ) return 0;
  errno = EIO;
  return 1;
}

// Terminals, pipes and the standard streams are not on disk.
static int is_stored(int descriptor) {
  struct stat status;
  return descriptor > 2 && fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

#define WRITES(call_whole, call_half)                          \
  if (!is_stored(descriptor)) return call_whole;               \
  switch (change()) {                                          \
    case TEAR: (void)!call_half; die(); return -1;             \
    case SHORT: (void)!call_half; errno = ENOSPC; return -1;   \
    case FULL: errno = ENOSPC; return -1;                      \
    case FAILED: errno = EIO; return -1;                       \
    default: return call_whole;                                \
  }

ssize_t write(int descriptor, const void *bytes, size_t count) {
  WRITES(syscall(SYS_write, descriptor, bytes, count), syscall(SYS_write, descriptor, bytes, count / 2))
}
ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t at) {
  WRITES(syscall(SYS_pwrite64, descriptor, bytes, count, at), syscall(SYS_pwrite64, descriptor, bytes, count / 2, at))
}
ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t at) {
  WRITES(syscall(SYS_pwrite64, descriptor, bytes, count, at), syscall(SYS_pwrite64, descriptor, bytes, count / 2, at))
}

int fsync(int descriptor) { return refused() ? -1 : (int)syscall(SYS_fsync, descriptor); }
int fdatasync(int descriptor) { return refused() ? -1 : (int)syscall(SYS_fdatasync, descriptor); }
int ftruncate(int descriptor, off_t size) { return refused() ? -1 : (int)syscall(SYS_ftruncate, descriptor, size); }
int ftruncate64(int descriptor, off64_t size) { return refused() ? -1 : (int)syscall(SYS_ftruncate, descriptor, size); }
int fchmod(int descriptor, mode_t mode) { return refused() ? -1 : (int)syscall(SYS_fchmod, descriptor, mode); }
int unlink(const char *path) { return refused() ? -1 : NEXT(unlink)(path); }
int rename(const char *from, const char *to) { return refused() ? -1 : NEXT(rename)(from, to); }
int link(const char *from, const char *to) { return refused() ? -1 : NEXT(link)(from, to); }
int mkdir(const char *path, mode_t mode) { return refused() ? -1 : NEXT(mkdir)(path, mode); }
int rmdir(const char *path) { return refused() ? -1 : NEXT(rmdir)(path); }
int mkstemp(char *pattern) { return refused() ? -1 : NEXT(mkstemp)(pattern); }
int mkstemp64(char *pattern) { return refused() ? -1 : NEXT(mkstemp64)(pattern); }

#define OPENS(name)                                                   \
  int name(const char *path, int flags, ...) {                        \
    va_list rest;                                                     \
    va_start(rest, flags);                                            \
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                     \
    if (flags & O_CREAT && access(path, F_OK) != 0 && refused()) return -1;   \
    return NEXT(name)(path, flags, mode);                             \
  }
OPENS(open)
OPENS(open64)

// What was read is in `bytes`; of a queue of changes, only that there were too many is left.
static ssize_t overflown(int descriptor, void *bytes, ssize_t count) {
  static const char queue[] = "anon_inode:inotify";
  const struct inotify_event event = {.wd = -1, .mask = IN_Q_OVERFLOW};
  char link[64], name[sizeof queue];
  if (kind != OVERFLOW || count < (ssize_t)sizeof event) return count;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  if (readlink(link, name, sizeof name) != sizeof queue - 1 || memcmp(name, queue, sizeof queue - 1)) return count;
  memcpy(bytes, &event, sizeof event);
  return sizeof event;
}

ssize_t read(int descriptor, void *bytes, size_t count) {
  if (refused_look(descriptor)) return -1;
  return overflown(descriptor, bytes, syscall(SYS_read, descriptor, bytes, count));
}
ssize_t pread(int descriptor, void *bytes, size_t count, off_t at) {
  return refused_look(descriptor) ? -1 : syscall(SYS_pread64, descriptor, bytes, count, at);
}
ssize_t pread64(int descriptor, void *bytes, size_t count, off64_t at) {
  return refused_look(descriptor) ? -1 : syscall(SYS_pread64, descriptor, bytes, count, at);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  const char *fixed = clock == CLOCK_REALTIME ? getenv("HARRIER_CLOCK") : 0;
  if (!fixed) return (int)syscall(SYS_clock_gettime, clock, time);
  time->tv_sec = atol(fixed);
  time->tv_nsec = 0;
  return 0;
}

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
  if (getenv("HARRIER_RESOLVER")) sleep(30);
  return NEXT(getaddrinfo)(host, service, hints, found);
}
